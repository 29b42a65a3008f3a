"""Learning that sources name for what has to be learnt, and what to ask a provider where none is named.

Learning covers a need as a list of held items would meet it (:class:`competence_graph.analysis.matching.Matching`), read
from what the sources say it develops: the very same item, one joined by a mapping, all parts of it, or a part only.
Registration and regulated qualifications are never among the needs: no learning plan closes a gate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from competence_graph.analysis.claims import Claim, read_claims
from competence_graph.analysis.matching import Matching
from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_curie
from competence_graph.query.names import Names
from competence_graph.query.table import Cell, Table, TableColumn, Thing

EXTENTS = {"met": "covers it", "partly met": "covers part of it", "may be met, check": "may cover it, check"}
COLUMNS = (
    TableColumn("offer", "The learning that a source names"),
    TableColumn("covers", "What it covers of what has to be learnt"),
    TableColumn("extent", "How far: covers it, covers part of it, or may cover it"),
    TableColumn("develops", "What the source says it develops, and how that matches"),
    TableColumn("provider", "Provider, way and length, as far as stated"),
    TableColumn("status", "How it is known that the learning develops it"),
    TableColumn("source", "Document and place"),
)
QUESTION_COLUMNS = (
    TableColumn("question", "The question"),
    TableColumn("more", "What the source adds"),
    TableColumn("source", "Document and place"),
)
QUESTIONS_AREA = "https://w3id.org/competence-graph/id/oawip/training-questions"
_OFFERS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?offer ?provider ?mode ?duration ?cost WHERE {
  ?offer a cg:LearningOffer .
  OPTIONAL { ?offer cg:provider ?provider }
  OPTIONAL { ?offer cg:mode ?mode }
  OPTIONAL { ?offer cg:duration ?duration }
  OPTIONAL { ?offer cg:cost ?cost }
}
ORDER BY ?offer ?provider ?mode ?duration ?cost
"""
_QUESTIONS = f"""
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?question ?lines ?source ?locator ?note WHERE {{
  ?question a cg:Finding ; cg:findingKind "question" ; cg:inArea <{QUESTIONS_AREA}> ; cg:status cg:Attested ;
    dcterms:source ?source ; cg:locator ?locator ; cg:lines ?lines .
  OPTIONAL {{ ?question skos:scopeNote ?note }}
}}
"""


@dataclass(frozen=True, slots=True)
class Cover:
    """Learning that covers a need: how far, and by which statements about what it develops."""

    offer: Thing
    need: Thing
    extent: str
    how: str
    claims: tuple[Claim, ...]


def read_covers(
    graph: Graph,
    names: Names,
    needs: Iterable[Thing],
    matching: Matching,
    strictness: str,
    *,
    attested_only: bool = False,
) -> list[Cover]:
    """Return the learning that sources name for some needs.

    Parameters
    ----------
    graph : Graph
        Reads Development statements.
    needs : iterable of Thing
        What has to be learnt; qualifications are passed over.
    matching : Matching
        The links between items.
    strictness : {'same', 'exact', 'close', 'broad'}
        How alike what is developed and what is needed must be.
    attested_only : bool, default False
        Whether only Development statements of sources themselves count.

    Returns
    -------
    list of Cover
        By need in their order; whole before partial, then by the label of the offer.
    """
    develops: dict[Thing, dict[Thing, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in read_claims(graph, names, ("Development",)):
        if claim.weakest == "attested" or not attested_only:
            develops[claim.subject][claim.object].append(claim)
    found: list[Cover] = []
    for need in dict.fromkeys(needs):
        here: list[Cover] = []
        for offer, items in develops.items() if need.kind != "qualification" else ():
            match = matching.meets(need, items, strictness)
            if match:
                claims = tuple(claim for item in match.by for claim in items[item])
                here.append(Cover(offer, need, EXTENTS[match.extent], match.how, claims))
        found += sorted(here, key=lambda c: (list(EXTENTS.values()).index(c.extent), c.offer.label.lower(), c.offer.id))
    return found


def learning_table(graph: Graph, covers: Sequence[Cover], data_version: str, question: str) -> Table:
    """Return the learning that covers something as a table, a row for each offer and each extent."""
    details = _details(graph)
    grouped: dict[tuple[Thing, str], list[Cover]] = defaultdict(list)
    for cover in covers:
        grouped[cover.offer, cover.extent].append(cover)
    rows: list[dict[str, Cell]] = []
    for (offer, extent), each in sorted(grouped.items(), key=lambda p: (-len(p[1]), p[0][0].label.lower(), p[0][1])):
        claims = list(dict.fromkeys(claim for cover in each for claim in cover.claims))
        rows.append({
            "offer": offer, "covers": "; ".join(cover.need.label for cover in each), "extent": extent,
            "develops": "; ".join(dict.fromkeys(f"{', '.join(dict.fromkeys(c.object.label for c in cover.claims))} ({cover.how})" for cover in each)),
            "provider": details.get(offer.id, ""), "status": ", ".join(dict.fromkeys(claim.status for claim in claims)),
            "source": " | ".join(dict.fromkeys(claim.where for claim in claims)),
        })  # fmt: skip
    return Table(question, {}, data_version, COLUMNS, rows)


def _details(graph: Graph) -> dict[str, str]:
    """Return provider, way, length and cost of every offer, as far as stated."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in graph.select(_OFFERS):
        found[to_curie(row["offer"].value)] += [
            row[key].value for key in ("provider", "mode", "duration", "cost") if key in row
        ]
    return {offer: ", ".join(dict.fromkeys(parts)) for offer, parts in found.items()}


def training_questions(graph: Graph, names: Names) -> Table:
    """Return the questions on training that the 2014 report would have a provider asked, in its order.

    Parameters
    ----------
    graph : Graph
        Reads the findings of the area of training questions; empty where the report is not loaded.
    """
    found = []
    for row in graph.select(_QUESTIONS):
        source = names.thing(row["source"])
        lines = row["lines"].value
        cells: dict[str, Cell] = {
            "question": names.thing(row["question"]), "more": row["note"].value if "note" in row else "",
            "source": f"{source.label}, {row['locator'].value} (line{'s' if '-' in lines else ''} {lines})",
        }  # fmt: skip
        found.append((int(lines.partition("-")[0]), cells))
    found.sort(key=lambda pair: (pair[0], str(pair[1]["question"])))
    return Table(
        "Questions to ask a provider of training", {}, graph.data_version, QUESTION_COLUMNS, [row for _, row in found]
    )
