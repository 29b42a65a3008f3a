"""Which areas of a framework roles reach: how many items of each area, stated, matched, or worked out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from competence_graph.analysis.claims import MINIMUM_STATEMENTS, Link
from competence_graph.analysis.matching import Matching
from competence_graph.query.table import Cell, Table, TableColumn, Thing

BASES = {
    "stated": "Stated of the role",
    "matched": "Stated, or matched by something stated",
    "worked-out": "Worked out through what the role does",
}
"""How an item comes to a role; the last two rest on our judgement."""
COLUMNS = (
    TableColumn("role", "The role"),
    TableColumn("area", "Area of the framework"),
    TableColumn("item_count", "Items of the area that the role reaches", "items"),
    TableColumn("of", "Items that stand in the area", "items"),
    TableColumn("items", "Which they are"),
)


@dataclass(frozen=True, slots=True)
class RoleAreas:
    """What roles reach in one framework.

    Parameters
    ----------
    roles, areas : list of Thing
        Those that reach, and are reached, most come first.
    items : mapping of (role, area) to list of Thing
        The items; a pair that is absent has none.
    sizes : mapping of area to int
        How many items stand in each area.
    left_out : int
        Roles that reach something and have fewer than five statements: they are not shown.
    """

    roles: list[Thing]
    areas: list[Thing]
    items: Mapping[tuple[Thing, Thing], list[Thing]]
    sizes: Mapping[Thing, int]
    left_out: int


def role_areas(
    links: Iterable[Link], areas: Mapping[Thing, Sequence[Thing]], framework: str, basis: str, matching: Matching
) -> RoleAreas:
    """Return how many items of each area of a framework each role reaches.

    Parameters
    ----------
    links : iterable of Link
        Requirements and performances.
    areas : mapping of item to areas
        Where each item stands.
    framework : str
        Slug of the framework; only its areas count.
    basis : {'stated', 'matched', 'worked-out'}
        ``stated``: items of the framework that are stated of the role. ``matched``: those, and the items that something
        stated of the role is joined to by exact or close mappings. ``worked-out``: items that the role's care functions
        need. Nothing is added up over bases.
    matching : Matching
        The links between items.

    Returns
    -------
    RoleAreas
        Roles with at least five statements; gates are left out.
    """
    mine = {item.id: (item, here) for item, found in areas.items() if (here := [a for a in found if a.id.startswith(f"{framework}:")])}  # fmt: skip
    sizes = Counter(area for _, here in mine.values() for area in here)
    statements: Counter[Thing] = Counter()
    reached: dict[Thing, set[str]] = defaultdict(set)
    for link in links:
        if link.subject.kind != "role":
            continue
        statements[link.subject] += link.stated
        if link.object.kind == "qualification" or link.stated == (basis == "worked-out"):
            continue
        found = matching.partners(link.object, "close") if basis == "matched" else {link.object.id}
        reached[link.subject] |= found & mine.keys()
    items: dict[tuple[Thing, Thing], list[Thing]] = defaultdict(list)
    of_roles = {role: len(found) for role, found in reached.items() if found and statements[role] >= MINIMUM_STATEMENTS}
    of_areas: Counter[Thing] = Counter()
    for role in of_roles:
        for item, here in (mine[one] for one in sorted(reached[role])):
            for area in here:
                items[role, area].append(item)
                of_areas[area] += 1
    return RoleAreas(
        sorted(of_roles, key=lambda role: (-of_roles[role], role.label.lower(), role.id)),
        sorted(of_areas, key=lambda area: (-of_areas[area], area.label.lower(), area.id)),
        dict(items),
        sizes,
        sum(bool(found) and statements[role] < MINIMUM_STATEMENTS for role, found in reached.items()),
    )


def shown_areas(found: RoleAreas, roles: Sequence[Thing], most: int) -> list[Thing]:
    """Return the areas that some of the roles reach, those reached most by them first, at most ``most``."""
    reached = Counter({area: sum(len(found.items.get((role, area), ())) for role in roles) for area in found.areas})
    return sorted(+reached, key=lambda area: (-reached[area], area.label.lower(), area.id))[:most]


def as_table(found: RoleAreas, framework: Thing, basis: str, data_version: str) -> Table:
    """Return the counts as a table, a row for every role and area that is not 0."""
    rows: list[dict[str, Cell]] = [
        {
            "role": role, "area": area, "item_count": len(found.items[role, area]), "of": found.sizes[area],
            "items": "; ".join(sorted(item.label for item in found.items[role, area])),
        }
        for role in found.roles
        for area in found.areas
        if (role, area) in found.items
    ]  # fmt: skip
    notes = [
        f"{BASES[basis]}. {len(found.roles)} roles, {len(found.areas)} areas; every other pair of them is 0.",
        f"Roles with fewer than {MINIMUM_STATEMENTS} statements are left out: {found.left_out}.",
        "An item that stands in several areas is counted in each. Gates are left out.",
        "What is not stated of a role may still be part of it.",
    ]
    if basis == "matched":
        notes.append("Matched: joined by exact or close mappings, which are our judgement.")
    if basis == "worked-out":
        notes.append("Worked out: the role does a care function that, in our judgement, needs the item.")
    question = f"Which areas of '{framework.label}' do roles reach?"
    return Table(question, {"framework": framework.id, "basis": basis}, data_version, COLUMNS, rows, notes)
