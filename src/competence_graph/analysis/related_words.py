"""Which words are related, learnt from short texts: a word is known by the words that it stands with.

The row of a word holds its positive pointwise mutual information with every word *v* that stands in one text with it,

    max(0, ln(n(w, v) · N / (n(w) · n'(v)))),    n'(v) = n(v)^0.75 · N / Σ n^0.75,

n(w, v) texts with both, n(w) = Σ_v n(w, v), N = Σ n(w), with the contexts smoothed as in [1]_; its length is 1. No part
of it is drawn at random or fitted, and it takes a tenth of a second on seven thousand labels.

References
----------
.. [1] Levy, Goldberg and Dagan (2015), Improving Distributional Similarity with Lessons Learned from Word Embeddings,
   doi:10.1162/tacl_a_00134
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from competence_graph.analysis.text import unit_rows, words

SMOOTHING = 0.75


def related_words(texts: Iterable[str]) -> tuple[list[str], sparse.csr_array]:
    """Return the vocabulary of some texts, sorted, and the words × words matrix of how they are related.

    Parameters
    ----------
    texts : iterable of str
        Labels and definitions; the same text counts once.

    Returns
    -------
    vocabulary : list of str
    related : scipy.sparse.csr_array, shape (words, words), values 0-1
        Rows of length 1. A word stands with itself, so that it is most like itself.

    Examples
    --------
    >>> vocabulary, related = related_words(["Wound care", "Wound dressing", "Team meetings"])
    >>> vocabulary
    ['care', 'dressing', 'meetings', 'team', 'wound']
    >>> alike = (related @ related.T).todense()
    >>> bool(alike[0, 1] > alike[0, 2])
    True
    """
    split = [set(words(text)) for text in sorted(set(texts))]
    vocabulary = sorted(set().union(*split))
    place = {word: i for i, word in enumerate(vocabulary)}
    size = max(len(vocabulary), 1)
    rows = np.array([i for i, text in enumerate(split) for _ in text], dtype=np.int64)
    columns = np.array([place[word] for text in split for word in sorted(text)], dtype=np.int64)
    stands = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(max(len(split), 1), size))
    together = sparse.coo_array(stands.T @ stands)
    if together.nnz == 0:
        return vocabulary, sparse.csr_array((size, size))
    seen: npt.NDArray[Any] = np.asarray(together.sum(axis=1)).ravel()
    smoothed = np.power(seen, SMOOTHING)
    smoothed *= seen.sum() / smoothed.sum()
    row, column = together.coords
    information = np.log(together.data * seen.sum() / (seen[row] * smoothed[column]))
    kept = information > 0
    matrix = sparse.csr_array((information[kept], (row[kept], column[kept])), shape=(size, size))
    return vocabulary, unit_rows(matrix)
