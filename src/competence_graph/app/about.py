"""About: sources, licences, versions, checks, accessibility statement, data protection, how to cite."""

from __future__ import annotations

import streamlit as st

from competence_graph import __version__
from competence_graph.app import state
from competence_graph.app.answer import show_answer
from competence_graph.app.controls import STATUS_WORDS
from competence_graph.query.lookup import info

MEANINGS = {
    "attested": "the document says it", "curated": "this project's reading, with a recorded reason", "inferred": "follows by a named rule; counted apart",
    "interim": "stands in until the real wording is held", "suggested": "a machine's; in no answer unless asked for",
}  # fmt: skip


def render() -> None:
    """Draw the page."""
    st.title("About", anchor=False)
    st.markdown(
        f"Competence Graph {__version__}, data version {state.graph().data_version}, built at {state.graph().built_at}."
    )
    st.header("How sure is it?", anchor=False)
    st.markdown("\n".join(f"- **{STATUS_WORDS[key]}** ({key}): {words}." for key, words in MEANINGS.items()))
    st.markdown(
        "Mappings between frameworks and the needs of care functions are this project's judgement; **none is yet reviewed by a practitioner**. "
        "What the sources do not say of a role is *not stated*, never missing. Answers compare stated competences; they do not decide registration, scope of practice, delegation or pay."
    )
    st.header("Sources, licences and counts", anchor=False)
    show_answer(
        info(state.graph(), names=state.names()),
        key="about.info",
        columns=("what", "version", "publisher", "standing", "completeness", "licence", "counts"),
    )
    st.header("Accessibility statement", anchor=False)
    st.markdown(
        "This app aims at WCAG 2.2 AA. Tested by program: axe-core rules on the pages, visible focus, keyboard reach, reflow at 320 pixels, contrast of chart text. "
        "**Not tested**: with screen readers by people who use them, forced colours, 200 % text, text spacing, target sizes by hand. "
        "Charts and graphs are pictures; the same information stands beside each as text or a table. Links in tables open in a new tab. "
        "If something does not work for you, tell the body that runs this app for you."
    )
    st.header("Data protection", anchor=False)
    st.markdown(
        "- Nothing leaves the machine that runs the app; there is no telemetry, no cookie of ours, no account.\n"
        "- Competences that you type or upload stay in your session's memory: never in an address, a file of ours, a log or the cache. They are forgotten when you close the page.\n"
        "- Leave names out: they are not needed. The body that runs this app for others is the controller and should say so in its own notice."
    )
    st.header("How to cite", anchor=False)
    st.markdown(
        f"Competence Graph {__version__}, data version {state.graph().data_version}. Cite the source document and its locator for every statement that you quote: each row has both."
    )
