"""The entry script of the web app: page settings, navigation from the registry, and what every page needs."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from competence_graph.app import PAGES, lost
from competence_graph.app.controls import PAGE
from competence_graph.app.frame import frame

ICON = Path(__file__).with_name("icon.png")


def main() -> None:
    """Draw the page that the address names, in the frame that all pages share."""
    pages = [
        st.Page(
            page.render, title=page.title, url_path=page.path or None, default=not page.path,
            visibility="hidden" if page.hidden else "visible",
        )
        for page in PAGES
    ]  # fmt: skip
    if asked := lost.lost():
        pages.append(st.Page(lost.render, title="No such page", url_path=asked, visibility="hidden"))
    chosen = st.navigation(pages, position="sidebar")
    st.set_page_config(
        page_title=f"{chosen.title} - Competence Graph",
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.session_state[PAGE] = chosen.url_path
    frame()
    chosen.run()


if __name__ == "__main__":
    main()
