"""What a paper for a board is: one structure, which the Word and the PDF writer both draw."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

LANGUAGE = "en-GB"
MAKER = "Competence Graph"
LINKED = "The same answer on the web:"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UPRIGHT = 5
"""Most columns on an upright page of a paper under one summary."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a paper's table: heading, whether it holds numbers, width relative to the others."""

    heading: str
    numeric: bool
    width: float


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; every row has as many cells as there are columns.

    Parameters
    ----------
    heading : str
        Empty means none.
    same : str
        What is the same in every row and so has no column, as a sentence; may be empty.
    columns, rows : tuple
        What the table holds.
    """

    heading: str
    same: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One answer: its question as heading, what was found in plain words, words where there are no rows, its groups."""

    heading: str
    summary: tuple[str, ...]
    empty: str
    groups: tuple[Group, ...]

    @property
    def wide(self) -> bool:
        """Whether a table of this section needs a page on its side."""
        return self.widest > 4

    @property
    def widest(self) -> int:
        """Columns of the widest table of this section."""
        return max((len(group.columns) for group in self.groups), default=0)


@dataclass(frozen=True, slots=True)
class Report:
    """A paper.

    Parameters
    ----------
    title : str
        Title of the document.
    cautions, method, reading, sources : tuple of str
        Sentences, each one paragraph or list item: what to be careful with, what was counted and how, what the marks
        and columns mean, the documents behind it.
    sections : tuple of Section
        One for each answer, with its summary.
    data_version : str
        Hash of the data that answered; several, with commas, where the answers differ.
    made : date
        When the paper was made.
    lead : tuple of str
        The summary in sentences, in place of the summaries of the sections; empty where they stand for themselves.
    link : str
        Address of the page that reproduces the answer; empty where there is none.
    """

    title: str
    cautions: tuple[str, ...]
    sections: tuple[Section, ...]
    method: tuple[str, ...]
    reading: tuple[str, ...]
    sources: tuple[str, ...]
    data_version: str
    made: dt.date
    lead: tuple[str, ...] = ()
    link: str = ""

    @property
    def turned(self) -> tuple[bool, ...]:
        """For each section whether its pages lie on their side; under one summary pages that do are not turned back."""
        if not self.lead:
            return tuple(section.wide for section in self.sections)
        first = next((i for i, section in enumerate(self.sections) if section.widest > _UPRIGHT), len(self.sections))
        return tuple(i >= first for i in range(len(self.sections)))

    @property
    def about(self) -> tuple[str, ...]:
        """What was used and when, in sentences."""
        version = self.data_version or "not known"
        return (f"Made on {self.made.day} {self.made:%B %Y} with {MAKER}.", f"Data version: {version}.")


def clean(text: str) -> str:
    r"""Return a text without the characters that no XML document, and no page, can hold.

    Examples
    --------
    >>> clean("a\x00b\tc")
    'ab\tc'
    """
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def line(text: str) -> str:
    """Return a text for one paragraph: printable, white space single."""
    return " ".join(clean(text).split())


def lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts for paragraphs of their own: printable, none empty, none twice."""
    return tuple(dict.fromkeys(text for text in map(line, texts) if text))
