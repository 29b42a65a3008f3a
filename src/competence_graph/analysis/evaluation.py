"""Measures held against a truth table: which of them ranks what is known to be alike nearest the top.

Every measure gets the same holdings: the same items with the same labels and definitions. For each query of the truth
table all other roles of its pool are ranked by the measure; ties are broken by a fixed shuffle, so that no measure gains
from the order of names. Reported are the means over queries:

precision@k, recall@k
    Relevant among the first k over k, and over all relevant.
hit@k
    1 where at least one relevant one is among the first k.
map
    Mean average precision.

Intervals are percentile bootstrap intervals (95 %, 2,000 resamples, fixed seed) [1]_. What is drawn anew are the groups of
the truth table, not single queries: the cuts of one role, or the posts of one role, stand or fall together. The
difference from ours is bootstrapped on the same resamples, so that it says whether ours wins on these queries; it can be
sure where the two intervals overlap.

References
----------
.. [1] Efron and Tibshirani (1993), An Introduction to the Bootstrap
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from competence_graph.analysis.holdings import Holdings
from competence_graph.analysis.measures import OURS, all_measures
from competence_graph.analysis.text import tf_idf, trigrams, words
from competence_graph.errors import FormatError
from competence_graph.query.table import Cell, Table, TableColumn

Matrix = npt.NDArray[Any]
Scores = dict[str, list[tuple[float, float, float, float]]]
"""By query, once for each pool: average precision, hit@1, precision@k, recall@k."""
RESAMPLES, SEED, K, FEW = 2000, 20140401, 5, 30
COLUMNS = (
    TableColumn("measure", "How likeness is measured"),
    TableColumn("map_share", "Mean average precision", "0-1"),
    TableColumn("map_interval", "95 % bootstrap interval of it"),
    TableColumn("hit1_share", "Queries whose nearest is relevant", "0-1"),
    TableColumn("precision_share", f"Relevant among the first {K}, over {K}", "0-1"),
    TableColumn("recall_share", f"Relevant among the first {K}, over all relevant", "0-1"),
    TableColumn("ours_above", "How far ours is above it in map, with 95 % interval"),
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known to be alike.

    Parameters
    ----------
    relevant : dict of query to set
        What belongs to each query.
    groups : dict of query to group
        Which queries stand or fall together; each is its own group where the table has no column ``group``.
    """

    relevant: dict[str, set[str]]
    groups: dict[str, str]


