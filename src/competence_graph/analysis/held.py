"""Competences that a person or a team holds, read from a list and matched to the graph.

Nothing of the list is kept: it is read in memory, matched, and forgotten. People's names are read only from a column
``person`` and stand in no message, claim or identifier; they serve to count how many lists name an item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
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
_MANY, _OFFERED = 4, 12
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
    silent : tuple of str
        The people that the list names none of whose rows could be used: they are in no count.
    guessed : int
        Rows read as the person who gave the list chose.
    named : frozenset of str
        Everyone whom the list names.
    """

    record: RoleRecord
    people: Mapping[str, RoleRecord] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    rows: int = 0
    twice: int = 0
    chosen: int = 0
    silent: tuple[str, ...] = ()
    guessed: int = 0
    named: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def items(self) -> set[Thing]:
        """The different competences and care functions."""
        return {claim.object for claim in self.record.claims}

    @property
    def left_out(self) -> tuple[Unread, ...]:
        """What of :attr:`unread` is a whole row, and not only the level of one that was read."""
        return tuple(row for row in self.unread if not row.used)


@dataclass(frozen=True, slots=True)
class Guess:
    """An entry that was not understood, and what may have been meant.

    Parameters
    ----------
    text : str
        The entry.
    rows : int
        How many rows say so.
    candidates : tuple of Thing
        What may be meant; what the target asks comes first.
    asked : int
        How many of them, from the first, the target asks.
    """

    text: str
    rows: int
    candidates: tuple[Thing, ...]
    asked: int = 0


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
    return open_list(data, suffix, names, asked=asked).held()


def open_list(data: bytes, suffix: str, names: Names, *, asked: Collection[str] = ()) -> Reading:
    """Return a list that was read and can be matched, again and again as choices are made; see :func:`read_list`."""
    entries, unread = read_entries(data, suffix)
    return Reading(entries, names, unread=unread, asked=asked)


def held_things(things: Iterable[Thing]) -> HeldList:
    """Return the list of things that a person ticked."""
    claims = [_claim(number, thing, "") for number, thing in enumerate(things, start=1)]
    return HeldList(RoleRecord(RECORD, "record", claims), rows=len(claims))


class Reading:
    """The rows of a list, and what each may mean; every different entry is looked up once.

    Parameters
    ----------
    entries, unread
        As :func:`competence_graph.analysis.held_files.read_entries` gives them.
    names, asked
        As for :func:`read_list`.
    """

    def __init__(
        self, entries: Iterable[Entry], names: Names, *, unread: Iterable[Unread] = (), asked: Collection[str] = ()
    ) -> None:
        self._entries, self._unread = list(entries), list(unread)
        self._meant, self._levels = _Meaning(names, asked), _Meaning(names, (), ("level",))

    def guesses(self) -> list[Guess]:
        """Return every different entry that was not understood and may mean something, in the order of rows."""
        rows = Counter(entry.competence for entry in self._entries)
        found = [(text, count, self._meant.of(text)) for text, count in rows.items()]
        return [
            Guess(text, count, look.candidates, look.asked)
            for text, count, look in found
            if look.thing is None and look.candidates
        ]

    def held(self, choices: Mapping[str, str] | None = None) -> HeldList:
        """Return what the list holds.

        Parameters
        ----------
        choices : mapping of entry to identifier, optional
            What was meant, of the candidates of :meth:`guesses`; it counts for every row that says so.
        """
        problems = list(self._unread)
        claims: list[Claim] = []
        people: dict[str, tuple[str, list[Claim]]] = {}
        seen: set[tuple[str, str, str]] = set()
        rows = twice = chosen = guessed = 0
        for entry in self._entries:
            look = self._meant.of(entry.competence)
            wanted = (choices or {}).get(entry.competence, "")
            thing = look.thing or next((one for one in look.candidates if one.id == wanted), None)
            if thing is None:
                problems.append(
                    Unread(entry.row, shortened(entry.competence), look.expected, look.hint, person=entry.person)
                )
                continue
            level, problem = self._level(entry)
            problems += problem
            rows += 1
            chosen += look.chosen
            guessed += look.thing is None
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
        silent = {p.person.casefold(): p.person for p in problems if p.person and p.person.casefold() not in people}
        several = len(people) + len(silent) > 1
        return HeldList(
            RoleRecord(RECORD, "record", claims),
            {name: RoleRecord(RECORD, "record", own) for name, own in people.values()} if several else {},
            tuple(sorted(problems, key=lambda problem: problem.row)), rows, twice, chosen,
            tuple(silent.values()) if several else (), guessed,
            frozenset({entry.person for entry in self._entries} | {row.person for row in self._unread}) - {""},
        )  # fmt: skip

    def _level(self, entry: Entry) -> tuple[str, list[Unread]]:
        """Return the identifier of a row's level, and what is wrong with it."""
        if not entry.level:
            return "", []
        look = self._levels.of(entry.level)
        if look.thing:
            return look.thing.id, []
        expected = "a level of a scale in this graph; the row is read without it"
        return "", [Unread(entry.row, f"the level {shortened(entry.level)}", expected, look.hint, used=True)]


@dataclass(frozen=True, slots=True)
class _Look:
    """What came of looking an entry up: the thing, or what was expected and what may be meant."""

    thing: Thing | None = None
    expected: str = ""
    hint: str = ""
    candidates: tuple[Thing, ...] = ()
    asked: int = 0
    chosen: bool = False


class _Meaning:
    """What entries mean; each different entry is looked up once."""

    def __init__(self, names: Names, asked: Collection[str], kinds: tuple[str, ...] = KINDS) -> None:
        self._names, self._asked, self._kinds = names, asked, kinds
        self._known: dict[str, _Look] = {}
        self._looked_up = 0

    def of(self, text: str) -> _Look:
        """Return what is meant; where nothing is, what was expected and what is near."""
        if text not in self._known:
            self._known[text] = self._look_up(text)
        return self._known[text]

    def _look_up(self, text: str) -> _Look:
        if not self._names.known(text):
            self._looked_up += 1
            if self._looked_up > _SUGGESTED:  # each look takes a hundredth of a second
                return _Look(expected=EXPECTED)
        try:
            return _Look(self._names.resolve(text, self._kinds))
        except AmbiguousNameError as error:
            wanted = [one for one in error.candidates if one in self._asked]
            if len(wanted) == 1:
                return _Look(self._names.thing(to_iri(wanted[0])), chosen=True)
            expected = "one thing: several bear this name, so choose one, or give the identifier"
            found = tuple(self._ordered(error.candidates))[:_OFFERED]
            return _Look(None, expected, ", ".join(one.id for one in found[:_MANY]), found, len(wanted))
        except NotFoundError as error:
            near = tuple(self._ordered(error.suggestions))
            hint = f"{near[0].label} ({near[0].id})" if near else ""
            return _Look(None, EXPECTED, hint, near, sum(one.id in self._asked for one in near))

    def _ordered(self, identifiers: Iterable[str]) -> Iterator[Thing]:
        """Go through what may be meant: first what the target asks."""
        for one in sorted(identifiers, key=lambda identifier: identifier not in self._asked):
            yield self._names.thing(to_iri(one))


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
