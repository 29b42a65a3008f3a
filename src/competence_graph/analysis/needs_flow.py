"""From a need to the care functions that its models call for, to those who carry them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from competence_graph.analysis.claims import Claim, read_claims
from competence_graph.analysis.matching import Matching
from competence_graph.graph.store import Graph
from competence_graph.query.names import Names
from competence_graph.query.table import Cell, Table, TableColumn, Thing

NOBODY = "nobody is stated"
NEEDS = ("need state", "cohort")
PERFORMERS = ("role", "team", "staff group", "organisation")
COLUMNS = (
    TableColumn("model", "Care model, service or case that calls for the function"),
    TableColumn("function", "The care function"),
    TableColumn("called_for", "Where it is called for"),
    TableColumn("carried_out_by", "Role, team or group that is stated to carry it out, or one that matches it"),
    TableColumn("matched_as", "The function as it is stated of them, where it is another that matches"),
    TableColumn("status", "How it is known that they carry it out"),
    TableColumn("source", "Where that is stated; where nobody is, where the function is called for"),
)


@dataclass(frozen=True, slots=True)
class Chains:
    """Who calls for which care function, and which models serve which need.

    Parameters
    ----------
    calls : mapping of Thing to list of Claim
        The calls for care functions of each model, service, case or need.
    serves : mapping of Thing to list of Thing
        The models of each need or group of people.
    """

    calls: Mapping[Thing, list[Claim]]
    serves: Mapping[Thing, list[Thing]] = field(default_factory=dict)

    def starts(self) -> list[Thing]:
        """Return every need, group of people, model, service and case from which a chain goes; needs first, then by label."""
        found = {*self.calls, *(need for need, models in self.serves.items() if any(m in self.calls for m in models))}
        return sorted(found, key=lambda t: (t.kind not in NEEDS, t.kind, t.label.lower(), t.id))

    def models(self, start: Thing) -> list[Thing]:
        """Return the models of a start: those that serve a need, or itself."""
        served = [model for model in self.serves.get(start, ()) if model in self.calls]
        return ([start] if start in self.calls else []) + served


def read_chains(graph: Graph, names: Names) -> Chains:
    """Return the stated calls for care functions, and the needs that models serve."""
    calls: dict[Thing, list[Claim]] = defaultdict(list)
    for claim in read_claims(graph, names, ("ModelNeed",)):
        if claim.stated and claim.object.kind == "care function":
            calls[claim.subject].append(claim)
    serves: dict[Thing, list[Thing]] = defaultdict(list)
    for claim in read_claims(graph, names, ("Service",)):
        if claim.stated and claim.subject not in serves[claim.object]:
            serves[claim.object].append(claim.subject)
    return Chains(dict(calls), {need: sorted(models) for need, models in serves.items()})


def flow(graph: Graph, names: Names, matching: Matching, chains: Chains, start: Thing) -> Table:
    """Return every chain from a need or model through its care functions to who carries them out.

    Parameters
    ----------
    graph : Graph
        Reads Performance statements.
    names, matching
        Names, and links between care functions: the very same, exact and close ones count.
    chains : Chains
        As :func:`read_chains` gives them.
    start : Thing
        One of ``chains.starts()``.

    Returns
    -------
    Table
        One row per model, function and performer; a function that nobody is stated to carry out has a row with
        :data:`NOBODY`. Of several statements of one thing the first is given.
    """
    called = [claim for model in chains.models(start) for claim in chains.calls[model]]
    functions = {claim.object for claim in called}
    by_id = {thing.id: thing for thing in names.things.values()}
    partners = {f: [by_id[p] for p in sorted(matching.partners(f, "close"))] for f in functions}
    done: dict[Thing, list[Claim]] = defaultdict(list)
    if functions:
        every = sorted({partner for found in partners.values() for partner in found})
        for claim in read_claims(graph, names, ("Performance",), objects=every):
            if claim.stated and claim.subject.kind in PERFORMERS:
                done[claim.object].append(claim)
    rows: list[dict[str, Cell]] = []
    seen: set[tuple[Thing, Thing]] = set()
    for claim in called:
        if (claim.subject, claim.object) in seen:
            continue
        seen.add((claim.subject, claim.object))
        row: dict[str, Cell] = {"model": claim.subject, "function": claim.object, "called_for": claim.where}
        who: dict[Thing, Claim] = {}
        for partner in sorted(partners[claim.object], key=lambda p: p != claim.object):
            for performance in done[partner]:
                who.setdefault(performance.subject, performance)
        for performer, performance in sorted(who.items(), key=lambda pair: (PERFORMERS.index(pair[0].kind), pair[0].label)):  # fmt: skip
            other = performance.object.label if performance.object != claim.object else ""
            rows.append({**row, "carried_out_by": performer, "matched_as": other, "status": "curated" if other else performance.status, "source": performance.where})  # fmt: skip
        if not who:
            rows.append({**row, "carried_out_by": NOBODY, "source": f"called for in {claim.where}"})
    rows.sort(key=_nearest_to_roles)
    carried = len({str(row["function"]) for row in rows if row["carried_out_by"] != NOBODY})
    itself = len({str(row["function"]) for row in rows if row["carried_out_by"] != NOBODY and not row["matched_as"]})
    counted = (
        f"{len(functions)} care functions are called for; of {carried} somebody is stated to carry them out: of {itself} the very "
        f"same function, of {carried - itself} only one that a mapping of ours joins to it. Who carries it out may be of another "
        "place or service."
    )
    notes = [
        counted,
        "A function counts as carried out where the very same one, or one joined to it by exact or close mappings, is stated of a role, team, group or organisation. Mappings are our judgement.",
        "That nobody is stated does not mean that nobody does it.",
    ]
    return Table(
        f"Who carries out what '{start.label}' calls for?", {"from": start.id}, graph.data_version, COLUMNS, rows, notes
    )


def _nearest_to_roles(row: Mapping[str, Cell]) -> tuple[int, str, str]:
    """Return the key by which what roles carry out comes first, and what nobody is stated to carry out last."""
    who = row["carried_out_by"]
    place = PERFORMERS.index(who.kind) if isinstance(who, Thing) else len(PERFORMERS)
    return place, str(row["model"]).lower(), str(row["function"]).lower()


def columns_of(table: Table) -> Sequence[list[tuple[str, str, int]]]:
    """Return a table of :func:`flow` as two lists of (left, right, count), for a flow diagram.

    Functions that nobody is stated to carry out are one box, so that those that are carried out can be seen.
    """
    nobody = {str(row["function"]) for row in table.rows if row["carried_out_by"] == NOBODY}
    box = f"{len(nobody)} care function{'' if len(nobody) == 1 else 's'} that nobody is stated to carry out"
    left: dict[tuple[str, str], int] = {}
    right: dict[tuple[str, str], int] = {}
    seen: set[tuple[str, str]] = set()
    for row in table.rows:
        model, function, who = (str(row[key]) for key in ("model", "function", "carried_out_by"))
        shown = box if function in nobody else function
        if (model, function) not in seen:
            seen.add((model, function))
            left[model, shown] = left.get((model, shown), 0) + 1
        if function not in nobody:
            performer = row["carried_out_by"]
            kind = f" ({performer.kind})" if isinstance(performer, Thing) and performer.kind != "role" else ""
            right[shown, f"{who}{kind}"] = 1
    return [[(a, b, n) for (a, b), n in part.items()] for part in (left, right)]
