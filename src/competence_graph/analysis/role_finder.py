"""The roles nearest to one, ready to be filtered, and what a likeness rests on, pair by pair.

The ranking is that of :func:`competence_graph.analysis.similarity.similar`; this module reads it by the names of its columns
and adds what is stated of the roles themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from competence_graph.analysis.claims import Claim, RoleRecord, read_roles
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.role_facts import RoleFacts, read_role_facts
from competence_graph.analysis.similarity import similar
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.table import Cell, Table, TableColumn, Thing

NOT_STATED = "not stated"
FILTERS = ("tier", "sector", "profile")
_PAIR = re.compile(r"(?P<mine>.+?) ~ (?P<theirs>.+?) \(\+?(?P<adds>\d\.\d+)\)(?:; |$)")


@dataclass(frozen=True)
class Candidate:
    """A role that is like another.

    Parameters
    ----------
    role : Thing
        The role.
    row : mapping of column to cell
        Its row of :func:`~competence_graph.analysis.similarity.similar`.
    facts : RoleFacts
        What is stated of the role itself.
    """

    role: Thing
    row: Mapping[str, Cell]
    facts: RoleFacts

    @property
    def likeness(self) -> float:
        """0 to 1."""
        value = self.row.get("likeness_share")
        return float(value) if isinstance(value, int | float) else 0.0

    def values(self, name: str) -> list[str]:
        """Return what it counts as under one of :data:`FILTERS`; ``not stated`` where nothing is."""
        if name == "profile":
            return [str(self.row.get("profile") or "mentioned")]
        return [fact.value for fact in self.facts.facts.get(name, ())] or [NOT_STATED]


@dataclass(frozen=True)
class Nearest:
    """The answer: the table as it is downloaded, and every candidate, nearest first."""

    table: Table
    candidates: list[Candidate]

    def options(self, name: str) -> dict[str, int]:
        """Return the values of a filter with how many candidates have each; ``not stated`` last."""
        counts: dict[str, int] = {}
        for candidate in self.candidates:
            for value in candidate.values(name):
                counts[value] = counts.get(value, 0) + 1
        return dict(sorted(counts.items(), key=lambda pair: (pair[0] == NOT_STATED, pair[0])))

    def only(self, wanted: Mapping[str, Collection[str]]) -> list[Candidate]:
        """Return the candidates that have one of the wanted values of every filter that wants any."""
        return [
            candidate
            for candidate in self.candidates
            if all(not values or set(candidate.values(name)) & set(values) for name, values in wanted.items())
        ]


ITEM_COLUMNS = (
    TableColumn("item", "What both have; where two names are joined by an exact mapping, the first role's"),
    TableColumn("same_as", "The other role's name for it, where it is another"),
    TableColumn("source", "Where it is stated of the first role"),
    TableColumn("source_of_the_other", "Where it is stated of the other role"),
)
PAIR_COLUMNS = (
    TableColumn("item", "What the first role does or requires"),
    TableColumn("is_alike", "What of the other role is alike, in wording or by a mapping"),
    TableColumn("adds", "What the pair adds to the likeness"),
    TableColumn("source", "Where it is stated of the first role"),
    TableColumn("source_of_the_other", "Where it is stated of the other role"),
)


def nearest(graph: Graph, role: str, *, names: Names | None = None) -> Nearest:
    """Return every role that is like ``role`` at all, nearest first.

    Parameters
    ----------
    graph, role, names
        As for :func:`competence_graph.analysis.similarity.similar`.
    """
    names = names or Names(graph)
    table = similar(graph, role, top=max(1, len(names.of_kind("role"))), names=names)
    rows = [(row["role"], row) for row in table.rows]
    roles = [thing for thing, _ in rows if isinstance(thing, Thing)]
    facts = read_role_facts(graph, names, roles) if roles else []
    return Nearest(table, [Candidate(fact.role, row, fact) for fact, (_, row) in zip(facts, rows, strict=True)])


def pairs_of(text: str) -> list[tuple[str, str, float]]:
    """Return the pairs of a cell ``alike``: an item of each role, and what the pair adds or how alike it is.

    Examples
    --------
    >>> pairs_of("Planning care ~ Making a care plan (+0.031); Listening ~ Hearing (0.42)")
    [('Planning care', 'Making a care plan', 0.031), ('Listening', 'Hearing', 0.42)]
    """
    return [(found["mine"], found["theirs"], float(found["adds"])) for found in _PAIR.finditer(text)]


def reasons(graph: Graph, one: Thing, candidate: Candidate, *, names: Names) -> tuple[Table, Table]:
    """Return what two roles have both, and the pairs of other items that add most to their likeness.

    Returns
    -------
    (Table, Table)
        Stated items that are the same, or joined by an exact mapping, by label, gates left out; then the pairs as the
        likeness gives them, each with where it is stated.
    """
    matching = Matching(graph, names)
    mine, theirs = (_items(record) for record in read_roles(graph, names, [one, candidate.role]))
    stated = {thing.id: thing for thing, claims in theirs.items() if claims[0].stated}
    both: list[dict[str, Cell]] = []
    for item, claims in mine.items():
        same = [stated[key] for key in matching.partners(item, "exact") if key in stated] if claims[0].stated else []
        for partner in sorted(same, key=lambda thing: (thing != item, thing.id))[:1]:
            both.append({
                "item": item, "same_as": None if partner == item else partner, "source": _where(claims),
                "source_of_the_other": _where(theirs[partner]),
            })  # fmt: skip
    both.sort(key=lambda row: str(row["item"]).lower())
    first, second = ({thing.label: thing for thing in items} for items in (mine, theirs))
    pairs: list[dict[str, Cell]] = []
    for label, other_label, adds in pairs_of(str(candidate.row.get("alike") or "")):
        own, other = first.get(label), second.get(other_label)
        pairs.append({
            "item": own or label, "is_alike": other or other_label, "adds": f"{adds:.3f}",
            "source": _where(mine[own]) if own else "", "source_of_the_other": _where(theirs[other]) if other else "",
        })  # fmt: skip
    names_of = f"{one.label} and {candidate.role.label}"
    return (
        Table(f"What do {names_of} have both?", {}, graph.data_version, ITEM_COLUMNS, both),
        Table(f"What of {names_of} is alike?", {}, graph.data_version, PAIR_COLUMNS, pairs),
    )


def _items(record: RoleRecord) -> dict[Thing, list[Claim]]:
    """Return what a role does and requires, stated before worked out."""
    found: dict[Thing, list[Claim]] = {}
    for stated in (True, False):
        for functions in (False, True):
            for item, claims in record.items(functions=functions, stated=stated).items():
                found.setdefault(item, claims)
    return found


def _where(claims: Sequence[Claim]) -> str:
    return claims[0].where
