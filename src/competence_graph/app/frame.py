"""What every page shares: visible focus, keys that do nothing unasked, links that stay in the tab, announced results.

The looks are in ``frame.css``, what runs in the browser in ``frame.js``.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
STYLE = f"<style>{(HERE / 'frame.css').read_text(encoding='utf-8')}</style>"
SCRIPT = (HERE / "frame.js").read_text(encoding="utf-8")
LIVE = """export default function (component) {
  const region = component.parentElement.querySelector(".said");
  if (region.textContent !== component.data.text) region.textContent = component.data.text;
}"""
LIVE_STYLE = ".said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }"


def frame() -> None:
    """Put the shared parts on the page."""
    st.html(STYLE)
    st.components.v2.component("page_frame", js=SCRIPT)(key="frame.script")


def announce(text: str, *, key: str) -> None:
    """Say a result to people who use a screen reader; call it once a page, with what has changed."""
    region = st.components.v2.component(
        "live_region",
        html="<div class='said' role='status' aria-live='polite' aria-atomic='true'></div>",
        css=LIVE_STYLE,
        js=LIVE,
    )
    region(data={"text": text}, key=f"{key}.live")
