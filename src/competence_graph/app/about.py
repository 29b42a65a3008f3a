"""About: how sure it is, what was verified and checked, sources and licences, accessibility, data protection, citing."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

from competence_graph import __version__
from competence_graph.app import state
from competence_graph.app.answer import show_answer
from competence_graph.app.controls import STATUS_WORDS, escape
from competence_graph.query.catalogue import QUALITY, read_catalogue
from competence_graph.query.lookup import info, readings
from competence_graph.query.run import run_query

MEANINGS = {
    "attested": "the document says it", "curated": "this project's reading, with a recorded reason", "inferred": "follows by a named rule; counted apart",
    "interim": "stands in until the real wording is held", "suggested": "a machine's; in no answer unless asked for",
}  # fmt: skip
LIBRARIES = (
    "pyoxigraph",
    "rdflib",
    "owlready2",
    "pyshacl",
    "networkx",
    "scipy",
    "streamlit",
    "altair",
    "pyvis",
    "rapidfuzz",
)
ACCESSIBILITY = """
This statement applies to the web app of Competence Graph as it ships. **The body that runs it for others completes the
parts in brackets**, and publishes the statement as its own.

**How accessible it is.** Partially compliant with the Web Content Accessibility Guidelines version 2.2, AA standard, as
far as it was tested; what was not tested is listed below and may not comply.

**What may not be accessible.** Charts and the drawn graph are pictures: a text alternative and the same numbers as a
table or list stand beside each. Under 640 pixels charts give way to the tables. The drawn graph moves by arrow keys; its
links are also a list and a table. Long lists are turned page by page with a list to choose from.

**How it was tested.** By program, on every page and in its main states, at each change: all rules of axe-core; visible
focus at each stop of the keyboard; every task by keyboard; no keys that act unasked; reflow at 320 pixels; contrast of the
text in charts; announcements of results.

**What was not tested.** Screen readers by people who use them, forced colours, text at 200 %, text spacing, target size
by hand, speech control, magnifiers. The Word, Excel and PDF documents have a title, a language, real headings and header
rows; they were not checked by people who use assistive technology.

**Feedback and contact.** [The deploying body names a person, an address and how soon it answers.]

**Enforcement.** In Great Britain the Equality and Human Rights Commission enforces the accessibility regulations of 2018,
in Northern Ireland the Equality Commission for Northern Ireland. If you are not happy with the answer of [the deploying
body], contact the Equality Advisory and Support Service.

**Preparation.** Prepared on 28 November 2026 from the project's own tests. [The deploying body adds its own date and review.]
"""
DATA_PROTECTION = """
For the body that runs this app for others; it is the controller and says so in its own notice.

- **What is processed.** Competences that a visitor types, ticks or uploads, and, where the list has them, names of people
  and levels. Names are not needed: leave them out.
- **Where and how long.** In the memory of the server process, in the visitor's own session, until the page is closed.
  Never in an address, a file, a log, a cache shared with others, or the graph.
- **Who sees it.** The visitor who uploaded it. Counts of fewer than five people are held back in every download and report.
- **What leaves the machine.** Nothing: no telemetry, no outside addresses, no account, no cookie of ours for tracking. The
  session cookie and the protection against forged requests are Streamlit's.
- **For the controller to state.** The lawful basis, who can reach the app, how the server's own access logs are kept, whom
  to contact, and whether an assessment of impact was made. [To be completed by the deploying body.]
"""


@st.cache_resource(show_spinner="Asking the quality questions of this data")
def _quality(data_version: str) -> list[tuple[str, bool, int]]:
    """Return each quality question, whether a finding is an error, and how many rows it finds in the data in use."""
    queries = [query for query in read_catalogue().values() if query.group == QUALITY]
    return [
        (query.summary, query.severity == "error", len(run_query(state.graph(), query, names=state.names()).rows))
        for query in queries
    ]


def render() -> None:
    """Draw the page."""
    st.title("About", anchor=False)
    graph = state.graph()
    st.markdown(f"Competence Graph {__version__}, data version {graph.data_version}, built at {graph.built_at}.")
    _sure()
    _checks()
    st.header("Sources, licences and counts", anchor=False)
    st.markdown(
        "Names, codes, short phrases and figures are taken from each source, under its licence as far as one was seen; no text is "
        "copied. The passport of each framework, under Browse, says more."
    )
    columns = ("what", "version", "publisher", "standing", "completeness", "licence", "counts")
    show_answer(info(graph, names=state.names()), key="about.info", columns=columns)
    st.header("Accessibility statement", anchor=False)
    st.markdown(ACCESSIBILITY)
    st.header("Data protection", anchor=False)
    st.markdown(DATA_PROTECTION)
    st.header("How to cite", anchor=False)
    st.markdown(
        f"Competence Graph project: Competence Graph {__version__}, data version {graph.data_version}. Apache-2.0 for the software. "
        "Cite the source document and its place for every statement that you quote: each row has both."
    )
    st.header("Made with", anchor=False)
    st.markdown(", ".join(f"{name} {version(name)}" for name in LIBRARIES) + ".")


def _sure() -> None:
    st.header("How sure is it?", anchor=False)
    st.markdown("\n".join(f"- **{STATUS_WORDS[key]}** ({key}): {words}." for key, words in MEANINGS.items()))
    mapped, reviewed = state.mapping_counts()
    st.markdown(
        f"The {mapped:,} mappings between frameworks and the needs of care functions are this project's judgement; of the mappings "
        f"**{reviewed or 'none'} {'is' if reviewed < 2 else 'are'} yet reviewed by a practitioner**. What the sources do not say of a "
        "role is *not stated*, never missing. Answers compare stated competences; they do not decide registration, scope of practice, "
        "delegation or pay."
    )
    table = readings(state.graph(), names=state.names())
    read, wrong = (sum(int(str(row[key])) for row in table.rows) for key in ("sample_count", "wrong_count"))
    st.header("Verified against the sources", anchor=False)
    st.markdown(
        f"Of every framework a random sample was read against its source by someone who had extracted none of it: "
        f"**{read:,} rows in {len(table.rows)} frameworks, {wrong} wrong ({wrong / max(read, 1):.1%})** in the last reading of each, "
        "larger for larger frameworks. The samples of five rows of every framework, of which the README tells, are others. "
        "Every row's quoted lines are also compared with the document by a hash."
    )
    with st.expander("The figures of each framework"):
        show_answer(table, key="about.readings", page_size=40)


def _checks() -> None:
    st.header("Checks passed", anchor=False)
    found = _quality(state.graph().data_version)
    errors = sum(count for _, is_error, count in found if is_error)
    quiet = sum(count == 0 for _, _, count in found)
    st.markdown(
        "A graph is put in use only when every row of every table has passed its checks, so this one has. "
        f"{len(found)} quality questions were then asked of the data in use: **{quiet} find nothing, and {errors or 'no'} errors are "
        "found**; what the others find is worth knowing."
    )
    with st.expander("The questions and what they find"):
        st.table(
            {
                "Question": [escape(question) for question, _, _ in found],
                "A finding is": ["an error" if is_error else "worth knowing" for _, is_error, _ in found],
                "Findings": [str(count) for _, _, count in found],
            },
            hide_index=True,
            alt="Quality questions and what each finds",
        )
    st.markdown(
        "`competence-graph check --full` also runs the shapes and the OWL reasoner on the tables as they are authored."
    )
