"""Measures of likeness between roles, all on the same holdings.

jaccard
    Shared items over items of either role.
idf_cosine
    Cosine of the roles' vectors of items, each weighted by ln((1 + roles) / (1 + holders)) + 1.
text_cosine
    Cosine of TF-IDF vectors of the words of all item labels of a role, one text a role.
soft_cosine
    The soft cosine [1]_: aᵀSb / √(aᵀSa · bᵀSb). *a*, *b* are vectors of items weighted by IDF and importance; items
    that are only worked out through what a role does weigh half. *S* says how alike two items are: 1 the same, 0.8 a
    close match, 0.4 a broader or narrower one, else the likeness of their labels (mean of word and trigram cosine)
    where that is at least 0.2.
blend (ours)
    (2 · text_cosine + trigram cosine of the same texts + 0.25 · soft_cosine) / 3.25. The weights were chosen on the
    truth tables that ship (a small grid), so what they show there is not a test on new data.

References
----------
.. [1] Sidorov, Gelbukh, Gómez-Adorno, Pinto (2014), Soft similarity and soft cosine measure, doi:10.13053/CyS-18-3-2043
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from competence_graph.analysis.holdings import Holdings
from competence_graph.analysis.text import likeness, tf_idf, trigrams, unit_rows, words

Matrix = npt.NDArray[Any]
CLOSE, BROAD, DERIVED, FLOOR = 0.8, 0.4, 0.5, 0.2
WORDS, LETTERS, SOFT = 2.0, 1.0, 0.25


def jaccard(held: Holdings) -> Matrix:
    """Return the roles × roles matrix of shared over either, 0-1."""
    binary = (held.stated > 0).astype(float)
    shared = np.asarray((binary @ binary.T).todense())
    either = held.counts[:, np.newaxis] + held.counts[np.newaxis, :] - shared
    share: Matrix = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    return share


def idf(held: Holdings) -> Matrix:
    """Return the weight of each item: ln((1 + roles) / (1 + holders)) + 1."""
    holders = np.asarray((held.stated + held.derived > 0).sum(axis=0)).ravel()
    weights: Matrix = np.log((1 + len(held.roles)) / (1 + holders)) + 1
    return weights


def idf_cosine(held: Holdings) -> Matrix:
    """Return the roles × roles matrix of IDF-weighted cosines, 0-1."""
    vectors = unit_rows(sparse.csr_array(held.stated @ sparse.diags_array(idf(held))))
    return np.asarray((vectors @ vectors.T).todense())


def text_cosine(held: Holdings, features: Callable[[str], list[str]] = words) -> Matrix:
    """Return the roles × roles matrix of cosines between the roles' texts, 0-1."""
    texts = [" ".join(held.labels[j] for j in held.stated[[i], :].nonzero()[1]) for i in range(len(held.roles))]
    vectors = tf_idf(texts, features)
    return np.asarray((vectors @ vectors.T).todense())


def alikeness(held: Holdings) -> sparse.csr_array:
    """Return S, the items × items matrix of how alike two items are, 0-1, with ones on the diagonal."""
    same = sparse.eye_array(len(held.items), format="csr")
    text = likeness(held.labels, floor=FLOOR)
    return sparse.csr_array(text.maximum(CLOSE * held.close).maximum(BROAD * held.broad).maximum(same))


def vectors(held: Holdings) -> sparse.csr_array:
    """Return the weighted roles × items matrix of :func:`soft_cosine`."""
    return sparse.csr_array(held.stated.maximum(DERIVED * held.derived) @ sparse.diags_array(idf(held)))


def soft_cosine(held: Holdings) -> Matrix:
    """Return the roles × roles matrix of soft cosines, 0-1."""
    weighted = vectors(held)
    dots = np.asarray((weighted @ alikeness(held) @ weighted.T).todense())
    lengths = np.sqrt(np.diag(dots))
    scale = np.outer(lengths, lengths)
    cosine: Matrix = np.divide(dots, scale, out=np.zeros_like(dots), where=scale > 0)
    return cosine


def blend(held: Holdings) -> Matrix:
    """Return the roles × roles matrix of our likeness, 0-1."""
    words_part, letters = text_cosine(held), text_cosine(held, trigrams)
    return (WORDS * words_part + LETTERS * letters + SOFT * soft_cosine(held)) / (WORDS + LETTERS + SOFT)


MEASURES: dict[str, Callable[[Holdings], Matrix]] = {
    "blend (ours)": blend,
    "Jaccard": jaccard,
    "IDF-cosine": idf_cosine,
    "TF-IDF of labels": text_cosine,
    "soft cosine": soft_cosine,
}
OURS = "blend (ours)"
