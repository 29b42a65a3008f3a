"""Coverage of one framework by another, each way: two numbers, through typed mappings.

Coverage is withheld, in words, where one side is headings only (its items are wider than what they would be compared
with) or under 30 % of a side has been through mapping with the other (what was never looked at is not "unmapped").
Broader and narrower partners are listed at every strictness and never count as covered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from competence_graph.analysis.matching import Matching
from competence_graph.analysis.notes import CAUTION, mapping_note
from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import sparql_iri
from competence_graph.query.names import KINDS, Names
from competence_graph.query.strictness import DEFAULT, STRICTNESS
from competence_graph.query.table import Cell, Figure, Table, TableColumn, Thing

LOOKED_AT = 0.3
SIDES = {"competences": KINDS["competence"], "care functions": KINDS["function"], "principles": KINDS["principle"]}
COLUMNS = (
    TableColumn("compared", "Competences, care functions or principles"),
    TableColumn("side", "Which framework the item is of"),
    TableColumn("item", "The item"),
    TableColumn("area", "Area of the item in its framework"),
    TableColumn(
        "result", "Matched, matched by a broader or narrower item, looked at and not matched, or never looked at"
    ),
    TableColumn("matched_with", "Items of the other framework, and how"),
)
_FACTS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?depth ?completeness ?standing WHERE {
  # framework cg:depth ?depth ; cg:completeness ?completeness ; cg:standing ?standing .
}
"""
_ITEMS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?item ?area WHERE {
  ?item skos:inScheme # framework
  ; cg:status ?status .
  FILTER (?status NOT IN (cg:Interim, cg:Suggested))
  OPTIONAL { ?item cg:inArea ?area }
}
ORDER BY ?item ?area
"""
_LOOKED_AT = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?item WHERE {
  VALUES ?file { # files
  }
  ?mapping dcterms:isPartOf ?file ; a cg:Mapping ; cg:subject|cg:object ?item .
}
"""


def compare(graph: Graph, one: str, other: str, *, strictness: str = DEFAULT, names: Names | None = None) -> Table:
    """Return how far two frameworks cover each other.

    Parameters
    ----------
    graph : Graph
        Reads items, areas, mappings and the match closures.
    one, other : str
        Slugs or titles of frameworks.
    strictness : {'same', 'exact', 'close', 'broad'}, default 'close'
        How alike two items must be. Broader and narrower partners are listed and never count as covered.

    Returns
    -------
    Table
        One row per item of either framework; figures each way, or the reason why they are withheld.
    """
    if strictness not in STRICTNESS:
        raise ParameterError(f"Strictness is {strictness!r}; expected one of {', '.join(STRICTNESS)}.")
    names = names or Names(graph)
    pair = [names.resolve(name, ("framework",)) for name in (one, other)]
    if pair[0] == pair[1]:
        raise ParameterError("One framework was given twice; give two.")
    matching = Matching(graph, names)
    items = [_items(graph, names, here, there) for here, there in (pair, pair[::-1])]
    depths = [_fact(graph, framework, "depth") for framework in pair]
    rows: list[dict[str, Cell]] = []
    figures: list[Figure] = []
    notes: list[str] = []
    for label, kinds in SIDES.items():
        sides = [{t: v for t, v in found.items() if t.kind in kinds} for found in items]
        if not sides[0] or not sides[1]:
            continue
        for here, there in ((0, 1), (1, 0)):
            seen = [
                _row(label, pair[here], item, area, looked, sides[there], matching, strictness)
                for item, (area, looked) in sides[here].items()
            ]
            rows += sorted(seen, key=lambda row: (str(row["result"]), str(row["item"]).lower()))
            figures.append(_figure(label, pair[here], pair[there], seen, depths[here], depths[there], sides[here]))
    if not rows:
        notes.append("The two frameworks hold no items of one kind, so there is nothing to compare.")
    for framework, depth in zip(pair, depths, strict=True):
        notes.append(
            f"{framework.label}: {depth}, {_fact(graph, framework, 'completeness')}, standing {_fact(graph, framework, 'standing')}."
        )
    notes += [mapping_note(matching, strictness), CAUTION]
    question = f"How far do '{pair[0].label}' and '{pair[1].label}' cover each other?"
    parameters = {"one": pair[0].id, "other": pair[1].id, "strictness": strictness}
    return Table(
        question, parameters, graph.data_version, COLUMNS, rows, notes, figures, ("compared", "side", "result")
    )


