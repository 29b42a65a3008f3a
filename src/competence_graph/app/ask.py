"""Ask: the catalogue as forms with plain questions; the SPARQL visible, and editable behind the guard."""

from __future__ import annotations

import streamlit as st

from competence_graph.api.state import STATE
from competence_graph.app import state
from competence_graph.app.answer import share_link, show_answer, version_notice
from competence_graph.app.controls import STRICTNESS_WORDS, escape, pick
from competence_graph.errors import CompetenceGraphError
from competence_graph.query.catalogue import CatalogueQuery, Parameter, read_catalogue
from competence_graph.query.names import KINDS
from competence_graph.query.run import bind, run_query
from competence_graph.query.table import Table, TableColumn


@st.cache_resource(show_spinner=False)
def _catalogue() -> dict[str, CatalogueQuery]:
    return read_catalogue()


def render() -> None:
    """Draw the page."""
    st.title("Ask", anchor=False)
    version_notice(state.graph().data_version)
    queries = _catalogue()
    name = pick("Question", "question", {key: query.summary for key, query in queries.items()})
    if name is None:
        st.info(f"Choose one of {len(queries)} questions.")
    else:
        _form(queries[name])
    with st.expander("Write a query of your own (SPARQL)"):
        _editor()


def _form(query: CatalogueQuery) -> None:
    given: dict[str, str] = {}
    for parameter in query.parameters.values():
        value = _control(parameter)
        if value is None:
            st.info(f"Choose: {parameter.meaning}.")
            return
        given[parameter.name] = value
    try:
        table = run_query(state.graph(), query, given, names=state.names())
    except CompetenceGraphError as error:
        st.error(escape(str(error)))
        return
    show_answer(table, key=f"ask.{query.name}")
    share_link("ask", {"question": query.name, **given}, table.data_version)
    with st.expander("The SPARQL behind it"):
        st.code(bind(query, given, state.names())[0], language="sparql", wrap_lines=True)


def _control(parameter: Parameter) -> str | None:
    label = parameter.meaning[:1].upper() + parameter.meaning[1:]
    if parameter.kind == "strictness":
        return pick(label, parameter.name, STRICTNESS_WORDS, default=parameter.default or "close")
    if parameter.kind == "status":
        words = {key: key for key in ("attested", "curated", "inferred", "interim", "suggested")}
        return pick(label, parameter.name, words, default=parameter.default or None)
    if parameter.kind in KINDS:
        choices = state.options(parameter.kind)
        return pick(label, parameter.name, choices, default=parameter.default if parameter.default in choices else None)
    if parameter.kind == "thing":
        choices = {**state.options("competence"), **state.options("function")}
        return pick(label, parameter.name, choices, default=parameter.default if parameter.default in choices else None)
    return (
        st.text_input(label, value=st.query_params.get(parameter.name, parameter.default), key=f"ask.{parameter.name}")
        or None
    )


def _editor() -> None:
    st.markdown(
        "It runs apart from the app, for ten seconds at most, and can read nothing but this graph. Updates and calls to other servers are refused."
    )
    text = st.text_area(
        "SPARQL",
        value="SELECT ?role ?label WHERE {\n  ?role a <https://w3id.org/competence-graph/ontology#Role> ;\n    <http://www.w3.org/2004/02/skos/core#prefLabel> ?label .\n}\nORDER BY ?label LIMIT 20",
        height=200,
        key="ask.sparql",
    )
    if not st.button("Run", key="ask.run"):
        return
    try:
        with st.spinner("Running"):
            answer = STATE.guard().run(text)
    except CompetenceGraphError as error:
        st.error(escape(str(error)))
        return
    if answer.boolean is not None:
        st.success("Yes" if answer.boolean else "No")
        return
    columns = [TableColumn(name, "") for name in answer.columns]
    rows = [{name: term[1] for name, term in row.items()} for row in answer.rows]
    notes = [
        f"{len(rows)} rows in {answer.seconds:.2f} s."
        + (" There are more; the answer was cut." if answer.truncated else "")
    ]
    show_answer(Table("Your query", {}, state.graph().data_version, columns, rows, notes), key="ask.own")
