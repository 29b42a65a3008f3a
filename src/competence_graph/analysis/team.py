"""How many people's lists name what a target needs: cover by one person only, and who could be asked to teach.

People's names come from the list that was given and are for the session that gave it. What leaves it has counts only,
and no count from which fewer than five people, with or without an item, could be read (:func:`shown_count`). Results
speak of lists, not of people: what a list does not name, the person may still be able to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competence_graph.analysis.claims import Claim, RoleRecord
from competence_graph.analysis.levels import Levels
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.transfer import MET, result_of
from competence_graph.query.table import Thing

SMALLEST = 5
HIDDEN = "not shown"
HIDDEN_NOTE = (
    f"Of people, only counts are given, and none from which fewer than {SMALLEST} people with or without an item could "
    f"be read: those are '{HIDDEN}'. Whether the lists together meet a need is said. Names and cover by one person stand only on the page of the session that gave the list."
)
NOTICE = (
    "Names are shown in this session only. They stand in no link, file or log, and in no download: what is downloaded "
    f"holds counts, and none of fewer than {SMALLEST} people."
)


@dataclass(frozen=True, slots=True)
class NeedCover:
    """In whose lists a need stands.

    Parameters
    ----------
    item : Thing
        The need.
    results : mapping of person to str
        How far the list of each meets it, in the words of :mod:`competence_graph.analysis.transfer`.
    """

    item: Thing
    results: Mapping[str, str]

    @property
    def people(self) -> list[str]:
        """Those whose list meets it, at a level that is not known to be too low."""
        return [person for person, result in self.results.items() if result in MET]

    @property
    def short(self) -> list[str]:
        """Those whose list has it below the level asked, or part of it."""
        return [p for p, result in self.results.items() if result in ("below level", "partly met", "may be met, check")]

    @property
    def single(self) -> bool:
        """Whether one person's list alone meets it."""
        return len(self.people) == 1


def team_cover(
    needs: Mapping[Thing, Sequence[Claim]],
    people: Mapping[str, RoleRecord],
    matching: Matching,
    levels: Levels,
    strictness: str,
) -> list[NeedCover]:
    """Return for each need how far each person's list meets it, in the order of the needs.

    Parameters
    ----------
    needs : mapping of item to statements
        What is asked, with the statements that ask it.
    people : mapping of person to RoleRecord
        The list of each.
    matching, levels, strictness
        As in :func:`competence_graph.analysis.transfer.compare`.
    """
    lists: dict[str, dict[Thing, list[Claim]]] = {}
    for person, record in people.items():
        held: dict[Thing, list[Claim]] = {}
        for claim in record.claims:
            held.setdefault(claim.object, []).append(claim)
        lists[person] = held
    return [
        NeedCover(
            item,
            {
                person: result_of(matching.meets(item, held, strictness), claims, held, levels, "missing")
                for person, held in lists.items()
            },
        )
        for item, claims in needs.items()
    ]


def shown_count(count: int, of: int) -> str:
    """Return a count of people for a file: hidden where it, or the people that it leaves out, are fewer than five.

    Examples
    --------
    >>> shown_count(6, 12), shown_count(4, 12), shown_count(8, 12), shown_count(12, 12)
    ('6 of 12', 'not shown', 'not shown', 'not shown')
    """
    return f"{count} of {of}" if count >= SMALLEST and of - count >= SMALLEST else HIDDEN
