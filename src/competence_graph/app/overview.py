"""Overview: roles by area, needs to functions to roles, what stands with one role, frameworks at a glance."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Place

from competence_graph.analysis import needs_flow
from competence_graph.analysis.claims import Link, read_links
from competence_graph.analysis.framework_figures import LEAST, framework_figures
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.role_areas import BASES, RoleAreas, as_table, role_areas, shown_areas
from competence_graph.analysis.role_comparison import read_areas
from competence_graph.analysis.role_names import undated
from competence_graph.analysis.scarcity import KINDS, STEPS, Held, by_step, frameworks_of, read_held, scarcity, step_of
from competence_graph.app import state
from competence_graph.app.answer import share_link, show_answer, version_notice
from competence_graph.app.controls import escape, pick, strictness
from competence_graph.query.table import Table, Thing, percent
from competence_graph.views import area_grid, flow

VIEWS = {
    "areas": "Roles by area of a framework",
    "needs": "From needs to care functions to roles",
    "scarce": "What stands with just one role, or two",
    "frameworks": "Frameworks at a glance",
}
MOST_ROLES, MOST_AREAS, LEGEND_COLUMNS = 16, 20, 3
MOST_FRAMEWORKS, CONTROLS = 12, 3
WIDE_ONLY = "<style>@media (max-width: 640px) { [class*='st-key-overview-wide'] { display: none; } }</style>"
"""On a narrow screen the table stands in for a chart and its legend."""
FIRST_START = "oawip:older-people"


def render() -> None:
    """Draw the page."""
    st.title("Overview", anchor=False)
    st.html(WIDE_ONLY)
    version_notice(state.graph().data_version)
    places = st.columns(CONTROLS)
    with places[0]:
        view = pick("What to look at", "view", VIEWS, default="areas") or "areas"
    {"areas": _areas_view, "needs": _needs_view, "scarce": _scarce_view, "frameworks": _frameworks_view}[view](places)


@st.cache_resource(show_spinner=False)
def _links() -> list[Link]:
    return read_links(state.graph(), state.names(), ("Requirement", "Performance"))


@st.cache_resource(show_spinner=False)
def _areas() -> dict[Thing, list[Thing]]:
    return read_areas(state.graph(), state.names())


@st.cache_resource(show_spinner=False)
def _matching() -> Matching:
    return Matching(state.graph(), state.names())


@st.cache_resource(show_spinner=False)
def _grids() -> dict[str, dict[str, RoleAreas]]:
    """Return what roles reach in every framework and on every basis that has something to show, most roles first."""
    found: dict[str, dict[str, RoleAreas]] = {}
    for slug in sorted({area.id.partition(":")[0] for areas in _areas().values() for area in areas}):
        grids = {basis: role_areas(_links(), _areas(), slug, basis, _matching()) for basis in BASES}
        if shown := {basis: grid for basis, grid in grids.items() if grid.roles}:
            found[slug] = shown
    return dict(sorted(found.items(), key=lambda pair: -max(len(grid.roles) for grid in pair[1].values())))


@st.cache_resource(show_spinner=False)
def _chains() -> needs_flow.Chains:
    return needs_flow.read_chains(state.graph(), state.names())


@st.cache_resource(show_spinner=False)
def _held(what: str) -> list[Held]:
    return read_held(state.graph(), state.names(), what)


@st.cache_resource(show_spinner=False)
def _framework_figures() -> Table:
    return framework_figures(state.graph(), state.names())


def _title(slug: str) -> str:
    return state.names().resolve(slug, ("framework",)).label


def _areas_view(places: Sequence[Place]) -> None:
    grids = _grids()
    with places[1]:
        framework = pick("Areas of which framework?", "framework", {slug: _title(slug) for slug in grids}, default=next(iter(grids)))  # fmt: skip
    framework = framework or next(iter(grids))
    bases = {basis: f"{BASES[basis]} ({len(grid.roles)} roles)" for basis, grid in grids[framework].items()}
    most = max(bases, key=lambda basis: len(grids[framework][basis].roles))
    with places[2]:
        chosen = pick("What counts?", "basis", bases, default="stated" if len(grids[framework].get("stated", _NONE).roles) > 1 else most)  # fmt: skip
    basis = chosen or most
    grid = grids[framework][basis]
    roles = grid.roles[:MOST_ROLES]
    areas = shown_areas(grid, roles, MOST_AREAS)
    counts = {(i, j): len(grid.items.get((r, a), ())) for i, r in enumerate(roles) for j, a in enumerate(areas)}
    st.header("How many items of each area does each role reach?", anchor=False)
    chart, words = area_grid.area_grid(undated([r.label for r in roles]), [a.label for a in areas], counts)
    st.altair_chart(chart, theme=None, alt=words)
    if len(areas) > area_grid.FEW_COLUMNS:
        with st.container(key="overview-wide-legend"):
            _legend([f"{a.label} ({grid.sizes[a]} items)" for a in areas])
    left_out = [f"the {len(roles)} roles that reach most, of {len(grid.roles)}"] if len(roles) < len(grid.roles) else []
    left_out += (
        [f"the {len(areas)} areas that these roles reach most, of {len(grid.areas)}"]
        if len(areas) < len(grid.areas)
        else []
    )
    empty = len(grid.areas) - len(shown_areas(grid, roles, len(grid.areas)))
    others = f"{empty} {'area that none of these roles reaches is' if empty == 1 else 'areas that none of these roles reaches are'} not shown. "
    st.caption(escape(
        (f"Shown: {' and '.join(left_out)}; the table has all. " if left_out else "")
        + (others if empty else "")
        + f"{BASES[basis]}. An empty cell is 0: not stated, which is not the same as not there."
    ))  # fmt: skip
    table = as_table(grid, state.names().resolve(framework, ("framework",)), basis, state.graph().data_version)
    st.header("The same as a table", anchor=False)
    show_answer(table, key="overview.areas", page_size=15)
    share_link("overview", {"view": "areas", "framework": framework, "basis": basis}, state.graph().data_version)


_NONE = RoleAreas([], [], {}, {}, 0)


def _legend(labels: Sequence[str]) -> None:
    """Draw what the numbers above the columns stand for."""
    rows = -(-len(labels) // LEGEND_COLUMNS)
    for place, column in enumerate(st.columns(LEGEND_COLUMNS)):
        part = labels[place * rows : (place + 1) * rows]
        with column:
            st.markdown("\n".join(f"{place * rows + i}. {escape(label)}" for i, label in enumerate(part, 1)))


def _needs_view(places: Sequence[Place]) -> None:
    chains = _chains()
    starts = {
        start.id: f"{start.label} · {'group of people' if start.kind == 'cohort' else start.kind}"
        for start in chains.starts()
    }
    first = FIRST_START if FIRST_START in starts else next(iter(starts))
    with places[1]:
        chosen = pick("From which need, group of people, model or case?", "from", starts, default=first) or first
    start = state.names().resolve(chosen)
    table = needs_flow.flow(state.graph(), state.names(), _matching(), chains, start)
    columns = needs_flow.columns_of(table)
    st.header(f"Who carries out what is called for: {start.label}", anchor=False)
    st.markdown(escape(table.notes[0]))
    if any(columns[1]):
        options, words, height = flow.flow_options(
            columns, ("care models", "care functions", "roles, teams and groups")
        )
        with st.container(key="overview-wide-flow"):
            st.echarts_chart(options, height=height, alt=words)
        st.caption("Left: care models. Middle: care functions that they call for. Right: who is stated to carry them out, wherever a source says so. The table has all.")  # fmt: skip
    else:
        st.info(
            "No source states who carries out any of these care functions, so there is no diagram; the table lists the "
            "functions. Choose another start, as 'Older people', or see the question 'functions without a role' under Ask."
        )
    shown = ("model", "function", "carried_out_by", "matched_as", "status", "source")
    show_answer(table, key="overview.needs", columns=shown, page_size=12)
    share_link("overview", {"view": "needs", "from": chosen}, table.data_version)


def _scarce_view(places: Sequence[Place]) -> None:
    with places[1]:
        what = pick("What?", "what", {key: key.capitalize() for key in KINDS}, default="competences") or "competences"
    held = _held(what)
    with places[2]:
        slugs = frameworks_of(held)
        framework = pick("Of which framework?", "framework", {slug: f"{_title(slug)} ({count})" for slug, count in slugs.items()}, placeholder="Any framework")  # fmt: skip
    lower = st.columns(CONTROLS)
    with lower[0]:
        how = strictness()
    table = scarcity(state.graph(), held, _matching(), what=what, strictness=how, framework=framework or "")
    counts = by_step(table)
    total = len(table.rows)
    steps = {step: f"{STEPS[step].capitalize()} ({count:,})" for step, count in counts.items() if count}
    with lower[1]:
        step = pick("Show those that stand with", "roles", steps, default=next(iter(steps), None)) or next(iter(steps))
    st.header(f"With how many roles do {what} stand?", anchor=False)
    ends = [
        f"{n:,} of {total:,} ({percent(n / total)})" if total >= LEAST else f"{n} of {total}" for n in counts.values()
    ]
    named = {STEPS[step].capitalize(): count for step, count in counts.items()}
    if total >= LEAST:
        chart = area_grid.bars(named, ends, title=what.capitalize())
        words = f"Bars of {what} by the number of roles that hold them: " + "; ".join(f"{name} {end}" for name, end in zip(named, ends, strict=True)) + "."  # fmt: skip
        st.altair_chart(chart, theme=None, alt=words)
    st.caption(escape("; ".join(f"{name}: {end}" for name, end in zip(named, ends, strict=True)) + ". " + table.notes[0]))  # fmt: skip
    rows = [row for row in table.rows if step_of(int(str(row["role_count"]))) == step]
    shown = Table(f"Which {what} stand with {STEPS[step]}?", {**table.parameters, "roles": step}, table.data_version, table.columns, rows, table.notes)  # fmt: skip
    show_answer(shown, key="overview.scarce", columns=("item", "roles", "status", "source"), page_size=15)
    asked = {"view": "scarce", "what": what, "framework": framework or "", "strictness": how, "roles": step}
    share_link("overview", asked, table.data_version)


def _frameworks_view(_: Sequence[Place]) -> None:
    table = _framework_figures()
    rows = [row for row in table.rows if int(str(row["item_count"])) >= LEAST][:MOST_FRAMEWORKS]
    st.header("How much of each framework is joined to others?", anchor=False)
    shares = {str(row["framework"]): round(100 * int(str(row["mapped_count"])) / int(str(row["item_count"]))) for row in rows}  # fmt: skip
    ends = [str(row["mapped"]) for row in rows]
    chart = area_grid.bars(shares, ends, title="Items that a mapping joins to another framework, per cent", most=100)
    words = "Bars of the share of items that a mapping joins to another framework: " + "; ".join(f"{name}, {end}" for name, end in zip(shares, ends, strict=True)) + "."  # fmt: skip
    st.altair_chart(chart, theme=None, alt=words)
    st.caption(f"The {len(rows)} frameworks with most items. What was never looked at is not 'unmapped'. The table has all {len(table.rows)}.")  # fmt: skip
    st.header("What each holds", anchor=False)
    shown = ("framework", "standing", "our_copy", "items", "statements", "mapped", "roles")
    show_answer(table, key="overview.frameworks", columns=shown, page_size=12)
    share_link("overview", {"view": "frameworks"}, table.data_version)
