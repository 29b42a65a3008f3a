"""Training needs: what a target asks, how far a start gives it, and what is left to learn or check, as one answer.

:mod:`competence_graph.analysis.transfer` answers from role to role and :mod:`competence_graph.analysis.gap` from a list,
or to a care function or care model; both come here in one form. Gates and fillings stand first and are in no count. A
share is of the stated needs that are essential or without a stated necessity; what is worked out has counts of its own;
desirable needs, parts of compounds and examples from single services are listed and counted in none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from competence_graph.analysis.claims import Claim, read_roles
from competence_graph.analysis.gap import TARGETS, gap, read_needs
from competence_graph.analysis.held import HeldList
from competence_graph.analysis.held_words import left_out_words, people_words, team_note
from competence_graph.analysis.learning import Cover, learning_table, read_covers
from competence_graph.analysis.levels import Levels
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.needs_counts import Part, count_parts, figures_of
from competence_graph.analysis.needs_rows import (
    AS_UNDERSTOOD,
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
    once,
    side,
)
from competence_graph.analysis.needs_title import title_of
from competence_graph.analysis.notes import RESTS_ON, cited_note
from competence_graph.analysis.team import NeedCover, shown_count, team_cover
from competence_graph.analysis.transfer import read_fillings, transfer
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.strictness import DEFAULT
from competence_graph.query.table import Table, Thing


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
        Number of people in the team whose lists are counted.
    too_little : list of str
        The roles of which the sources say too little for a share or a chart.
    title : str
        What it is about, as a sentence for a board.
    list_people, left_out : str
        How many people the list names, where some of them are in no count, and which of its rows were not understood: both
        as they may leave. Empty where there is nothing to say.
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
    title: str = ""
    list_people: str = ""
    left_out: str = ""

    @property
    def words(self) -> Mapping[str, tuple[str, str]]:
        """Every result in plain words and what it means: 'missing' only where the whole list was understood."""
        return {**RESULTS, "missing": AS_UNDERSTOOD} if self.left_out else RESULTS

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
    rows = once(rows)
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
    parts = list(count_parts(rows, silent)) if start or held else []
    learning = learning_table(graph, covers, graph.data_version, "Learning that sources name for what is left")
    notes = []
    for note in found.notes:  # what was added to the rows may cite more
        notes += cited_note(graph, names, [*rows, *learning.rows]) if note.startswith(RESTS_ON) else [note]
    if held and held.people:
        notes[1:1] = [team_note(held)]
    left_out = left_out_words(held) if held else ""
    missing = AS_UNDERSTOOD[0] if left_out else RESULTS["missing"][0]
    label = start.label if start else held.record.role.label if held else ""
    table = dataclasses.replace(
        found, columns=COLUMNS, rows=rows, notes=notes, figures=list(figures_of(parts, thing.label, label, missing)), group_by=("list",)
    )  # fmt: skip
    return TrainingNeeds(
        table, thing, label, parts, grouped_fillings(claims), learning, covers, team, people, silent,
        title_of(names, thing, start, given=held is not None), people_words(held) if held and held.silent else "", left_out,
    )  # fmt: skip


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
