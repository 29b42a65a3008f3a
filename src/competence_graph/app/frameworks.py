"""Compare frameworks: which to follow, and how far two cover each other."""

from __future__ import annotations

import streamlit as st

from competence_graph.analysis.coverage import area_pairs, compare
from competence_graph.analysis.framework_choice import choices
from competence_graph.app import state
from competence_graph.app.answer import share_link, show_answer, show_rows, version_notice
from competence_graph.app.controls import escape, pick, pick_many, strictness
from competence_graph.query.table import Table
from competence_graph.views.area_grid import area_grid
from competence_graph.views.bars import bars

NO_AREA = "in no area"
STANDINGS = {
    "current": "Current",
    "superseded": "Superseded",
    "withdrawn": "Withdrawn",
    "unknown": "Standing not known",
}
DEPTHS = {"full": "With what is under the headings", "headings only": "Headings only"}
RESULTS = {
    "covered": "Covered by the other", "broader or narrower only": "Only a broader or narrower partner: shown, not counted",
    "looked at, not covered": "Unique: a partner was looked for and none found", "not looked at": "Not looked at yet: says nothing either way",
}  # fmt: skip
MOST_TARGETS = 6
FACTS = ("framework", "standing", "as_at", "replaced_by", "nations", "audience", "mandate", "licence", "depth")


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


def _choice(how: str) -> None:
    """Draw the decision table: what is known of each framework, and how much of a chosen need it covers."""
    st.header("Which framework should we follow?", anchor=False)
    st.markdown(
        "Say what you have to cover, a care model, roles or care functions, and see how much of that each framework holds. Then look at its "
        "standing, whom it is for, who asks for it, its licence, and how deep our copy goes."
    )
    targets = {**state.options("model"), **state.options("role"), **state.options("function")}
    chosen = pick_many(
        "What has to be covered (may stay empty)",
        "target",
        targets,
        most=MOST_TARGETS,
        placeholder="A care model, roles, care functions",
    )
    left, right = st.columns(2)
    with left:
        standings = pick_many("Standing", "standing", STANDINGS, placeholder="Any")
    with right:
        depths = pick_many("Depth of our copy", "depth", DEPTHS, placeholder="Any")
    table = choices(state.graph(), chosen, strictness=how, names=state.names())
    kept = [
        row
        for row in table.rows
        if (not standings or row["standing"] in standings) and (not depths or row["depth"] in depths)
    ]
    hidden = len(table.rows) - len(kept)
    notes = [*table.notes, *([f"{hidden} frameworks are left out by the filters."] if hidden else [])]
    shown = Table(table.question, table.parameters, table.data_version, table.columns, kept, notes)
    if chosen:
        _covered(shown)
    show_answer(shown, key="frameworks.all", columns=FACTS, page_size=12)
    share_link(
        "frameworks", {"target": chosen, "standing": standings, "depth": depths, "strictness": how}, table.data_version
    )


def _covered(table: Table) -> None:
    """Draw which frameworks hold something of what was chosen: bars, and the same as a table with what is withheld."""
    covering = [row for row in table.rows if row["covered_count"]]
    if not covering:
        st.info("No framework shown holds anything of what was chosen at this strictness.")
        return
    needed = covering[0]["needed_count"]
    pairs = [(str(row["framework"]), int(str(row["covered_count"]))) for row in covering]
    picture, words = bars(pairs, counted=f"Held of {needed} things that sources state")
    st.altair_chart(picture, theme=None, alt=words)
    show_rows(
        table, covering, ("framework", "covered_count", "needed_count", "covered_share", "withheld", "depth"),
        key="frameworks.covered", alt=words,
    )  # fmt: skip
