"""Opening a page of the web app with Streamlit's own test runner, and reading what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from competence_graph.resources import BUILD_FOLDER_VARIABLE, main_script


@contextmanager
def graph_in_use(build: Path) -> Iterator[None]:
    """Let the pages use the graph of a build folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(BUILD_FOLDER_VARIABLE, str(build))
        st.cache_resource.clear()
        yield
        st.cache_resource.clear()


def opened(path: str, **query: str | list[str]) -> AppTest:
    """Open a page by its address. Its runner switches to pages that are files only; ours are functions, known by hash."""
    test = AppTest.from_file(str(main_script()), default_timeout=30)
    for name, value in query.items():
        test.query_params[name] = value
    test._page_hash = calc_hash(path) if path else ""
    return run(test)


def run(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception, [e.value for e in test.exception]
    return test


def words(test: AppTest) -> str:
    """Return what the page says, without the marks that keep Markdown from working."""
    parts = [*test.markdown, *test.info, *test.warning, *test.error, *test.success, *test.caption, *test.header]
    tables = [str(table.value.to_csv()) for table in test.table]
    return re.sub(r"\\(.)", r"\1", "\n".join([*(str(part.value) for part in parts), *tables]))


def alternatives(test: AppTest) -> list[str]:
    return [chart.proto.alt for chart in test.get("vega_lite_chart")]


def link(test: AppTest) -> dict[str, list[str]]:
    """Return the parameters of the link that the page offers."""
    address = next(str(field.value) for field in test.text_input if str(field.key).endswith(".link"))
    return parse_qs(address.partition("?")[2])


def table(test: AppTest, column: str) -> dict[str, list[str]]:
    """Return the first table that has a column, without the marks that keep Markdown from working."""
    for found in test.table:
        if column in found.value:
            return {
                str(head): [re.sub(r"\\(.)", r"\1", str(cell)) for cell in found.value[head]] for head in found.value
            }
    raise AssertionError(f"no table has a column {column!r}")
