"""Role finder: the nearest roles with reasons, and stepping stones to a target."""

from __future__ import annotations

import dataclasses
from urllib.parse import urlencode

import streamlit as st

from competence_graph.analysis.notes import PROFILE_WORDS
from competence_graph.analysis.role_finder import FILTERS, Candidate, Nearest, nearest, reasons
from competence_graph.analysis.role_names import undated
from competence_graph.app import state
from competence_graph.app.answer import downloads, how_worked_out, share_link, show_rows, version_notice
from competence_graph.app.controls import escape, link_to, pick, pick_many
from competence_graph.app.finder_path import show_path
from competence_graph.app.frame import announce
from competence_graph.namespaces import to_iri
from competence_graph.query.table import Table, Thing
from competence_graph.views import ranking

SHOWN = 10
EXAMPLES: dict[str, dict[str, str]] = {
    "Roles like a case manager": {"role": "roles:case-manager"},
    "Roles like a community nurse": {"role": "roles:community-nurse-nhs-professionals-2020"},
    "From care or support worker to practice leader": {
        "role": "roles:care-or-support-worker-care-workforce-pathway", "target": "roles:practice-leader-care-workforce-pathway",
    },
}  # fmt: skip
FILTER_WORDS = {"tier": "Tier", "sector": "Sector", "profile": "What is known of it"}
MEANING = """
- **Likeness** runs from 0 to 1. It says how far the *wording* of what two roles do and require is alike, and how far the two
  are joined by shared items and by mappings. It is no share of anything: 0.4 does not mean that 40% is the same.
- **Both have** counts items that are the same or joined by an exact mapping. It may be 0 where the wording is alike.
- A likeness adds up from pairs of items; the pairs that add most are shown. Of most pairs no one has said that they match.
- **What was measured** (`evaluate similar`, in `benchmarks/README.md`): on every set tried it puts what is known to be alike
  higher than counting shared items does. The sets are small: where sources themselves state an overlap, too few to decide
  anything. Whether a person can move between two roles was not measured.
- It is no judgement that one role can do the other's work, and it leaves registration and qualifications out.
"""


def render() -> None:
    """Draw the page."""
    st.title("Role finder", anchor=False)
    version_notice(state.graph().data_version)
    roles = state.options("role")
    left, right = st.columns(2, gap="large")
    with left:
        role = pick("Role", "role", roles)
    with right:
        target = pick("Where to, for stepping stones (may stay empty)", "target", roles)
    if role is None:
        _invite()
        return
    found = _found(role)
    thing = state.names().thing(to_iri(role))
    asked: dict[str, object] = {"role": role, "target": target or ""}
    if not found.candidates:
        st.info(f"{escape(found.table.notes[0])} See [what is said of it](item?id={role}).")
        how_worked_out(found.table)
    else:
        asked |= _nearest(thing, found)
    if target and target != role:
        show_path(role, target)
    elif target:
        st.info("Start and target are the same role; choose another one as the target.")
    share_link("finder", asked, found.table.data_version)


@st.cache_resource(show_spinner=False, max_entries=50)
def _found(role: str) -> Nearest:
    """Return the roles nearest to one, worked out once."""
    return nearest(state.graph(), role, names=state.names())


@st.cache_resource(show_spinner=False, max_entries=50)
def _reasons(role: str, near: str) -> tuple[Table, Table]:
    """Return what two roles have both and the pairs that are alike, worked out once."""
    candidate = next(c for c in _found(role).candidates if c.role.id == near)
    return reasons(state.graph(), state.names().thing(to_iri(role)), candidate, names=state.names())


def _invite() -> None:
    st.info(
        "Choose a role to see the roles nearest to it, and why. With a second one the page looks for roles on the way."
    )
    st.markdown("Or start with an example:")
    for words, parameters in EXAMPLES.items():
        if all(role in state.options("role") for role in parameters.values()):
            link_to("finder", words, parameters)