def read_pairs(path: Path, columns: tuple[str, str] = ("query", "relevant")) -> Truth:
    """Return a truth table.

    Raises
    ------
    FormatError
        A column is missing or the file holds no pair.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        absent = [name for name in columns if name not in (table.fieldnames or ())]
        if absent:
            raise FormatError(
                f"{path.name} lacks the column {', '.join(absent)}; expected {' and '.join(columns)}.", path=path
            )
        relevant: dict[str, set[str]] = defaultdict(set)
        groups: dict[str, str] = {}
        for row in table:
            relevant[row[columns[0]]].add(row[columns[1]])
            groups[row[columns[0]]] = row.get("group") or row[columns[0]]
    if not relevant:
        raise FormatError(f"{path.name} holds no pair.", path=path)
    return Truth(dict(relevant), groups)


def scores(matrix: Matrix, names: Sequence[str], others: Sequence[str], truth: Truth) -> Scores:
    """Return how well a measure answers each query that is known."""
    row, known = {name: i for i, name in enumerate(names)}, set(others)
    shuffled = np.random.default_rng(SEED).permutation(len(others))
    found: Scores = {}
    for query, relevant in sorted(truth.relevant.items()):
        wanted = (relevant & known) - {query}
        if query not in row or not wanted:
            continue
        order = [j for j in shuffled[np.argsort(-matrix[row[query], shuffled], kind="stable")] if others[j] != query]
        hits = np.array([others[j] in wanted for j in order], dtype=float)
        places = np.flatnonzero(hits)
        precision = (np.arange(len(places)) + 1) / (places + 1)
        top = float(hits[:K].sum())
        found[query] = [(float(precision.mean()), float(hits[0]), top / K, top / len(wanted))]
    return found


def evaluate_similar(pools: Sequence[Holdings], truth: Truth, *, data_version: str = "", title: str = "") -> Table:
    """Return how well each measure of :mod:`competence_graph.analysis.measures` finds what is alike.

    Parameters
    ----------
    pools : sequence of Holdings
        Every measure gets the same; roles are ranked within each, and the truth is asked of each.
    truth : Truth
        What is known to be alike.

    Returns
    -------
    Table
        One row per measure: ours, the baselines, and the parts of ours alone.
    """
    results: dict[str, Scores] = defaultdict(lambda: defaultdict(list))
    for held in pools:
        for name, matrix in all_measures(held).items():
            for query, found in scores(matrix, held.roles, held.roles, truth).items():
                results[name][query] += found
    return report(
        results, OURS, f"Which measure finds alike roles{f' of {title}' if title else ''}?", truth, data_version
    )


def evaluate_mappings(
    subjects: Mapping[str, str], objects: Mapping[str, str], truth: Truth, *, data_version: str = ""
) -> Table:
    """Return how well text measures find the mapped items of another framework; ours forgives spelling and endings.

    Parameters
    ----------
    subjects, objects : mapping of identifier to label
        Items of the two frameworks.
    truth : Truth
        Known mappings.
    """
    names, others = sorted(subjects), sorted(objects)
    texts = [*(subjects[name] for name in names), *(objects[name] for name in others)]
    sets = [set(words(text)) for text in texts]
    tokens = np.array([[len(a & b) / max(len(a | b), 1) for b in sets[len(names) :]] for a in sets[: len(names)]])
    ours = "TF-IDF of trigrams (ours)"
    matrices = {ours: _cosines(texts, len(names), trigrams), "Jaccard of words": tokens}
    matrices["TF-IDF of words"] = _cosines(texts, len(names), words)
    results = {name: scores(matrix, names, others, truth) for name, matrix in matrices.items()}
    return report(results, ours, "Which measure finds the mapped items?", truth, data_version)


def _cosines(texts: Sequence[str], subjects: int, features: Callable[[str], list[str]]) -> Matrix:
    vectors = tf_idf(texts, features)
    return np.asarray((vectors[:subjects, :] @ vectors[subjects:, :].T).todense())


def report(results: Mapping[str, Scores], ours: str, question: str, truth: Truth, data_version: str) -> Table:
    """Return the means with their bootstrap intervals, and how far ours is above each of the others."""
    queries = list(results[ours])
    groups = sorted({truth.groups[query] for query in queries})
    asked = f"{len(queries)} of {len(truth.relevant)} queries of the truth table can be asked of this data"
    notes = [f"{asked}, in {len(groups)} groups that stand or fall together."]
    if not queries:
        return Table(question, {}, data_version, COLUMNS, [], notes)
    draws = np.random.default_rng(SEED).integers(0, len(groups), size=(RESAMPLES, len(groups)))
    tables = {name: _by_group(result, groups, truth) for name, result in results.items()}
    means = {name: table[:, 0][draws].sum(axis=1) / table[:, 4][draws].sum(axis=1) for name, table in tables.items()}
    whole = {name: table[:, :4].sum(axis=0) / table[:, 4].sum() for name, table in tables.items()}
    rows: list[dict[str, Cell]] = []
    for name, mean in whole.items():
        low, high = np.percentile(means[name], (2.5, 97.5))
        ahead = np.percentile(means[ours] - means[name], (2.5, 97.5))
        gain = float(whole[ours][0] - mean[0])
        rows.append({
            "measure": name, "map_share": round(float(mean[0]), 3), "map_interval": f"{low:.3f} to {high:.3f}",
            "hit1_share": round(float(mean[1]), 3), "precision_share": round(float(mean[2]), 3),
            "recall_share": round(float(mean[3]), 3),
            "ours_above": "" if name == ours else f"{gain:+.3f} ({ahead[0]:+.3f} to {ahead[1]:+.3f})",
        })  # fmt: skip
    if len(groups) < FEW:
        notes.append(f"Fewer than {FEW} groups: the intervals are wide; read them, not the means.")
    return Table(question, {}, data_version, COLUMNS, rows, notes)


def _by_group(result: Scores, groups: Sequence[str], truth: Truth) -> Matrix:
    """Return a row for each group: the sums of the four figures, and of how many."""
    place = {group: i for i, group in enumerate(groups)}
    table = np.zeros((len(groups), 5))
    for query, found in result.items():
        for figures in found:
            table[place[truth.groups[query]]] += (*figures, 1.0)
    return table
