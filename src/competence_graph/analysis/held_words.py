"""What is said of a list that was given, in words that may leave the session: no person's name, no small number of people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from competence_graph.analysis.held import HeldList
from competence_graph.analysis.team import HIDDEN_NOTE, SMALLEST

NAMED_ROWS = 10
"""Most rows that a sentence names one by one."""
WITHHELD = "a text with a person's name"


def people_words(held: HeldList) -> str:
    """Return how many people a list names, and of how many of them no row was understood; empty without people.

    Under five people neither number is given.
    """
    counted, silent = len(held.people), len(held.silent)
    total = counted + silent
    if not total:
        return ""
    if total < SMALLEST:
        unread = ", and not of each of them a row was understood: the others are in no count" if silent else ""
        return f"The list names fewer than {SMALLEST} people{unread}."
    if not silent:
        return f"The list names {total} people."
    said = f"The list names {total} people, of whom {silent} {_has(silent)} no row that was understood and {_is(silent)} in no count."
    if counted < SMALLEST:
        said += f" That leaves fewer than {SMALLEST} lists, so a download or report gives no count of people."
    return said


def team_note(held: HeldList) -> str:
    """Return the remark on a team's list that stands with an answer."""
    return f"{people_words(held)} An item counts as met where any of their lists meets it. {HIDDEN_NOTE}"


def left_out_words(held: HeldList) -> str:
    """Return which rows were not understood and what they said; empty where every row was.

    A text in which a word of a person's name stands is not repeated.
    """
    rows = held.left_out
    if not rows:
        return ""
    parts = _name_parts(held.named)
    named = [f"row {row.row} ({_public(row.found, parts)})" for row in rows[:NAMED_ROWS]]
    more = f" and {len(rows) - NAMED_ROWS} more" if len(rows) > NAMED_ROWS else ""
    many = len(rows) > 1
    return (
        f"{len(rows)} row{'s' if many else ''} of the list {'were' if many else 'was'} not understood and "
        f"count{'' if many else 's'} as not held: {', '.join(named)}{more}."
    )


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _name_parts(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern of the words of some names; numbers given in place of names are none."""
    words = {word for name in names for word in re.findall(r"\w+", name) if len(word) > 1 and not word.isdigit()}
    return re.compile(rf"\b({'|'.join(map(re.escape, sorted(words)))})\b", re.IGNORECASE) if words else None


def _public(found: str, names: re.Pattern[str] | None) -> str:
    return WITHHELD if names and names.search(found) else found
