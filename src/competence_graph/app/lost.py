"""An address that names no page: it is said so, with the near pages. Streamlit would open Home behind a dialog.

The page is made for the address that was asked for, and stands in no menu.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from competence_graph.app import PAGES, Page
from competence_graph.app.controls import escape

ASKED = "app.lost"
OTHER_NAMES = {
    "thing": "item",
    "role": "item",
    "roles": "finder",
    "query": "ask",
    "questions": "ask",
    "search": "",
    "home": "",
}
"""What somebody may write for the path of a page that is called otherwise."""


def lost() -> str:
    """Return the path that was asked for where it is no page's, else ''; the session keeps the last one."""
    context = get_script_run_ctx()
    asked = ((context.pages_manager.intended_page_name if context else None) or "").strip("/")
    if asked and "/" not in asked and asked not in {page.path for page in PAGES}:
        st.session_state[ASKED] = asked
    kept: str = st.session_state.get(ASKED, "")
    return kept


def near_pages(asked: str) -> list[Page]:
    """Return the pages that an unknown path may mean, best first, by path, title and other names."""
    words = {name: page for page in PAGES for name in (page.path, page.title.lower().replace(" ", "-"))}
    words |= {name: page for name, path in OTHER_NAMES.items() for page in PAGES if page.path == path}
    found = difflib.get_close_matches(asked.lower(), words, n=3, cutoff=0.6)
    return list({words[name].path: words[name] for name in found}.values())


def render() -> None:
    """Draw the page."""
    asked = st.session_state[ASKED]
    st.title("There is no such page", anchor=False)
    st.warning(f"The address ends in “/{escape(asked[:80])}”, and no page of this app is called that.")
    near = near_pages(asked)
    if near:
        st.header("Did you mean", anchor=False)
        query = urlencode(st.query_params.to_dict(), doseq=True)
        st.markdown(_list(near, query))
    st.header("All pages", anchor=False)
    st.markdown(_list([page for page in PAGES if not page.hidden], ""))


def _list(pages: Sequence[Page], query: str) -> str:
    tail = f"?{query}" if query else ""
    return "\n".join(f"- [{escape(page.title)}]({page.path or './'}{tail}): {escape(page.answers)}" for page in pages)
