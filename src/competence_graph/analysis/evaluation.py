"""Measures held against a truth table: which of them ranks what is known to be alike nearest the top.

Every measure gets the same holdings. For each query of the truth table all other roles are ranked by the measure; ties
are broken by a fixed shuffle, so that no measure gains from the order of names. Reported are the means over queries:

precision@k, recall@k
    Relevant among the first k over k, and over all relevant.
hit@k
    1 where at least one relevant one is among the first k.
map
    Mean average precision.

Intervals are percentile bootstrap intervals (95 %, 2,000 resamples of the queries, fixed seed) [1]_; the difference
from ours is bootstrapped on the same resamples, so that it says whether ours wins on these queries.

References
----------
.. [1] Efron and Tibshirani (1993), An Introduction to the Bootstrap
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from competence_graph.analysis.holdings import Holdings
from competence_graph.analysis.measures import MEASURES, OURS
from competence_graph.analysis.text import likeness, tf_idf, words
from competence_graph.errors import FormatError
from competence_graph.query.table import Cell, Table, TableColumn

Matrix = npt.NDArray[Any]
RESAMPLES, SEED, K = 2000, 20140401, 5
COLUMNS = (
    TableColumn("measure", "How likeness is measured"),
    TableColumn("map_share", "Mean average precision", "0-1"),
    TableColumn("map_interval", "95 % bootstrap interval of it"),
    TableColumn("hit1_share", "Queries whose nearest is relevant", "0-1"),
    TableColumn("precision_share", f"Relevant among the first {K}, over {K}", "0-1"),
    TableColumn("recall_share", f"Relevant among the first {K}, over all relevant", "0-1"),
    TableColumn("ours_above", "How far ours is above it in map, with 95 % interval"),
)


def read_pairs(path: Path, columns: tuple[str, str] = ("query", "relevant")) -> dict[str, set[str]]:
    """Return the relevant ones of each query of a truth table.

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
        truth: dict[str, set[str]] = defaultdict(set)
        for row in table:
            truth[row[columns[0]]].add(row[columns[1]])
    if not truth:
        raise FormatError(f"{path.name} holds no pair.", path=path)
    return dict(truth)


def scores(matrix: Matrix, names: Sequence[str], others: Sequence[str], truth: Mapping[str, set[str]]) -> Matrix:
    """Return a row per query that is known: average precision, hit@1, precision@k, recall@k."""
    row, known = {name: i for i, name in enumerate(names)}, set(others)
    shuffled = np.random.default_rng(SEED).permutation(len(others))
    found = []
    for query, relevant in sorted(truth.items()):
        wanted = (relevant & known) - {query}
        if query not in row or not wanted:
            continue
        order = [j for j in shuffled[np.argsort(-matrix[row[query], shuffled], kind="stable")] if others[j] != query]
        hits = np.array([others[j] in wanted for j in order], dtype=float)
        places = np.flatnonzero(hits)
        precision = (np.arange(len(places)) + 1) / (places + 1)
        top = hits[:K].sum()
        found.append((precision.mean(), hits[0], top / K, top / len(wanted)))
    return np.array(found).reshape(-1, 4)


def evaluate_similar(
    held: Holdings, truth: Mapping[str, set[str]], *, data_version: str = "", title: str = ""
) -> Table:
    """Return how well each measure of :data:`~competence_graph.analysis.measures.MEASURES` finds what is alike.

    Parameters
    ----------
    held : Holdings
        The same for every measure.
    truth : mapping of role to set of roles
        What is known to be alike.

    Returns
    -------
    Table
        One row per measure, ours first.
    """
    results = {name: scores(measure(held), held.roles, held.roles, truth) for name, measure in MEASURES.items()}
    return report(
        results, OURS, f"Which measure finds alike roles{f' of {title}' if title else ''}?", len(truth), data_version
    )


def evaluate_mappings(
    subjects: Mapping[str, str], objects: Mapping[str, str], truth: Mapping[str, set[str]], *, data_version: str = ""
) -> Table:
    """Return how well text measures find the mapped items of another framework.

    Parameters
    ----------
    subjects, objects : mapping of identifier to label
        Items of the two frameworks.
    truth : mapping of subject to set of objects
        Known mappings.
    """
    names, others = sorted(subjects), sorted(objects)
    one, two = [subjects[name] for name in names], [objects[name] for name in others]
    vectors = tf_idf([*one, *two], words)
    plain = np.asarray((vectors[: len(one), :] @ vectors[len(one) :, :].T).todense())
    sets = [set(words(text)) for text in (*one, *two)]
    tokens = np.array([[len(a & b) / len(a | b) if a | b else 0.0 for b in sets[len(one) :]] for a in sets[: len(one)]])
    ours = "words and trigrams (ours)"
    matrices = {ours: np.asarray(likeness(one, two).todense()), "Jaccard of words": tokens, "TF-IDF of words": plain}
    results = {name: scores(matrix, names, others, truth) for name, matrix in matrices.items()}
    return report(results, ours, "Which measure finds the mapped items?", len(truth), data_version)


def report(results: Mapping[str, Matrix], ours: str, question: str, queries: int, data_version: str) -> Table:
    """Return the means with their bootstrap intervals, and how far ours is above each of the others."""
    count = len(results[ours])
    notes = [f"{count} of {queries} queries of the truth table can be asked of this data."]
    if count == 0:
        return Table(question, {}, data_version, COLUMNS, [], notes)
    draws = np.random.default_rng(SEED).integers(0, count, size=(RESAMPLES, count))
    means = {name: result[:, 0][draws].mean(axis=1) for name, result in results.items()}
    rows: list[dict[str, Cell]] = []
    for name, result in results.items():
        low, high = np.percentile(means[name], (2.5, 97.5))
        ahead = np.percentile(means[ours] - means[name], (2.5, 97.5))
        gain = float(results[ours][:, 0].mean() - result[:, 0].mean())
        rows.append({
            "measure": name, "map_share": round(float(result[:, 0].mean()), 3), "map_interval": f"{low:.3f} to {high:.3f}",
            "hit1_share": round(float(result[:, 1].mean()), 3), "precision_share": round(float(result[:, 2].mean()), 3),
            "recall_share": round(float(result[:, 3].mean()), 3),
            "ours_above": "" if name == ours else f"{gain:+.3f} ({ahead[0]:+.3f} to {ahead[1]:+.3f})",
        })  # fmt: skip
    if count < 30:
        notes.append("Fewer than 30 queries: the intervals are wide; read them, not the means.")
    return Table(question, {}, data_version, COLUMNS, rows, notes)
