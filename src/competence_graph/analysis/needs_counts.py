"""What of training needs is counted: competences and care functions, stated and worked out, each with its own denominator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from competence_graph.analysis.claims import MINIMUM_STATEMENTS
from competence_graph.analysis.needs_rows import LEARN, RESULTS, THERE, WORKED_OUT, Row, is_component, side
from competence_graph.analysis.notes import TOO_LITTLE
from competence_graph.analysis.transfer import MET
from competence_graph.query.table import Cell, Figure


@dataclass(frozen=True, slots=True)
class Part:
    """Needs that are counted together.

    Parameters
    ----------
    title : str
        In the plural: ``competences``, ``care functions``; those of its staff are among them.
    stated : bool
        Whether sources or readers state them; False for what is worked out.
    counts : mapping of result to count
        In the order of :data:`RESULTS`, without what none came to.
    essential, desirable : int
        How many of those counted are essential; how many desirable ones are listed beside them.
    withheld : str
        Why there is no share; empty where there is one.
    """

    title: str
    stated: bool
    counts: Mapping[str, int]
    essential: int = 0
    desirable: int = 0
    withheld: str = ""

    @property
    def total(self) -> int:
        """Number of needs counted."""
        return sum(self.counts.values())

    @property
    def of_total(self) -> str:
        """How many there are, and what: ``12 competences``, ``1 competence``."""
        return f"{self.total} {self.title if self.total != 1 else self.title.removesuffix('s')}"

    @property
    def met(self) -> int:
        """Number of those that are met."""
        return sum(self.counts.get(result, 0) for result in MET)


def count_parts(rows: Sequence[Row], silent: Sequence[str]) -> Iterator[Part]:
    """Go through what is counted together; ``silent`` are the roles of which the sources say too little."""
    counted: dict[tuple[str, bool], dict[Cell, tuple[str, str]]] = {}
    for row in rows:
        name = str(row["list"])
        if name.startswith((LEARN, THERE)) and not is_component(row):
            key = side(row["item"]), not name.endswith(WORKED_OUT)
            counted.setdefault(key, {})[row["item"]] = (str(row["result"]), str(row["necessity"]))
    places = ("competences", "care functions")
    for (title, stated), items in sorted(counted.items(), key=lambda pair: (not pair[0][1], places.index(pair[0][0]))):
        main = [(result, necessity) for result, necessity in items.values() if necessity != "desirable"]
        results = Counter(result for result, _ in main)
        withheld = f"{TOO_LITTLE}: {silent[0]}" if silent else ""
        if not withheld and len(main) < MINIMUM_STATEMENTS:
            withheld = "under five items to divide by"
        yield Part(
            title, stated, {result: results[result] for result in RESULTS if results[result]},
            sum(necessity == "essential" for _, necessity in main), len(items) - len(main), withheld,
        )  # fmt: skip


def figures_of(parts: Sequence[Part], target: str, start: str, missing: str) -> Iterator[Figure]:
    """Go through the figures of what is counted; ``missing`` is the word for what a list does not have."""
    for part in parts:
        if not part.total:
            continue
        what = f"{'stated' if part.stated else 'worked out'} {part.title}"
        split = f"{part.essential} essential, {part.total - part.essential} without a stated necessity"
        yield Figure(
            f"met, {what}", f"{what} of {target} that {start} meets ({split})", part.met, part.total, part.withheld
        )
        for result, count in part.counts.items():
            words = (missing if result == "missing" else RESULTS[result][0]).lower()
            yield Figure(f"{words}, {what}", f"{what} of {target}: {words}", count, part.total, part.withheld)
