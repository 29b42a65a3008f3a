"""What must hold between rows: identifiers, references, hierarchies, kinds, counts.

Cells are checked where they are parsed (:mod:`competence_graph.model.columns`); what speaks of one node of the graph
is a shape (``ontology/shapes.ttl``); what joins many is a quality query (``queries/quality``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import networkx as nx
from rapidfuzz import process

from competence_graph.model.columns import columns_of
from competence_graph.model.framework import Framework, Library, curie
from competence_graph.model.kinds import NEEDING_NECESSITY, STATEMENT_KINDS
from competence_graph.model.mapping import NO_TERM_FOUND, MappingSet
from competence_graph.model.passport import FILE_NAME
from competence_graph.model.records import (
    NOT_STATED,
    TIERS,
    Area,
    Attribute,
    Competence,
    Concept,
    Evidence,
    Model,
    Placement,
    Role,
    Row,
    Statement,
    Term,
)
from competence_graph.model.report import Defect, Report

ADD_THE_ROW = "Add the row that it names, or correct it"
MAX_SUGGESTIONS = 500
"""Names of one framework for which the nearest is looked up: each look-up goes through every identifier."""

Check = Callable[[Framework, Library], Iterable[Defect]]


def check_library(library: Library, report: Report) -> None:
    """Run every check on every framework and mapping set; all defects go to ``report``."""
    for framework in library.frameworks:
        for check in FRAMEWORK_CHECKS:
            report.extend(check(framework, library))
    for mapping_set in library.mappings:
        report.extend(check_mappings(mapping_set, library))


def kind_of(row: Row) -> str:
    """Return the table of a row; for terms with their kind, as in ``terms:team``."""
    return f"terms:{row.kind}" if isinstance(row, Term) else row.table


def _at(framework: Framework, row: Row, column: str, found: str, expected: str, mend: str, rule: str) -> Defect:
    return Defect(framework.file_of(row.table), row.row, column, found, expected, mend, rule)


def unique_identifiers(framework: Framework, library: Library) -> Iterator[Defect]:
    """No identifier stands twice in a framework, in whichever tables."""
    seen: dict[str, Row] = {}
    for row in framework.all_rows():
        local = getattr(row, "id", "")
        if not local:
            continue
        if local in seen:
            first = seen[local]
            yield _at(
                framework, row, "id", f"{local!r}, which stands in {framework.file_of(first.table)} row {first.row} too",
                "each identifier once in a framework", "Rename one, or remove the second row", "duplicate-identifier",
            )  # fmt: skip
        else:
            seen[local] = row


def references_resolve(framework: Framework, library: Library) -> Iterator[Defect]:
    """Every reference names a thing that exists, in a table where it may stand."""
    things = library.things
    nearest: dict[str, str] = {}
    for row in framework.all_rows():
        for spec in columns_of(type(row)):
            if spec.form not in ("reference", "references"):
                continue
            value = getattr(row, spec.name)
            for reference in (value,) if isinstance(value, str) and value else value or ():
                name = curie(framework.slug, reference)
                target = things.get(name)
                if target is None:
                    if name not in nearest and len(nearest) < MAX_SUGGESTIONS:
                        near = process.extractOne(name, things.keys(), score_cutoff=75)
                        nearest[name] = f"Did you mean {near[0]!r}?" if near else ADD_THE_ROW
                    mend = nearest.get(name, ADD_THE_ROW)
                    yield _at(
                        framework,
                        row,
                        spec.name,
                        repr(reference),
                        "an identifier that exists",
                        mend,
                        "dangling-reference",
                    )
                elif spec.refers and target.table not in spec.refers:
                    yield _at(
                        framework, row, spec.name, f"{reference!r}, which stands in {target.table}",
                        f"a row of {' or '.join(spec.refers)}", "Name another thing", "reference-kind",
                    )  # fmt: skip


def no_cycles(framework: Framework, library: Library) -> Iterator[Defect]:
    """Neither ``broader`` nor ``parts`` leads back to where it started."""
    for name in ("broader", "parts"):
        edges = {
            (curie(framework.slug, row.id), curie(framework.slug, other)): row
            for row in framework.all_rows()
            if isinstance(row, Concept | Role | Model)
            for other in getattr(row, name, ())
        }
        graph: nx.DiGraph[str] = nx.DiGraph(edges.keys())
        for component in nx.strongly_connected_components(graph):
            loop = sorted(component)
            if len(loop) == 1 and not graph.has_edge(loop[0], loop[0]):
                continue
            row = next(r for (a, b), r in edges.items() if a in component and b in component)
            yield _at(
                framework,
                row,
                name,
                "a loop: " + " → ".join([*loop, loop[0]]),
                "a hierarchy without loops",
                "Remove one of these links",
                "cycle",
            )


def statements_join_the_right_kinds(framework: Framework, library: Library) -> Iterator[Defect]:
    """Subject and object of a statement are of the kinds that its kind joins."""
    for row in framework.of(Statement):
        kind = STATEMENT_KINDS[row.kind]
        for column, allowed in (("subject", kind.subjects), ("object", kind.objects)):
            target = library.things.get(curie(framework.slug, getattr(row, column)))
            if target is not None and not {kind_of(target), target.table} & set(allowed):
                yield _at(
                    framework, row, column, f"{getattr(row, column)!r}, which stands in {kind_of(target)}",
                    f"a row of {' or '.join(allowed)}: {kind.meaning}", "Use another kind of statement, or another thing", "statement-kind",
                )  # fmt: skip
        if row.kind in NEEDING_NECESSITY and not row.necessity:
            yield _at(
                framework,
                row,
                "necessity",
                "an empty cell",
                f"essential, desirable or {NOT_STATED}",
                f"Write {NOT_STATED!r} where the source does not say",
                "necessity",
            )


def judgements_have_reasons(framework: Framework, library: Library) -> Iterator[Defect]:
    """Require a reason of what is our judgement, or a placeholder."""
    for row in framework.all_rows():
        if isinstance(row, Evidence) and row.status in ("curated", "interim") and not row.reason:
            yield _at(
                framework,
                row,
                "reason",
                "an empty cell",
                f"a reason, as the status is {row.status}",
                "Say why, so that it can be defended",
                "reason",
            )
    for row in framework.of(Attribute):
        if row.property == "tier" and row.value not in TIERS:
            yield _at(
                framework, row, "value", repr(row.value), f"one of {', '.join(TIERS)}", "Use one of these words", "tier"
            )


def no_statement_twice(framework: Framework, library: Library) -> Iterator[Defect]:
    """Find evidence that says the same thing twice."""
    seen: dict[tuple[str, ...], int] = {}
    for row in framework.of(Statement):
        key = (
            row.kind,
            curie(framework.slug, row.subject),
            curie(framework.slug, row.object),
            row.source,
            row.lines,
            row.stated_as,
        )
        if key in seen:
            yield _at(
                framework,
                row,
                "",
                f"what row {seen[key]} says",
                "each statement once",
                "Remove one of the two",
                "duplicate-statement",
            )
        seen.setdefault(key, row.row)


def no_placement_twice(framework: Framework, library: Library) -> Iterator[Defect]:
    """Find an item that stands twice in one area: both rows would become one node."""
    seen: dict[tuple[str, str], int] = {}
    for row in framework.of(Placement):
        key = (curie(framework.slug, row.item), curie(framework.slug, row.area))
        if key in seen:
            yield _at(
                framework,
                row,
                "item",
                f"{row.item!r}, which stands in {row.area!r} by row {seen[key]} too",
                "each item once in an area",
                "Remove one of the two",
                "duplicate-placement",
            )
        seen.setdefault(key, row.row)


def counts_agree(framework: Framework, library: Library) -> Iterator[Defect]:
    """Compare the counts of the passport and of areas with the rows."""
    counts = Counter({name: len(rows) for name, rows in framework.rows.items()})
    counts.update(f"kinds.{row.kind}" for row in framework.of(Competence))
    placed = Counter(row.area for row in framework.of(Placement))
    for key, number in framework.passport.expected.items():
        if counts[key] != number:
            yield Defect(
                f"{framework.folder}/{FILE_NAME}", 0, f"expected.{key}", f"{counts[key]} rows", str(number),
                "Find the rows that are missing or too many; the source decides", "count",
            )  # fmt: skip
    for row in framework.of(Area):
        if row.expected is not None and placed[row.id] != row.expected:
            yield _at(
                framework,
                row,
                "expected",
                f"{placed[row.id]} entries",
                str(row.expected),
                "Complete placements.csv; the source decides",
                "count",
            )


FRAMEWORK_CHECKS: tuple[Check, ...] = (
    unique_identifiers,
    references_resolve,
    no_cycles,
    statements_join_the_right_kinds,
    judgements_have_reasons,
    no_statement_twice,
    no_placement_twice,
    counts_agree,
)

MAPPABLE = {
    "competences": ("competence", "skill", "knowledge", "behaviour"),
    "functions": (),
    "principles": (),
    "roles": (),
}
"""Tables whose rows may be mapped. Qualifications and experience are gates or history: they are never met by a mapping."""


def check_mappings(mapping_set: MappingSet, library: Library) -> Iterator[Defect]:
    """Check one mapping set: both ends exist, are of one kind, and no pair stands twice.

    A general ``competence`` (as a National Occupational Standard is) may be mapped to a skill, an item of knowledge or
    a behaviour, of which it is the wider class; a skill is not mapped to knowledge.
    """
    seen: dict[tuple[str, str], int] = {}
    for row in mapping_set.mappings:

        def defect(column: str, found: str, expected: str, mend: str, rule: str, number: int = row.row) -> Defect:
            return Defect(mapping_set.file, number, column, found, expected, mend, rule)

        ends = []
        for column in ("subject_id", "object_id"):
            name = getattr(row, column)
            if name == NO_TERM_FOUND:
                continue
            thing = library.things.get(name)
            if thing is None:
                yield defect(
                    column,
                    repr(name),
                    "an identifier that exists",
                    "Correct it, or remove the row",
                    "dangling-reference",
                )
            elif thing.table not in MAPPABLE or (
                MAPPABLE[thing.table] and getattr(thing, "kind", "") not in MAPPABLE[thing.table]
            ):
                yield defect(
                    column,
                    f"{name!r}, which is {getattr(thing, 'kind', thing.table)}",
                    "something that can be mapped",
                    "Use a statement instead of a mapping",
                    "unmappable",
                )
            else:
                ends.append(thing)
        if len(ends) == 2:
            kinds = {getattr(end, "kind", end.table) for end in ends}
            if ends[0].table != ends[1].table or (len(kinds) == 2 and "competence" not in kinds):
                yield defect(
                    "object_id",
                    " with ".join(sorted(kinds)),
                    "two things of one kind",
                    "A care function takes a competence by a 'function need', not by a mapping",
                    "cross-kind-mapping",
                )
        pair = (row.subject_id, row.object_id)
        if pair in seen:
            yield defect(
                "object_id",
                f"the pair of row {seen[pair]}",
                "each pair once",
                "Remove one of the two",
                "duplicate-mapping",
            )
        seen.setdefault(pair, row.row)
