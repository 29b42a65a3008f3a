"""Item: everything known of one thing, arranged for a person, with its neighbours as links and its evidence with locators."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

import streamlit as st

from competence_graph.analysis.notes import CAUTION
from competence_graph.app import state
from competence_graph.app.answer import cell_text, downloads, how_worked_out, share_link, show_rows, version_notice
from competence_graph.app.controls import STATUS_WORDS, escape
from competence_graph.app.frame import announce
from competence_graph.app.item_parts import document, learning
from competence_graph.errors import AmbiguousNameError, NotFoundError
from competence_graph.query.description import Portrait, portrait, show
from competence_graph.query.document import KIND as DOCUMENT
from competence_graph.query.table import Cell, Table, Thing

MODELS = ("point model", "whole-system model", "service", "care function")
ROWS_AT_A_TIME = 10
LEARNING = "Learning"
EVIDENCE = ("what", "detail", "said", "status", "source")
OTHER_FACTS = (
    "other name", "code", "earlier code", "note", "original", "broader", "narrower", "has part", "part of", "has example", "instance of",
    "in area", "place", "occupation", "suite", "publisher", "tier", "sector", "replaced by", "replaces", "deprecated", "date", "value", "unit",
)  # fmt: skip
"""Facts of its own that a person reads after definition and source; housekeeping stays in the downloads."""


def render() -> None:
    """Draw the page."""
    asked = st.query_params.get("id", "")
    if not asked:
        st.title("Item", anchor=False)
        st.info(
            "This page shows one thing: a role, a competence, a care function, a care model, a case study. Search for it on the "
            "[home page](./), or follow a link from a table; for example the [case manager](item?id=roles:case-manager)."
        )
        return
    try:
        thing = state.names().resolve(asked)
    except (NotFoundError, AmbiguousNameError) as error:
        st.title("Item", anchor=False)
        st.warning(f"The link names something that is not in this data: {escape(repr(asked[:80]))}.")
        _suggestions(error)
        return
    table = show(state.graph(), thing.id, names=state.names())
    seen = portrait(table, thing)
    st.title(escape(thing.label), anchor=False)
    version_notice(state.graph().data_version)
    if thing.kind == DOCUMENT:
        document(thing)
    else:
        _head(seen)
        _actions(thing)
    announce(f"{thing.label}: {len(table.rows)} facts and statements.", key="item")
    for number, (heading, rows) in enumerate(seen.sections):
        st.header(f"{heading} ({len(rows)})", anchor=False)
        columns = EVIDENCE if len({row["kind"] for row in rows}) == 1 else ("kind", *EVIDENCE)
        show_rows(table, rows, columns, key=f"item.{number}", alt=f"{thing.label}: {heading}", page_size=ROWS_AT_A_TIME)
        if heading == LEARNING:
            learning(thing)
    if LEARNING not in [heading for heading, _ in seen.sections]:
        learning(thing)
    if not seen.sections and thing.kind != DOCUMENT:
        st.info("No statement of any source speaks of it yet; that is itself worth knowing.")
    st.header("Keep or share", anchor=False)
    downloads(table, key="item")
    share_link("item", {"id": thing.id}, table.data_version)
    how_worked_out(_with_caution(table, thing))


def _head(seen: Portrait) -> None:
    """Draw kind, framework, definition, the source's own words, and how it is known."""
    facts, thing = seen.facts, seen.thing
    slug = thing.id.partition(":")[0]
    framework = {t.id: t.label for t in state.names().of_kind("framework")}.get(slug)
    kind = f"**{escape(thing.kind[:1].upper() + thing.kind[1:])}**"
    where = f" of [{escape(framework)}](browse?framework={quote(slug)})" if framework else ""
    st.markdown(f"{kind}{where} · `{thing.id}`")
    if "definition" in facts:
        st.markdown(_joined(facts["definition"]))
    if "stated as" in facts and "source" in facts:
        place = ", ".join(_joined(facts[name]) for name in ("source", "locator") if name in facts)
        many = "-" in str(facts.get("lines", [""])[0])
        lines = f" (line{'s' * many} {_joined(facts['lines'])})" if "lines" in facts else ""
        known = STATUS_WORDS.get(str(facts.get("assertion status", [""])[0]), "")
        st.markdown(f"> “{_joined(facts['stated as'])}”\n>\n> — {place}{lines}. {known}.")
    if thing.kind == "role":
        _profile(thing)
    said = [(name, facts[name]) for name in OTHER_FACTS if name in facts]
    if said:
        st.markdown("\n".join(f"- {escape(name[:1].upper() + name[1:])}: {_joined(values)}" for name, values in said))


def _joined(cells: list[Cell]) -> str:
    return "; ".join(cell_text(cell) for cell in cells)


def _profile(thing: Thing) -> None:
    words = {
        "full": "a published national list that is meant to be complete", "local": "the whole list of one employer's job or one area's role page",
        "partial": "a part of what the role is", "mentioned": "little: the role is mentioned only",
    }  # fmt: skip
    profile, count = state.profiles().get(thing.id, "mentioned"), state.statement_counts().get(thing.id, 0)
    st.markdown(
        f"What the sources say of it: {words.get(profile, profile)}; {count} statement{'' if count == 1 else 's'}."
    )
    if count < 5:
        st.info(
            "The sources say too little about this role for shares or rankings. What they do not say is not the same as missing."
        )


def _actions(thing: Thing) -> None:
    """Draw the questions that can be asked of a thing of this kind, as one row of links."""
    asked: list[tuple[str, str, Mapping[str, str]]] = []
    if thing.kind == "role":
        asked = [
            ("needs", "What does it give another role?", {"start": thing.id}), ("needs", "What does it ask for?", {"target": thing.id}),
            ("compare", "Compare it with other roles", {"role": thing.id}), ("finder", "Which roles are nearest?", {"role": thing.id}),
        ]  # fmt: skip
    elif thing.kind in MODELS:
        asked = [("needs", "What does it need?", {"target": thing.id})]
    asked.append(("graph", "See it in the graph", {"id": thing.id}))
    st.markdown(" · ".join(f"[{words}]({page}?{urlencode(values)})" for page, words, values in asked))


def _suggestions(error: NotFoundError | AmbiguousNameError) -> None:
    """Offer what the address may have meant."""
    near = [
        state.names().resolve(identifier)
        for identifier in (getattr(error, "suggestions", ()) or getattr(error, "candidates", ()))
    ]
    links = [f"- [{escape(thing.label)}](item?id={quote(thing.id)}) · {escape(thing.kind)}" for thing in near]
    if links:
        st.markdown("Did you mean one of these?\n\n" + "\n".join(links))
    st.markdown("The [search on the home page](./) looks through all names, codes and definitions.")


def _with_caution(table: Table, thing: Thing) -> Table:
    notes = [
        "Every statement that the graph holds with this thing on either side; inverse relations are worded from this side."
    ]
    if thing.kind == "role":
        notes.append(CAUTION)
    return Table(
        table.question, table.parameters, table.data_version, table.columns, table.rows, [*table.notes, *notes]
    )
