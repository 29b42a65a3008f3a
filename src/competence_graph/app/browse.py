"""Browse: a framework, its passport, its areas, its items, with filters."""

from __future__ import annotations

import streamlit as st

from competence_graph.app import state
from competence_graph.app.answer import show_answer, version_notice
from competence_graph.app.controls import escape, pick
from competence_graph.query.description import show
from competence_graph.query.lookup import list_things
from competence_graph.query.names import KINDS
from competence_graph.query.table import Table, TableColumn, Thing

KIND_WORDS = {
    "competence": "Competences", "function": "Care functions", "principle": "Principles", "role": "Roles", "area": "Areas",
    "model": "Care models", "case": "Case studies", "learning": "Learning", "finding": "Findings", "group": "Staff groups, teams, organisations",
    "cohort": "Cohorts and need states", "setting": "Settings", "level": "Levels",
}  # fmt: skip


def render() -> None:
    """Draw the page."""
    st.title("Browse", anchor=False)
    version_notice(state.graph().data_version)
    frameworks = state.options("framework")
    framework = pick("Framework", "framework", frameworks)
    if framework is None:
        st.info(f"Choose one of {len(frameworks)} frameworks, or search on the [home page](./).")
        return
    passport(framework)
    present = {
        kind: words
        for kind, words in KIND_WORDS.items()
        if any(t.id.startswith(f"{framework}:") for t in state.names().of_kind(kind))
    }
    if not present:
        st.info("Nothing of this framework is loaded.")
        return
    kind = pick("What", "kind", present, default=next(iter(present)))
    if kind is None:
        return
    area = None
    if kind in ("competence", "function", "principle", "learning", "finding"):
        areas = {t.id: t.label for t in state.names().of_kind("area") if t.id.startswith(f"{framework}:")}
        if areas:
            area = pick("Area", "area", areas, placeholder="Any area")
    words = st.text_input("Only those with these words", key="browse.words", value="")
    table = list_things(state.graph(), kind, framework=framework, include_interim=True, names=state.names())
    rows = list(table.rows)
    if area:
        kept = _in_area(area)
        rows = [row for row in rows if getattr(row["thing"], "id", "") in kept]
    if words.strip():
        rows = [
            row
            for row in rows
            if all(w in f"{row['thing']} {row['other_names']}".lower() for w in words.lower().split())
        ]
    columns = (
        TableColumn("thing", "What it is"),
        TableColumn("kind", "Its kind"),
        TableColumn("other_names", "Other names and codes"),
    )
    notes = [f"{len(rows)} of {len(table.rows)} {KIND_WORDS[kind].lower()}."]
    filtered = Table(
        f"{KIND_WORDS[kind]} of {frameworks[framework]}",
        dict(table.parameters),
        table.data_version,
        columns,
        rows,
        notes,
    )
    st.markdown(escape(notes[0]))
    show_answer(
        filtered,
        key=f"browse.{framework}.{kind}",
        columns=("thing", "kind", "other_names") if len(KINDS[kind]) > 1 else ("thing", "other_names"),
    )


def _in_area(area: str) -> set[str]:
    found = show(state.graph(), area, names=state.names())
    rows = (row for row in found.rows if row["kind"] == "holds")
    return {thing.id for row in rows if isinstance(thing := row["what"], Thing)}


def passport(framework: str) -> None:
    """Draw what is known of a framework, with its notices."""
    facts = {
        str(row["kind"]): row["what"]
        for row in show(state.graph(), framework, names=state.names()).rows
        if row["part"] == "itself"
    }
    if facts.get("completeness") == "interim":
        st.warning(
            "These are placeholders: they stand in until the real wording is held, and are in no count or share."
        )
    standing = str(facts.get("standing", "unknown"))
    if standing in ("superseded", "withdrawn"):
        st.warning(
            escape(
                f"This framework is {standing} as at {facts.get('as at', '')}."
                + (f" Replaced by: {facts['replaced by']}." if "replaced by" in facts else "")
            )
        )
    said = [
        ("Publisher", facts.get("publisher")), ("Version", facts.get("version")), ("Standing", f"{standing}, as at {facts.get('as at', '')}"),
        ("Our copy", f"{facts.get('completeness', '')}, {facts.get('depth', '')}"), ("Licence", facts.get("license")),
        ("Asked for by", facts.get("mandate") or "not known"), ("Free to use", "see the licence; none is stated" if "not stated" in str(facts.get("license")) else "see the licence"),
    ]  # fmt: skip
    st.markdown("\n".join(f"- **{name}**: {escape(str(value))}" for name, value in said if value))
    if "definition" in facts:
        st.markdown(escape(str(facts["definition"])))
