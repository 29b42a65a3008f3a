"""Ask: the catalogue as forms with plain questions; the SPARQL visible, and editable behind the guard."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection
from urllib.parse import quote, urlencode

import streamlit as st

from competence_graph.app import state
from competence_graph.app.answer import heading, share_link, show_answer, version_notice
from competence_graph.app.controls import STATUS_WORDS, STRICTNESS_WORDS, escape, pick
from competence_graph.app.editor import LINK, editor, put
from competence_graph.errors import CompetenceGraphError
from competence_graph.namespaces import to_iri
from competence_graph.query.catalogue import CatalogueQuery, Parameter, read_catalogue
from competence_graph.query.run import bind, run_query
from competence_graph.query.table import Table, Thing
from competence_graph.views.bars import bars

GROUPS = {
    "lookup": "Look up", "comparison": "Compare", "transfer": "Transfer", "training": "Training needs", "cover": "Cover",
    "quality": "The data itself: gaps, doubts and defects",
}  # fmt: skip
OF_THE_PAGE = ("about", "question", "v", LINK)
KIND_WORDS = {"cohort": "group of people", "competence area": "area"}
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
        group = pick("About", "about", GROUPS, placeholder="Everything")
    offered = {key: query for key, query in queries.items() if group in (None, query.group)}
    asked = st.query_params.get("question")
    if asked in queries:
        offered.setdefault(asked, queries[asked])
    with two:
        summaries = {key: query.summary for key, query in offered.items()}
        name = pick("Question", "question", summaries, keeps=_kept)
    if name is not None:
        _form(queries[name])
    elif st.query_params.get(LINK):
        st.markdown("The link brings a query; it stands below. [All questions](ask)")
    else:
        _questions(offered)
    st.header("Write a query of your own", anchor=False)
    opened = bool(st.session_state.get("ask.opened") or st.query_params.get(LINK))
    with st.expander("SPARQL editor", expanded=opened):
        editor()


def _kept(chosen: str | None) -> Collection[str]:
    """Return what stays in the address when another question is chosen: what both questions take, and of one kind."""
    queries = _catalogue()
    before = queries.get(st.query_params.get("question", ""))
    after = queries.get(chosen or "")
    if before is None or after is None:
        return ("about",)
    same = [p.name for p in after.parameters.values() if before.parameters.get(p.name, p).kind == p.kind]
    return ("about", *same)


def _questions(offered: dict[str, CatalogueQuery]) -> None:
    """List the questions as links, so that one can look before choosing."""
    st.markdown(f"{len(offered)} questions. Choose one above, or follow a link.")
    for group, words in GROUPS.items():
        mine = [query for query in offered.values() if query.group == group]
        if mine:
            st.header(escape(words), anchor=False)
            st.markdown("\n".join(f"- [{escape(q.summary)}](ask?question={quote(q.name)})" for q in mine))


def _form(query: CatalogueQuery) -> None:
    _others(query)
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
    example = [
        state.names().thing(to_iri(given[p.name])).label
        for p in parameters
        if p.kinds and st.query_params.get(p.name) != given[p.name]
    ]
    if example:
        st.info(f"An example, answered for {escape(' and '.join(example))}. Choose your own above.")
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
    if parameter.kinds:
        choices = _choices(parameter.kinds)
        return pick(label, parameter.name, choices, default=parameter.default if parameter.default in choices else None)
    key = f"ask.{parameter.name}"
    value = st.text_input(label, value=st.query_params.get(parameter.name, parameter.default), key=key)
    if value != st.query_params.get(parameter.name, parameter.default):
        st.query_params[parameter.name] = value
    return value or None


@st.cache_resource(show_spinner=False)
def _choices(kinds: tuple[str, ...]) -> dict[str, str]:
    """Return the things of some kinds by label; each says its kind where there are several, and whose it is where two look alike."""
    names = state.names()
    things = names.of_kinds(kinds)
    if kinds == ("role",):
        counts = state.statement_counts()
        words = {t.id: f"{t.label} · {counts.get(t.id, 0)} statements" for t in things}
    else:
        words = {t.id: f"{t.label} · {KIND_WORDS.get(t.kind, t.kind)}" if len(kinds) > 1 else t.label for t in things}
    for said in (lambda key: names.thing(to_iri(key.partition(":")[0])).label, lambda key: key):
        often = Counter(words.values())
        words = {key: f"{label} · {said(key)}" if often[label] > 1 else label for key, label in words.items()}
    return words


def _others(query: CatalogueQuery) -> None:
    """Say what else stands in the address that the question does not take."""
    for name in [name for name in st.query_params if name not in query.parameters and name not in OF_THE_PAGE]:
        said = f"The link gives “{escape(name[:80])}”, which this question does not take; it is left out."
        free = [key for key in query.parameters if key not in st.query_params]
        near = difflib.get_close_matches(name, free, n=1)
        if near:
            address = {key: value for key, value in st.query_params.items() if key != name}
            meant = urlencode({**address, near[0]: st.query_params[name]})
            said += f" Did you mean [{escape(near[0])}](?{meant})?"
        st.warning(said)


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
