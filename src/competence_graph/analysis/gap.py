"""Gap: what a target needs, and how far a role, a person's or a team's list gives it.

A target is a role, a care function, a care model or case study, a setting or a need state. A model's needs are those stated of the model itself; those of a
service that is an instance of it stand apart as site examples, those of its staff as such, and what the model's care
functions need as worked out. Learning that sources name for the model, its services or its staff is listed with them.
"""

from __future__ import annotations

from collections.abc import Sequence

from competence_graph.analysis.claims import Claim, RoleRecord, necessity_of, read_claims, read_roles
from competence_graph.analysis.levels import Levels
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.notes import CAUTION, NOT_HELD, TOO_LITTLE, cited_note, mapping_note, role_note
from competence_graph.analysis.transfer import result_of, transfer
from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_curie
from competence_graph.query.names import Names
from competence_graph.query.strictness import DEFAULT, STRICTNESS
from competence_graph.query.table import Cell, Figure, Table, TableColumn, Thing

COLUMNS = (
    TableColumn(
        "part", "Need of the target, site example, need of its staff, worked out, a part of a compound, or learning"
    ),
    TableColumn("of", "Of what it is said: the target, a service, a staff group"),
    TableColumn("item", "What is needed, or the learning"),
    TableColumn("necessity", "How necessary the source says it is"),
    TableColumn("result", "How far it is held; empty where nothing was given to compare with"),
    TableColumn("by", "What meets it, and how"),
    TableColumn("mapped_to", "Items of other frameworks that match it"),
    TableColumn("status", "How the statement is known"),
    TableColumn("stated_as", "The source's own words"),
    TableColumn("source", "Document and place"),
)
TARGETS = ("role", "function", "model", "case", "setting", "cohort")
"""Kinds of things that need something."""
_INSTANCES = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?service ?model WHERE { ?service cg:instanceOf ?model }
"""


def gap(
    graph: Graph,
    target: str,
    *,
    role: str = "",
    held: RoleRecord | None = None,
    strictness: str = DEFAULT,
    names: Names | None = None,
) -> Table:
    """Return what a target needs and how far it is held.

    Parameters
    ----------
    graph : Graph
        Reads ModelNeed, FunctionNeed, Requirement, Performance, Involvement, Development and Audience statements.
    target : str
        Identifier or name of a role, a care function or a care model.
    role : str, optional
        A role to compare with.
    held : RoleRecord, optional
        A person's or team's own list (:func:`competence_graph.analysis.held.read_held`); without ``role`` and ``held``
        the needs are listed and nothing is compared.
    strictness : {'same', 'exact', 'close', 'broad'}, default 'close'
        How alike two items must be.

    Raises
    ------
    ParameterError
        Both ``role`` and ``held`` were given, or the strictness is unknown.
    """
    if role and held:
        raise ParameterError("Give a role or a list of held competences, not both.")
    if strictness not in STRICTNESS:
        raise ParameterError(f"Strictness is {strictness!r}; expected one of {', '.join(STRICTNESS)}.")
    names = names or Names(graph)
    thing = names.resolve(target, TARGETS)
    if role and thing.kind == "role":
        return transfer(graph, role, target, strictness=strictness, names=names)
    matching = Matching(graph, names)
    holder = held or (read_roles(graph, names, [names.resolve(role, ("role",))])[0] if role else None)
    target_record = read_roles(graph, names, [thing])[0] if thing.kind == "role" else None
    needs = read_needs(graph, names, thing)
    rows: list[dict[str, Cell]] = []
    gates = [
        row
        for part, claims in needs
        for row in _rows(
            part, [c for c in claims if c.object.kind == "qualification"], holder, matching, graph, strictness
        )
    ]
    rest = [
        row
        for part, claims in needs
        for row in _rows(
            part, [c for c in claims if c.object.kind != "qualification"], holder, matching, graph, strictness
        )
    ]
    learning = _learning(graph, names, thing, [claim.subject for _, claims in needs for claim in claims])
    rest.sort(key=lambda row: _order(str(row["part"]), [part for part, _ in needs]))
    rows = [*gates, *rest, *learning]
    every = [claim for _, claims in needs for claim in claims]
    notes = [role_note(holder)] if holder else ["Nothing was given to compare with: this lists what the target needs."]
    if not every:
        notes.insert(0, f"The sources in this graph do not say what '{thing.label}' needs.")
    for part, claims in needs:
        if claims:
            items, said = len({c.object for c in claims}), len(claims)
            notes.append(
                f"{part}: {items} item{'' if items == 1 else 's'}, from {said} statement{'' if said == 1 else 's'}."
            )
    notes += [mapping_note(matching, strictness), *cited_note(graph, names, rows), CAUTION]
    parameters = {"target": thing.id, "role": role and names.resolve(role, ("role",)).id, "strictness": strictness}
    if held:
        parameters["held"] = f"{len(held.claims)} competences"
    question = f"What does '{thing.label}' need" + (
        f", and what of it does '{holder.role.label}' give?" if holder else "?"
    )
    return Table(
        question,
        {k: v for k, v in parameters.items() if v},
        graph.data_version,
        COLUMNS,
        rows,
        notes,
        _figures(rows, holder, target_record),
        ("part",),
    )


def _order(part: str, parts: Sequence[str]) -> tuple[int, int]:
    """Return the place of a group of rows: needs in their order, each before its parts and its examples."""
    base, _, extra = part.rpartition(", ") if part.endswith(" of it") else (part, "", "")
    return parts.index(base), ("", "part of it", "example of it").index(extra)


def read_needs(graph: Graph, names: Names, target: Thing) -> list[tuple[str, list[Claim]]]:
    """Return the needs of a target in parts, the nearest first."""
    if target.kind == "role":
        claims = read_claims(graph, names, ("Requirement", "Performance"), subjects=[target])
        return [("need", [c for c in claims if c.stated]), ("worked out", [c for c in claims if not c.stated])]
    if target.kind == "care function":
        return [("need", read_claims(graph, names, ("FunctionNeed",), subjects=[target]))]
    services = [
        names.thing(row["service"]) for row in graph.select(_INSTANCES) if to_curie(row["model"].value) == target.id
    ]
    models = [target, *sorted(services)]
    own = read_claims(graph, names, ("ModelNeed",), subjects=models)
    involved = read_claims(graph, names, ("Involvement",), subjects=models)
    people = sorted({claim.object for claim in involved if claim.object.kind in ("staff group", "team")})
    staff = read_claims(graph, names, ("Requirement", "Performance"), subjects=people) if people else []
    return [
        ("need", [c for c in own if c.subject == target and c.stated]),
        ("site example", [c for c in own if c.subject != target and c.stated]),
        ("need of its staff", [c for c in staff if c.stated]),
        ("worked out", [c for c in own if c.subject == target and not c.stated]),
        ("site example, worked out", [c for c in own if c.subject != target and not c.stated]),
    ]


def _rows(
    part: str, claims: Sequence[Claim], holder: RoleRecord | None, matching: Matching, graph: Graph, strictness: str
) -> list[dict[str, Cell]]:
    rows: list[dict[str, Cell]] = []
    levels = Levels(graph)
    # What is worked out of a role meets what is worked out of the target, never what is stated of it.
    usable = [claim for claim in holder.claims if claim.stated or "worked out" in part] if holder else []
    held: dict[Thing, list[Claim]] = {}
    for claim in usable:
        held.setdefault(claim.object, []).append(claim)
    grouped: dict[tuple[Thing, Thing], list[Claim]] = {}
    for claim in claims:
        grouped.setdefault((claim.subject, claim.object), []).append(claim)
    for (subject, item), said in grouped.items():
        rows.append(_row(part, subject, item, said, holder, held, matching, levels, strictness))
        for word, components in (("part of it", matching.parts(item)), ("example of it", matching.examples(item))):
            for component in components:
                rows.append(
                    _row(f"{part}, {word}", subject, component, said, holder, held, matching, levels, strictness)
                )
    return rows


def _row(
    part: str, subject: Thing, item: Thing, claims: Sequence[Claim], holder: RoleRecord | None, held: dict[Thing, list[Claim]],
    matching: Matching, levels: Levels, strictness: str,
) -> dict[str, Cell]:  # fmt: skip
    first = claims[0]
    result = by = ""
    if holder:
        if item.kind == "qualification":
            result = "held" if item in held else "gate: check registration or qualification"
        else:
            match = matching.meets(item, held, strictness)
            result = result_of(match, claims, held, levels, NOT_HELD[holder.profile])
            by = f"{', '.join(t.label for t in match.by)} ({match.how})" if match else ""
    return {
        "part": "gate" if item.kind == "qualification" else part, "of": subject, "item": item, "necessity": necessity_of(claims) if first.necessity else "", "result": result, "by": by,
        "mapped_to": "; ".join(f"{t.id} {t.label} ({how})" for how, t in matching.mapped(item)),
        "status": first.status if first.status != "inferred" else f"inferred (weakest premise {first.weakest})",
        "stated_as": first.stated_as, "source": " | ".join(dict.fromkeys(c.where for c in claims)),
    }  # fmt: skip


def _learning(graph: Graph, names: Names, target: Thing, subjects: Sequence[Thing]) -> list[dict[str, Cell]]:
    """Return the learning that sources name for the target, its services or its staff, with what it develops."""
    people = list(dict.fromkeys([target, *subjects]))
    offers = read_claims(graph, names, ("Audience",), objects=people)
    rows: list[dict[str, Cell]] = []
    for claim in offers:
        develops = read_claims(graph, names, ("Development",), subjects=[claim.subject])
        rows.append({
            "part": "learning", "of": claim.object, "item": claim.subject, "necessity": "", "result": "",
            "by": "develops " + "; ".join(d.object.label for d in develops) if develops else "what it develops is not stated",
            "mapped_to": "", "status": claim.status, "stated_as": claim.stated_as, "source": claim.where,
        })  # fmt: skip
    return rows


def _figures(rows: Sequence[dict[str, Cell]], holder: RoleRecord | None, target: RoleRecord | None) -> list[Figure]:
    """Return how many needs are met; components, gates, learning and site examples are not in the denominator."""
    if holder is None:
        return []
    figures = []
    for part in ("need", "need of its staff", "worked out"):
        results = {
            row["item"]: row["result"] for row in rows if row["part"] == part and row["necessity"] != "desirable"
        }
        if not results:
            continue
        little = holder.says_too_little or (target is not None and target.says_too_little)
        withheld = TOO_LITTLE if little else "under five items to divide by" if len(results) < 5 else ""
        met = sum(str(result).startswith("met") for result in results.values())
        figures.append(
            Figure(f"met, {part}", f"Needs ({part}) that {holder.role.label} meets", met, len(results), withheld)
        )
    return figures
