"""The errors of this project, as one tree.

::

    CompetenceGraphError
    ├── SourceError                 something in the authoring files
    │   ├── MetadataError           a passport (framework.toml) that cannot be used
    │   ├── FormatError             a file that is not in the form its name says
    │   │   └── MissingColumnError      a table without a column that it must have
    │   └── UnknownFormatError      a form that no importer reads
    ├── GraphError                  something in, or missing from, the built graph
    │   ├── NotBuiltError           there is no built graph yet
    │   ├── NotFoundError           an identifier that the graph does not hold
    │   └── AmbiguousNameError      a name that several things bear
    ├── QueryError                  something in a catalogue query or its use
    │   ├── HeaderError             a query file whose header is incomplete
    │   ├── ParameterError          a parameter unknown, missing or of the wrong kind
    │   └── RefusedQueryError       a person's SPARQL that the guard does not run
    │       ├── EmptyQueryError         there is no query
    │       ├── QueryTooLongError       more characters than allowed
    │       ├── NestingError            brackets nested too deeply
    │       ├── ForbiddenWordError      an update, SERVICE, LOAD or FROM
    │       └── QuerySyntaxError        not SPARQL 1.1
    ├── StoppedQueryError           a person's SPARQL that the guard ran and stopped
    │   ├── QueryTimeoutError       it took longer than allowed
    │   ├── QueryMemoryError        it took more memory than allowed
    │   ├── QueryCrashError         it ended the worker process
    │   ├── QueryCancelledError     somebody cancelled it, or the guard was closed
    │   └── GuardBusyError          too many others are waiting
    ├── MappingError                a mapping set that cannot be used
    └── ValidationFailed            a report with defects, raised on the caller's wish

Each carries its evidence as attributes; the message says what was found, what was expected and what to do next.
Bad data is a result (:class:`competence_graph.model.report.Report`); only a broken tool or a wrong use raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class CompetenceGraphError(Exception):
    """Base of every error that this package raises on purpose."""


class SourceError(CompetenceGraphError, ValueError):
    """Something in the authoring files.

    Parameters
    ----------
    message : str
        What was found, what was expected, what to do.
    path : Path or None
        The file or folder concerned.
    """

    def __init__(self, message: str, *, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class MetadataError(SourceError):
    """A passport (``framework.toml``) that cannot be used."""


class FormatError(SourceError):
    """A file that is not in the form its name says."""


class MissingColumnError(FormatError):
    """A table without a column that it must have.

    Attributes
    ----------
    columns : tuple of str
        What stands in its first row. The message does not repeat it: it may be a person's name where there is no header.
    """

    def __init__(self, message: str, columns: Sequence[str], *, path: Path | None = None) -> None:
        super().__init__(message, path=path)
        self.columns = tuple(columns)


class UnknownFormatError(SourceError):
    """A form that no importer reads."""


class GraphError(CompetenceGraphError):
    """Something in, or missing from, the built graph."""


class NotBuiltError(GraphError, FileNotFoundError):
    """There is no built graph yet: run ``competence-graph build``."""


class NotFoundError(GraphError, LookupError):
    """An identifier or name that the graph does not hold.

    Attributes
    ----------
    name : str
        What was asked for.
    suggestions : tuple of str
        The nearest identifiers, best first; may be empty.
    """

    def __init__(self, name: str, suggestions: Sequence[str] = (), *, kind: str = "thing") -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {', '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(
            f"No {kind} is called {name!r}.{hint} A search looks through all names, codes and definitions."
        )


class AmbiguousNameError(GraphError, LookupError):
    """A name that several things bear; ``candidates`` lists their identifiers."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        super().__init__(f"{name!r} names several things: {', '.join(self.candidates)}. Use one of these identifiers.")


class QueryError(CompetenceGraphError, ValueError):
    """Something in a catalogue query or its use."""


class HeaderError(QueryError):
    """A query file whose header is incomplete or cannot be read."""


class ParameterError(QueryError):
    """A parameter that is unknown, missing or of the wrong kind."""


class RefusedQueryError(QueryError):
    """A person's SPARQL that the guard does not run; nothing was executed."""


class EmptyQueryError(RefusedQueryError):
    """There is no query: nothing but blanks and comments."""


class QueryTooLongError(RefusedQueryError):
    """A query of more characters than allowed."""


class NestingError(RefusedQueryError):
    """Brackets nested more deeply than allowed."""


class ForbiddenWordError(RefusedQueryError):
    """A query that would change data or reach outside the graph; ``word`` is the word that says so."""

    def __init__(self, message: str, word: str) -> None:
        super().__init__(message)
        self.word = word


class QuerySyntaxError(RefusedQueryError):
    """A text that is not SPARQL 1.1."""


class StoppedQueryError(CompetenceGraphError, RuntimeError):
    """A person's SPARQL that the guard ran and had to stop, or could not start; the next query works."""


class QueryTimeoutError(StoppedQueryError):
    """A query that took longer than allowed."""


class QueryMemoryError(StoppedQueryError):
    """A query that took more memory than allowed."""


class QueryCrashError(StoppedQueryError):
    """A query that ended the worker process."""


class QueryCancelledError(StoppedQueryError):
    """A query that somebody cancelled, or whose guard was closed."""


class GuardBusyError(StoppedQueryError):
    """Too many queries are waiting, or this one waited too long for its turn."""


class MappingError(CompetenceGraphError, ValueError):
    """A mapping set that cannot be used."""


class ValidationFailed(CompetenceGraphError, ValueError):  # noqa: N818 - the state, as in pySHACL and httpx
    """A report with defects, raised by :meth:`Report.raise_for_defects`."""

    def __init__(self, message: str, defects: Sequence[object]) -> None:
        super().__init__(message)
        self.defects = tuple(defects)
