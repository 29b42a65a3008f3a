"""The SPARQL editor: a query of one's own runs behind the guard, can be stopped, and is answered as a table.

The query runs in a thread while the page waits, so that the button that stops it can be pressed; the answer stays in
the session, so that looking at its second page does not ask again.
"""

from __future__ import annotations

import base64
import time
import zlib
from concurrent.futures import Future, ThreadPoolExecutor

import streamlit as st

from competence_graph.api.state import STATE
from competence_graph.app import state
from competence_graph.app.answer import share_link, show_answer
from competence_graph.app.controls import escape
from competence_graph.errors import CompetenceGraphError
from competence_graph.namespaces import IDENTIFIERS
from competence_graph.query.guard import GuardedAnswer
from competence_graph.query.refusals import MAX_CHARACTERS
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
TEXT, JOB, ANSWER, ASKED = "ask.sparql", "ask.job", "ask.answer", "ask.asked"
LINK = "sparql"
"""The parameter of the address that holds a query."""
LONGEST_LINK = 4000
"""Most characters of a query in an address: longer ones are cut by mail programs and refused by proxies."""
_LOOK = 0.1  # seconds between two looks at whether it is done


@st.cache_resource(show_spinner=False)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=8, thread_name_prefix="sparql")


def put(text: str) -> None:
    """Put a query into the editor, in place of what is there."""
    st.session_state[TEXT] = text
    st.session_state.pop(ANSWER, None)


def in_link(text: str) -> str:
    """Return a query as an address holds it: compressed, in letters that need no escape."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def from_link(code: str) -> str | None:
    """Return the query that an address holds; None where it cannot be read, or is longer than a query may be."""
    unpack = zlib.decompressobj()
    try:
        packed = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        text = unpack.decompress(packed, 4 * MAX_CHARACTERS).decode()  # 4 bytes are the most of a character
    except (ValueError, zlib.error):
        return None
    return text if unpack.eof and 0 < len(text) <= MAX_CHARACTERS else None


def _take_link() -> str | None:
    """Put the query of the address into the editor, once, and return it; None where there is none."""
    code = st.query_params.get(LINK)
    text = from_link(code) if code else None
    if st.session_state.get(f"{TEXT}.asked") != code:
        st.session_state[f"{TEXT}.asked"] = code
        if text is not None:
            put(text)
    if code and text is None:
        st.warning("The link holds a query that cannot be read; perhaps the end of the link was cut off.")
    return text


def editor() -> None:
    """Draw the editor and the answer to what was last run in it."""
    linked = _take_link()
    note = st.empty()
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
    if linked is not None and text == linked and not run and st.session_state.get(ASKED) != text:
        note.info("This query came with the link. It has not run: read what somebody else wrote first, then press Run.")
    place = st.empty()
    job: Future[GuardedAnswer] | None = st.session_state.get(JOB)
    if stop:
        _stop(job)
    elif run:
        _stop(job)
        ticket = object()
        job = _threads().submit(guard.run, text, ticket=ticket)
        st.session_state[JOB], st.session_state["ask.ticket"] = job, ticket
        st.session_state[ASKED] = text
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
    if ANSWER in st.session_state:
        _share(st.session_state[ASKED])


def _share(text: str) -> None:
    """Offer the address that brings this query to somebody else."""
    code = in_link(text)
    if len(code) > LONGEST_LINK:
        st.caption("This query is too long for a link. Copy its text to pass it on.")
    else:
        share_link("ask", {LINK: code}, state.graph().data_version, key="ask.own", label="Link to this query, to copy")


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
