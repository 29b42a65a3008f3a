"""Training needs: what a target asks, how far a start gives it, and what is left to learn or check, as one answer.

:mod:`competence_graph.analysis.transfer` answers from role to role and :mod:`competence_graph.analysis.gap` from a list,
or to a care function or care model; both come here in one form. Gates and fillings stand first and are in no count. A
share is of the stated needs that are essential or without a stated necessity; what is worked out has counts of its own;
desirable needs, parts of compounds and examples from single services are listed and counted in none.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from competence_graph.analysis.claims import MINIMUM_STATEMENTS, Claim, read_roles
from competence_graph.analysis.gap import TARGETS, gap, read_needs
from competence_graph.analysis.held import HeldList
from competence_graph.analysis.learning import Cover, learning_table, read_covers
from competence_graph.analysis.levels import Levels
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.needs_rows import (
    ASKED,
    COLUMNS,
    EXAMPLES,
    FILLINGS,
    GATES,
    LEARN,
    OFFERS,
    RESULTS,
    THERE,
    WORKED_OUT,
    Row,
    filling_rows,
    grouped_fillings,
    in_order,
    is_component,
    of_gap,
    of_transfer,
    side,
)
from competence_graph.analysis.notes import TOO_LITTLE
from competence_graph.analysis.team import HIDDEN_NOTE, SMALLEST, NeedCover, shown_count, team_cover
from competence_graph.analysis.transfer import MET, read_fillings, transfer
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.strictness import DEFAULT
from competence_graph.query.table import Cell, Figure, Table, Thing


@dataclass(frozen=True, slots=True)
class Part:
    """Needs that are counted together.

    Parameters
    ----------
    title : str
        In the plural: ``competences``, ``care functions``, ``needs of its staff``.
    stated : bool
        Whether sources or readers state them; False for what is worked out.
    counts : mapping of result to count
        In the order of :data:`RESULTS`, without what none came to.
    essential, desirable : int
        How many of those counted are essential; how many desirable ones are listed beside them.
    withheld : str
        Why there is no share; empty where there is one.
    """

    title: str
    stated: bool
    counts: Mapping[str, int]
    essential: int = 0
    desirable: int = 0
    withheld: str = ""

    @property
    def total(self) -> int:
        """Number of needs counted."""
        return sum(self.counts.values())

    @property
    def met(self) -> int:
        """Number of those that are met."""
        return sum(self.counts.get(result, 0) for result in MET)


@dataclass(frozen=True)
class TrainingNeeds:
    """An answer in the order in which it is read.

    Parameters
    ----------
    table : Table
        The whole of it, as it may leave: no person's name, no small number of people.
    target : Thing
        What is aimed at.
    start : str
        Name of the role or list compared with; empty where nothing was given.
    parts : list of Part
        What is counted.
    fillings : list of dict
        Who has taken the role: ``who``, ``took``, ``where``, ``result``, ``source``, one row for each who and took.
    covers : list of Cover
        Learning for what is left, the stated needs only.
    team : list of NeedCover
        For the page only: in whose lists each need stands. Empty without a team.
    people : int
        Number of people in the team.
    too_little : list of str
        The roles of which the sources say too little for a share or a chart.
    """

    table: Table
    target: Thing
    start: str
    parts: list[Part]
    fillings: list[Row]
    learning: Table
    covers: list[Cover] = field(default_factory=list)
    team: list[NeedCover] = field(default_factory=list)
    people: int = 0
    too_little: list[str] = field(default_factory=list)

    def rows(self, name: str) -> list[Row]:
        """Return the rows of one list."""
        return [dict(row) for row in self.table.rows if row["list"] == name]

    def to_learn(self) -> list[Thing]:
        """Return the stated needs that are not met, each once."""
        found = [row["item"] for row in self.rows(LEARN) if not is_component(row)]
        return list(dict.fromkeys(item for item in found if isinstance(item, Thing)))


def training_needs(
    graph: Graph,
    target: str,
    *,
    role: str = "",
    held: HeldList | None = None,
    strictness: str = DEFAULT,
    attested_only: bool = False,
    names: Names | None = None,
) -> TrainingNeeds:
    """Return what a target asks and how far a start gives it.

    Parameters
    ----------
    graph, target, role, strictness, names
        As for :func:`competence_graph.analysis.gap.gap`.
    held : HeldList, optional
        A person's or team's own list.
    attested_only : bool, default False
        From role to role: count only what sources say themselves.

    Raises
    ------
    ParameterError, NotFoundError
        As there.
    """
    names = names or Names(graph)
    thing = names.resolve(target, TARGETS)
    start = names.resolve(role, ("role",)) if role else None
    matching = Matching(graph, names)
    if start and thing.kind == "role":
        found = transfer(graph, start.id, thing.id, strictness=strictness, attested_only=attested_only, names=names)
        strictness = found.parameters["strictness"]
        rows = list(of_transfer(found))
    else:
        attested_only = False
        found = gap(graph, thing.id, role=role, held=held.record if held else None, strictness=strictness, names=names)
        rows = list(of_gap(found, matching, given=bool(start or held)))
    for row in rows:
        row["of"] = "" if row.get("of") == thing else row.get("of", "")
    roles = [one for one in (start, thing) if one and one.kind == "role"]
    silent = (
        [record.role.label for record in read_roles(graph, names, roles) if record.says_too_little] if roles else []
    )
    claims = read_fillings(graph, names, start, thing, attested_only=attested_only) if thing.kind == "role" else []
    if start is None:
        rows += filling_rows(claims)
    covers: list[Cover] = []
    if start or held:
        unmet = [row["item"] for row in rows if row["list"] == LEARN and not is_component(row)]
        needs = [item for item in unmet if isinstance(item, Thing)]
        covers = read_covers(graph, names, needs, matching, strictness, attested_only=attested_only)
    team = _team(graph, names, thing, held, matching, strictness)
    people = len(held.people) if held else 0
    _fill(rows, covers, team, people)
    order = [GATES, FILLINGS, ASKED, LEARN, THERE, ASKED + WORKED_OUT, LEARN + WORKED_OUT, THERE + WORKED_OUT, EXAMPLES, OFFERS]  # fmt: skip
    rows = [row for name in order for row in in_order([row for row in rows if row["list"] == name])]
    parts = list(_parts(rows, silent)) if start or held else []
    notes = list(found.notes)
    if held and held.people:
        size = f"{people} people" if people >= SMALLEST else f"fewer than {SMALLEST} people"
        notes[1:1] = [f"The list names {size}; an item counts as met where any of their lists meets it. {HIDDEN_NOTE}"]
    label = start.label if start else held.record.role.label if held else ""
    table = dataclasses.replace(
        found, columns=COLUMNS, rows=rows, notes=notes, figures=list(_figures(parts, thing.label, label)), group_by=("list",)
    )  # fmt: skip
    learning = learning_table(graph, covers, graph.data_version, "Learning that sources name for what is left")
    return TrainingNeeds(table, thing, label, parts, grouped_fillings(claims), learning, covers, team, people, silent)


def asked_of(graph: Graph, names: Names, target: str) -> dict[str, list[Thing]]:
    """Return what sources or readers state that a target asks, by kind: what a person can tick.

    Returns
    -------
    dict of str to list of Thing
        ``competences``, ``care functions``, ``registration and qualifications``; by label, those of none left out.
    """
    thing = names.resolve(target, TARGETS)
    items = dict.fromkeys(
        claim.object for part, claims in read_needs(graph, names, thing) if _is_counted(part) for claim in claims
    )
    groups: dict[str, list[Thing]] = {"competences": [], "care functions": [], "registration and qualifications": []}
    for item in sorted(items, key=lambda one: (one.label.lower(), one.id)):
        groups["registration and qualifications" if item.kind == "qualification" else side(item)].append(item)
    return {title: found for title, found in groups.items() if found}


def _is_counted(part: str) -> bool:
    return part in ("need", "need of its staff")


def _team(
    graph: Graph, names: Names, thing: Thing, held: HeldList | None, matching: Matching, strictness: str
) -> list[NeedCover]:
    if held is None or not held.people:
        return []
    needs: dict[Thing, list[Claim]] = {}
    for part, claims in read_needs(graph, names, thing):
        for claim in claims if _is_counted(part) else ():
            if claim.object.kind != "qualification":
                needs.setdefault(claim.object, []).append(claim)
    return team_cover(needs, held.people, matching, Levels(graph), strictness)


def _fill(rows: Sequence[Row], covers: Sequence[Cover], team: Sequence[NeedCover], people: int) -> None:
    """Write into the rows which learning covers them, and of how many people the list names them."""
    by_need: dict[Thing, list[str]] = {}
    for cover in covers:
        extent = "" if cover.extent == "covers it" else f" ({cover.extent})"
        by_need.setdefault(cover.need, []).append(f"{cover.offer.label}{extent}")
    counts = {cover.item: shown_count(len(cover.people), people) for cover in team}
    for row in rows:
        item = row["item"]
        if row["list"] == LEARN and isinstance(item, Thing):
            row["learning"] = "; ".join(by_need.get(item, ()))
        if row["list"] in (LEARN, THERE) and isinstance(item, Thing) and not is_component(row):
            row["listed_for"] = counts.get(item, "")


def _parts(rows: Sequence[Row], silent: Sequence[str]) -> Iterator[Part]:
    counted: dict[tuple[str, bool], dict[Cell, tuple[str, str]]] = {}
    for row in rows:
        name = str(row["list"])
        if name.startswith((LEARN, THERE)) and not is_component(row):
            staff = str(row["kind"]).endswith("of its staff")
            key = "needs of its staff" if staff else side(row["item"]), not name.endswith(WORKED_OUT)
            counted.setdefault(key, {})[row["item"]] = (str(row["result"]), str(row["necessity"]))
    places = ("competences", "care functions", "needs of its staff")
    for (title, stated), items in sorted(counted.items(), key=lambda pair: (not pair[0][1], places.index(pair[0][0]))):
        main = [(result, necessity) for result, necessity in items.values() if necessity != "desirable"]
        results = Counter(result for result, _ in main)
        withheld = f"{TOO_LITTLE}: {silent[0]}" if silent else ""
        if not withheld and len(main) < MINIMUM_STATEMENTS:
            withheld = "under five items to divide by"
        yield Part(
            title, stated, {result: results[result] for result in RESULTS if results[result]},
            sum(necessity == "essential" for _, necessity in main), len(items) - len(main), withheld,
        )  # fmt: skip


def _figures(parts: Sequence[Part], target: str, start: str) -> Iterator[Figure]:
    for part in parts:
        if not part.total:
            continue
        what = f"{'stated' if part.stated else 'worked out'} {part.title}"
        split = f"{part.essential} essential, {part.total - part.essential} without a stated necessity"
        yield Figure(
            f"met, {what}", f"{what} of {target} that {start} meets ({split})", part.met, part.total, part.withheld
        )
        for result, count in part.counts.items():
            words = RESULTS[result][0].lower()
            yield Figure(f"{words}, {what}", f"{what} of {target}: {words}", count, part.total, part.withheld)
