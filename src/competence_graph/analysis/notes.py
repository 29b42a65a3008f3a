"""The words that stand with every answer: cautions, denominators, how sure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from competence_graph.analysis.claims import Claim, RoleRecord, read_issued
from competence_graph.analysis.matching import Matching
from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_iri
from competence_graph.query.names import Names
from competence_graph.query.strictness import IN_WORDS
from competence_graph.query.table import Cell

CAUTION = "This compares stated competences. It does not decide registration, scope of practice, delegation or pay."
TOO_LITTLE = "the sources say too little about this role"
PROFILE_WORDS = {
    "full": "a published national list meant to be complete",
    "local": "one employer's or area's whole list",
    "partial": "the sources describe part of it",
    "mentioned": "the sources only mention it",
    "record": "the list that was given",
}
NOT_HELD = {
    "full": "missing",
    "record": "missing",
    "local": "not in this employer's list",
    "partial": "not stated",
    "mentioned": "not stated",
}
"""What is said of a requirement that a list does not meet, by the profile of that list: silence is not lack of skill."""


RESTS_ON = "Rests on "
SOURCES = ("source", "start_source")
"""Columns of an answer that cite documents."""


def role_note(record: RoleRecord) -> str:
    """Return how much is known of a role."""
    count = record.statement_count
    words = PROFILE_WORDS[record.profile]
    too_little = f": {TOO_LITTLE}, so no share is shown" if record.says_too_little else ""
    return f"{record.role.label}: {count} statement{'' if count == 1 else 's'}; profile {record.profile} ({words}){too_little}."


def mapping_note(matching: Matching, strictness: str) -> str:
    """Return what counts as the same, and how many mappings a practitioner has reviewed."""
    review = (
        "none of them is yet reviewed by a practitioner"
        if matching.reviewed_count == 0
        else f"{matching.reviewed_count} of them reviewed by a practitioner"
    )
    return f"Strictness {strictness}: {IN_WORDS[strictness]}. The graph holds {matching.mapping_count} mappings between frameworks; {review}."


def source_note(claims: Iterable[Claim]) -> list[str]:
    """Return the documents that the answer rests on, with the oldest one's date."""
    return _documents_note({key: (label, issued) for claim in claims for key, label, issued in claim.documents})


def cited_note(graph: Graph, names: Names, rows: Iterable[Mapping[str, Cell]]) -> list[str]:
    """Return the documents that rows cite in ``source`` and ``start_source``, neither more nor fewer, in the same form."""
    issued = read_issued(graph)
    documents = {thing.label: thing for thing in reversed(names.of_kind("source"))}
    found: dict[str, tuple[str, str]] = {}
    for place in {p for row in rows for key in SOURCES for p in str(row.get(key) or "").split(" | ")}:
        parts = place.split(", ")
        titles = (", ".join(parts[:end]) for end in range(len(parts), 0, -1))
        if thing := next((documents[title] for title in titles if title in documents), None):
            found[thing.id] = thing.label, issued.get(to_iri(thing.id), "")
    return _documents_note(found)


def _documents_note(sources: Mapping[str, tuple[str, str]]) -> list[str]:
    if not sources:
        return []
    titles = "; ".join(
        f"{key} = {label}" + (f" ({issued})" if issued and not label.endswith(f"({issued[:4]})") else "")
        for key, (label, issued) in sorted(sources.items())
    )
    dated = sorted(issued for _, issued in sources.values() if issued)
    oldest = f" The oldest is of {dated[0]}." if len(dated) > 1 else ""
    return [f"{RESTS_ON}{len(sources)} document{'' if len(sources) == 1 else 's'}: {titles}.{oldest}"]


def hidden_note(count: int) -> str:
    """Return how much the attested-only switch hides."""
    return f"Attested only: {count} statement{'' if count == 1 else 's'} that are, or rest on, our judgement are hidden, and mappings are not used."
