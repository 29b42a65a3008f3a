"""What a user gets: the wheel carries every data file that git tracks, and finds it when it runs from elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

DATA = ("ontology", "frameworks", "queries")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def tracked(*places: str) -> set[str]:
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *places], cwd=ROOT, check=True, capture_output=True, text=True
    )  # fmt: skip
    return {line for line in done.stdout.splitlines() if (ROOT / line).is_file()}


def test_wheel_has_every_data_file_of_git_and_no_other(wheel: Path) -> None:
    packed = {
        name.removeprefix("competence_graph/_data/")
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith("competence_graph/_data/")
    }
    assert packed == tracked(*DATA, "app.py", ".streamlit")
    assert len(packed) > 60


def test_wheel_has_every_module_and_asset(wheel: Path) -> None:
    packed = {
        f"src/{name}"
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith("competence_graph/") and not name.startswith("competence_graph/_data/")
    }
    assert packed == tracked("src")


def test_program_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = (
        "import competence_graph.resources as r, competence_graph; "
        "assert 'site' in competence_graph.__file__; "
        "print(r.data_folder('frameworks')); "
        "from competence_graph.cli import main; main(['check', '--frameworks', str(r.data_folder('frameworks')), '--format', 'csv'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "_data" in done.stdout
