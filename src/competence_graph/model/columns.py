"""Columns of the authoring tables: what a cell may hold, and how its text becomes a value.

A column is declared once, as a field of a record class (:mod:`competence_graph.model.records`); the parser, the
checks, the data dictionary and the template workbook are all made from that declaration.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Form = Literal["text", "identifier", "reference", "references", "choice", "integer", "share", "lines", "list"]
Value = str | int | float | tuple[str, ...] | None

LOCAL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
CURIE = re.compile(rf"(?:[a-z][a-z0-9-]*:)?{LOCAL_NAME.pattern}")
_LINES = re.compile(r"\d+(?:-\d+)?")
SEPARATOR = ";"
MAX_CELL = 4000
FORMULA_START = ("=", "+", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an authoring table.

    Parameters
    ----------
    name : str
        Header, as in the file.
    meaning : str
        What a cell says, for people who fill it in.
    form : str
        What a cell may hold: ``text``, ``identifier`` (of this row's thing), ``reference`` (identifier of another
        thing, with ``framework:`` before it when it is another framework's), ``references`` and ``list``
        (several, separated by ``;``), ``choice``, ``integer``, ``share`` (0-1), ``lines`` (``672`` or ``672-704``).
    required : bool
        Whether a cell may not be empty.
    choices : tuple of str
        For ``choice``: what is allowed.
    refers : tuple of str
        For references: the tables in which the thing may stand; empty for any.
    example : str
        One true cell.
    """

    name: str
    meaning: str
    form: Form = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    example: str = ""

    def parse(self, text: str) -> tuple[Value, tuple[str, str, str] | None]:
        """Return the value of a cell, or what is wrong with it as (found, expected, mend).

        Leading and trailing white space never counts; an empty cell gives the column's empty value.
        """
        text = text.strip()
        if not text:
            if self.required:
                return None, ("an empty cell", self._expected(), f"Fill in {self.name}: {self.meaning}")
            return (
                () if self.form in ("references", "list") else None if self.form in ("integer", "share") else ""
            ), None
        if text.startswith(FORMULA_START):
            return None, (
                f"{text[:60]!r}, which a spreadsheet runs as a formula",
                "plain text",
                "Paste the value, not the formula",
            )
        if len(text) > MAX_CELL:
            return None, (
                f"{len(text):,} characters",
                f"at most {MAX_CELL:,}",
                "Shorten it; prose belongs in the README",
            )
        value, ok = _PARSERS[self.form](text, self)
        if not ok:
            return None, (repr(text[:80]), self._expected(), _MENDS[self.form])
        return value, None

    def _expected(self) -> str:
        if self.form == "choice":
            return "one of " + ", ".join(repr(c) for c in self.choices)
        return _EXPECTED[self.form]


def column(
    meaning: str,
    *,
    form: Form = "text",
    required: bool = False,
    choices: Sequence[str] = (),
    refers: Sequence[str] = (),
    example: str = "",
) -> Any:
    """Declare a column as a dataclass field; the arguments are those of :class:`Column`."""
    empty: Value = () if form in ("references", "list") else None if form in ("integer", "share") else ""
    data = {
        "meaning": meaning,
        "form": form,
        "required": required,
        "choices": tuple(choices),
        "refers": tuple(refers),
        "example": example,
    }
    return dataclasses.field(default=empty, metadata={"column": data})


def columns_of(record: type) -> tuple[Column, ...]:
    """Return the columns of a record class, in the order of its fields."""
    return tuple(
        Column(name=f.name, **f.metadata["column"]) for f in dataclasses.fields(record) if "column" in f.metadata
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def _parse_integer(text: str, _: Column) -> tuple[Value, bool]:
    return (int(text), True) if re.fullmatch(r"\d{1,9}", text) else (None, False)


def _parse_share(text: str, _: Column) -> tuple[Value, bool]:
    try:
        number = float(text)
    except ValueError:
        return None, False
    return number, 0.0 <= number <= 1.0


def _parse_lines(text: str, _: Column) -> tuple[Value, bool]:
    if not _LINES.fullmatch(text):
        return None, False
    first, _sep, last = text.partition("-")
    return text, int(first) <= int(last or first)


def _parse_references(text: str, _: Column) -> tuple[Value, bool]:
    parts = _split(text)
    return parts, all(CURIE.fullmatch(p) for p in parts)


_PARSERS: dict[Form, Callable[[str, Column], tuple[Value, bool]]] = {
    "text": lambda text, _: (text, True),
    "identifier": lambda text, _: (text, bool(LOCAL_NAME.fullmatch(text))),
    "reference": lambda text, _: (text, bool(CURIE.fullmatch(text))),
    "references": _parse_references,
    "list": lambda text, _: (_split(text), True),
    "choice": lambda text, column: (text, text in column.choices),
    "integer": _parse_integer,
    "share": _parse_share,
    "lines": _parse_lines,
}
_EXPECTED: dict[Form, str] = {
    "text": "text",
    "identifier": "letters, digits, '-', '.' and '_' without spaces, as in 'problem-solving-skills'",
    "reference": "an identifier, as in 'problem-solving-skills' or 'roles:case-manager'",
    "references": "identifiers separated by ';'",
    "list": "texts separated by ';'",
    "choice": "one of the allowed words",
    "integer": "a whole number",
    "share": "a number from 0 to 1",
    "lines": "a line or a range of lines, as in '672' or '672-704'",
}
_MENDS: dict[Form, str] = {
    "text": "Give plain text",
    "identifier": "Use a short name in that form; it is permanent",
    "reference": "Copy the identifier from the table where the thing stands",
    "references": "Copy the identifiers from the table where the things stand, with ';' between them",
    "list": "Put ';' between the texts",
    "choice": "Use one of these words, spelt like this",
    "integer": "Give digits only",
    "share": "Give a decimal fraction, as in 0.75",
    "lines": "Give line numbers of the text as held",
}
