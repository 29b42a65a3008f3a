"""Short names of roles that stand side by side: a letter, the title, and what tells it from others of that title."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

LETTERS = "ABCDEF"


@dataclass(frozen=True, slots=True)
class ShortName:
    """A role's name in two lines: its title, and what tells it from others of that title."""

    letter: str
    title: str
    rest: str


def short_names(labels: Sequence[str]) -> list[ShortName]:
    """Return a short name for each of some roles, a letter before it so that it can be told from any other.

    The date of a role profile is left off where the rest is still unique.

    Examples
    --------
    >>> [(n.letter, n.title, n.rest) for n in short_names(["Case manager", "Nurse (A Trust, October 2020)"])]
    [('A', 'Case manager', ''), ('B', 'Nurse', 'A Trust')]
    """
    split = [(label, *_split(label)) for label in labels]
    shortened = [(title, _undated(rest)) for _, title, rest in split]
    result = []
    for letter, (_, title, rest), short in zip(LETTERS, split, shortened, strict=False):
        result.append(ShortName(letter, title, short[1] if shortened.count(short) == 1 else rest))
    titles = [name.title for name in result]
    return [
        dataclasses.replace(name, title=f"{name.title} ({name.letter})") if titles.count(name.title) > 1 else name
        for name in result
    ]


def _split(label: str) -> tuple[str, str]:
    title, mark, rest = label.partition(" (")
    return (title, rest.removesuffix(")").replace(") (", ", ")) if mark and title else (label, "")


def _undated(rest: str) -> str:
    head, _, tail = rest.rpartition(", ")
    dated = tail == "undated" or (tail[-4:].isdigit() and tail[:1].isupper() and " " in tail)
    return head if head and dated else rest
