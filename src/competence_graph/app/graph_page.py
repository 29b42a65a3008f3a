"""Graph: what is around one thing, drawn and as the same table; a stand-alone copy to keep."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from competence_graph.app import state
from competence_graph.app.answer import cell_text, share_link, show_answer, version_notice
from competence_graph.app.controls import STATUS_WORDS, escape, pick, pick_many
from competence_graph.app.graph_component.network_component import show
from competence_graph.errors import NotFoundError
from competence_graph.query.table import Table, Thing
from competence_graph.views.network import Network, as_table, ego
from competence_graph.views.stand_alone import to_html

WORDS = {"role": "Roles", "competence": "Competences", "function": "Care functions", "principle": "Principles", "model": "Care models", "case": "Case studies", "group": "Staff groups and teams", "learning": "Learning", "cohort": "Cohorts and need states"}  # fmt: skip
STATUSES = ("attested", "curated", "inferred")
STEPS = {"1": "1 step", "2": "2 steps"}
MOST_THINGS = 120
BESIDE, HEIGHT = 12, 640


def render() -> None:
    """Draw the page."""
    st.title("Graph", anchor=False)
    version_notice(state.graph().data_version)
    centre, radius, kinds, statuses = _controls()
    if centre is None:
        st.info(
            "Choose what stands in the middle. For example the [case manager](graph?id=roles:case-manager), "
            "[virtual wards](graph?id=oawip:virtual-wards) or a [community nurse](graph?id=roles:community-nurse-nhs-professionals-2020)."
        )
        return
    try:
        thing = state.names().resolve(centre)
    except NotFoundError as error:
        st.warning(escape(str(error)))
        return
    network = ego(
        state.graph(), state.names(), thing, radius=radius, kinds=kinds or list(WORDS),
        statuses=statuses or ("attested", "curated"), limit=MOST_THINGS,
    )  # fmt: skip
    table = as_table(network)
    picture, beside = st.columns([3, 1.1])
    with picture:
        clicked = show(network, key="graph.network", height=HEIGHT)
    if clicked:  # told once only: kept, or the button below would be gone before its press is seen
        st.session_state["graph.chosen"] = clicked
    with beside:
        _beside(network, table, thing)
    st.header("The same as a table", anchor=False)
    show_answer(_filtered(table), key="graph.table", columns=("from", "relation", "to", "status", "source"))
    chosen = {"id": centre, "steps": str(radius), "kind": kinds, "status": statuses}
    share_link("graph", chosen, state.graph().data_version)


def _controls() -> tuple[str | None, int, list[str], list[str]]:
    things = {t.id: f"{t.label} · {t.kind}" for kind in WORDS for t in state.names().of_kind(kind)}
    one, two = st.columns([3, 1])
    with one:
        centre = pick("Centre on", "id", things)
    with two:
        radius = int(pick("How far", "steps", STEPS, default="1") or 1)
    three, four = st.columns(2)
    with three:
        kinds = pick_many("Show only", "kind", WORDS, placeholder="Everything")
    with four:
        words = {key: STATUS_WORDS[key] for key in STATUSES}
        statuses = pick_many(
            "How it is known", "status", words, placeholder=f"{words['attested']}, {words['curated'].lower()}"
        )
    return centre, radius, kinds, statuses


def _of_it(relation: str) -> str:
    """Return a relation with 'it' where English puts it."""
    return "carries it out" if relation == "carries out" else f"{relation} it"


def _beside(network: Network, table: Table, centre: Thing) -> None:
    """Draw, beside the picture, the thing chosen in it with its links: all that a click tells, as text."""
    by_id = {node.id: Thing(node.id, node.label, node.kind) for node in network.nodes}
    chosen = by_id.get(str(st.session_state.get("graph.chosen", "")), centre)
    told = "" if chosen == centre else "Chosen: "
    st.markdown(f"{told}**[{escape(chosen.label)}](item?id={quote(chosen.id)})** · {escape(chosen.kind)}")
    if chosen.id != centre.id:
        st.button("Put it in the middle", key="graph.centre", on_click=_centre_on, args=(chosen.id,))
    links = []
    for row in table.rows:
        if row["from"] == chosen:
            links.append(f"{escape(str(row['relation']))} {cell_text(row['to'])}")
        elif row["to"] == chosen:
            links.append(f"{cell_text(row['from'])} {escape(_of_it(str(row['relation'])))}")
    links = list(dict.fromkeys(links))
    st.markdown("\n".join(f"- {link}" for link in links[:BESIDE]) or "No links of the kinds shown.")
    if len(links) > BESIDE:
        st.caption(f"{len(links) - BESIDE} more links: see the table.")
    st.download_button(
        "Download (stand-alone page)",
        lambda: to_html(network, f"Around {centre.label}").encode(),
        "competence-graph-network.html",
        "text/html",
        key="graph.html",
        on_click="ignore",
    )


def _filtered(table: Table) -> Table:
    """Return the table with only the rows that hold the words typed."""
    words = st.text_input("Only links with these words", key="graph.words").lower().split()
    rows = [
        row
        for row in table.rows
        if all(word in f"{row['from']} {row['relation']} {row['to']} {row['source']}".lower() for word in words)
    ]
    notes = [*table.notes, *([f"{len(rows)} of {len(table.rows)} links hold the words typed."] if words else [])]
    return Table(table.question, table.parameters, table.data_version, table.columns, rows, notes)


def _centre_on(identifier: str) -> None:
    st.query_params["id"] = identifier
