"""Two to six roles side by side: who they are, how far they cover each other, and how the result hangs on mappings.

The measure is that of :mod:`competence_graph.analysis.overlap`; this module arranges it for a reader.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from competence_graph.analysis.claims import RoleRecord, read_roles
from competence_graph.analysis.matching import ORDER, Matching
from competence_graph.analysis.notes import TOO_LITTLE
from competence_graph.analysis.overlap import BASES, SIDES, HeldItem, held_items, overlap
from competence_graph.analysis.reasons import Reasons
from competence_graph.analysis.role_facts import Reading, RoleFacts, read_overlap_kind, read_role_facts
from competence_graph.analysis.role_names import short_names
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.strictness import DEFAULT
from competence_graph.query.table import Cell, Figure, Table, TableColumn, Thing, percent

NO_AREA = "in no area"
Places = Sequence[int]
LEAST = 5
"""Under this many items no share is shown."""
_AREAS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?item ?area WHERE { ?item cg:inArea ?area . ?area a cg:CompetenceArea } ORDER BY ?item ?area
"""


@dataclass(frozen=True)
class Comparison:
    """Roles side by side.

    Parameters
    ----------
    table : Table
        The answer of :func:`~competence_graph.analysis.overlap.overlap`.
    strictness : str
        What was used; ``same`` where only what sources say counts.
    records, facts : list
        Each role with its statements, and with what is stated of itself.
    readings : list of Reading
        Each pair of roles: horizontal, vertical, neither, not known.
    items : list of HeldItem
        Every item at this strictness.
    by_strictness : mapping of strictness to list of HeldItem
        The same at every strictness that the switch leaves open.
    reasons : Reasons
        Why items match.
    """

    table: Table
    strictness: str
    records: list[RoleRecord]
    facts: list[RoleFacts]
    readings: list[Reading]
    items: list[HeldItem]
    by_strictness: Mapping[str, list[HeldItem]]
    reasons: Reasons

    @property
    def too_little(self) -> list[RoleRecord]:
        """The roles of which the sources say too little for a share or a chart."""
        return [record for record in self.records if record.says_too_little]

    def enough(self, items: Sequence[HeldItem]) -> bool:
        """Whether any role has the five items, among these, that a share or a chart needs."""
        return any(sum(place in i.holders for i in items) >= LEAST for place in range(len(self.records)))

    def parts(self) -> Iterator[tuple[str, str, list[HeldItem]]]:
        """Go through the sides and bases of which there is something, stated ones first."""
        for basis, _ in BASES:
            for side, _ in SIDES:
                if items := [item for item in self.items if (item.side, item.basis) == (side, basis)]:
                    yield side, basis, items


def compare_roles(
    graph: Graph,
    roles: Sequence[str],
    *,
    strictness: str = DEFAULT,
    attested_only: bool = False,
    names: Names | None = None,
) -> Comparison:
    """Return two to six roles side by side.

    Parameters
    ----------
    graph, roles, strictness, attested_only, names
        As for :func:`~competence_graph.analysis.overlap.overlap`.

    Raises
    ------
    ParameterError
        As there.
    """
    names = names or Names(graph)
    matching = Matching(graph, names)
    table = overlap(graph, roles, strictness=strictness, attested_only=attested_only, names=names, matching=matching)
    used = table.parameters["strictness"]
    things = [names.resolve(role, ("role",)) for role in roles]
    records = read_roles(graph, names, things, attested_only=attested_only)
    facts = read_role_facts(graph, names, things)
    readings = [read_overlap_kind(one, other) for one, other in combinations(facts, 2)]
    each = {step: held_items(records, matching, step) for step in (("same",) if attested_only else ORDER)}
    return Comparison(table, used, records, facts, readings, each[used], each, Reasons(graph, names))


def coverage(items: Sequence[HeldItem], records: Sequence[RoleRecord], one: int, other: int) -> Figure:
    """Return how many of one role's items another role holds too, or meets in full.

    Parameters
    ----------
    items : sequence of HeldItem
        Those of one side and basis.
    records : sequence of RoleRecord
        The roles.
    one, other : int
        Places of the roles; of the first the items are counted.
    """
    own = [item for item in items if one in item.holders]
    met = sum(other in item.shared_by for item in own)
    little = [records[place].role.label for place in (one, other) if records[place].says_too_little]
    withheld = f"{TOO_LITTLE}: {little[0]}" if little else "too few to give a share" if len(own) < LEAST else ""
    meaning = f"{records[one].role.label} matched by {records[other].role.label}"
    return Figure("coverage", meaning, met, len(own), withheld)


def strictness_profile(comparison: Comparison) -> Table:
    """Return how many items have a match at each strictness: how far the result hangs on mappings.

    Parameters
    ----------
    comparison : Comparison
        The roles. For two, each role's items that the other holds or meets; for three and more, the items of any that
        at least one other, and that all others, hold or meet.

    Returns
    -------
    Table
        One row per side, basis and count; columns ``of`` and one for each strictness. ``broad`` gives the items that
        only a broader or narrower one touches: they never count as matched. Roles of which the sources say too little
        have no row.
    """
    columns = (
        TableColumn("what", "What is counted"),
        TableColumn("of", "Out of how many", "items"),
        TableColumn("same", "Only the very same item counts", "items"),
        TableColumn("exact", "Joined by exact mappings too", "items"),
        TableColumn("close", "Joined by one close mapping too", "items"),
        TableColumn("broad", "Touched by a broader or narrower item only: listed, never counted as matched", "items"),
    )
    counts: list[tuple[str, Callable[[HeldItem, Places], bool]]] = []
    number, names = len(comparison.records), short_names([r.role.label for r in comparison.records])
    if number == 2:
        for one, other in ((0, 1), (1, 0)):
            if not comparison.too_little:
                words = f"of {names[one].letter} that {names[other].letter} matches"
                counts.append((words, partial(_holds, other)))
    elif not comparison.too_little:
        counts.append(("that at least one other role matches", lambda _, have: len(have) > 1))
        counts.append((f"that all {number} roles match", lambda _, have: len(have) == number))
    rows: list[dict[str, Cell]] = []
    for side, basis, _ in comparison.parts():
        for place, (words, holds) in enumerate(counts):
            whose = place if number == 2 else None
            row = _counts(comparison, side, basis, whose, holds)
            if row["of"]:
                rows.append({"what": f"{title_of(side, basis)} {words}", **row})
    return Table(
        "How much hangs on mappings?", comparison.table.parameters, comparison.table.data_version, columns, rows
    )


