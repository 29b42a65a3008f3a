"""Our likeness between two roles, and what each pair of their items adds to it.

The likeness is t + (1 - t) · l³, with t = 0.6 · words + 0.4 · related words and l = links. Each is 0-1, 1 for a role and
itself, and symmetric.

words, related words
    What the items of the two roles say, and what words related to theirs
    (:mod:`competence_graph.analysis.related_words`) would say.
links
    What the two roles share by class or by mapping, and what their care functions need. The cube makes it speak where
    they share much of what they hold, and be silent where they share an item by chance.

**Texts.** The vector *v* of a role is Σ h(i) · t(i) over its stated items: *t* counts the words of an item's label and
definition, each times ln((1 + roles) / (1 + roles that have it)) + 1, so that what stands in every list counts little; *h*
is the item's importance times its level, as a share of the highest of its scale, and 1 where neither is given. For
related words each word is put in place of its row first. With *u* = v/|v| and *m* = Σ u / (roles + 10), the part is

    max(0, c(a) · c(b)),    c = (u - m) / |u - m|.

Taking *m* away leaves how a role differs from the general run of roles [1]_; ten roles without words keep a handful of
roles from being measured against themselves. 0 for a role without a word.

**Links.** The soft cosine [2]_ aᵀSb / √(aᵀSa · bᵀSb), at most 1: *a*, *b* hold *h* of the stated items, 0.5 for those that
are only worked out through what a role does, each times ln((1 + roles) / (1 + holders)) + 1. *S* is 1 for one class (items
that exact mappings join are one), 0.8 for a close match, 0.4 for a broader or narrower one, else 0.

How 0.6 and the cube were chosen, and what the measure is worth, is said in ``benchmarks/README.md``. Every part is a sum
over pairs of an item of one role and an item of the other, and so is the likeness: see :meth:`Likeness.adds`.

References
----------
.. [1] Mu and Viswanath (2018), All-but-the-Top, arXiv:1702.01417
.. [2] Sidorov, Gelbukh, Gómez-Adorno, Pinto (2014), Soft similarity and soft cosine measure, doi:10.13053/CyS-18-3-2043
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from competence_graph.analysis.holdings import Holdings
from competence_graph.analysis.related_words import related_words
from competence_graph.analysis.text import words

Vector = npt.NDArray[Any]
WORDS_SHARE, POWER = 0.6, 3
CLOSE, BROAD, DERIVED, NO_WORDS = 0.8, 0.4, 0.5, 10
FEW = 8


class TextPart:
    """Centred cosine of what the items say.

    Parameters
    ----------
    held : Holdings
        Roles and items.
    related : tuple of (vocabulary, matrix), optional
        What to put in place of each word; words out of the vocabulary are left out.
    """

    def __init__(self, held: Holdings, related: tuple[Sequence[str], sparse.csr_array] | None = None) -> None:
        self._held = held
        self._related = related[1] if related else None
        counts = [Counter(words(text)) for text in held.texts]
        vocabulary = related[0] if related else sorted(set().union(*counts))
        place = {name: i for i, name in enumerate(vocabulary)}
        cells = [(i, place[name], n) for i, count in enumerate(counts) for name, n in count.items() if name in place]
        rows, columns, values = np.array(cells, dtype=np.int64).reshape(-1, 3).T
        said = sparse.csr_array(
            (values.astype(float), (rows, columns)), shape=(len(held.items), max(len(vocabulary), 1))
        )
        bearers = np.bincount((held.stated @ said).nonzero()[1], minlength=said.shape[1])  # roles that have each word
        idf = np.log((1 + len(held.roles)) / (1 + bearers)) + 1
        self._said = sparse.csr_array(said @ sparse.diags_array(idf))
        vectors = sparse.csr_array(held.stated @ self._said)
        if self._related is not None:
            vectors = sparse.csr_array(vectors @ self._related)
        self._lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
        scale = np.divide(1.0, self._lengths, out=np.zeros_like(self._lengths), where=self._lengths > 0)
        self._units = sparse.csr_array(sparse.diags_array(scale) @ vectors)
        self._mean = np.asarray(self._units.sum(axis=0)).ravel() / (len(held.roles) + NO_WORDS)
        self._along = self._units @ self._mean
        self._square = float(self._mean @ self._mean)
        self._apart = np.sqrt(np.maximum(1 - 2 * self._along + self._square, 1e-12))

    def to(self, rows: Vector) -> Vector:
        """Return how alike some roles are to all, 0-1; 0 for a role of which no word is known."""
        dots = _dots(self._units, self._units, rows)
        dots += self._square - self._along[rows, np.newaxis] - self._along
        dots /= self._apart[rows, np.newaxis] * self._apart
        known = self._lengths > 0
        alike: Vector = np.clip(dots, 0.0, 1.0) * known[rows, np.newaxis] * known
        return alike

    def adds(self, one: int, other: int) -> Vector:
        """Return what each pair of items adds; all 0 where the roles are not alike."""
        mine, theirs = self._shares(one), self._shares(other)
        table: Vector = mine @ theirs.T
        return table if table.sum() > 0 else np.zeros_like(table)

    def _shares(self, role: int) -> Vector:
        """Return the centred vector of a role cut up by its items: a row for each, which together are the vector."""
        items = self._held.mine(role)
        holds = np.asarray(self._held.stated[[role], :].todense()).ravel()[items]
        if self._lengths[role] == 0:
            return np.zeros((len(items), len(self._mean)))
        said = self._said[items, :]
        if self._related is not None:
            said = sparse.csr_array(said @ self._related)
        rows = np.asarray(said.todense()) * (holds / self._lengths[role])[:, np.newaxis]
        rows -= np.outer(holds / holds.sum(), self._mean)
        shares: Vector = rows / self._apart[role]
        return shares


class LinksPart:
    """Soft cosine of classes, mappings, and what functions need."""

    def __init__(self, held: Holdings) -> None:
        self._held = held
        holders = np.asarray((held.stated + held.derived > 0).sum(axis=0)).ravel()
        idf = np.log((1 + len(held.roles)) / (1 + holders)) + 1
        self._vectors = sparse.csr_array(held.stated.maximum(DERIVED * held.derived) @ sparse.diags_array(idf))
        same = sparse.eye_array(len(held.items), format="csr")
        self._alike = sparse.csr_array((CLOSE * held.close).maximum(BROAD * held.broad).maximum(same))
        self._reached = sparse.csr_array(self._vectors @ self._alike)
        squares = np.asarray(self._reached.multiply(self._vectors).sum(axis=1)).ravel()
        self._lengths = np.sqrt(squares)

    def to(self, rows: Vector) -> Vector:
        """Return how alike some roles are to all, 0-1."""
        dots = _dots(self._reached, self._vectors, rows)
        scale = np.outer(self._lengths[rows], self._lengths)
        alike: Vector = np.minimum(np.divide(dots, scale, out=np.zeros_like(dots), where=scale > 0), 1.0)
        return alike

    def adds(self, one: int, other: int) -> Vector:
        """Return what each pair of items adds."""
        mine, theirs = self._held.mine(one), self._held.mine(other)
        weights = [np.asarray(self._vectors[[role], :].todense()).ravel() for role in (one, other)]
        block = np.asarray(self._alike[mine, :][:, theirs].todense())
        scale = self._lengths[one] * self._lengths[other]
        table: Vector = block * np.outer(weights[0][mine], weights[1][theirs]) / (scale or 1.0)
        return table


class Likeness:
    """The likeness, made ready for one table of holdings.

    Parameters
    ----------
    held : Holdings
        Roles and items.
    """

    def __init__(self, held: Holdings) -> None:
        self.held = held
        self._words = TextPart(held)
        self._related = TextPart(held, related_words([*held.texts, *held.background]))
        self._links = LinksPart(held)
        self._has = np.asarray((held.stated + held.derived > 0).sum(axis=1)).ravel() > 0

    def parts(self, roles: Sequence[int] | None = None) -> dict[str, Vector]:
        """Return the parts of the likeness of some roles, default all, to all: a row for each role, 0-1."""
        rows = np.arange(len(self.held.roles)) if roles is None else np.asarray(roles, dtype=np.int64)
        return {"words": self._words.to(rows), "related words": self._related.to(rows), "links": self._links.to(rows)}

    def to(self, roles: Sequence[int] | None = None) -> Vector:
        """Return the likeness of some roles, default all, to all: a row for each role, 0-1."""
        found = joined(self.parts(roles))
        for row, role in enumerate(range(len(self.held.roles)) if roles is None else roles):
            found[row, role] = float(self._has[role])
        return found

    def adds(self, one: int, other: int) -> Vector:
        """Return what each pair of items adds to the likeness of two roles.

        Returns
        -------
        array of float
            A row for each item of ``one``, a column for each of ``other``, as in :meth:`Holdings.mine`; their sum is
            the likeness. A pair may take away: its items are less alike than those of the general run of roles.
        """
        text = WORDS_SHARE * self._words.adds(one, other) + (1 - WORDS_SHARE) * self._related.adds(one, other)
        links = self._links.adds(one, other)
        total: Vector = text + (1 - text.sum()) * links.sum() ** (POWER - 1) * links
        return total


def _dots(ones: sparse.csr_array, others: sparse.csr_array, rows: Vector) -> Vector:
    """Return the dot products of some rows of one matrix with all rows of another, dense; made for few rows or all."""
    if len(rows) <= FEW:
        return np.asarray(others @ ones[rows, :].T.toarray()).T
    return np.asarray((ones[rows, :] @ others.T).todense())


def joined(parts: Mapping[str, Vector], words_share: float = WORDS_SHARE) -> Vector:
    """Return the likeness from its parts."""
    text = words_share * parts["words"] + (1 - words_share) * parts["related words"]
    total: Vector = text + (1 - text) * parts["links"] ** POWER
    return np.minimum(total, 1.0)
