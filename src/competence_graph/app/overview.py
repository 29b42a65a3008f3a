"""Overview: who does what, what stands with just one role, needs to functions to roles."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from competence_graph.analysis.claims import MINIMUM_STATEMENTS, Link, read_links
from competence_graph.app import state
from competence_graph.app.answer import show_answer
from competence_graph.app.controls import escape, pick
from competence_graph.query.catalogue import find
from competence_graph.query.run import run_query
from competence_graph.query.table import Cell, Table, TableColumn
from competence_graph.views import charts

MOST_ROLES, LABEL_LENGTH = 18, 45


def render() -> None:
    """Draw the page."""
    st.title("Overview", anchor=False)
    links = read_links(state.graph(), state.names(), ("Requirement", "Performance"))
    framework = pick("Roles of which the items stand in", "framework", {"oawip": "the 2014 report", "role-profiles": "employers' and areas' lists", "care-workforce-pathway": "the care workforce pathway"}, default="role-profiles")  # fmt: skip
    _heat(links, framework or "role-profiles")
    st.header("From care models to functions to roles", anchor=False)
    _flow()
    st.header("Competences stated of just one role", anchor=False)
    table = run_query(state.graph(), find("single-cover-competences"), names=state.names())
    show_answer(table, key="overview.single")


def _heat(links: list[Link], framework: str) -> None:
    st.header("Roles by kind of item", anchor=False)
    stated = [
        link
        for link in links
        if link.stated and link.subject.kind == "role" and link.object.id.startswith(f"{framework}:")
    ]
    sizes = Counter(link.subject for link in stated)
    roles = [role for role, count in sizes.most_common(MOST_ROLES) if count >= MINIMUM_STATEMENTS]
    counts = Counter((link.subject, link.object.kind) for link in stated if link.subject in roles)
    if not counts:
        st.info("No role has five or more stated items there.")
        return
    cells = [
        (_short(role.label), kind, number)
        for (role, kind), number in sorted(counts.items(), key=lambda i: (i[0][0].label, i[0][1]))
    ]
    chart, words = charts.heatmap(cells)
    st.altair_chart(chart, theme=None, alt=words)
    columns = (
        TableColumn("role", "The role"),
        TableColumn("kind", "Kind of item"),
        TableColumn("item_count", "Stated items", "items"),
    )
    rows: list[dict[str, Cell]] = [
        {"role": role, "kind": kind, "item_count": number}
        for (role, kind), number in sorted(counts.items(), key=lambda i: (i[0][0].label, i[0][1]))
    ]
    notes = [
        f"The {len(roles)} roles with most stated items of {len(sizes)}; roles with fewer than {MINIMUM_STATEMENTS} are left out."
    ]
    with st.expander("The same as a table"):
        show_answer(
            Table(
                "How many stated items has each role, by kind?",
                {"framework": framework},
                state.graph().data_version,
                columns,
                rows,
                notes,
            ),
            key="overview.heat",
        )


def _flow() -> None:
    calls = [
        link
        for link in read_links(state.graph(), state.names(), ("ModelNeed",))
        if link.object.kind == "care function" and link.subject.kind in ("point model", "whole-system model")
    ]
    does = [link for link in read_links(state.graph(), state.names(), ("Performance",)) if link.subject.kind == "role"]
    functions = {link.object for link in calls} & {link.object for link in does}
    left = Counter((_short(c.subject.label), _short(c.object.label)) for c in calls if c.object in functions)
    right = Counter((_short(d.object.label), _short(d.subject.label)) for d in does if d.object in functions)
    if not left:
        st.info(
            "No care function of a model is stated to be carried out by a role. That is itself worth knowing: see 'functions without a role' under Ask."
        )
        return
    options, words = charts.sankey_options(
        [[(a, b, n) for (a, b), n in left.items()], [(a, b, n) for (a, b), n in right.items()]]
    )
    st.echarts_chart(options, height=480, alt=words)
    st.caption(escape(words))


def _short(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1] + "…"
