"""Overlap of roles: what two or more roles share, stated and worked out, competences and care functions apart.

Definitions
-----------
shared, jaccard
    At strictness ``same`` and ``exact``: items that exact mappings join are one class; classes are counted. Jaccard is
    shared classes over classes of either role.
coverage
    At ``close`` and ``broad``: how many of A's items have at least one partner among B's, and of B's among A's: two
    numbers, no one-to-one matching.

References
----------
.. [1] Nancarrow (2004), Dynamic role boundaries in intermediate care services, on horizontal and vertical substitution.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from competence_graph.analysis.claims import Claim, RoleRecord, by_strength, read_claims, read_roles
from competence_graph.analysis.matching import Match, Matching
from competence_graph.analysis.notes import CAUTION, TOO_LITTLE, cited_note, hidden_note, mapping_note, role_note
from competence_graph.analysis.reasons import Reasons
from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.strictness import DEFAULT, STRICTNESS
from competence_graph.query.table import Cell, Figure, Table, TableColumn, Thing

SIDES = (("competences", False), ("care functions", True))
BASES = (("stated", True), ("worked out", False))
COLUMNS = (
    TableColumn(
        "compared",
        "Whether the row compares competences, care functions or gates, or gives what a source says of the roles' overlap",
    ),
    TableColumn("basis", "Stated by a source or reader, or worked out through what the role does"),
    TableColumn("item", "What a role requires or does"),
    TableColumn("held_by", "Roles of which it is said"),
    TableColumn("shared_count", "Roles that have it or a match of it", "roles"),
    TableColumn("matched_with", "What matches it in the other roles, and how"),
    TableColumn("why", "Why they match: the mapping, the confidence given to it, and the reason"),
    TableColumn("status", "How the statement is known"),
    TableColumn("source", "Document and place"),
)


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item of some roles that are compared.

    Parameters
    ----------
    side, basis : str
        One of :data:`SIDES` and one of :data:`BASES`, by their words.
    item : Thing
        What a role requires or does.
    holders : tuple of int
        Places of the roles of which it is said.
    matches : mapping of int to Match
        How each other role meets it; a role that does not meet it is absent.
    claims : tuple of Claim
        The statements behind it.
    """

    side: str
    basis: str
    item: Thing
    holders: tuple[int, ...]
    matches: Mapping[int, Match]
    claims: tuple[Claim, ...]

    @property
    def shared_by(self) -> tuple[int, ...]:
        """Places of the roles that hold the item or meet it in full, in order."""
        met = (place for place, match in self.matches.items() if match.extent == "met")
        return tuple(sorted((*self.holders, *met)))


def overlap(
    graph: Graph,
    roles: Sequence[str],
    *,
    strictness: str = DEFAULT,
    attested_only: bool = False,
    names: Names | None = None,
    matching: Matching | None = None,
) -> Table:
    """Return what two to six roles share.

    Parameters
    ----------
    graph : Graph
        Reads Requirement, Performance and Overlap statements and the match closures.
    roles : sequence of str
        Two to six identifiers or names.
    strictness : {'same', 'exact', 'close', 'broad'}, default 'close'
        How alike two items must be to count as the same.
    attested_only : bool, default False
        Count only what sources say themselves; matching is then by ``same``.
    names, matching
        Names and links between items of the graph, where they were read before.

    Returns
    -------
    Table
        One row per item; shared ones first. Figures per pair and side with their denominators; a share is withheld
        where a role has fewer than five statements, or a denominator is under five.

    Raises
    ------
    ParameterError
        Fewer than two or more than six roles, a role twice, or an unknown strictness.
    """
    if strictness not in STRICTNESS:
        raise ParameterError(f"Strictness is {strictness!r}; expected one of {', '.join(STRICTNESS)}.")
    if not 2 <= len(roles) <= 6:
        raise ParameterError(f"{len(roles)} roles were given; expected two to six.")
    names = names or Names(graph)
    things = [names.resolve(role, ("role",)) for role in roles]
    if len(set(things)) < len(things):
        raise ParameterError("A role was given twice; give different roles.")
    if attested_only:
        strictness = "same"
    matching = matching or Matching(graph, names)
    records = read_roles(graph, names, things, attested_only=attested_only)
    rows: list[dict[str, Cell]] = _said_of_overlap(graph, names, things)
    rows += _rows(held_items(records, matching, strictness), records, Reasons(graph, names))
    figures: list[Figure] = []
    for side, functions in SIDES:
        for basis, stated in BASES:
            held = [record.items(functions=functions, stated=stated) for record in records]
            # What a role is stated to have meets what is worked out of another; the reverse is not counted.
            have = (
                held
                if stated
                else [
                    {**one, **r.items(functions=functions, stated=True)} for one, r in zip(held, records, strict=True)
                ]
            )
            for one, other in combinations(range(len(records)), 2):
                figures += _figures(side, basis, records, held, have, one, other, matching, strictness)
    rows += _gates(records)
    notes = [role_note(record) for record in records]
    notes.append(mapping_note(matching, strictness))
    if attested_only:
        everything = read_roles(graph, names, things)
        notes.append(hidden_note(sum(len(r.claims) for r in everything) - sum(len(r.claims) for r in records)))
    notes += [*cited_note(graph, names, rows), CAUTION]
    title = " and ".join(f"'{thing.label}'" for thing in things)
    parameters = {
        "roles": ", ".join(t.id for t in things),
        "strictness": strictness,
        "attested_only": str(attested_only).lower(),
    }
    return Table(
        f"What do {title} share?", parameters, graph.data_version, COLUMNS, rows, notes, figures, ("compared", "basis")
    )


