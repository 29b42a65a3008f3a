"""How many roles hold each competence: which stand with one role alone.

Counted are roles of which a source states the item, or one that is joined to it by mappings at the strictness chosen.
It says what sources write of roles, not what people can do: one role in the sources is not one person in a service.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from competence_graph.analysis.matching import Matching
from competence_graph.analysis.notes import mapping_note
from competence_graph.graph.store import Graph
from competence_graph.namespaces import CG
from competence_graph.query.names import Names
from competence_graph.query.strictness import DEFAULT
from competence_graph.query.table import Cell, Table, TableColumn, Thing

KINDS = {"competences": "Requirement", "care functions": "Performance"}
STEPS = {"1": "one role", "2": "two roles", "3": "three roles", "4": "four roles", "5": "five and more roles"}
COLUMNS = (
    TableColumn("item", "The competence or care function"),
    TableColumn("role_count", "Roles that hold it, or an item that matches it", "roles"),
    TableColumn("roles", "Which they are"),
    TableColumn("status", "How the statement is known"),
    TableColumn("source", "Document and place"),
)
_STATEMENTS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?role ?item ?status ?source ?locator ?lines WHERE {
  ?statement a # kind
  ; cg:subject ?role ; cg:object ?item ; cg:status ?status ; dcterms:source ?source ; cg:locator ?locator .
  ?role a cg:Role .
  OPTIONAL { ?statement cg:lines ?lines }
  FILTER (?status IN (cg:Attested, cg:Curated))
}
ORDER BY ?item ?role ?source ?locator
"""


@dataclass(frozen=True, slots=True)
class Held:
    """An item and the roles of which it is stated.

    Parameters
    ----------
    item : Thing
        What is required or done.
    own : list of Thing
        Roles of which the very item is stated.
    statuses, places : list of str
        Of those statements.
    """

    item: Thing
    own: list[Thing]
    statuses: list[str]
    places: list[str]


def read_held(graph: Graph, names: Names, what: str) -> list[Held]:
    """Return every item that is stated of a role; gates are left out.

    Parameters
    ----------
    graph, names
        What is asked; reads stated requirements, or performances, of roles.
    what : {'competences', 'care functions'}
        Which of the two.
    """
    found: dict[Thing, Held] = {}
    for row in graph.select(_STATEMENTS.replace("# kind\n", f"{CG[KINDS[what]]}\n")):
        item = names.thing(row["item"])
        if item.kind == "qualification":
            continue
        held = found.setdefault(item, Held(item, [], [], []))
        lines = f" (line {row['lines'].value})" if "lines" in row else ""
        for text, texts in (
            (row["status"].value.rpartition("#")[2].lower(), held.statuses),
            (f"{names.thing(row['source']).label}, {row['locator'].value}{lines}", held.places),
        ):
            if text not in texts:
                texts.append(text)
        if (role := names.thing(row["role"])) not in held.own:
            held.own.append(role)
    return sorted(found.values(), key=lambda held: (held.item.label.lower(), held.item.id))


def scarcity(
    graph: Graph, held: Sequence[Held], matching: Matching, *, what: str, strictness: str = DEFAULT, framework: str = ""
) -> Table:
    """Return how many roles hold each item, the fewest first.

    Parameters
    ----------
    graph : Graph
        For its data version.
    held : sequence of Held
        As :func:`read_held` gives them.
    matching : Matching
        The links between items.
    what : str
        What the items are, for the words.
    strictness : {'same', 'exact', 'close', 'broad'}, default 'close'
        How alike two items must be; broader and narrower ones are not counted.
    framework : str
        Slug; where given, only items of this framework are listed, while roles count whatever they are stated by.

    Returns
    -------
    Table
        One row per item; notes with the number of items by how many roles hold them.
    """
    by_item = {one.item.id: one for one in held}
    rows: list[dict[str, Cell]] = []
    for one in held:
        if framework and not one.item.id.startswith(f"{framework}:"):
            continue
        roles = dict.fromkeys(one.own, "")
        for partner in sorted(matching.partners(one.item, strictness) & by_item.keys() - {one.item.id}):
            for role in by_item[partner].own:
                roles.setdefault(role, f" (as '{by_item[partner].item.label}')")
        rows.append({
            "item": one.item, "role_count": len(roles), "roles": "; ".join(f"{role.label}{how}" for role, how in roles.items()),
            "status": ", ".join(one.statuses), "source": " | ".join(one.places),
        })  # fmt: skip
    rows.sort(key=lambda row: int(str(row["role_count"])))
    notes = [
        "It says what sources state of roles, not what people can do: what stands with one role here may be common in services whose lists are not among the sources.",
        "Counted are roles of which the item, or one that matches it, is stated. Gates, and what is worked out, are left out.",
        mapping_note(matching, strictness),
    ]
    parameters = {"what": what, "strictness": strictness, "framework": framework}
    return Table(
        f"How many roles hold each of the {what}?",
        {key: value for key, value in parameters.items() if value},
        graph.data_version,
        COLUMNS,
        rows,
        notes,
    )


def step_of(role_count: int) -> str:
    """Return the key of :data:`STEPS` for a number of roles.

    >>> step_of(1), step_of(13)
    ('1', '5')
    """
    return str(min(role_count, 5))


def by_step(table: Table) -> dict[str, int]:
    """Return how many items of a table of :func:`scarcity` stand with one role, two …; keys of :data:`STEPS`."""
    counts = Counter(step_of(int(str(row["role_count"]))) for row in table.rows)
    return {step: counts[step] for step in STEPS}


def frameworks_of(held: Sequence[Held]) -> dict[str, int]:
    """Return how many items each framework has among these, by slug, most first."""
    found: dict[str, int] = defaultdict(int)
    for one in held:
        found[one.item.id.partition(":")[0]] += 1
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
