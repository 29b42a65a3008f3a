"""Running a query of the catalogue: parameters as typed terms, rows as a table.

Parameters are bound by a ``VALUES`` block of strictly serialised terms at the line ``#+ values``, inside the pattern
that uses them. One mechanism serves the local store and a remote endpoint; nothing is ever pasted into the text as it
was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from competence_graph.errors import AmbiguousNameError, NotFoundError, ParameterError
from competence_graph.graph.store import Graph, Solution
from competence_graph.namespaces import CG, XSD, to_curie, to_iri
from competence_graph.query.catalogue import CatalogueQuery, Parameter
from competence_graph.query.names import Names
from competence_graph.query.strictness import STRICTNESS
from competence_graph.query.table import Cell, Table, TableColumn, Thing

STATUSES = ("attested", "curated", "inferred", "interim", "suggested")
_VALUES_LINE = re.compile(r"^[ \t]*#\+ values(?P<names>[^\n]*)$", re.MULTILINE)
_NUMERIC = {XSD[name].value for name in ("integer", "decimal", "double", "float", "int", "long")}


def bind(query: CatalogueQuery, given: Mapping[str, str], names: Names) -> tuple[str, dict[str, str]]:
    """Return the text of a query with its parameters bound, and the parameters as they were understood.

    Raises
    ------
    ParameterError
        A parameter is unknown, missing, or of the wrong kind.
    NotFoundError, AmbiguousNameError
        A parameter names nothing, or several things.
    """
    unknown = sorted(set(given) - set(query.parameters))
    if unknown:
        known = ", ".join(query.parameters) or "none"
        raise ParameterError(f"{query.name} takes no parameter {', '.join(unknown)}; it takes {known}.")
    terms: dict[str, tuple[ox.NamedNode | ox.Literal, ...]] = {}
    understood: dict[str, str] = {}
    for name, parameter in query.parameters.items():
        value = given.get(name, parameter.default)
        if not value:
            raise ParameterError(f"{query.name} needs {name}: {parameter.meaning}. It has no default.")
        terms[name], understood[name] = _terms(parameter, value, names)

    def block(match: re.Match[str]) -> str:
        wanted = match["names"].split() or list(terms)
        return "\n".join(f"  VALUES ?{name} {{ {' '.join(map(str, terms[name]))} }}" for name in wanted)

    return _VALUES_LINE.sub(block, query.text), understood


def _terms(parameter: Parameter, value: str, names: Names) -> tuple[tuple[ox.NamedNode | ox.Literal, ...], str]:
    """Return the terms of a parameter's value, and the value as understood."""
    match parameter.kind:
        case "strictness":
            if value not in STRICTNESS:
                raise ParameterError(f"{parameter.name} is {value!r}; expected one of {', '.join(STRICTNESS)}.")
            return STRICTNESS[value], value
        case "status":
            if value not in STATUSES:
                raise ParameterError(f"{parameter.name} is {value!r}; expected one of {', '.join(STATUSES)}.")
            return (CG[value.capitalize()],), value
        case "text":
            return (ox.Literal(value),), value
        case "integer":
            if not re.fullmatch(r"-?\d{1,9}", value):
                raise ParameterError(f"{parameter.name} is {value!r}; expected a whole number.")
            return (ox.Literal(int(value)),), value
        case _:
            thing = _thing(parameter, value, names)
            return (ox.NamedNode(to_iri(thing.id)),), thing.id


def _thing(parameter: Parameter, value: str, names: Names) -> Thing:
    """Return the thing that a parameter names; say so where it names one of another kind."""
    try:
        return names.resolve(value, parameter.kinds)
    except NotFoundError:
        try:
            other = names.resolve(value)
        except (NotFoundError, AmbiguousNameError):
            other = None
        if other is None:
            raise
        raise ParameterError(
            f"{parameter.name} is {other.label!r}, which is of the kind {other.kind}; expected {' or '.join(parameter.kinds)}."
        ) from None


def run_query(
    graph: Graph, query: CatalogueQuery, given: Mapping[str, str] | None = None, *, names: Names | None = None
) -> Table:
    """Run a query of the catalogue.

    Parameters
    ----------
    graph : Graph
        What is asked.
    query : CatalogueQuery
        From :func:`competence_graph.query.catalogue.find`.
    given : mapping of str to str
        Parameters as typed: identifiers or names of things, strictness, status, text, numbers.
    names : Names, optional
        The names of the graph, where they were read already.

    Returns
    -------
    Table
        One row per solution, in the query's order; an IRI that has a label is a :class:`Thing`.
    """
    names = names or Names(graph)
    text, understood = bind(query, given or {}, names)
    columns = [_column(name, meaning) for name, meaning in query.returns.items()]
    rows = to_rows(graph.select(text), names)
    notes = [query.problem, f"Why it matters: {query.why}", f"Mend: {query.fix}"] if query.problem else []
    return Table(query.summary, understood, graph.data_version, columns, rows, notes)


def run_file(graph: Graph, path: Path, *, names: Names | None = None) -> Table:
    """Run a SPARQL file of the person at the command line; its columns have no meaning but their names."""
    text = path.read_text(encoding="utf-8")
    columns = [TableColumn(name, "") for name in graph.columns(text)]
    return Table(
        f"The query in {path.name}", {}, graph.data_version, columns, to_rows(graph.select(text), names or Names(graph))
    )


def to_rows(solutions: list[Solution], names: Names) -> list[dict[str, Cell]]:
    """Return solutions as rows: IRIs as things, numbers as numbers, other literals as text."""
    return [{name: to_cell(term, names) for name, term in solution.items()} for solution in solutions]


def to_cell(term: ox.NamedNode | ox.BlankNode | ox.Literal, names: Names) -> Cell:
    """Return one term as a cell."""
    if isinstance(term, ox.Literal):
        if term.datatype.value in _NUMERIC:
            number = float(term.value)
            return int(number) if number.is_integer() and "." not in term.value else number
        return term.value
    if isinstance(term, ox.NamedNode):
        return names.things.get(term.value) or to_curie(term.value)
    return f"_:{term.value}"


def _column(name: str, meaning: str) -> TableColumn:
    said, _, unit = str(meaning).partition(";")
    return TableColumn(name, said.strip(), unit.strip())
