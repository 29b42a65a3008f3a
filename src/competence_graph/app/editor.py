"""The SPARQL editor: a query of one's own runs behind the guard, can be stopped, and is answered as a table.

The query runs in a thread while the page waits, so that the button that stops it can be pressed; the answer stays in
the session, so that looking at its second page does not ask again.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

import streamlit as st

from competence_graph.api.state import STATE
from competence_graph.app import state
from competence_graph.app.answer import show_answer
from competence_graph.app.controls import escape
from competence_graph.errors import CompetenceGraphError
from competence_graph.namespaces import IDENTIFIERS
from competence_graph.query.guard import GuardedAnswer
from competence_graph.query.table import Cell, Table, TableColumn

PREFIXES = """PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
EXAMPLES = {
    "Roles by name": PREFIXES + "SELECT ?role ?label WHERE {\n  ?role a cg:Role ; skos:prefLabel ?label .\n}\nORDER BY ?label LIMIT 50",
    "Competences that most roles require": PREFIXES + "SELECT ?competence (COUNT(DISTINCT ?role) AS ?role_count) WHERE {\n  ?statement a cg:Requirement ; cg:subject ?role ; cg:object ?competence ; cg:status cg:Attested .\n}\nGROUP BY ?competence ORDER BY DESC(?role_count) ?competence LIMIT 20",
    "Where a statement comes from": PREFIXES + "SELECT ?role ?competence ?said ?locator WHERE {\n  ?statement a cg:Requirement ; cg:subject ?role ; cg:object ?competence ;\n    cg:statedAs ?said ; cg:locator ?locator .\n}\nORDER BY ?role ?competence LIMIT 50",
    "Mappings between two frameworks": PREFIXES + "SELECT ?from ?predicate ?to ?reason WHERE {\n  ?mapping a cg:Mapping ; cg:subject ?from ; cg:predicate ?predicate ; cg:object ?to ; cg:reason ?reason .\n}\nORDER BY ?from ?to LIMIT 50",
}  # fmt: skip
TEXT, JOB, ANSWER = "ask.sparql", "ask.job", "ask.answer"
_LOOK = 0.1  # seconds between two looks at whether it is done


@st.cache_resource(show_spinner=False)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=8, thread_name_prefix="sparql")


def put(text: str) -> None:
    """Put a query into the editor, in place of what is there."""
    st.session_state[TEXT] = text
    st.session_state.pop(ANSWER, None)


def editor() -> None:
    """Draw the editor and the answer to what was last run in it."""
    guard = STATE.guard()
    st.markdown(
        f"A query runs apart from the app, for {guard.seconds:g} seconds and {guard.max_rows:,} rows at most, and reads nothing but "
        "this graph. Updates and calls to other servers are refused. Start from an example, or open a question of the catalogue here."
    )
    st.session_state.setdefault(TEXT, EXAMPLES["Roles by name"])
    with st.container(horizontal=True):
        for name, text in EXAMPLES.items():
            st.button(name, key=f"ask.example.{name}", on_click=put, args=(text,))
    text = st.text_area("SPARQL", height=260, key=TEXT)
    with st.container(horizontal=True):
        run = st.button("Run", key="ask.run", type="primary")
        stop = st.button("Stop", key="ask.stop")
    place = st.empty()
    job: Future[GuardedAnswer] | None = st.session_state.get(JOB)
    if stop:
        _stop(job)
    elif run:
        _stop(job)
        ticket = object()
        job = _threads().submit(guard.run, text, ticket=ticket)
        st.session_state[JOB], st.session_state["ask.ticket"] = job, ticket
        st.session_state.pop(ANSWER, None)
    if job is not None and not stop:
        started = time.monotonic()
        while not job.done():
            spent = time.monotonic() - started
            place.progress(min(spent / guard.seconds, 1.0), text=f"Running: {spent:.0f} of at most {guard.seconds:g} s")
            time.sleep(_LOOK)
        place.empty()
        st.session_state.pop(JOB, None)
        try:
            st.session_state[ANSWER] = job.result()
        except CompetenceGraphError as error:
            st.error(escape(str(error)))
    _show(st.session_state.get(ANSWER))


def _stop(job: Future[GuardedAnswer] | None) -> None:
    """Stop what this session has running, and say so."""
    if job is not None and not job.done():
        job.cancel()
        STATE.guard().cancel(st.session_state.get("ask.ticket"))
        st.info("The query was stopped.")
    st.session_state.pop(JOB, None)


def _show(answer: GuardedAnswer | None) -> None:
    if answer is None:
        return
    if answer.boolean is not None:
        st.success("Yes" if answer.boolean else "No")
        return
    columns = [TableColumn(name, "") for name in answer.columns]
    rows: list[dict[str, Cell]] = [{name: _cell(term) for name, term in row.items()} for row in answer.rows]
    notes = [
        f"{len(rows)} rows in {answer.seconds:.2f} s."
        + (" There are more; the answer was cut." if answer.truncated else "")
    ]
    show_answer(Table("Your query", {}, state.graph().data_version, columns, rows, notes), key="ask.own")


def _cell(term: tuple[str, ...]) -> Cell:
    """Return a term for a person: one of our things as itself, so that it links to its page; anything else as text."""
    value = term[1]
    if value.startswith(IDENTIFIERS) and (thing := state.names().things.get(value)):
        return thing
    return value