def _nearest(thing: Thing, found: Nearest) -> dict[str, object]:
    """Draw the ranked roles, filtered, and a closer look at one; return what was chosen."""
    wanted: dict[str, list[str]] = {}
    for name, column in zip(FILTERS, st.columns(len(FILTERS)), strict=True):
        counts = found.options(name)
        words = {
            value: f"{PROFILE_WORDS.get(value, value) if name == 'profile' else value} ({n})"
            for value, n in counts.items()
        }
        with column:
            wanted[name] = pick_many(FILTER_WORDS[name], name, words, placeholder="Any")
    kept = found.only(wanted)
    of = (
        f"{len(kept)} of {len(found.candidates)} roles that are at all alike fit the filters."
        if any(wanted.values())
        else f"{len(kept)} roles are at all alike."
    )
    if not kept:
        st.info("No role that is at all alike fits these filters. Take one away.")
        announce("No role fits these filters.", key="finder")
        return dict(wanted)
    first = ", ".join(f"{escape(c.role.label)} ({c.likeness:.2f})" for c in kept[:3])
    st.markdown(f"**Nearest to {escape(thing.label)}: {first}.** {of}")
    st.caption(
        escape(next((note for note in found.table.notes if "are ranked" in note), ""))
        + " Words and links are compared, people are not; where two roles have no item in common, the likeness is of wording alone."
    )
    shown = kept[:SHOWN]
    announce(f"{thing.label}: {len(shown)} of {len(kept)} roles that are alike are shown.", key="finder")
    names = undated([candidate.role.label for candidate in shown])
    left, right = st.columns([5, 8], gap="medium")
    with left:
        chart, words_of = ranking.likeness_bars({name: c.likeness for name, c in zip(names, shown, strict=True)})
        st.altair_chart(chart, theme=None, alt=words_of)
    with right:
        _ranked(thing, shown, words_of)
    if len(kept) > SHOWN:
        st.caption(f"The {SHOWN} nearest are shown; the downloads have all {len(kept)}.")
    rows = [candidate.row for candidate in kept]
    downloads(dataclasses.replace(found.table, rows=rows), key="finder.similar")
    with st.expander("What likeness means, and what was measured"):
        st.markdown(MEANING)
    how_worked_out(found.table, "How the likeness was worked out")
    chosen = _closer(thing, kept)
    return {**wanted, "near": chosen}


def _ranked(thing: Thing, shown: list[Candidate], alt: str) -> None:
    names = undated([candidate.role.label for candidate in shown])
    data = {
        "Place": [str(place) for place in range(1, len(shown) + 1)],
        "Role": [f"[{escape(name)}](item?id={c.role.id})" for name, c in zip(names, shown, strict=True)],
        "Likeness": [f"{candidate.likeness:.2f}" for candidate in shown],
        "Both have": [_both(candidate) for candidate in shown],
        "Compare": [f"[Side by side](compare?{urlencode({'role': [thing.id, c.role.id]}, doseq=True)})" for c in shown],
        "Transfer": [f"[A move there](needs?{urlencode({'start': thing.id, 'target': c.role.id})})" for c in shown],
    }
    st.table(data, hide_index=True, alt=alt[:250])


def _both(candidate: Candidate) -> str:
    shared, either = candidate.row.get("shared_count"), candidate.row.get("either_count")
    return f"{shared} of {either}" if either else str(shared)


def _closer(thing: Thing, kept: list[Candidate]) -> str:
    """Draw why one role is near: what both have, and the pairs that are alike; return the role."""
    by_id = {candidate.role.id: candidate for candidate in kept}
    st.header("Why it is near", anchor=False)
    chosen = (
        pick(
            "Role to look at",
            "near",
            {key: f"{c.role.label} · {c.likeness:.2f}" for key, c in by_id.items()},
            default=kept[0].role.id,
        )
        or kept[0].role.id
    )
    candidate = by_id[chosen]
    other, facts = candidate.role, candidate.facts
    known = PROFILE_WORDS.get(str(candidate.row.get("profile")), "")
    said = [f"{name}: {facts.words(name)}" for name in ("profession", "tier", "sector", "employer")]
    st.caption(escape(f"{other.label}: {'; '.join(said)}. Known of it: {known}."))
    both, pairs = _reasons(thing.id, other.id)
    st.markdown(f"**Both have** ({len(both.rows)}): the same item, or two joined by an exact mapping")
    if both.rows:
        show_rows(both, both.rows, key=f"finder.both.{other.id}", alt=both.question, what="Both have", page_size=5)
    else:
        st.markdown("Nothing: the likeness is of wording, and of mappings that are not exact.")
    if pairs.rows:
        st.markdown("**Alike in wording or by a mapping**: the pairs of other items that add most to the likeness")
        show_rows(pairs, pairs.rows, key=f"finder.pairs.{other.id}", alt=pairs.question, what="Alike", page_size=5)
    elif candidate.row.get("alike"):
        st.markdown(f"**Alike**: {escape(str(candidate.row['alike']))}")
    if parts := candidate.row.get("parts"):
        st.caption(escape(f"Of the likeness of {candidate.likeness:.2f}, taken each alone: {parts}."))
    st.markdown(
        f"[Compare the two item by item](compare?{urlencode({'role': [thing.id, other.id]}, doseq=True)}) · "
        f"[What a move there asks](needs?{urlencode({'start': thing.id, 'target': other.id})}) · "
        f"[What a move back asks](needs?{urlencode({'start': other.id, 'target': thing.id})}) · "
        f"[Stepping stones](finder?{urlencode({'role': thing.id, 'target': other.id})})"
    )
    return chosen
