"""What a query of others may not be: too long, too deep, empty, an update, or a call to another server.

See :mod:`competence_graph.query.guard` for why each is refused before anything runs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from competence_graph.errors import (
    EmptyQueryError,
    ForbiddenWordError,
    NestingError,
    QueryTooLongError,
    RefusedQueryError,
)

MAX_CHARACTERS = 20_000
MAX_DEPTH = 100
UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "USING", "INTO"}
)
REMOTE = "SERVICE"
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""[?$]\w+                                                  # a variable
      | @[A-Za-z]+(?:-[A-Za-z0-9]+)*                             # a language tag
      | (?P<prefix>(?:[^\W\d][\w.\-\u00B7]*)?):[\w:.%\-\u00B7]*  # a name with a prefix, up to an escape
      | \d+
      | (?P<word>[^\W\d]\w*)""",
    re.VERBOSE,
)
_IRI_END = re.compile(r"[\x00-\x20<>\"{}|^`]")
_LINE_END = re.compile(r"[\r\n]")


def check(text: str) -> None:
    """Refuse a query that must not run.

    Raises
    ------
    EmptyQueryError, QueryTooLongError, NestingError, ForbiddenWordError
        As their names say.

    Notes
    -----
    One pass over the characters for each way of reading escapes, whatever the text.

    Examples
    --------
    >>> check("SELECT * WHERE { ?s ?p 'SERVICE' } # SERVICE")
    >>> check("SELECT * WHERE { service <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    competence_graph.errors.ForbiddenWordError: SERVICE is not allowed: a query here reads this graph only.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryTooLongError(f"The query has {len(text):,} characters; at most {MAX_CHARACTERS:,} are allowed.")
    readings = [text]
    while (plain := _ESCAPE.sub(_unescaped, readings[-1])) != readings[-1]:
        if len(readings) == 4:
            raise RefusedQueryError("The query has escapes within escapes; write the characters themselves.")
        readings.append(plain)
    for reading in readings:
        _check_reading(reading)


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= sys.maxunicode else match[0]


def _check_reading(text: str) -> None:
    depth, said = 0, False
    for token, main in _code(text):
        if not token.isspace():
            said = said or main
        if main:
            depth += (token in "{([") - (token in "})]")
            if depth > MAX_DEPTH:
                raise NestingError(f"The brackets are nested more than {MAX_DEPTH} deep; that is the most allowed.")
        match = _TOKEN.match(token)
        if not match:
            continue
        word, prefix = ((match[name] or "").upper() for name in ("word", "prefix"))
        if REMOTE in word or REMOTE in prefix:
            raise ForbiddenWordError(f"{REMOTE} is not allowed: a query here reads this graph only.", REMOTE)
        if word == "FROM":
            raise ForbiddenWordError("FROM is not allowed: a query here reads all graphs; name one with GRAPH.", word)
        if word in UPDATES:
            raise ForbiddenWordError(f"{word} is not allowed: the graph can be read here, not changed.", word)
    if not said:
        raise EmptyQueryError("There is no query.")


def _code(text: str) -> Iterator[tuple[str, bool]]:
    """Go through what stands outside strings, IRIs and comments in some reading, and whether in the likeliest one.

    Every place that some reading arrives at is marked, from left to right; 2 marks the likeliest reading.
    """
    n = len(text)
    ends = _Ends(text)
    marks = bytearray(n + 3)
    marks[0] = 2

    def mark(place: int, value: int) -> None:
        marks[place] = max(marks[place], value)

    for i in range(n):
        value = marks[i]
        if not value:
            continue
        character = text[i]
        if character in "\"'<\\":
            yield character, value == 2
        if character in "\"'":
            end = ends.string(i)
            mark(end or i + 1, value if end else 1)
        elif character == "#":
            mark(ends.line(i), value)
        elif character == "<" and (end := ends.iri(i)):
            mark(end, value)
            inside = text[i:end]
            if any(c in inside for c in ")'\\"):
                mark(i + 1, 1)
            elif "#" in inside:
                mark(ends.line(i), 1)
        elif character == "\\":
            mark(i + 1, 1)
            mark(i + 2, value)
        else:
            match = _TOKEN.match(text, i)
            token = match[0] if match else character
            yield token, value == 2
            mark(i + len(token), value)


class _Ends:
    """Where strings, IRIs and lines end, found for every place in one pass."""

    def __init__(self, text: str) -> None:
        n = len(text)
        self._text = text
        self._line = [n] * (n + 4)
        self._iri = [0] * (n + 4)
        self._short = {quote: [n] * (n + 4) for quote in "\"'"}
        self._long = {quote: [n] * (n + 4) for quote in "\"'"}
        escaped = bytearray(n)
        for i in range(1, n):
            escaped[i] = text[i - 1] == "\\" and not escaped[i - 1]
        for i in range(n - 1, -1, -1):
            character = text[i]
            self._line[i] = i if _LINE_END.match(character) else self._line[i + 1]
            self._iri[i] = i if _IRI_END.match(character) else self._iri[i + 1]
            for quote in "\"'":
                here = character == quote and not escaped[i]
                self._short[quote][i] = i if here else self._short[quote][i + 1]
                triple = here and text.startswith(quote * 3, i)
                self._long[quote][i] = i if triple else self._long[quote][i + 1]

    def line(self, start: int) -> int:
        return self._line[start]

    def iri(self, start: int) -> int:
        """Return the place after the IRI that may begin here; 0 where none does."""
        end = self._iri[start + 1]
        return end + 1 if end < len(self._text) and self._text[end] == ">" else 0

    def string(self, start: int) -> int:
        """Return the place after the string that begins here; 0 where it does not end."""
        n, quote = len(self._text), self._text[start]
        if self._text.startswith(quote * 3, start) and (end := self._long[quote][start + 3]) < n:
            return end + 3
        end = self._short[quote][start + 1]
        return end + 1 if end < n and end < self._line[start] else 0
