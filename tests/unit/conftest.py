"""The tiny frameworks of ``tests/fixtures/tiny``, copied and built, for the unit tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from competence_graph.graph.build import build
from competence_graph.graph.store import Graph, load
from competence_graph.resources import BUILD_FOLDER_VARIABLE

TINY = Path(__file__).resolve().parent.parent / "fixtures" / "tiny" / "csv"


@pytest.fixture
def tiny_frameworks(tmp_path: Path) -> Path:
    """Copy the two tiny frameworks and their mapping set, to be spoilt by the test."""
    return Path(shutil.copytree(TINY, tmp_path / "frameworks"))


@pytest.fixture(scope="session")
def tiny_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the tiny frameworks once; tests may read the folder and must not change it."""
    folder = tmp_path_factory.mktemp("tiny-build")
    result = build(TINY, output=folder)
    result.report.raise_for_defects()
    assert result.stored
    return folder


@pytest.fixture
def tiny_in_use(tiny_build: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the tiny graph in use for the command line."""
    monkeypatch.setenv(BUILD_FOLDER_VARIABLE, str(tiny_build))
    return tiny_build


@pytest.fixture(scope="session")
def tiny_graph(tiny_build: Path) -> Graph:
    return load(tiny_build)
