"""The graph that the tests of pages use; those in a browser start servers of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_pages import graph_in_use


@pytest.fixture(scope="module")
def shipped_graph_in_use(shipped_build: Path) -> Iterator[None]:
    with graph_in_use(shipped_build):
        yield
