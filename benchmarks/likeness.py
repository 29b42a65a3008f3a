"""What the likeness of roles is worth: every truth table that ships, by input and by size, and the weight cross-validated.

From the top of a checkout::

    python -m benchmarks.likeness

The likeness has one weight, the share of words against related words. Cross-validated by role means: the roles are dealt
into ten folds (fixed seed), for each fold the share is chosen on the halves of the other roles alone, and the halves of
the fold are ranked with it. What is reported so was never chosen on the roles that it is reported of.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import competence_graph as cg
from competence_graph.analysis.evaluation import Scores, Truth, read_pairs, report, scores
from competence_graph.analysis.holdings import Holdings, from_csv, from_graph, texts_of_the_field
from competence_graph.analysis.likeness import WORDS_SHARE, Likeness, joined
from competence_graph.analysis.measures import OURS, all_measures
from competence_graph.query.names import Names

TRUTH = Path(__file__).resolve().parent / "truth"
DUTIES, CROSS = "held-out-duties", "ours, cross-validated"
FOLDS, SEED = 10, 20140401
SHARES = [round(0.1 * step, 1) for step in range(11)]
SIZES = ((8, 9), (10, 19), (20, 999))
Matrix = npt.NDArray[Any]


def asked(pools: Sequence[Holdings], matrices: Sequence[Mapping[str, Matrix]], truth: Truth) -> dict[str, Scores]:
    """Return how well each measure answers each query, in all pools."""
    found: dict[str, Scores] = defaultdict(lambda: defaultdict(list))
    for held, measured in zip(pools, matrices, strict=True):
        for name, matrix in measured.items():
            for query, figures in scores(matrix, held.roles, held.roles, truth).items():
                found[name][query] += figures
    return found


def of_groups(truth: Truth, groups: set[str]) -> Truth:
    """Return the queries of some groups."""
    return Truth({q: r for q, r in truth.relevant.items() if truth.groups[q] in groups}, truth.groups)


def cross_validated(pools: Sequence[Holdings], truth: Truth) -> tuple[Scores, list[float], dict[float, float]]:
    """Return the scores of the weight chosen without the roles of its fold, what was chosen, and the mean of each."""
    parts = [Likeness(held).parts() for held in pools]
    every = {share: asked(pools, [{OURS: joined(part, share)} for part in parts], truth)[OURS] for share in SHARES}
    groups = sorted(set(truth.groups.values()))
    fold = dict(zip(np.random.default_rng(SEED).permutation(groups).tolist(), range(len(groups)), strict=True))

    def mean(found: Scores, *, without: int = -1) -> float:
        kept = [f[0] for query, each in found.items() for f in each if fold[truth.groups[query]] % FOLDS != without]
        return float(np.mean(kept))

    chosen = [max(SHARES, key=lambda share: mean(every[share], without=number)) for number in range(FOLDS)]
    honest = {query: every[chosen[fold[truth.groups[query]] % FOLDS]][query] for query in every[SHARES[0]]}
    return honest, chosen, {share: mean(found) for share, found in every.items()}


def by_size(pools: Sequence[Holdings], truth: Truth) -> Iterator[tuple[str, Truth]]:
    """Go through the queries of roles of one size."""
    halves = dict(zip(pools[0].roles, pools[0].counts.tolist(), strict=True))
    sizes: dict[str, int] = defaultdict(int)
    for query in truth.relevant:
        sizes[truth.groups[query]] += halves[query]
    for least, most in SIZES:
        name = f"{least} to {most}" if most < 999 else f"{least} or more"
        yield f"roles of {name} items", of_groups(truth, {g for g, size in sizes.items() if least <= size <= most})


def lines(name: str, found: Mapping[str, Scores], ours: str, truth: Truth, *, parts: bool = False) -> Iterator[str]:
    """Go through the rows of the printed table; with ``parts``, those of the parts alone too."""
    for row in report(found, ours, "", truth, "").rows:
        if parts or not str(row["measure"]).endswith(" alone"):
            yield f"| {name} | {row['measure']} | {row['map_share']:.3f} | {row['map_interval']} | {row['ours_above']} |"


def main() -> None:
    """Measure and print."""
    graph = cg.load()
    names = Names(graph)
    whole = [from_graph(graph, names)]
    cuts = from_csv(TRUTH / "held-out-duties" / "items.csv", texts_of_the_field(graph, names))
    truths = {name: read_pairs(TRUTH / name / "pairs.csv") for name in (DUTIES, "posts-of-one-role", "overlap-stated")}
    duties = truths[DUTIES]

    print("| set | measure | MAP | 95 % interval | ours above it |\n| --- | --- | --- | --- | --- |")
    measured = [all_measures(held) for held in cuts]
    found = asked(cuts, measured, duties)
    print(*lines(DUTIES, found, OURS, duties, parts=True), sep="\n")
    honest, chosen, means = cross_validated(cuts, duties)
    print(*lines(f"{DUTIES}, weight cross-validated", {CROSS: honest} | found, CROSS, duties), sep="\n")
    for size, some in by_size(cuts, duties):
        print(*lines(f"{DUTIES}, {size}", asked(cuts, measured, some), OURS, some), sep="\n")
    changed: list[tuple[str, str, list[Holdings]]] = [
        (DUTIES, "labels only", [dataclasses.replace(held, definitions=[]) for held in cuts]),
        (DUTIES, "words learnt from its items alone", [dataclasses.replace(held, background=[]) for held in cuts]),
    ]
    for name in ("posts-of-one-role", "overlap-stated"):
        changed.append((name, "", whole))
        changed.append((name, "labels only", [dataclasses.replace(held, definitions=[]) for held in whole]))
        changed.append((name, "identifiers and mappings only", [_without_words(held) for held in whole]))
    for name, inputs, pools in changed:
        other = asked(pools, [all_measures(held) for held in pools], truths[name])
        print(*lines(", ".join(filter(None, (name, inputs))), other, OURS, truths[name], parts=not inputs), sep="\n")
    print(f"\nShare of words that ships: {WORDS_SHARE}; chosen in the {FOLDS} folds: {chosen}")
    print("MAP of each share:", ", ".join(f"{share} {mean:.3f}" for share, mean in means.items()))


def _without_words(held: Holdings) -> Holdings:
    return dataclasses.replace(held, labels=[""] * len(held.items), definitions=[], background=[])


if __name__ == "__main__":
    main()
