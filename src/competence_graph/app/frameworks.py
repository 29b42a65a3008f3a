"""Compare frameworks: which to follow, and how far two cover each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from competence_graph.analysis.coverage import area_pairs, compare
from competence_graph.analysis.framework_choice import choices, served
from competence_graph.analysis.framework_fit import (
    AUDIENCES,
    FEWEST,
    NOT_STATED,
    audiences_of,
    covers,
    fits,
    in_words,
    may_fit,
    parts,
)
from competence_graph.app import state
from competence_graph.app.answer import downloads, how_worked_out, share_link, show_answer, show_rows, version_notice
from competence_graph.app.controls import escape, pick, pick_many, strictness
from competence_graph.app.frame import announce
from competence_graph.query.table import Cell, Table, TableColumn
from competence_graph.views.area_grid import area_grid, bars

NO_AREA = "in no area"
STANDINGS = {
    "current": "Current",
    "superseded": "Superseded",
    "withdrawn": "Withdrawn",
    "unknown": "Not known",
}
DEPTHS = {"full": "With what is under the headings", "headings only": "Headings only"}
RESULTS = {
    "covered": "Covered by the other", "broader or narrower only": "Only a broader or narrower partner: shown, not counted",
    "looked at, not covered": "Unique: a partner was looked for and none found", "not looked at": "Not looked at yet: says nothing either way",
}  # fmt: skip
MOST_TARGETS = 6
PAGE_SIZE = 12
FITS = {True: "yes", None: "nation or audience not stated"}
FIT = TableColumn("fits", "Whether it is stated to be for the chosen nations and audiences")


def render() -> None:
    """Draw the page."""
    st.title("Compare frameworks", anchor=False)
    version_notice(state.graph().data_version)
    options = state.options("framework")
    left, right, third = st.columns([2, 2, 1.5])
    with left:
        one = pick("Framework", "one", options)
    with right:
        other = pick("The other framework", "other", options)
    with third:
        how = strictness()
    if one and other and one != other:
        _coverage(one, other, how)
        return
    if one and one == other:
        st.warning("Choose two different frameworks.")
    elif one or other:
        st.info(
            "Choose the second framework to see how far the two cover each other; below, what is known of all of them."
        )
    _choice(how)


def _coverage(one: str, other: str, how: str) -> None:
    table = compare(state.graph(), one, other, strictness=how, names=state.names())
    wider = sum(row["result"] == "broader or narrower only" for row in table.rows)
    if wider:
        st.markdown(
            f"Besides what the figures count, **{wider} items have only a broader or narrower partner**: they are listed below and "
            "count in no figure, because covering a part is not covering."
        )
    _areas(one, other, how)
    words = [{**row, "result": RESULTS[str(row["result"])]} for row in table.rows]
    order = list(RESULTS.values())
    words.sort(key=lambda row: (str(row["compared"]), order.index(str(row["result"])), str(row["side"])))
    told = Table(
        table.question, table.parameters, table.data_version, table.columns, words, table.notes, table.figures, ("result", "compared", "side"),
    )  # fmt: skip
    show_answer(told, key="frameworks", columns=("item", "area", "matched_with"))
    share_link("frameworks", {"one": one, "other": other, "strictness": how}, table.data_version)


def _areas(one: str, other: str, how: str) -> None:
    """Draw which areas of the two meet, where any do."""
    names = state.options("framework")
    joined = area_pairs(state.graph(), one, other, strictness=how, names=state.names())
    if not joined:
        st.info("No item of the one is covered by the other at this strictness, so there is no picture of areas.")
        return
    rows = sorted({here or NO_AREA for here, _ in joined})
    columns = sorted({there or NO_AREA for _, there in joined})
    if len(rows) == 1 or len(columns) == 1:  # a grid of one row says no more than the lists
        return
    counts = {
        (rows.index(here or NO_AREA), columns.index(there or NO_AREA)): count for (here, there), count in joined.items()
    }
    st.header("Which areas meet", anchor=False)
    chart, words = area_grid(rows, columns, counts)
    st.altair_chart(chart, theme=None, alt=words)
    st.caption(
        f"Down: areas of {escape(names[one])}. Across: areas of {escape(names[other])}. Numbers: items of the first that the other covers."
    )
    pairs = sorted(joined.items(), key=lambda pair: (-pair[1], pair[0]))
    with st.expander("The same as a table"):
        st.table(
            {
                names[one]: [escape(here or NO_AREA) for (here, _), _ in pairs],
                f"{names[other]} ": [escape(there or NO_AREA) for (_, there), _ in pairs],
                "Items": [str(count) for _, count in pairs],
            },
            hide_index=True,
            alt=words[:250],
        )


@st.cache_resource(show_spinner=False)
def _targets() -> dict[str, str]:
    """Return what can be chosen to be covered: groups of people and needs first."""
    groups = list(served(state.graph(), state.names()))
    alike = Counter(thing.label for thing in groups)
    titles = state.options("framework")
    people = {
        thing.id: f"{thing.label} · group of people or need"
        + (f" ({titles.get(thing.id.partition(':')[0], '')})" if alike[thing.label] > 1 else "")
        for thing in groups
    }
    return {**people, **state.options("model"), **state.options("function")}


def _choice(how: str) -> None:
    """Draw the decision table: what is known of each framework, and how much of a chosen need it covers."""
    st.header("Which framework should we follow?", anchor=False)
    st.markdown(
        "Say for which nation and for whom it must be, and what you have to cover: a group of people, a care model, roles or care "
        "functions. What a passport does not state is kept apart, never dropped."
    )
    chosen = pick_many(
        "What has to be covered (may stay empty)",
        "target",
        {**_targets(), **state.options("role")},
        most=MOST_TARGETS,
        placeholder="A group of people, a care model, roles, care functions",
    )
    table = choices(state.graph(), chosen, strictness=how, names=state.names())
    places = st.columns(4)
    with places[0]:
        nations = pick_many("For which nation?", "nation", _nations(table), placeholder="Any")
    with places[1]:
        audiences = pick_many("For whom?", "audience", _audiences(table), placeholder="Anyone")
    with places[2]:
        standings = pick_many("Standing", "standing", STANDINGS, placeholder="Any")
    with places[3]:
        depths = pick_many("Depth of our copy", "depth", DEPTHS, placeholder="Any")
    passing = [
        row
        for row in table.rows
        if (not standings or row["standing"] in standings) and (not depths or row["depth"] in depths)
    ]
    kept = [{**row, "fits": FITS[True]} for row in passing if fits(row, nations, audiences)]
    apart = [{**row, "fits": FITS[None]} for row in may_fit(passing, nations, audiences)]
    hidden = len(table.rows) - len(kept) - len(apart)
    notes = [*table.notes, *([f"{hidden} frameworks are left out by the filters."] if hidden else [])]
    told = Table(table.question, table.parameters, table.data_version, [*table.columns, FIT], [*kept, *apart], notes)
    said = in_words(passing, nations, audiences, len(table.rows))
    st.markdown(escape(" ".join(said)))
    if chosen and not table.rows[0]["needed_count"]:
        st.info("The sources state no need of what was chosen.")
    announce(" ".join(said), key="frameworks.all")
    _covered([*kept, *apart])
    if told.rows:
        downloads(told, key="frameworks.all")
    if nations or audiences:
        st.header(f"Stated to fit ({len(kept)})", anchor=False)
    _rows(kept, "fit", "Frameworks that are stated to fit")
    if apart:
        silent = " or ".join(name for name, asked in (("nation", nations), ("audience", audiences)) if asked)
        st.header(f"{silent.capitalize()} not stated, so they may fit ({len(apart)})", anchor=False)
        _rows(apart, "apart", f"Frameworks that may fit: {silent} not stated")
    how_worked_out(told)
    share_link(
        "frameworks",
        {"target": chosen, "nation": nations, "audience": audiences, "standing": standings, "depth": depths, "strictness": how},
        table.data_version,
    )  # fmt: skip


def _nations(table: Table) -> dict[str, str]:
    named = sorted({nation for row in table.rows for nation in parts(row["nations"])})
    silent = sum(not row["nations"] for row in table.rows)
    return {**{nation: nation for nation in named}, NOT_STATED: f"No nation stated ({silent})"}


def _audiences(table: Table) -> dict[str, str]:
    found = {key for row in table.rows for key in audiences_of(row)}
    silent = sum(not row["audience"] for row in table.rows)
    words = {key: words for key, (words, _) in AUDIENCES.items() if key in found}
    return {**words, NOT_STATED: f"Nobody stated ({silent})"}


def _rows(rows: list[dict[str, Cell]], key: str, alt: str) -> None:
    """Draw frameworks for a person: plain heads, and words where a fact was not seen."""
    if not rows:
        st.info("None.")
        return
    shown: list[dict[str, Cell]] = [
        {
            "framework": row["framework"], "covers": covers(row), "standing": _standing(row), "replaced_by": row["replaced_by"],
            "nations": row["nations"] or "not stated", "for_whom": row["audience"] or "not stated",
            "our_copy": DEPTHS.get(str(row["depth"]), str(row["depth"])).lower(),
            "who_asks_for_it": "not stated" if str(row["mandate"]).startswith("Not stated") else row["mandate"] or "not stated",
            "licence": row["licence"],
        }
        for row in rows
    ]  # fmt: skip
    table = Table(alt, {}, "", [TableColumn(name, "") for name in shown[0]], shown)
    show_rows(table, shown, key=f"frameworks.{key}", alt=alt, page_size=PAGE_SIZE)


def _standing(row: Mapping[str, Cell]) -> str:
    return STANDINGS.get(str(row["standing"]), str(row["standing"])).lower() + f" (as at {row['as_at']})" * bool(
        row["as_at"]
    )


def _covered(rows: Sequence[Mapping[str, Cell]]) -> None:
    """Draw which frameworks hold something of what was chosen, where enough is needed for a picture."""
    covering = [row for row in rows if row["covered_count"]]
    if not covering or int(str(covering[0]["needed_count"])) < FEWEST:
        return
    needed = int(str(covering[0]["needed_count"]))
    counts = {str(row["framework"]): int(str(row["covered_count"])) for row in covering}
    ends = [covers(row) + (f", {row['withheld']}" if row["withheld"] else "") for row in covering]
    title = f"Held of {needed} things that sources state"
    words = f"Bars: {title}. {'; '.join(f'{name} {end}' for name, end in zip(counts, ends, strict=True))}."
    st.altair_chart(bars(counts, ends, title=title, most=needed), theme=None, alt=words)
