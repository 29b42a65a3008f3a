"""Ask: the catalogue as forms with plain questions; the SPARQL visible, and editable behind the guard."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from competence_graph.app import state
from competence_graph.app.answer import heading, share_link, show_answer, version_notice
from competence_graph.app.controls import STATUS_WORDS, STRICTNESS_WORDS, escape, pick
from competence_graph.app.editor import editor, put
from competence_graph.errors import CompetenceGraphError
from competence_graph.query.catalogue import CatalogueQuery, Parameter, read_catalogue
from competence_graph.query.names import KINDS
from competence_graph.query.run import bind, run_query
from competence_graph.query.table import Table, Thing
from competence_graph.views.bars import bars

GROUPS = {
    "lookup": "Look up", "comparison": "Compare", "transfer": "Transfer", "training": "Training needs", "cover": "Cover",
    "quality": "Defects in the data (none of its questions should find a row)",
}  # fmt: skip
FEWEST_BARS, MOST_BARS = 3, 15


@st.cache_resource(show_spinner=False)
def _catalogue() -> dict[str, CatalogueQuery]:
    return read_catalogue()


def render() -> None:
    """Draw the page."""
    st.title("Ask", anchor=False)
    version_notice(state.graph().data_version)
    queries = _catalogue()
    one, two = st.columns([1, 3])
    with one:
        group = pick("About", "group", GROUPS, placeholder="Everything")
    offered = {key: query for key, query in queries.items() if group in (None, query.group)}
    asked = st.query_params.get("question")
    if asked in queries:
        offered.setdefault(asked, queries[asked])
    with two:
        name = pick("Question", "question", {key: query.summary for key, query in offered.items()})
    if name is None:
        _questions(offered)
    else:
        _form(queries[name])
    st.header("Write a query of your own", anchor=False)
    with st.expander("SPARQL editor", expanded=bool(st.session_state.get("ask.opened"))):
        editor()


def _questions(offered: dict[str, CatalogueQuery]) -> None:
    """List the questions as links, so that one can look before choosing."""
    st.markdown(f"{len(offered)} questions. Choose one above, or follow a link.")
    for group, words in GROUPS.items():
        mine = [query for query in offered.values() if query.group == group]
        if mine:
            st.header(escape(words), anchor=False)
            st.markdown("\n".join(f"- [{escape(q.summary)}](ask?question={quote(q.name)})" for q in mine))


def _form(query: CatalogueQuery) -> None:
    given: dict[str, str] = {}
    lacking = []
    parameters = list(query.parameters.values())
    for parameter, column in zip(parameters, st.columns(max(len(parameters), 1)), strict=False):
        with column:
            value = _control(parameter)
        if value is None:
            lacking.append(parameter.meaning)
        else:
            given[parameter.name] = value
    if lacking:
        st.info(f"Still to choose: {escape('; '.join(lacking))}.")
        return
    try:
        table = run_query(state.graph(), query, given, names=state.names())
    except CompetenceGraphError as error:
        st.error(escape(str(error)))
        return
    if query.problem:
        st.markdown(f"**What is wrong with each row**: {escape(query.problem)} **How to mend it**: {escape(query.fix)}")
    _bars(table)
    show_answer(table, key=f"ask.{query.name}")
    share_link("ask", {"question": query.name, **given}, table.data_version)
    text = bind(query, given, state.names())[0]
    with st.expander("The SPARQL behind it"):
        st.text(text)
        st.button("Open it in the editor below", key="ask.edit", on_click=_edit, args=(text,))


def _edit(text: str) -> None:
    put(text)
    st.session_state["ask.opened"] = True


def _control(parameter: Parameter) -> str | None:
    label = parameter.meaning[:1].upper() + parameter.meaning[1:]
    if parameter.kind == "strictness":
        return pick(label, parameter.name, STRICTNESS_WORDS, default=parameter.default or "close")
    if parameter.kind == "status":
        return pick(label, parameter.name, STATUS_WORDS, default=parameter.default or None)
    if parameter.kind in KINDS:
        choices = state.options(parameter.kind)
        return pick(label, parameter.name, choices, default=parameter.default if parameter.default in choices else None)
    if parameter.kind == "thing":
        choices = {**state.options("competence"), **state.options("function")}
        return pick(label, parameter.name, choices, default=parameter.default if parameter.default in choices else None)
    key = f"ask.{parameter.name}"
    value = st.text_input(label, value=st.query_params.get(parameter.name, parameter.default), key=key)
    if value != st.query_params.get(parameter.name, parameter.default):
        st.query_params[parameter.name] = value
    return value or None


def _bars(table: Table) -> None:
    """Draw bars where a picture says it sooner: a count for each of several things, the first rows of the answer."""
    counts = [column for column in table.columns if column.name.endswith("_count")]
    if len(counts) != 1 or len(table.rows) < FEWEST_BARS:
        return
    part = table.rows[:MOST_BARS]
    named = [column.name for column in table.columns if all(isinstance(row.get(column.name), Thing) for row in part)]
    if not named:
        return
    pairs = [(str(row[named[0]]), int(str(row[counts[0].name]))) for row in part]
    if len({name for name, _ in pairs}) < len(pairs):
        return  # a thing stands in several rows: one bar each would be read as several things
    picture, words = bars(pairs, counted=heading(counts[0]))
    st.altair_chart(picture, theme=None, alt=words)
    if len(part) < len(table.rows):
        st.caption(f"The first {len(part)} of {len(table.rows)} rows; the table has all.")
