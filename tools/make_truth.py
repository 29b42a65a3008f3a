"""Write the truth tables that ship in ``benchmarks/truth``, from the sources' own statements.

- ``held-out-duties``: each role with eight or more stated items is cut in two at random, five times anew; each half
  should find the other among all halves of that cut and the roles of five to seven items. Both halves of all cuts of a
  role are one group.
- ``posts-of-one-role``: employers' lists that the register holds to be posts of one general role, which is their group.
- ``close-mappings``: mappings that this project holds to be close, for the text measures of mapping suggestions.
- ``overlap-stated``: roles of which a source says that they overlap, or that people of one have taken the other.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import competence_graph as cg
from competence_graph.analysis.claims import read_claims
from competence_graph.analysis.holdings import from_graph
from competence_graph.namespaces import to_curie
from competence_graph.query.names import Names

TRUTH = Path(__file__).resolve().parent.parent / "benchmarks" / "truth"
LEAST_TO_CUT, LEAST, CUTS, SEED = 8, 5, 5, 20140401


PAIR = ("query", "relevant")


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> int:
    """Write one table; return its number of rows."""
    rows = sorted(set(rows))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return len(rows)


def main() -> None:
    """Write the truth tables."""
    graph = cg.load()
    names = Names(graph)
    held = from_graph(graph, names)
    counts = dict(zip(held.roles, held.counts.tolist(), strict=True))
    draw = random.Random(SEED)
    items: list[tuple[object, ...]] = []
    pairs: list[tuple[object, ...]] = []
    for cut in range(1, CUTS + 1):
        for i, role in enumerate(held.roles):
            mine = held.mine(i, derived=False).tolist()
            parts = {role: mine} if LEAST <= len(mine) < LEAST_TO_CUT else {}
            if len(mine) >= LEAST_TO_CUT:
                draw.shuffle(mine)
                half = len(mine) // 2
                parts = {f"{role}#1": mine[:half], f"{role}#2": mine[half:]}
                pairs += [(one, other, role) for one, other in permutations(parts, 2)]
            items += [(cut, name, held.items[j]) for name, part in parts.items() for j in part]
    said = dict(zip(held.items, zip(held.labels, held.definitions, strict=True), strict=True))
    rows: list[tuple[object, ...]] = []
    for number, name, item in sorted(items):  # the words of an item stand in its first row only
        rows.append((number, name, item, *said.pop(str(item), ("", ""))))
    header = ("pool", "role", "item", "label", "definition")
    count = write(TRUTH / "held-out-duties" / "items.csv", header, rows)
    print("held-out-duties", count, write(TRUTH / "held-out-duties" / "pairs.csv", (*PAIR, "group"), pairs))

    general: dict[str, list[str]] = {}
    query = "PREFIX cg: <https://w3id.org/competence-graph/ontology#> SELECT DISTINCT ?post ?role WHERE { ?post a cg:Role ; cg:instanceOf ?role }"
    for row in graph.select(query):
        post = to_curie(row["post"].value)
        if counts.get(post, 0) >= LEAST:
            general.setdefault(to_curie(row["role"].value), []).append(post)
    posts = [(*pair, role) for role, group in general.items() for pair in permutations(group, 2)]
    print("posts-of-one-role", write(TRUTH / "posts-of-one-role" / "pairs.csv", (*PAIR, "group"), posts))

    claims = read_claims(graph, names, ("Overlap", "Filling"))
    stated = [
        (c.subject.id, c.object.id)
        for c in claims
        if min(counts.get(c.subject.id, 0), counts.get(c.object.id, 0)) >= LEAST
    ]
    both = [*stated, *((b, a) for a, b in stated)]
    print("overlap-stated", write(TRUTH / "overlap-stated" / "pairs.csv", PAIR, both))

    curated = graph.select(
        "PREFIX cg: <https://w3id.org/competence-graph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT DISTINCT ?subject ?object WHERE { ?mapping a cg:Mapping ; cg:subject ?subject ; cg:object ?object ; "
        "cg:predicate ?predicate ; cg:status cg:Curated . FILTER (?predicate IN (skos:exactMatch, skos:closeMatch)) "
        "?object skos:prefLabel ?label }"
    )
    close = [(to_curie(row["subject"].value), to_curie(row["object"].value)) for row in curated]
    print("close-mappings", write(TRUTH / "close-mappings" / "pairs.csv", ("subject_id", "object_id"), close))


if __name__ == "__main__":
    main()
