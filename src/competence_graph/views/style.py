"""How pictures look: one palette, and for every kind of thing a colour and a shape, so that colour never stands alone."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from competence_graph.query.names import KINDS

BLUE, GREEN, ORANGE, GREY = "#003087", "#00703C", "#B14E00", "#768692"
TEXT = "#212b32"
"""Every label: 14.4:1 on white."""
PALE_BLUE = "#8fb8de"
"""The deepest ground on which ``TEXT`` stands in a chart: between it and white the contrast never falls below 4.5."""


@dataclass(frozen=True, slots=True)
class Style:
    """Shape (by its vis-network name) and colour of the nodes of one kind, and the words of its legend."""

    shape: str
    colour: str
    words: str


STYLES: dict[str, Style] = {
    "role": Style("square", BLUE, "role"),
    "competence": Style("dot", GREEN, "competence, skill, knowledge, behaviour, qualification or experience"),
    "function": Style("triangle", ORANGE, "care function"),
    "area": Style("triangleDown", GREY, "competence area"),
    "principle": Style("star", ORANGE, "principle"),
    "group": Style("square", GREY, "staff group, team or organisation"),
    "model": Style("diamond", BLUE, "care model or service"),
    "case": Style("diamond", GREY, "case study"),
    "cohort": Style("hexagon", ORANGE, "people or need served"),
    "setting": Style("hexagon", GREY, "setting"),
    "learning": Style("star", GREEN, "learning offer"),
    "finding": Style("triangleDown", ORANGE, "finding"),
    "level": Style("triangle", GREY, "level"),
    "source": Style("triangleDown", BLUE, "source document"),
    "framework": Style("hexagon", BLUE, "framework"),
}
OTHER = Style("dot", GREY, "something else")
_KIND_OF = {label: kind for kind, labels in KINDS.items() for label in labels}


def style_of(kind: str) -> Style:
    """Return the style of a thing by its kind in words, as in ``Thing.kind``.

    >>> style_of("skill").shape, style_of("role").shape, style_of("").words
    ('dot', 'square', 'something else')
    """
    return STYLES.get(_KIND_OF.get(kind, ""), OTHER)


def wrapped(label: str) -> str:
    r"""Return a label in at most three short lines.

    >>> wrapped("Communicates with people about difficult matters and decisions, in writing too")
    'Communicates with\npeople about difficult\nmatters and …'
    """
    return "\n".join(textwrap.wrap(label, 22, max_lines=3, placeholder=" …"))
