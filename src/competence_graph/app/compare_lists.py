"""Compare roles, item by item: what all share, what some do, what is of one role alone, gates."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import streamlit as st

from competence_graph.analysis.notes import NOT_HELD, PROFILE_WORDS
from competence_graph.analysis.role_comparison import Comparison, title_of
from competence_graph.analysis.role_names import ShortName
from competence_graph.app.answer import show_rows
from competence_graph.app.controls import escape, pick
from competence_graph.query.table import Cell, TableColumn

LIST_COLUMNS = (
    TableColumn("item", "What a role requires or does"),
    TableColumn("of_roles", "Letters of the roles of which it is said"),
    TableColumn("match_and_reason", "What matches it in the other roles, and the mapping, its confidence and reason"),
    TableColumn("status", "How the statement is known"),
    TableColumn("source", "Document and place"),
    TableColumn("part", "Competences or care functions, stated or worked out"),
)  # fmt: skip
LIST_SIZE, MOST_PLACES = 10, 2


def show_lists(found: Comparison, names: Sequence[ShortName]) -> str:
    """Draw what is shared, and what is stated of one role alone; return which list was chosen."""
    st.header("Item by item", anchor=False)
    groups = _groups(found, names)
    first = next((key for key in ("all", "some") if groups.get(key, ("", []))[1]), next(iter(groups)))
    chosen = pick("Which list?", "list", {key: words for key, (words, _) in groups.items()}, default=first) or first
    if chosen.startswith("roles:") and len(found.records) == 2:
        other = next(record for record in found.records if record.role.id != chosen)
        st.caption(escape(f"Of the other role: {NOT_HELD[other.profile]} ({PROFILE_WORDS[other.profile]})."))
    rows = sorted(groups[chosen][1], key=lambda row: "worked out" in str(row["part"]))
    table = dataclasses.replace(found.table, columns=LIST_COLUMNS, rows=rows, group_by=("part",))
    if not rows:
        st.info("There is nothing in this list. Broader and narrower items are listed when 'broad' is chosen.")
    for number, part in enumerate(dict.fromkeys(str(row["part"]) for row in rows)):
        here = [row for row in rows if row["part"] == part]
        st.markdown(f"**{escape(part)}** ({len(here)})")
        show_rows(table, here, key=f"compare.list.{chosen}.{number}", alt=f"{part}: {groups[chosen][0]}", page_size=LIST_SIZE)  # fmt: skip
    return chosen


def _places(places: Sequence[str]) -> str:
    """Return the places of an item's statements; of many only the first, the download has all."""
    each = list(dict.fromkeys(part for place in places for part in place.split(" | ")))
    more = len(each) - MOST_PLACES
    return " | ".join(each[:MOST_PLACES]) + (f" | and {more} more in the download" if more > 0 else "")


def _groups(found: Comparison, names: Sequence[ShortName]) -> dict[str, tuple[str, list[dict[str, Cell]]]]:
    """Return the lists by key: what they are called, and their rows."""
    letters = [name.letter for name in names]
    lists: dict[str, list[dict[str, Cell]]] = {"all": [], "some": []} if len(names) > 2 else {"all": []}
    lists |= {record.role.id: [] for record in found.records}
    for item in found.items:
        places = item.shared_by
        key = "all" if len(places) == len(names) else "some" if len(places) > 1 else found.records[places[0]].role.id
        matched = "; ".join(
            f"{letters[place]}: {', '.join(t.label for t in match.by)} – {match.extent} ({found.reasons.of(item.item, match)})"
            for place, match in item.matches.items()
        )
        lists[key].append({
            "item": item.item, "of_roles": ", ".join(letters[place] for place in item.holders), "match_and_reason": matched,
            "status": ", ".join(dict.fromkeys(c.status for c in item.claims)),
            "source": _places([c.where for c in item.claims]), "part": title_of(item.side, item.basis),
        })  # fmt: skip
    words = {"all": "Shared by both" if len(names) == 2 else f"Shared by all {len(names)}", "some": "Shared by some"}
    words |= {r.role.id: f"Of {n.letter} alone: {n.title}" for r, n in zip(found.records, names, strict=True)}
    groups = {key: (f"{words[key]} ({len(rows)})", rows) for key, rows in lists.items()}
    for key, title in (("gate", "Gates"), ("overlap that a source states", "Overlap that a source states")):
        rows = [
            {**row, "of_roles": row["held_by"], "match_and_reason": row["matched_with"], "part": title}
            for row in found.table.rows
            if row["compared"] == key
        ]
        if rows:
            groups[key.split(" ")[0]] = (f"{title} ({len(rows)})", rows)
    return groups
