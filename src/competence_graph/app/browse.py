"""Browse: every framework; one framework with its passport, its areas and its items, with filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import quote

import streamlit as st

from competence_graph.analysis.framework_choice import choices
from competence_graph.app import state
from competence_graph.app.answer import cell_text, share_link, show_answer, version_notice
from competence_graph.app.controls import STATUS_WORDS, escape, pick, pick_many
from competence_graph.query.description import portrait, show
from competence_graph.query.lookup import items, placeholder_frameworks
from competence_graph.query.table import Cell, Table

NO_AREA = "in no area"
STANDINGS = {
    "current": "Current",
    "superseded": "Superseded",
    "withdrawn": "Withdrawn",
    "unknown": "Standing not known",
}
DEPTHS = {"full": "With what is under the headings", "headings only": "Headings only"}
LICENCES = {"named": "A licence was seen", "not stated": "No licence was seen"}
COLUMNS = ("item", "kind", "area", "level", "role_count", "mapping_count", "status", "source")
Row = Mapping[str, Cell]


def render() -> None:
    """Draw the page."""
    st.title("Browse", anchor=False)
    version_notice(state.graph().data_version)
    framework = pick(
        "Framework", "framework", state.options("framework"), placeholder="Choose, or type a part of its name"
    )
    if framework is None:
        _frameworks()
        return
    _passport(framework)
    table = items(state.graph(), framework, names=state.names())
    if not table.rows:
        st.info("Nothing of this framework is loaded.")
        return
    _areas(framework, table.rows)
    _items(framework, table)


def _frameworks() -> None:
    """Draw all frameworks with filters."""
    one, two, three = st.columns(3)
    with one:
        standings = pick_many("Standing", "standing", STANDINGS, placeholder="Any")
    with two:
        depths = pick_many("Depth of our copy", "depth", DEPTHS, placeholder="Any")
    with three:
        licences = pick_many("Licence", "licence", LICENCES, placeholder="Any")
    table = choices(state.graph(), names=state.names())

    def licence(row: Row) -> str:
        return "not stated" if str(row["licence"]).startswith(("not stated", "not seen")) else "named"

    rows = [
        row
        for row in sorted(table.rows, key=lambda row: str(row["framework"]).lower())
        if (not standings or row["standing"] in standings)
        and (not depths or row["depth"] in depths)
        and (not licences or licence(row) in licences)
    ]
    hidden = placeholder_frameworks(state.graph(), names=state.names())
    more = f" Not listed, as placeholders only: {', '.join(cell_text(thing) for thing in hidden)}." if hidden else ""
    st.markdown(f"**{len(rows)} of {len(table.rows)} frameworks.** Choose one above, or follow a link.{more}")
    shown = Table("Which frameworks are there?", table.parameters, table.data_version, table.columns, rows, table.notes)
    columns = (
        "framework",
        "version",
        "publisher",
        "standing",
        "replaced_by",
        "depth",
        "completeness",
        "licence",
        "item_count",
    )
    show_answer(shown, key="browse.all", columns=columns, page_size=36)
    share_link("browse", {"standing": standings, "depth": depths, "licence": licences}, table.data_version)


def _passport(framework: str) -> None:
    """Draw what is known of a framework, with its notices."""
    thing = state.names().resolve(framework, ("framework",))
    facts = portrait(show(state.graph(), framework, names=state.names()), thing).facts

    def said(name: str) -> str:
        return "; ".join(cell_text(cell) for cell in facts.get(name, []))

    standing = str(facts.get("standing", ["unknown"])[0])
    if "interim" in facts.get("completeness", []):
        st.warning(
            "These are placeholders: they stand in until the real wording is held, and are in no count or share."
        )
    if standing in ("superseded", "withdrawn"):
        later = f" Replaced by {said('replaced by')}." if "replaced by" in facts else ""
        st.warning(f"This framework is {standing} as at {said('as at')}.{later}")
    if "headings only" in facts.get("depth", []):
        st.info("Held as headings only: what stands under them was not seen, so no share of it is ever given.")
    if "definition" in facts:
        st.markdown(said("definition"))
    left, right = st.columns(2)
    known = (
        ("Publisher", said("publisher")), ("Version", said("version")), ("Standing", f"{standing}, as at {said('as at')}"),
        ("Our copy", f"{said('completeness')}, {said('depth')}"), ("Nations", said("nation") or "not known"),
        ("Audience", said("audience") or said("audience text") or "not known"), ("Asked for by", said("mandate") or "not known"),
        ("Licence", said("license")), ("On the licence", said("rights")),
    )  # fmt: skip
    for number, (name, value) in enumerate(pair for pair in known if pair[1]):
        (left, right)[number % 2].markdown(f"**{name}**: {value}")
    if "left out" in facts:
        with st.expander(f"What is left out, and why ({len(facts['left out'])})"):
            st.markdown("\n".join(f"- {cell_text(cell)}" for cell in facts["left out"]))


def _areas(framework: str, rows: Sequence[Row]) -> None:
    """Draw the areas with how many items stand in each, as links that keep the page."""
    by_label = {t.label: t for t in state.names().of_kind("area") if t.id.startswith(f"{framework}:")}
    counts = Counter(label for row in rows for label in str(row["area"] or NO_AREA).split("; "))
    if set(counts) <= {NO_AREA}:
        return
    with st.expander(f"Areas ({len(by_label)})", expanded=len(by_label) <= 16 and not st.query_params.get("area")):
        lines = []
        for label in sorted(counts, key=lambda name: (name == NO_AREA, name.lower())):
            area = by_label.get(label)
            link = (
                f"[{escape(label)}](browse?framework={quote(framework)}&area={quote(area.id)})"
                if area
                else escape(label)
            )
            lines.append((link, str(counts[label])))
        st.table({"Area": [name for name, _ in lines], "Items": [n for _, n in lines]}, hide_index=True, alt="Areas and how many items stand in each")  # fmt: skip


def _items(framework: str, table: Table) -> None:
    """Draw the filters and the items that pass them."""
    rows = list(table.rows)
    areas = {t.id: t.label for t in state.names().of_kind("area") if t.id.startswith(f"{framework}:")}
    kinds = {str(kind): str(kind) for kind in sorted({str(row["kind"]) for row in rows})}
    statuses = {key: words for key, words in STATUS_WORDS.items() if any(row["status"] == key for row in rows)}
    levels = {
        level: level for level in sorted({part for row in rows for part in str(row["level"] or "").split("; ") if part})
    }
    st.header("What it holds", anchor=False)
    across = st.columns(4 if levels else 3)
    with across[0]:
        area = pick("Area", "area", areas, placeholder="Any area") if areas else None
    with across[1]:
        kept_kinds = pick_many("Kind", "kind", kinds, placeholder="Any kind")
    with across[2]:
        kept_statuses = pick_many("How it is known", "status", statuses, placeholder="Any")
    kept_levels: list[str] = []
    if levels:
        with across[3]:
            kept_levels = pick_many("Level", "level", levels, placeholder="Any level")
    words = st.text_input("Only those with these words", key="browse.words", value=st.query_params.get("words", ""))
    if words:
        st.query_params["words"] = words
    else:
        st.query_params.pop("words", None)

    def passes(row: Row) -> bool:
        text = f"{row['item']} {row['other_names']}".lower()
        return (
            (not area or areas[area] in str(row["area"]).split("; "))
            and (not kept_kinds or row["kind"] in kept_kinds)
            and (not kept_statuses or row["status"] in kept_statuses)
            and (not kept_levels or bool(set(str(row["level"]).split("; ")) & set(kept_levels)))
            and all(word in text for word in words.lower().split())
        )

    kept = [row for row in rows if passes(row)]
    st.markdown(f"**{len(kept)} of {len(rows)} items.** Roles: how many are stated to require it or carry it out.")
    notes = [f"{len(kept)} of {len(rows)} items pass the filters."]
    shown = Table(table.question, table.parameters, table.data_version, table.columns, kept, notes)
    show_answer(shown, key=f"browse.{framework}", columns=COLUMNS)
    chosen = {"framework": framework, "area": area or "", "kind": kept_kinds, "status": kept_statuses, "level": kept_levels, "words": words}  # fmt: skip
    share_link("browse", chosen, table.data_version)