def _gates(records: Sequence[RoleRecord]) -> list[dict[str, Cell]]:
    """Return one row per gate, with the roles that it stands before; gates are in no figure."""
    gates = sorted({gate for record in records for gate in record.gates()})
    rows = []
    for gate in gates:
        holders = [record.role for record in records if gate in record.gates()]
        claims = sorted((c for record in records for c in record.gates().get(gate, ())), key=by_strength)
        basis = "stated" if claims[0].stated else "worked out"
        rows.append(_row("gate", basis, gate, holders, len(holders), "", claims))
    return rows


def _said_of_overlap(graph: Graph, names: Names, things: Sequence[Thing]) -> list[dict[str, Cell]]:
    claims = read_claims(graph, names, ("Overlap",), subjects=things)
    claims += read_claims(graph, names, ("Overlap",), objects=things)
    rows: list[dict[str, Cell]] = []
    for claim in dict.fromkeys(claims):
        said = f"{claim.subject.label} – {claim.object.label}" + (f": {claim.note}" if claim.note else "")
        rows.append({
            "compared": "overlap that a source states", "basis": "stated", "item": claim.object, "held_by": claim.subject.label,
            "shared_count": None, "matched_with": said, "status": claim.status, "source": claim.where,
        })  # fmt: skip
    return rows


def held_items(records: Sequence[RoleRecord], matching: Matching, strictness: str) -> list[HeldItem]:
    """Return every item of some roles with the roles that hold it, and how the others meet it.

    Parameters
    ----------
    records : sequence of RoleRecord
        The roles.
    matching : Matching
        The links between items.
    strictness : {'same', 'exact', 'close', 'broad'}
        How alike two items must be.

    Returns
    -------
    list of HeldItem
        By side and basis, those that most roles share first, then by label. Gates are left out. What a role is stated
        to have meets what is worked out of another; the reverse is not counted.
    """
    found: list[HeldItem] = []
    for side, functions in SIDES:
        for basis, stated in BASES:
            held = [record.items(functions=functions, stated=stated) for record in records]
            have = held if stated else [{**one, **r.items(functions=functions, stated=True)} for one, r in zip(held, records, strict=True)]  # fmt: skip
            part = []
            for item in sorted({item for one in held for item in one}, key=lambda t: (t.label.lower(), t.id)):
                holders = tuple(place for place, one in enumerate(held) if item in one)
                met = {
                    place: match
                    for place, one in enumerate(have)
                    if place not in holders and (match := matching.meets(item, one, strictness))
                }
                claims = tuple(claim for one in held for claim in one.get(item, ()))
                part.append(HeldItem(side, basis, item, holders, met, claims))
            found += sorted(part, key=lambda one: -len(one.shared_by))
    return found


def _rows(items: Sequence[HeldItem], records: Sequence[RoleRecord], reasons: Reasons) -> list[dict[str, Cell]]:
    """Return one row per item."""
    rows = []
    for one in items:
        holders = [records[place].role for place in one.holders]
        matched = "; ".join(
            f"{records[place].role.label}: {', '.join(t.label for t in match.by)} ({match.how}; {match.extent})"
            for place, match in one.matches.items()
        )
        why = "; ".join(dict.fromkeys(reasons.of(one.item, match) for match in one.matches.values()))
        rows.append(_row(one.side, one.basis, one.item, holders, len(one.shared_by), matched, one.claims, why))
    return rows


def _row(
    side: str, basis: str, item: Thing, holders: Sequence[Thing], count: int, matched: str, claims: Sequence[Claim], why: str = "",
) -> dict[str, Cell]:  # fmt: skip
    return {
        "compared": side, "basis": basis, "item": item, "held_by": ", ".join(t.label for t in holders), "shared_count": count,
        "matched_with": matched, "why": why, "status": ", ".join(dict.fromkeys(c.status for c in claims)),
        "source": " | ".join(dict.fromkeys(c.where for c in claims)),
    }  # fmt: skip


def _figures(
    side: str, basis: str, records: Sequence[RoleRecord], held: Sequence[dict[Thing, list[Claim]]], have: Sequence[dict[Thing, list[Claim]]], one: int, other: int,
    matching: Matching, strictness: str,
) -> list[Figure]:  # fmt: skip
    """Return the numbers of one pair: shared of either at same and exact, coverage both ways at close and broad."""
    pair = (records[one], records[other])
    if not held[one] and not held[other]:
        return []
    little = next((record.role.label for record in pair if record.says_too_little), "")

    def withheld(denominator: int) -> str:
        if little:
            return f"{TOO_LITTLE}: {little}"
        return "under five items to divide by" if denominator < 5 else ""

    label = f"{basis} {side}"
    if strictness in ("same", "exact"):
        classes = [{frozenset(matching.partners(item, strictness)) for item in held[i]} for i in (one, other)]
        shared, either = len(classes[0] & classes[1]), len(classes[0] | classes[1])
        return [
            Figure(
                f"shared, {label}",
                f"{label} of both {pair[0].role.label} and {pair[1].role.label}, of those of either",
                shared,
                either,
                withheld(either),
            )
        ]
    figures = []
    for a, b in permutations((one, other)):
        met = covered(held[a], have[b], matching, strictness)
        meaning = f"{label} of {records[a].role.label} that have a match among those of {records[b].role.label}"
        figures.append(Figure(f"coverage, {label}", meaning, met, len(held[a]), withheld(len(held[a]))))
    return figures


def covered(
    items: dict[Thing, list[Claim]], held: dict[Thing, list[Claim]], matching: Matching, strictness: str
) -> int:
    """Return how many items are met by the held ones; partly met and to-be-checked ones do not count."""
    results = [matching.meets(item, held, strictness) for item in items]
    return sum(result is not None and result.extent == "met" for result in results)
