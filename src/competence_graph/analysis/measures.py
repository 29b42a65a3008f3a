"""Measures of likeness between roles, all on the same holdings.

likeness (ours)
    :mod:`competence_graph.analysis.likeness`.
jaccard
    Shared items over items of either role.
idf_cosine
    Cosine of the roles' vectors of items, each weighted by ln((1 + roles) / (1 + holders)) + 1.
text_cosine
    Cosine of TF-IDF vectors of the words of all item labels and definitions of a role, one text a role.

The parts of ours stand beside them, each alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from competence_graph.analysis.holdings import Holdings
from competence_graph.analysis.likeness import Likeness
from competence_graph.analysis.text import tf_idf, unit_rows, words

Matrix = npt.NDArray[Any]


def jaccard(held: Holdings, roles: Sequence[int] | None = None) -> Matrix:
    """Return the matrix of shared over either, 0-1: a row for each of some roles, default all, a column for each role."""
    binary = (held.stated > 0).astype(float)
    mine, counts = (binary, held.counts) if roles is None else (binary[roles, :], held.counts[roles])
    shared = np.asarray((mine @ binary.T).todense())
    either = counts[:, np.newaxis] + held.counts[np.newaxis, :] - shared
    share: Matrix = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    return share


def idf(held: Holdings) -> Matrix:
    """Return the weight of each item: ln((1 + roles) / (1 + holders)) + 1."""
    holders = np.asarray((held.stated + held.derived > 0).sum(axis=0)).ravel()
    weights: Matrix = np.log((1 + len(held.roles)) / (1 + holders)) + 1
    return weights


def idf_cosine(held: Holdings, roles: Sequence[int] | None = None) -> Matrix:
    """Return the matrix of IDF-weighted cosines, 0-1, rows and columns as of :func:`jaccard`."""
    vectors = unit_rows(sparse.csr_array(held.stated @ sparse.diags_array(idf(held))))
    return np.asarray(((vectors if roles is None else vectors[roles, :]) @ vectors.T).todense())


def text_cosine(held: Holdings) -> Matrix:
    """Return the roles × roles matrix of cosines between the roles' texts, 0-1."""
    texts = [" ".join(held.texts[j] for j in held.mine(i, derived=False)) for i in range(len(held.roles))]
    vectors = tf_idf(texts, words)
    return np.asarray((vectors @ vectors.T).todense())


BASELINES: dict[str, Callable[[Holdings], Matrix]] = {
    "Jaccard": jaccard,
    "IDF-cosine": idf_cosine,
    "TF-IDF of texts": text_cosine,
}
OURS = "likeness (ours)"


def all_measures(held: Holdings) -> dict[str, Matrix]:
    """Return the matrix of every measure: ours first, then the baselines, then each part of ours alone."""
    ours = Likeness(held)
    parts = {f"{name} alone": part for name, part in ours.parts().items()}
    return {OURS: ours.to()} | {name: measure(held) for name, measure in BASELINES.items()} | parts
