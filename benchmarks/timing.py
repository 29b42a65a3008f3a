"""Two sides of one question, timed in turn, and the table that says what came of it.

A ratio is ours over the baseline of the same round: under 1 we are faster. Rounds alternate which side goes first, so
that a machine that is busy for a while is busy for both. The median of the rounds is held against the target; the
smallest and largest are printed beside it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

ROUNDS = 5
Job = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Parameters
    ----------
    what : str
        The question, and on which data.
    ours, baseline : sequence of float
        Seconds, one a round; the baseline is empty where there is none.
    against : str
        What the baseline is.
    target : float or None
        Largest ratio that meets the target; None where none was set.
    limit : float or None
        Largest seconds of ours, where the target is a time and no ratio.
    said : str
        What else belongs beside the numbers.
    wanted, shown : str
        The target and what ours is, in words, where they are no ratio and no time.
    verdict : bool or None
        Whether the target is met, where it is neither a ratio nor a time: then ``wanted`` says it.
    """

    what: str
    ours: Sequence[float]
    baseline: Sequence[float] = ()
    against: str = ""
    target: float | None = None
    limit: float | None = None
    said: str = ""
    wanted: str = ""
    shown: str = ""
    verdict: bool | None = None

    @property
    def ratios(self) -> list[float]:
        """Return ours over the baseline, one a round."""
        return [one / other for one, other in zip(self.ours, self.baseline, strict=True)] if self.baseline else []

    @property
    def met(self) -> bool | None:
        """Return whether the target is met; None where there is none."""
        if self.target is not None:
            return statistics.median(self.ratios) <= self.target
        return statistics.median(self.ours) <= self.limit if self.limit is not None else self.verdict

    def cells(self) -> tuple[str, ...]:
        """Return the row as text."""
        against = f"{seconds(self.baseline)} {self.against}" if self.baseline else self.against or "–"
        target = self.wanted
        if self.target is not None:
            target = f"≤ {ratio(self.target)}"
        elif self.limit is not None:
            target = f"≤ {seconds([self.limit])}"
        met = {True: "yes", False: "**no**", None: "–"}[self.met]
        return self.what, self.shown or seconds(self.ours), against, spread(self.ratios), target or "–", met, self.said


@dataclass(slots=True)
class Section:
    """Rows under one heading."""

    title: str
    rows: list[Row] = field(default_factory=list)


def clock(job: Job) -> float:
    """Return how many seconds a job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def interleaved(
    ours: Job, baseline: Job, *, rounds: int = ROUNDS, warm: bool = True
) -> tuple[list[float], list[float]]:
    """Time two jobs in turn; return the seconds of both, one a round.

    Parameters
    ----------
    warm : bool, default True
        Run both once before, untimed; a job of minutes does without.
    """
    if warm:
        ours()
        baseline()
    first: list[float] = []
    second: list[float] = []
    for number in range(rounds):
        turns = [(ours, first), (baseline, second)]
        for job, times in turns if number % 2 == 0 else reversed(turns):
            times.append(clock(job))
    return first, second


def ratio(value: float) -> str:
    """Return a ratio as a person reads it: 1/50, 0.85, 3.1."""
    return f"1/{1 / value:,.0f}" if value < 0.1 else f"{value:.2f}"


def spread(ratios: Sequence[float]) -> str:
    """Return median and range of ratios."""
    if not ratios:
        return "–"
    middle = ratio(statistics.median(ratios))
    return f"{middle} ({ratio(min(ratios))} – {ratio(max(ratios))})" if len(ratios) > 1 else f"{middle} (one round)"


def seconds(times: Sequence[float]) -> str:
    """Return the median of times, in a unit that fits."""
    middle = statistics.median(times)
    if middle >= 1:
        return f"{middle:.2f} s"
    return f"{middle * 1e3:.3g} ms" if middle >= 1e-3 else f"{middle * 1e6:.3g} µs"


def table(sections: Sequence[Section]) -> str:
    """Return everything as tables in Markdown."""
    head = ("what", "ours", "baseline", "ours ÷ baseline: median (min – max)", "target", "met", "note")
    lines = []
    for section in sections:
        lines += [f"### {section.title}", "", "| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
        lines += ["| " + " | ".join(row.cells()) + " |" for row in section.rows]
        lines.append("")
    return "\n".join(lines)
