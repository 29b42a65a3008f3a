"""Parts of the page of one thing: a document with what rests on it, and the learning that covers an item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import quote, urlencode

import streamlit as st

from competence_graph.analysis.learning import Cover, read_covers
from competence_graph.analysis.matching import Matching
from competence_graph.app import state
from competence_graph.app.answer import cell_text
from competence_graph.app.controls import STATUS_WORDS, escape
from competence_graph.query.document import Document, read_document
from competence_graph.query.strictness import DEFAULT
from competence_graph.query.table import Thing

LEARNABLE = ("competence", "skill", "knowledge", "behaviour", "experience", "care function")
KIND_WORDS = {
    "function need": "What a care function takes", "model need": "What a care model needs", "requirement": "What a role requires",
    "performance": "What a role carries out", "placement": "What stands in an area", "involvement": "Who has a part in a case or model",
    "service for": "Whom a care model serves", "audience": "Whom learning is for", "development": "What learning develops",
    "location": "Where care is delivered", "filling": "Who has taken a role",
    "stated gap": "What people are said to lack", "overlap": "What overlaps with what", "underpinning": "What a principle underpins",
}  # fmt: skip
"""Kinds of statement in words."""


def document(thing: Thing) -> None:
    """Draw a document: who published it, when, where to find it, and what rests on it."""
    found = read_document(state.graph(), thing)
    slug = thing.id.partition(":")[0]
    framework = state.names().resolve(slug, ("framework",))
    kind = found.type or thing.kind
    st.markdown(f"**{escape(kind[:1].upper() + kind[1:])}** listed in [{escape(framework.label)}](browse?framework={quote(slug)}) · `{thing.id}`")  # fmt: skip
    lines = [
        ("Publisher", escape(found.publisher)),
        ("Published", escape(found.issued) or "no date is known"),
        ("Where to find it", _address(found)),
        ("The copy that was read", escape(found.file)),
        ("Note", escape(found.note)),
    ]
    st.markdown("\n".join(f"- {name}: {words}" for name, words in lines if words))
    statements, items = found.count("statements"), found.count("items")
    st.header("What rests on it", anchor=False)
    if statements or items:
        facts = (
            f" Facts of roles, as the tier of a role, that rest on it too: {found.count('facts'):,}."
            if found.count("facts")
            else ""
        )
        roles = f" They speak of {found.role_count:,} {_many('role', found.role_count)}." if found.role_count else ""
        st.markdown(f"**{statements:,} {_many('statement', statements)} and {items:,} {_many('item', items)}** rest on this document.{roles}{facts}")  # fmt: skip
    if found.citing_count:
        many = found.citing_count > 1
        closed = (
            ""
            if found.file
            else f" We did not open it: what {'they say' if many else 'it says'} stands in that other document."
        )
        st.markdown(
            f"**{found.citing_count:,} {_many('row', found.citing_count)}** of another document {'name' if many else 'names'} this one as "
            f"where {'they come' if many else 'it comes'} from.{closed}"
        )
    if not (statements or items or found.citing_count):
        st.info("It is listed among the sources; no statement and no item rests on it.")
    links = []
    if statements:
        every = urlencode({"question": "statements-of-document", "document": thing.id})
        links += [
            f"[Every statement, with its place](ask?{every})",
            "[How many rest on each document](ask?question=statements-by-source)",
        ]
    links.append(f"[The framework](browse?framework={quote(slug)})")
    st.markdown(" · ".join(links))
    if statements or items:
        st.markdown(
            "Beside a statement, “line 636” is a line of the text that was read, or a row where a table was read; it is no line of the "
            "published document, where the section named before it is how to find the place."
        )
    _counts(found, "statements", "Statements")
    _counts(found, "items", "Items")


def _many(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _address(found: Document) -> str:
    if found.web_address:
        return f"[{escape(found.address)}]({quote(found.web_address, safe=':/?&=#%+,;@~-_.')})"
    return escape(found.address) or "no address is held"


def _counts(found: Document, what: str, heading: str) -> None:
    """Draw how many statements or items rest on a document, by kind and by how they are known."""
    by_kind: dict[str, dict[str, int]] = defaultdict(dict)
    for here, kind, status, count in found.resting:
        if here == what:
            by_kind[kind][status] = by_kind[kind].get(status, 0) + count
    if not by_kind:
        return
    statuses = [status for status in STATUS_WORDS if any(status in counts for counts in by_kind.values())]
    kinds = sorted(by_kind, key=lambda kind: (-sum(by_kind[kind].values()), kind))
    data = {heading: [escape(KIND_WORDS.get(kind, kind[:1].upper() + kind[1:])) for kind in kinds]}
    for status in statuses:
        data[STATUS_WORDS[status]] = [f"{by_kind[kind].get(status, 0):,}" for kind in kinds]
    st.table(data, hide_index=True, alt=f"{heading} that rest on this document, by kind and by how they are known")


@st.cache_resource(show_spinner=False)
def _matching() -> Matching:
    return Matching(state.graph(), state.names())


def learning(thing: Thing) -> None:
    """Draw which learning covers an item directly, and which through a mapping, as Training needs counts it."""
    if thing.kind not in LEARNABLE:
        return
    covers = read_covers(state.graph(), state.names(), [thing], _matching(), DEFAULT)
    if not covers:
        return
    direct = [cover for cover in covers if any(claim.object == thing for claim in cover.claims)]
    mapped = [cover for cover in covers if cover not in direct]
    st.header(f"Learning that covers it ({len({cover.offer for cover in covers})})", anchor=False)
    if direct:
        st.markdown("**Directly**: it is said to develop this very thing.\n\n" + _offers(direct, thing))
    else:
        st.markdown("No learning is said to develop this very thing.")
    if mapped:
        st.markdown(
            f"**Through another item**, by a mapping or because one is a part of the other; this is our judgement, at strictness "
            f"{DEFAULT}.\n\n{_offers(mapped, thing)}\n\nTraining needs counts both; Ask counts only what it develops directly, or by the "
            "mappings that you choose there."
        )


def _offers(covers: Sequence[Cover], thing: Thing) -> str:
    lines = []
    for cover in covers:
        others = dict.fromkeys(claim.object for claim in cover.claims if claim.object != thing)
        through = f": {escape(cover.extent)}, develops {', '.join(cell_text(other) for other in others)} ({escape(cover.how)})"  # fmt: skip
        lines.append(f"- {cell_text(cover.offer)}" + through * bool(others))
    return "\n".join(lines)