def area_pairs(
    graph: Graph, one: str, other: str, *, strictness: str = DEFAULT, names: Names | None = None
) -> dict[tuple[str, str], int]:
    """Return how many covered items of ``one`` join an area of it with an area of ``other``.

    Parameters
    ----------
    graph, one, other, strictness, names
        As for :func:`compare`.

    Returns
    -------
    dict of (area of one, area of other) to int
        An item that stands in two areas, or has partners in two, counts in each; an empty text is 'in no area'.
    """
    names = names or Names(graph)
    pair = [names.resolve(name, ("framework",)) for name in (one, other)]
    here, there = _items(graph, names, pair[0], pair[1]), _items(graph, names, pair[1], pair[0])
    matching = Matching(graph, names)
    found: Counter[tuple[str, str]] = Counter()
    for item, (area, _) in here.items():
        counted, _wider = _partners(item, there, matching, strictness)
        areas = {name for _, partner in counted for name in there[partner][0].split("; ")}
        found.update((mine, theirs) for mine in area.split("; ") for theirs in sorted(areas))
    return dict(found)


def _items(graph: Graph, names: Names, framework: Thing, other: Thing) -> dict[Thing, tuple[str, bool]]:
    """Return the items of a framework with their area and whether a row of the two's mapping file speaks of them."""
    files = " ".join(f'"mappings/{a.id}--{b.id}.sssom.tsv"' for a, b in ((framework, other), (other, framework)))
    looked = {row["item"] for row in graph.select(_LOOKED_AT.replace("# files\n", files + "\n"))}
    found: dict[Thing, tuple[str, bool]] = {}
    for row in graph.select(_ITEMS.replace("# framework\n", sparql_iri(framework.id) + "\n")):
        item = names.thing(row["item"])
        before = found[item][0].split("; ") if item in found else []
        area = names.thing(row["area"]).label if "area" in row else ""
        found[item] = ("; ".join(dict.fromkeys(a for a in (*before, area) if a)), row["item"] in looked)
    return found


def _fact(graph: Graph, framework: Thing, name: str) -> str:
    rows = graph.select(_FACTS.replace("# framework", sparql_iri(framework.id)))
    return rows[0][name].value if rows else "not stated"


def _row(
    label: str, framework: Thing, item: Thing, area: str, looked: bool, there: dict[Thing, tuple[str, bool]], matching: Matching, strictness: str
) -> dict[str, Cell]:  # fmt: skip
    counted, wider = _partners(item, there, matching, strictness)
    shown = counted or wider
    result = (
        "covered"
        if counted
        else "broader or narrower only"
        if wider
        else "looked at, not covered"
        if looked
        else "not looked at"
    )
    return {
        "compared": label, "side": framework.label, "item": item, "area": area, "result": result,
        "matched_with": "; ".join(f"{other.label} ({how})" for how, other in shown),
    }  # fmt: skip


def _partners(
    item: Thing, there: Mapping[Thing, tuple[str, bool]], matching: Matching, strictness: str
) -> tuple[list[tuple[str, Thing]], list[tuple[str, Thing]]]:
    """Return the partners of an item in the other framework that cover it, and the broader or narrower ones."""
    partners = [(how, other) for how, other in [("same", item), *matching.mapped(item)] if other in there]
    counted = [(how, other) for how, other in partners if other.id in matching.partners(item, strictness)]
    return counted, [(how, other) for how, other in partners if how in ("broader", "narrower")]


def _figure(
    label: str, here: Thing, there: Thing, rows: list[dict[str, Cell]], depth: str, other_depth: str, side: dict[Thing, tuple[str, bool]]
) -> Figure:  # fmt: skip
    covered = sum(row["result"] == "covered" for row in rows)
    looked = sum(flag for _, flag in side.values())
    withheld = ""
    if "headings only" in (depth, other_depth):
        withheld = "one of the two is held as headings only"
    elif looked < LOOKED_AT * len(side):
        withheld = f"only {looked} of {len(side)} have been through mapping with the other"
    return Figure(
        f"covered, {label}", f"{label} of {here.label} covered by {there.label}", covered, len(rows), withheld
    )
