"""What a check found: every defect at once, each with its place and its mend.

Bad data is a result, not an exception; :meth:`Report.raise_for_defects` turns it into one on the caller's wish.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from competence_graph.errors import ValidationFailed


@dataclass(frozen=True, slots=True, order=True)
class Defect:
    """One thing that is wrong in the authoring files.

    Parameters
    ----------
    file : str
        Path of the file, as the user gave it, from the frameworks folder on.
    row : int
        Line of the table as a spreadsheet counts it (the header is row 1); 0 speaks of the whole file.
    column : str
        Column name; empty speaks of the whole row.
    found, expected, mend : str
        What stands there, what should, and what to do.
    rule : str
        Short name of the check that found it, for tests and filters.
    """

    file: str
    row: int
    column: str
    found: str
    expected: str
    mend: str
    rule: str = ""

    def __str__(self) -> str:
        """One line: place, found, expected, mend."""
        place = (
            self.file + (f", row {self.row}" if self.row else "") + (f", column {self.column}" if self.column else "")
        )
        return f"{place}: found {self.found}; expected {self.expected}. {self.mend}"


@dataclass(slots=True)
class Report:
    """All defects of one check, in the order of files and rows."""

    defects: list[Defect] = field(default_factory=list)

    def add(self, defect: Defect) -> None:
        """Record one defect."""
        self.defects.append(defect)

    def extend(self, defects: Iterable[Defect]) -> None:
        """Record several defects."""
        self.defects.extend(defects)

    def __iter__(self) -> Iterator[Defect]:
        return iter(sorted(self.defects))

    def __len__(self) -> int:
        return len(self.defects)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.defects

    def by_rule(self) -> dict[str, int]:
        """Return the number of defects for each rule, most frequent first."""
        return dict(Counter(d.rule for d in self.defects).most_common())

    def raise_for_defects(self) -> None:
        """Raise when there is a defect.

        Raises
        ------
        ValidationFailed
            At least one defect was recorded; the error carries them all.
        """
        if self.defects:
            first = "\n".join(str(d) for d in list(self)[:5])
            raise ValidationFailed(f"{len(self.defects)} findings, the first of them:\n{first}", list(self))