def _holds(other: int, _: HeldItem, have: Places) -> bool:
    return other in have


def _counts(
    comparison: Comparison, side: str, basis: str, whose: int | None, holds: Callable[[HeldItem, Places], bool]
) -> dict[str, Cell]:
    row: dict[str, Cell] = {}
    matched = 0
    for step, found in comparison.by_strictness.items():
        items = [i for i in found if (i.side, i.basis) == (side, basis) and (whose is None or whose in i.holders)]
        row["of"] = len(items)
        if step == "broad":  # what is met is as at close; the rest is touched by a broader or narrower item
            row[step] = sum(holds(i, (*i.holders, *i.matches)) for i in items) - matched
        else:
            row[step] = matched = sum(holds(i, i.shared_by) for i in items)
    return row


def title_of(side: str, basis: str) -> str:
    """Return how a side and basis are called at the head of a table."""
    return side.capitalize() if basis == "stated" else f"{side.capitalize()} worked out through what the role does"


def by_area(comparison: Comparison, areas: Mapping[Thing, Sequence[Thing]]) -> tuple[str, list[dict[str, int]]]:
    """Return what two roles share and do not, by area; by kind where none of their items stands in an area.

    Parameters
    ----------
    comparison : Comparison
        Two roles; their stated items are counted.
    areas : mapping of item to areas
        As :func:`read_areas` gives them.

    Returns
    -------
    (str, list of dict of str to int)
        ``'area'`` or ``'kind'``; then counts of both, only the first, only the second. An item that stands in several
        areas is counted in each; those in none come last.
    """
    stated = [item for item in comparison.items if item.basis == "stated"]
    use = "area" if any(areas.get(item.item) for item in stated) else "kind"
    named = [
        [area.label for area in areas.get(item.item, ())] or [NO_AREA] if use == "area" else [item.item.kind]
        for item in stated
    ]
    sizes = Counter(name for found in named for name in found)
    order = sorted(sizes, key=lambda name: (name == NO_AREA, -sizes[name], name))
    parts: list[dict[str, int]] = [dict.fromkeys(order, 0) for _ in range(3)]
    for item, found in zip(stated, named, strict=True):
        part = 0 if len(item.shared_by) == 2 else 1 + item.shared_by[0]
        for name in found:
            parts[part][name] += 1
    return use, parts


def read_areas(graph: Graph, names: Names) -> dict[Thing, list[Thing]]:
    """Return the areas in which each item stands; an item that stands in none is absent."""
    found: dict[Thing, list[Thing]] = {}
    for row in graph.select(_AREAS):
        found.setdefault(names.thing(row["item"]), []).append(names.thing(row["area"]))
    return found


def mappings_used(comparison: Comparison) -> tuple[int, int]:
    """Return how many mappings the matches rest on, and how many of them a practitioner has reviewed."""
    used = {
        reason
        for item in comparison.items
        for match in item.matches.values()
        if not match.how.startswith("same")
        for held in match.by
        for reason in comparison.reasons.between(item.item, held)
    }
    return len(used), sum(reason.reviewed for reason in used)


def in_words(comparison: Comparison) -> list[str]:
    """Return the result in plain sentences, one for each side and basis.

    Parameters
    ----------
    comparison : Comparison
        The roles. No number is given where the sources say too little about one of them.
    """
    names = short_names([record.role.label for record in comparison.records])
    if comparison.too_little:
        return [
            f"{TOO_LITTLE.capitalize()}: {record.role.label} ({record.statement_count} of the {LEAST} statements that a "
            "share or a chart needs). What is known is listed below."
            for record in comparison.too_little
        ]
    said = []
    for side, basis, items in comparison.parts():
        title = title_of(side, basis)
        if len(names) == 2:
            ways = []
            for one, other in ((0, 1), (1, 0)):
                figure = coverage(items, comparison.records, one, other)
                if figure.of:
                    share = f" ({percent(figure.share)})" if figure.share is not None else ""
                    ways.append(f"{names[other].title} matches {figure.count} of the {figure.of} of {names[one].title}{share}")  # fmt: skip
                else:
                    ways.append(f"none is {'stated' if basis == 'stated' else 'worked out'} of {names[one].title}")
            said.append(f"{title}: {'; '.join(ways)}.")
        else:
            everyone = sum(len(item.shared_by) == len(names) for item in items)
            alone = sum(len(item.shared_by) == 1 for item in items)
            said.append(
                f"{title}: {everyone} of {len(items)} shared by all {len(names)} roles, "
                f"{len(items) - everyone - alone} by some, {alone} {'stated' if basis == 'stated' else 'worked out'} of one role alone."
            )
    return said
