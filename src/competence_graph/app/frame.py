"""What every page shares: visible focus, no single-key traps, a place where results are announced, a graceful start."""

from __future__ import annotations

import streamlit as st

# Streamlit's own focus on navigation links changes 12 of 255 in a pixel: invisible (WCAG 2.4.7); its captions have a
# contrast of 4.0 (1.4.3). A chart wider than the page scrolls by itself, so that the page does not (1.4.10).
STYLE = """<style>
a:focus-visible, button:focus-visible, [role="button"]:focus-visible, summary:focus-visible, input:focus-visible,
textarea:focus-visible, [tabindex]:focus-visible, a[data-testid="stSidebarNavLink"]:focus-visible {
  outline: 3px solid #212b32 !important; outline-offset: 2px !important; background-color: #ffb81c !important;
  color: #212b32 !important; box-shadow: none !important; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * { color: #425563 !important; opacity: 1 !important; }
label:has(input:is([type="checkbox"], [type="radio"]):focus-visible) { outline: 3px solid #212b32 !important; outline-offset: 2px !important; background-color: #ffb81c !important; }
[data-testid="stVegaLiteChart"] { max-width: 100%; overflow-x: auto; }
[data-testid="stMainBlockContainer"] { padding-top: 2.5rem; }
@media (max-width: 640px) { [data-testid="stVegaLiteChart"], [data-testid="stEchartsChart"] { display: none; } }
[data-testid="stElementToolbar"], [data-testid="stElementToolbar"] * { opacity: 1 !important; visibility: visible !important; }
[data-testid="stTable"] table { font-size: 0.95rem; }
[data-testid="stTable"] td, [data-testid="stTable"] th { vertical-align: top; overflow-wrap: anywhere; }
@media (max-width: 640px) { [data-testid="stTable"] td, [data-testid="stTable"] th { padding: 4px; font-size: 0.85rem; } }
</style>"""
# 'r' reruns the app and 'c' opens a dialog, with no setting to turn them off (WCAG 2.1.4).
KEYS = """export default function (component) {
  if (window.__cgKeys) return;
  window.__cgKeys = true;
  window.addEventListener("keydown", (event) => {
    const target = event.composedPath()[0];
    const typing = target.isContentEditable || /INPUT|TEXTAREA|SELECT/.test(target.tagName);
    if (/^[rc]$/i.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !typing) {
      event.stopImmediatePropagation();
    }
  }, true);
  // What scrolls by itself (a wide table or chart on a narrow screen) must be within reach of the Tab key.
  const parts = '[data-testid="stTable"] > div, [data-testid="stVegaLiteChart"], [data-testid="stCode"] pre';
  const scan = () => document.querySelectorAll(parts).forEach((part) => {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    else if (part.getAttribute("tabindex") === "0") part.removeAttribute("tabindex");
  });
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(scan, 100); };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", soon);
  soon();
}"""
LIVE = """export default function (component) {
  const region = component.parentElement.querySelector(".said");
  if (region.textContent !== component.data.text) region.textContent = component.data.text;
}"""
LIVE_STYLE = ".said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }"


def frame() -> None:
    """Put the shared parts on the page."""
    st.html(STYLE)
    st.components.v2.component("no_single_keys", js=KEYS)(key="frame.keys")


def announce(text: str, *, key: str) -> None:
    """Say a result to people who use a screen reader; call it once a page, with what has changed."""
    region = st.components.v2.component(
        "live_region",
        html="<div class='said' role='status' aria-live='polite' aria-atomic='true'></div>",
        css=LIVE_STYLE,
        js=LIVE,
    )
    region(data={"text": text}, key=f"{key}.live")
