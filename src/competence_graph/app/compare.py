"""Compare roles: two to six, across frameworks: what is shared, what is each one's own."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from competence_graph.analysis.claims import RoleRecord, read_roles
from competence_graph.analysis.overlap import overlap
from competence_graph.app import state
from competence_graph.app.answer import share_link, show_answer, version_notice
from competence_graph.app.controls import attested_only, escape, pick_many, strictness
from competence_graph.reports.board import compose
from competence_graph.views import charts

LABEL_LENGTH = 40


def render() -> None:
    """Draw the page."""
    st.title("Compare roles", anchor=False)
    version_notice(state.graph().data_version)
    roles = pick_many("Two to six roles", "role", state.options("role"), most=6)
    how = strictness()
    only = attested_only()
    if len(roles) < 2:
        st.info(
            "Choose at least two roles. Roles with fewer than five statements stand last in the list: of them only lists are shown."
        )
        return
    table = overlap(state.graph(), roles, strictness=how, attested_only=only, names=state.names())
    records = read_roles(
        state.graph(), state.names(), [state.names().resolve(r, ("role",)) for r in roles], attested_only=only
    )
    tiers = _tiers(roles)
    if len(set(tiers.values())) > 1 and all(tiers.values()):
        st.markdown(
            "Between tiers: "
            + escape("; ".join(f"{k}: {v}" for k, v in tiers.items()))
            + ". Overlap between a registered and a support role is called vertical."
        )
    _chart(records)
    columns = ("item", "held_by", "shared_count", "matched_with", "status", "source")
    show_answer(table, key="compare", columns=columns, report=lambda: compose([table]))
    share_link("compare", {"role": roles, "strictness": how, "attested": "1" if only else ""}, table.data_version)


def _tiers(roles: list[str]) -> dict[str, str]:
    found = {}
    for role in roles:
        rows = state.graph().select(
            f"PREFIX cg: <https://w3id.org/competence-graph/ontology#> SELECT DISTINCT ?tier WHERE {{ ?fact cg:ofRole ?role ; cg:attribute 'tier' ; cg:attributeValue ?tier . FILTER (?role = <https://w3id.org/competence-graph/id/{role.replace(':', '/')}>) }}"
        )
        found[state.names().resolve(role).label] = rows[0]["tier"].value if rows else ""
    return found


def _chart(records: Sequence[RoleRecord]) -> None:
    """Draw the sets of stated items; nothing where the sources say too little about a role."""
    if any(record.says_too_little for record in records):
        st.info("No chart is shown: the sources say too little about at least one of these roles.")
        return
    sets = {
        record.role.label[:LABEL_LENGTH]: {
            item.id for functions in (False, True) for item in record.items(functions=functions, stated=True)
        }
        for record in records
    }
    words = ""
    if len(sets) >= 3:
        picture, words = charts.upset(sets)
        st.altair_chart(picture, theme=None, alt=words)
    elif len(sets) == 2:
        a, b = sets
        parts = (sets[a] & sets[b], sets[a] - sets[b], sets[b] - sets[a])
        bars, words = charts.stacked(*(_by_kind(part) for part in parts), a=a, b=b)
        st.altair_chart(bars, theme=None, alt=words)
    st.caption(
        escape(words) + " Counts are of stated items that are the very same; the tables below use the likeness chosen."
    )


def _by_kind(items: set[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in sorted(items):
        kind = state.names().resolve(item).kind
        counts[kind] = counts.get(kind, 0) + 1
    return counts
