"""The interface over the tiny frameworks, with the middleware before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from competence_graph.api.middleware import middleware
from competence_graph.api.routes import routes
from competence_graph.api.state import State

LOCAL = "http://localhost:8501"


def client_of(state: State) -> TestClient:
    return TestClient(Starlette(routes=routes(state), middleware=middleware()), base_url=LOCAL)


@pytest.fixture(scope="session")
def client(tiny_build: Path) -> Iterator[TestClient]:
    state = State(tiny_build, seconds=1.5)
    with client_of(state) as made:
        yield made
    state.close()


@pytest.fixture
def client_without_graph(tmp_path: Path) -> Iterator[TestClient]:
    with client_of(State(tmp_path)) as made:
        yield made
