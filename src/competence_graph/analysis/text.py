"""Likeness of short texts: TF-IDF of words and of character trigrams, on scipy alone.

Words carry meaning; trigrams forgive spelling and endings ("co-ordinating", "coordination").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse

STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "including",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "other",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "with",
        "within",
    ]
)
_WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, without the most common ones.

    >>> words("Supporting carers in the home")
    ['supporting', 'carers', 'home']
    """
    return [word for word in _WORD.findall(text.lower().replace("-", "").replace("’", "")) if word not in STOP]


def trigrams(text: str) -> list[str]:
    """Return the character trigrams of each word, with a mark at its ends.

    >>> trigrams("care")
    ['^ca', 'car', 'are', 're$']
    """
    return [f"^{word}$"[i : i + 3] for word in words(text) for i in range(len(word))]


def tf_idf(texts: Sequence[str], features: Callable[[str], list[str]]) -> sparse.csr_array:
    """Return the texts × features matrix, rows of length 1 (0 for an empty text); idf is ln((1 + n) / (1 + df)) + 1."""
    counts = [Counter(features(text)) for text in texts]
    column = {name: i for i, name in enumerate(sorted({name for count in counts for name in count}))}
    rows = np.array([i for i, count in enumerate(counts) for _ in count], dtype=np.int64)
    columns = np.array([column[name] for count in counts for name in count], dtype=np.int64)
    values = np.array([n for count in counts for n in count.values()], dtype=float)
    matrix = sparse.csr_array((values, (rows, columns)), shape=(len(texts), max(len(column), 1)))
    frequency = np.bincount(columns, minlength=max(len(column), 1)) if len(columns) else np.zeros(max(len(column), 1))
    weighted = matrix @ sparse.diags_array(np.log((1 + len(texts)) / (1 + frequency)) + 1)
    return unit_rows(weighted)


def unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return a matrix with each row divided by its length; empty rows stay empty."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_array(
        sparse.diags_array(np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)) @ matrix
    )
