"""Inverted indexes over short texts: by words and word beginnings, and by letters, for what is typed with mistakes.

Both keep, for each feature, the ascending numbers of the texts that bear it (postings, one array for all features), so
that a search reads the postings of what was typed and nothing else [1]_.

words
    The vocabulary is sorted, so that all words with one beginning have their postings side by side.
letters
    Features are the trigrams of each word, with a mark at its ends, and the word's letters in order of the alphabet,
    which two swapped letters leave as they are. A text *d* fits a query *q* by

        Σ idf²(t) over features t of both, / (|q|^1.5 · |d|^0.5),    idf(t) = ln(texts / texts with t) + 1

    the geometric mean of the cosine and of the share of the query that stands in the text: short texts go first, long
    ones are not lost. Features are summed from the rarest on, until ``READ`` postings have been read.

References
----------
.. [1] Zobel and Moffat (2006), Inverted files for text search engines, doi:10.1145/1132956.1132959
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[Any]
READ = 150_000
_LAST = chr(0x10FFFF)


def postings(features: Vector, texts: Vector, shape: tuple[int, int]) -> tuple[Vector, Vector]:
    """Return where each feature's postings start, and the postings: numbers of texts, ascending, each once."""
    pairs = np.sort(features * np.int64(shape[1]) + texts)
    pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))[: len(pairs)]]
    feature, text = np.divmod(pairs, max(shape[1], 1))
    starts = np.concatenate(([0], np.cumsum(np.bincount(feature, minlength=shape[0]))))
    return starts, text


class WordIndex:
    """Which texts hold a word, or a word that begins so.

    Parameters
    ----------
    texts : sequence of str
        Small letters, words with one space between them.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        split = [text.split() for text in texts]
        self.vocabulary = sorted(set(chain.from_iterable(split)))
        place = {word: i for i, word in enumerate(self.vocabulary)}
        counts = np.array([len(words) for words in split], dtype=np.int64)
        self.words = np.fromiter((place[word] for word in chain.from_iterable(split)), np.int64, int(counts.sum()))
        self.texts = np.repeat(np.arange(len(split)), counts)
        self._size = len(split)
        self._starts, self._postings = postings(self.words, self.texts, (max(len(self.vocabulary), 1), len(split)))

    def holding(self, tokens: Sequence[str], *, beginnings: bool = False) -> Vector:
        """Return the texts in which all tokens stand, ascending; with ``beginnings``, as beginnings of words too."""
        found: Vector | None = None
        for token in tokens:
            first = bisect_left(self.vocabulary, token)
            last = bisect_left(self.vocabulary, token + (_LAST if beginnings else "\0"), first)
            these = self._postings[self._starts[first] : self._starts[last]]
            if last - first > 1:
                these = np.flatnonzero(np.bincount(these, minlength=self._size))
            found = these if found is None else found[np.isin(found, these, assume_unique=True, kind="table")]
            if not len(found):
                break
        return np.zeros(0, dtype=np.int64) if found is None else found


class LetterIndex:
    """Which texts are spelt most like some words.

    Parameters
    ----------
    texts : sequence of str
        As for :class:`WordIndex`.
    words : WordIndex
        Of the same texts, and perhaps more after them.
    """

    def __init__(self, texts: Sequence[str], words: WordIndex) -> None:
        self._size = len(texts)
        letters = _codes(texts)
        self._alphabet = np.unique(letters)
        keys, middles = self._trigrams(letters)
        owners = np.repeat(np.arange(len(texts)), [len(text) + 2 for text in texts])[middles]
        self._keys, trigrams = np.unique(keys, return_inverse=True)
        mine = words.texts < len(texts)
        order = {word: "".join(sorted(word)) for word in words.vocabulary}
        self._orders = {letters: i for i, letters in enumerate(sorted(set(order.values())), start=len(self._keys))}
        of_word = np.array([self._orders[order[word]] for word in words.vocabulary], dtype=np.int64)
        features = np.concatenate((trigrams, of_word[words.words[mine]]))
        size = len(self._keys) + len(self._orders)
        self._starts, self._postings = postings(
            features, np.concatenate((owners, words.texts[mine])), (max(size, 1), len(texts))
        )
        self._counts = np.diff(self._starts)
        self._weights = (np.log(max(len(texts), 1) / np.maximum(self._counts, 1)) + 1) ** 2
        squares = np.bincount(self._postings, np.repeat(self._weights, self._counts), minlength=len(texts))
        self._scale = np.maximum(squares, 1e-9) ** -0.25

    def nearest(self, tokens: Sequence[str], count: int, among: Vector | None = None) -> Vector:
        """Return the numbers of at most ``count`` texts that fit best, ascending.

        Parameters
        ----------
        tokens : sequence of str
            Words, small letters.
        among : array of bool, optional
            Which texts are asked for.
        """
        features = self._features(tokens)
        features = features[np.argsort(self._counts[features], kind="stable")]
        read = np.cumsum(self._counts[features])
        features = features[: max(int(np.searchsorted(read, READ, side="right")), 1)]
        if not len(features):
            return features
        found = np.concatenate([self._postings[self._starts[f] : self._starts[f + 1]] for f in features])
        weights = np.repeat(self._weights[features], self._counts[features])
        fits = np.bincount(found, weights, minlength=self._size) * self._scale
        if among is not None:
            fits *= among
        texts = np.flatnonzero(fits > 0.25 * fits.max())
        if len(texts) > count:
            texts = np.sort(texts[np.argpartition(-fits[texts], count)[:count]])
        return texts

    def _features(self, tokens: Sequence[str]) -> Vector:
        keys, _ = self._trigrams(_codes([" ".join(tokens)]))
        places = np.searchsorted(self._keys, keys)
        known = places < len(self._keys)
        known[known] = self._keys[places[known]] == keys[known]
        orders = [i for token in tokens if (i := self._orders.get("".join(sorted(token)))) is not None]
        return np.unique(np.concatenate((places[known], np.array(orders, dtype=np.int64))))

    def _trigrams(self, letters: Vector) -> tuple[Vector, Vector]:
        """Return the keys of the trigrams, and where their middle letters stand; letters that no text has give none."""
        codes = np.searchsorted(self._alphabet, letters)
        known = codes < len(self._alphabet)
        known[known] = self._alphabet[codes[known]] == letters[known]
        middles = np.flatnonzero((letters[1:-1] != ord(" ")) & known[:-2] & known[1:-1] & known[2:]) + 1
        size = np.int64(len(self._alphabet))
        return (codes[middles - 1] * size + codes[middles]) * size + codes[middles + 1], middles


def _codes(texts: Sequence[str]) -> Vector:
    """Return the letters of all texts one after the other, as numbers, with a space before and after each text."""
    return np.frombuffer("".join(f" {text} " for text in texts).encode("utf-32-le"), dtype=np.uint32)
