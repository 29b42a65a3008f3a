"""Competences that a person or a team holds, read from a list and matched to the graph.

Nothing of the list is kept: it is read in memory, matched, and forgotten. People's names are read only from a column
``person`` and stand in no message, claim or identifier; they serve to count how many lists name an item.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from competence_graph.analysis.claims import Claim, RoleRecord
from competence_graph.analysis.held_files import Entry, Unread, read_entries, shortened
from competence_graph.errors import AmbiguousNameError, FormatError, NotFoundError
from competence_graph.namespaces import to_iri
from competence_graph.query.names import Names
from competence_graph.query.table import Thing

NAME = "The list that was given"
KINDS = ("competence", "function")
EXPECTED = "a competence, care function or standard that this graph holds"
_SUGGESTED = 100
"""Most different entries for which the nearest name is looked up."""
RECORD = Thing("held", NAME, "record")


@dataclass(frozen=True)
class HeldList:
    """What a list holds.

    Parameters
    ----------
    record : RoleRecord
        All of it together.
    people : mapping of person to RoleRecord
        The list of each person; empty where there is no column ``person`` or just one person.
    unread : tuple of Unread
        Every row, or part of one, that could not be used, in the order of rows.
    rows : int
        Rows that were read.
    twice : int
        Rows that repeat another row of the same person.
    chosen : int
        Rows whose name several things bear, read as the one that the target asks for.
    """

    record: RoleRecord
    people: Mapping[str, RoleRecord] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    rows: int = 0
    twice: int = 0
    chosen: int = 0

    @property
    def items(self) -> set[Thing]:
        """The different competences and care functions."""
        return {claim.object for claim in self.record.claims}


def read_list(data: bytes, suffix: str, names: Names, *, asked: Collection[str] = ()) -> HeldList:
    """Return what a list holds, and everything of it that could not be used.

    Parameters
    ----------
    data : bytes
        The file.
    suffix : {'.csv', '.txt', '.xlsx'}
        Its form, as :func:`competence_graph.analysis.held_files.read_entries` reads it.
    names : Names
        Resolves identifiers, codes and names.
    asked : collection of str
        Identifiers of what the target asks for: of several things of one name the one that it asks for is meant.

    Raises
    ------
    FormatError
        The file cannot be read at all.
    """
    entries, unread = read_entries(data, suffix)
    return match_entries(entries, names, unread=unread, asked=asked)


def held_things(things: Iterable[Thing]) -> HeldList:
    """Return the list of things that a person ticked."""
    claims = [_claim(number, thing, "") for number, thing in enumerate(things, start=1)]
    return HeldList(RoleRecord(RECORD, "record", claims), rows=len(claims))


def match_entries(
    entries: Iterable[Entry], names: Names, *, unread: Iterable[Unread] = (), asked: Collection[str] = ()
) -> HeldList:
    """Return what the rows of a list name; see :func:`read_list`."""
    problems, meant, levels = list(unread), _Meaning(names, asked), _Meaning(names, (), ("level",))
    people: dict[str, tuple[str, list[Claim]]] = {}
    claims: list[Claim] = []
    seen: set[tuple[str, str, str]] = set()
    rows = twice = chosen = 0
    for entry in entries:
        thing, wrong = meant.of(entry.competence)
        if thing is None:
            problems.append(Unread(entry.row, shortened(entry.competence), *wrong))
            continue
        level = ""
        if entry.level:
            found, wrong = levels.of(entry.level)
            level = found.id if found else ""
            if found is None:
                expected = "a level of a scale in this graph; the row is read without it"
                problems.append(Unread(entry.row, f"the level {shortened(entry.level)}", expected, wrong[1]))
        rows += 1
        chosen += meant.was_chosen(entry.competence)
        who = entry.person.casefold()
        if (key := (who, thing.id, level)) in seen:
            twice += 1
            continue
        seen.add(key)
        claim = _claim(entry.row, thing, level)
        claims.append(claim)
        if who:
            people.setdefault(who, (entry.person, []))[1].append(claim)
    once = {(claim.object, claim.level): claim for claim in reversed(claims)}
    claims = sorted(once.values(), key=lambda claim: int(claim.id.rpartition(":")[2]))
    each = {name: RoleRecord(RECORD, "record", own) for name, own in people.values()}
    return HeldList(
        RoleRecord(RECORD, "record", claims), each if len(each) > 1 else {},
        tuple(sorted(problems, key=lambda problem: problem.row)), rows, twice, chosen,
    )  # fmt: skip


class _Meaning:
    """What entries mean; each different entry is looked up once."""

    def __init__(self, names: Names, asked: Collection[str], kinds: tuple[str, ...] = KINDS) -> None:
        self._names, self._asked, self._kinds = names, asked, kinds
        self._known: dict[str, tuple[Thing | None, tuple[str, str], bool]] = {}
        self._looked_up = 0

    def of(self, text: str) -> tuple[Thing | None, tuple[str, str]]:
        """Return what is meant; where nothing is, what was expected and the nearest name."""
        if text not in self._known:
            self._known[text] = self._look_up(text)
        thing, wrong, _ = self._known[text]
        return thing, wrong

    def was_chosen(self, text: str) -> bool:
        """Whether several things bear the name, and the one that the target asks for was taken."""
        return self._known[text][2]

    def _look_up(self, text: str) -> tuple[Thing | None, tuple[str, str], bool]:
        if not self._names.known(text):
            self._looked_up += 1
            if self._looked_up > _SUGGESTED:  # each look takes a hundredth of a second
                return None, (EXPECTED, ""), False
        try:
            return self._names.resolve(text, self._kinds), ("", ""), False
        except AmbiguousNameError as error:
            wanted = [one for one in error.candidates if one in self._asked]
            if len(wanted) == 1:
                return self._names.thing(to_iri(wanted[0])), ("", ""), True
            return (
                None,
                ("one thing: several bear this name, so give the identifier", ", ".join(error.candidates[:4])),
                False,
            )
        except NotFoundError as error:
            near = [self._names.thing(to_iri(one)) for one in error.suggestions[:1]]
            return None, (EXPECTED, ", ".join(f"{one.label} ({one.id})" for one in near)), False


def _claim(number: int, thing: Thing, level: str) -> Claim:
    kind = "Performance" if thing.kind == "care function" else "Requirement"
    return Claim(f"held:{number}", kind, RECORD, thing, "attested", "attested", level=level, locator=f"row {number}")


def read_held(path: Path, names: Names) -> tuple[RoleRecord, list[str]]:
    """Return a record of what is held, and a line about every entry that could not be used.

    Parameters
    ----------
    path : Path
        A text file with one competence or care function a line, or a CSV or XLSX file with a column ``competence``.
    names : Names
        Resolves identifiers, codes and names.

    Raises
    ------
    FormatError
        The file is no text or workbook, has no such column, or is empty.
    """
    suffix = path.suffix.lower() if path.suffix.lower() in (".csv", ".xlsx") else ".txt"
    word = "line" if suffix == ".txt" else "row"
    try:
        found = read_list(path.read_bytes(), suffix, names)
    except FormatError as error:
        raise FormatError(f"{path.name}: {error}", path=path) from error
    return found.record, [f"{path.name}, {word} {str(problem).removeprefix('row ')}" for problem in found.unread]
