"""Which frameworks fit a nation and an audience, in what order to read them, and what can be said of them in words.

A passport names nations and audiences as far as they were seen. Where it names none, the framework may still fit: it is
kept apart and never dropped. Audiences are free text there; :data:`AUDIENCES` gathers them by the words they hold. What
is for all health and care staff is for support workers too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from competence_graph.query.table import Cell, percent

Row = Mapping[str, Cell]
NOT_STATED = "not-stated"
OTHERS = "others"
_ALL_STAFF = (
    "health and care staff", "health, social care and other staff", "health and care workforce", "health and social care workers",
    "social care and health workers",
)  # fmt: skip
AUDIENCES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "support-workers": ("Support workers or all care staff", ("support worker", *_ALL_STAFF)),
    "care-staff": ("Any health or social care staff", (*_ALL_STAFF, "social care worker", "health care worker", "support worker", "nhs posts")),
    "leads": ("Education and workforce leads", ("workforce leads",)),
    "teams": ("Integrated care teams and new care models", ("integrated care team", "vanguard")),
    "employers": ("Employers and organisations", ("employer", "organisation", "providers across")),
    "educators": ("Apprentices, and those who teach or assess", ("apprentice", "education provider", "training provider", "awarding")),
    OTHERS: ("Others", ()),
}  # fmt: skip
"""Groups of audiences: what each is called, and the words of a passport by which an audience belongs to it."""
_STANDINGS = {"current": 0, "unknown": 1}
FEWEST = 5
"""Under so many things needed no share is given."""


def parts(cell: Cell) -> list[str]:
    """Return what a cell of a passport names: nations, or audiences."""
    return [part for part in str(cell or "").split("; ") if part]


def audiences_of(row: Row) -> set[str]:
    """Return the groups of :data:`AUDIENCES` that a framework addresses; empty where its passport names nobody."""
    found: set[str] = set()
    for text in parts(row["audience"]):
        here = {key for key, (_, phrases) in AUDIENCES.items() if any(phrase in text.lower() for phrase in phrases)}
        found |= here or {OTHERS}
    return found


def fits(row: Row, nations: Sequence[str], audiences: Sequence[str]) -> bool | None:
    """Return whether a framework is stated to be for any of the nations and any of the audiences.

    Returns
    -------
    bool or None
        None where it may be: its passport names no nation, or no audience, and nothing speaks against it. An empty
        choice fits everything; :data:`NOT_STATED` among the chosen asks for those that name none.
    """
    found = [_one(set(parts(row["nations"])), nations), _one(audiences_of(row), audiences)]
    return False if False in found else None if None in found else True


def may_fit(rows: Sequence[Row], nations: Sequence[str], audiences: Sequence[str]) -> list[Row]:
    """Return the rows of which it is not known whether they fit; those that lack the nation or the audience alone come first."""
    found = [row for row in rows if fits(row, nations, audiences) is None]
    return sorted(found, key=lambda row: bool(nations and audiences and not row["nations"] and not row["audience"]))


def _one(named: set[str], chosen: Sequence[str]) -> bool | None:
    if not chosen:
        return True
    if not named:
        return True if NOT_STATED in chosen else None
    return bool(named & set(chosen))


def usefulness(row: Row) -> tuple[int, bool, int, bool, str]:
    """Return the key by which the most useful framework comes first.

    Most covered; then those that hold any competence or function, and not roles alone; current before unknown before
    superseded or withdrawn; held in full before headings only; then by name.
    """
    return (
        -int(str(row["covered_count"] or 0)), not row["item_count"], _STANDINGS.get(str(row["standing"]), 2),
        "headings only" in str(row["depth"]), str(row["framework"]).lower(),
    )  # fmt: skip


def covers(row: Row) -> str:
    """Return how much of what is needed a framework covers, in words.

    >>> covers({"covered_count": 2, "needed_count": 2, "covered_share": None, "withheld": "fewer than 5 things needed"})
    '2 of 2'
    >>> covers({"covered_count": 12, "needed_count": 21, "covered_share": 0.5714, "withheld": ""})
    '12 of 21 (57%)'
    """
    if row["needed_count"] is None:
        return ""
    share = row["covered_share"]
    told = f"{row['covered_count']} of {row['needed_count']}"
    return told + (f" ({percent(float(share))})" if isinstance(share, float | int) else "")


def in_words(rows: Sequence[Row], nations: Sequence[str], audiences: Sequence[str], total: int) -> list[str]:
    """Return what the rows answer, in sentences made from them, and what they cannot say.

    Parameters
    ----------
    rows : sequence of rows
        The frameworks that pass the other filters, as :func:`~competence_graph.analysis.framework_choice.choices` gives them.
    nations, audiences : sequence of str
        What was chosen; see :func:`fits`.
    total : int
        All frameworks.
    """
    kept = [row for row in rows if fits(row, nations, audiences)]
    apart = len(may_fit(rows, nations, audiences))
    of = f"Of {total} frameworks" if len(rows) == total else f"Of the {len(rows)} frameworks, of {total}, that pass the other filters"  # fmt: skip
    asked = _asked(nations, audiences)
    if asked:
        stated = "as asked, " if NOT_STATED in (*nations, *audiences) else "stated to be "
        first = f"{of} {len(kept) or 'none'} {'are' if len(kept) > 1 else 'is'} {stated}{asked}"
    else:
        first = f"{of} all are shown, the most useful first"
    if kept:
        best = [str(row["framework"]) for row in kept if row["standing"] == "current" and row["depth"] == "full"]
        first += f"; {'none' if not best else best[0] if len(best) == 1 else len(best)} {'are' if len(best) > 1 else 'is'} both current and held in full"  # fmt: skip
    said = [first + "."]
    if apart:
        lacks = " or no ".join(name for name, chosen in (("nation", nations), ("audience", audiences)) if chosen)
        said.append(
            f"{apart} more {'name' if apart > 1 else 'names'} no {lacks} in what was read: "
            f"{'they may fit, and are' if apart > 1 else 'it may fit, and is'} listed apart."
        )
    if rows and rows[0]["needed_count"]:
        said.append(_most(rows, nations, audiences))
    said.append("This cannot say which is best, nor that a framework lacks what nobody has looked for in it.")
    return said


def _most(rows: Sequence[Row], nations: Sequence[str], audiences: Sequence[str]) -> str:
    """Return which frameworks cover most of what is needed; whether the needs are the first one's own words."""
    covering = sorted((row for row in rows if row["covered_count"]), key=usefulness)
    if not covering:
        return "None of them is known to hold anything of what was chosen."
    first = covering[0]
    owns = 2 * int(str(first["own_count"])) > int(str(first["covered_count"]))
    said = f"Most of what is needed stands in {first['framework']}: {covers(first)}"
    said += ", because the needs are its own statements" if owns else ""
    if fits(first, nations, audiences) is False:
        said += "; but it is stated to be for others"
    if len(covering) > 1:
        said += f". Next is {covering[1]['framework']}: {covers(covering[1])}"
    return said + "."


def _asked(nations: Sequence[str], audiences: Sequence[str]) -> str:
    """Return the choice in words: 'for England, and for support workers or all care staff'."""
    people = [AUDIENCES[key][0][:1].lower() + AUDIENCES[key][0][1:] for key in audiences if key in AUDIENCES]
    told = []
    for what, named, chosen in (
        ("nation", [n for n in nations if n != NOT_STATED], nations),
        ("audience", people, audiences),
    ):
        silent = f"with no {what} stated" if NOT_STATED in chosen else ""
        told.append(" or ".join(filter(None, (f"for {' or '.join(named)}" if named else "", silent))))
    return ", and ".join(filter(None, told))
