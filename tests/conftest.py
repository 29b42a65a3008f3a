"""Fixtures, named by state. How the tests are laid out:

- ``unit/`` mirrors ``src/``; ``contract/`` runs one body of assertions for every importer;
- ``data/`` speaks of the content that ships; ``queries/`` has a case folder per query of the catalogue;
- ``shapes/`` runs every example of ``ontology/examples``; ``docs/`` keeps documents and code together;
- ``app/`` runs every page of the web app without a browser; ``app/browser/`` drives it with Chromium. Where there is no
  Chromium those are deselected, with a line that says so; with ``--browser-required`` they fail instead.

``shipped_graph`` is built once a session from the real frameworks. No test reaches the network: connections to
anything but this machine are refused.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from visitor import chromium

from competence_graph.graph.build import build, check
from competence_graph.graph.store import Graph, load
from competence_graph.model.framework import Library
from competence_graph.query.names import Names

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.", "::1", "localhost")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--browser-required", action="store_true", help="Fail the browser tests where there is no Chromium."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if chromium() or config.getoption("--browser-required"):
        return
    browser = [item for item in items if item.get_closest_marker("browser")]
    if browser:
        items[:] = [item for item in items if item not in browser]
        config.hook.pytest_deselected(items=browser)
        printer = config.pluginmanager.get_plugin("terminalreporter")
        if printer:
            printer.write_line(f"{len(browser)} browser tests deselected: no Chromium here; CHROMIUM names another.")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else str(address)
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {host}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(scope="session")
def shipped_library() -> Library:
    library, report = check()
    report.raise_for_defects()
    return library


@pytest.fixture(scope="session")
def shipped_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    result = build(output=folder)
    result.report.raise_for_defects()
    assert result.stored
    return folder


@pytest.fixture(scope="session")
def shipped_graph(shipped_build: Path) -> Graph:
    return load(shipped_build)


@pytest.fixture(scope="session")
def shipped_names(shipped_graph: Graph) -> Names:
    return Names(shipped_graph)


@pytest.fixture(scope="module")
def shipped_graph_in_use(shipped_build: Path) -> Iterator[None]:
    """Let the pages of a module use the shipped graph; those in a browser start servers of their own."""
    from app_pages import graph_in_use

    with graph_in_use(shipped_build):
        yield
