"""The title of a paper on training needs, as a sentence for a board."""

from __future__ import annotations

import re

from competence_graph.query.names import Names
from competence_graph.query.table import Thing

OWN_LIST = "the list given"
_COMMON = ("ing", "ist", "sation", "ician", "medic", "doctor")


def title_of(names: Names, target: Thing, start: Thing | None, *, given: bool) -> str:
    """Return what an answer is about.

    Parameters
    ----------
    names : Names
        Knows which words are names: those that no label of the graph begins small.
    target, start : Thing
        What is aimed at, and the role compared with, if any.
    given : bool
        Whether a list was given in place of a role.
    """
    aim = in_sentence(names, target.label)
    if start is not None and target.kind == "role":
        return f"Training needs: from {in_sentence(names, start.label)} to {aim}"
    if start is not None or given:
        begin = in_sentence(names, start.label) if start else OWN_LIST
        return f"Training needs for {aim}, starting from {begin}"
    return f"What is asked for: {aim}"


def in_sentence(names: Names, label: str) -> str:
    """Return a label as it stands inside a sentence: its first letter small, unless its first word is a name.

    A word is taken for a name where no other label of the graph has it in small letters and its ending does not tell.
    """
    word = re.match(r"[A-Z][a-z]+(?:-[a-z]+)*\b", label)
    if not word:
        return label
    small = word.group().lower()
    used = re.compile(rf"(?<![\w-]){re.escape(small)}s?(?![\w-])")
    common = small.endswith(_COMMON) or any(used.search(t.label) for t in names.things.values())
    return small + label[word.end() :] if common else label
