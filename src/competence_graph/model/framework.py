"""A framework version as read: its passport and its records. And all of them together, with their mappings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from competence_graph.model.mapping import MappingSet
from competence_graph.model.passport import Passport
from competence_graph.model.records import Row

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Framework:
    """One framework version.

    Parameters
    ----------
    passport : Passport
        What it is.
    rows : mapping of table name to tuple of records
        In the order of the files; a table that has no file is absent.
    folder : str
        How messages name its folder, from the frameworks folder on.
    files : mapping of table name to str
        How messages name the file (or sheet) of each table; one that is absent is a CSV file of that name.
    """

    passport: Passport
    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    folder: str = ""
    files: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """Identifier of the framework, without its version."""
        return self.passport.slug

    def file_of(self, table: str) -> str:
        """Return how messages name the file of a table."""
        return self.files.get(table, f"{self.folder}/{table}.csv")

    def of(self, record: type[R]) -> tuple[R, ...]:
        """Return the records of one table."""
        rows: Sequence[Row] = self.rows.get(record.table, ())
        return tuple(row for row in rows if isinstance(row, record))

    def all_rows(self) -> Iterator[Row]:
        """Go through every record of every table."""
        for rows in self.rows.values():
            yield from rows


@dataclass(frozen=True)
class Library:
    """Every framework and mapping set of one frameworks folder."""

    frameworks: tuple[Framework, ...] = ()
    mappings: tuple[MappingSet, ...] = ()

    @cached_property
    def things(self) -> dict[str, Row]:
        """Every record that has an identifier, by CURIE; the first one wins where two share it."""
        found: dict[str, Row] = {}
        for framework in self.frameworks:
            for row in framework.all_rows():
                local = getattr(row, "id", "")
                if local:
                    found.setdefault(f"{framework.slug}:{local}", row)
        return found


def curie(framework: str, reference: str) -> str:
    """Return ``reference`` with its framework before it, if it has none.

    >>> curie("oawip", "networking-skills"), curie("oawip", "roles:case-manager")
    ('oawip:networking-skills', 'roles:case-manager')
    """
    return reference if ":" in reference else f"{framework}:{reference}"
