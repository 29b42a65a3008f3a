"""Every name and definition of a graph, to be found by words, beginnings of words, and what is spelt alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process, utils
from rapidfuzz.distance import OSA

from competence_graph.graph.store import Graph
from competence_graph.query.inverted_index import LetterIndex, WordIndex
from competence_graph.query.names import Names
from competence_graph.query.table import Thing

Vector = npt.NDArray[Any]
WHOLE, BEGINNING, IN_DEFINITION = 100.0, 95.0, 90.0
SPELT_LIKE, ONLY_SPACES = 94.0, 94.9  # at the most
CUTOFF, CUTOFF_BESIDE = 70.0, 85.0
CANDIDATES = 50
_DEFINITIONS = "SELECT DISTINCT ?thing ?text WHERE { ?thing <http://www.w3.org/2004/02/skos/core#definition> ?text }"


def tokens(text: str) -> list[str]:
    """Return the words of a text, in small letters and without punctuation.

    >>> tokens("Problem-solving skills (KSF)")
    ['problem', 'solving', 'skills', 'ksf']
    """
    return utils.default_process(text).split()


@dataclass(frozen=True, slots=True)
class Found:
    """How many things were found; and the best as (thing, the text that it is found by, score)."""

    count: int
    best: list[tuple[Thing, str, float]]


class NameIndex:
    """Labels, other names, codes, local parts of identifiers, and definitions.

    Parameters
    ----------
    graph : Graph
        Reads ``skos:definition``.
    names : Names
        Everything of a kind is in the index.
    """

    def __init__(self, graph: Graph, names: Names) -> None:
        self._things = sorted((t for t in names.things.values() if t.kind), key=lambda t: (t.label.lower(), t.id))
        place = {thing.id: i for i, thing in enumerate(self._things)}
        texts = dict.fromkeys(
            (text, number)
            for number, thing in enumerate(self._things)
            for text in (thing.label, *names.others(thing), thing.id.rpartition(":")[2])
        )
        self._named = len(texts)
        texts |= dict.fromkeys(
            (row["text"].value, place[thing.id])
            for row in graph.select(_DEFINITIONS)
            if (thing := names.things.get(row["thing"].value)) and thing.id in place
        )
        self._texts = [text for text, _ in texts]
        self._owners = np.array([number for _, number in texts], dtype=np.int64)
        # The local part of an identifier is often shorter than the label: that must not bring it to the top.
        self._lengths = np.array(
            [
                max(len(text), len(self._things[owner].label) * self._things[owner].id.endswith(f":{text}"))
                for text, owner in texts
            ],
            dtype=np.int64,
        )
        self._plain = [" ".join(tokens(text)) for text in self._texts]
        self._words = WordIndex(self._plain)
        self._letters = LetterIndex(self._plain[: self._named], self._words)

    def find(self, typed: Sequence[str], kinds: Sequence[str], framework: str, limit: int) -> Found:
        """Return what is found by some words, each thing by its best text.

        Parameters
        ----------
        typed : sequence of str
            Words as :func:`tokens` returns them.
        kinds : sequence of str
            Labels of the classes that are asked for; none is all.
        framework : str
            Slug of the framework that is asked for; empty is all.
        limit : int
            How many of the best to return.
        """
        if not typed:
            return Found(0, [])
        among = self._among(kinds, framework)
        standing, begun = self._words.holding(typed), self._words.holding(typed, beginnings=True)
        begun = begun[begun < self._named]
        texts = np.concatenate((standing, begun))
        scores = np.repeat((WHOLE, BEGINNING), (len(standing), len(begun)))
        scores[: len(standing)][standing >= self._named] = IN_DEFINITION
        if among is not None:
            texts, scores = texts[among[texts]], scores[among[texts]]
        if len(texts) < limit:
            near = self._letters.nearest(typed, CANDIDATES + limit, None if among is None else among[: self._named])
            alike = self.spelt_like(typed, near)
            enough = alike >= (CUTOFF_BESIDE if len(texts) else CUTOFF)
            texts = np.concatenate((texts, near[enough]))
            scores = np.concatenate((scores, alike[enough]))
        phrase = f" {' '.join(typed)} "
        apart = np.array([len(typed) > 1 and phrase not in f" {self._plain[text]} " for text in texts], dtype=bool)
        order = np.lexsort((self._owners[texts], self._lengths[texts], apart, -scores))
        _, first = np.unique(self._owners[texts[order]], return_index=True)
        best = [(int(texts[i]), float(scores[i])) for i in order[np.sort(first)[:limit]]]
        return Found(len(first), [(self._things[self._owners[i]], self._texts[i], score) for i, score in best])

    def spelt_like(self, typed: Sequence[str], texts: Vector) -> Vector:
        """Return how like the words typed some names are spelt.

        Each word typed counts by its best counterpart in the name, 1 − edits / letters of the longer, where two swapped
        letters are one edit [1]_; 0.95 where it is the beginning of a word. The mean is weighted by the letters of
        each word typed, and no more than 94. Where some words of the name are the same but for spaces, as in
        "problemsolving", it is 94; 94.9 where the whole name is.

        Parameters
        ----------
        typed : sequence of str
            Words as :func:`tokens` returns them.
        texts : array of int
            Numbers of names.

        Returns
        -------
        array of float
            0-100, for each of ``texts``.

        References
        ----------
        .. [1] Damerau (1964), A technique for computer detection and correction of spelling errors,
           doi:10.1145/363958.363994
        """
        split = [self._plain[text].split() for text in texts]
        if not split:
            return np.zeros(0)
        words = [word for each in split for word in each]
        alike = process.cdist(typed, words, scorer=OSA.normalized_similarity, dtype=np.float64)
        for row, token in zip(alike, typed, strict=True):
            row[[i for i, word in enumerate(words) if word.startswith(token) and word != token]] = 0.95
        starts = np.cumsum([0, *(len(each) for each in split[:-1])])
        letters = np.array([len(token) for token in typed])
        scores: Vector = 100.0 * (letters @ np.maximum.reduceat(alike, starts, axis=1)) / letters.sum()
        joined = "".join(typed)
        for place, each in enumerate(split):
            if any("".join(each[i:]).startswith(joined) for i in range(len(each))):
                scores[place] = ONLY_SPACES if "".join(each) == joined else max(scores[place], SPELT_LIKE)
            else:
                scores[place] = min(scores[place], SPELT_LIKE)
        return scores

    def _among(self, kinds: Sequence[str], framework: str) -> Vector | None:
        if not kinds and not framework:
            return None
        wanted = [
            (not kinds or thing.kind in kinds) and (not framework or thing.id.startswith(f"{framework}:"))
            for thing in self._things
        ]
        return np.array(wanted, dtype=bool)[self._owners]
