"""The catalogue: queries as files, each with a header that says what it asks, takes and returns.

A header is YAML after ``#+`` (in the manner of grlc [1]_): ``summary``, ``returns``, ``tags`` and, where the query takes
any, ``params``. A quality query says instead of a person's question what is wrong: ``problem``, ``why``, ``fix``,
``severity``. The line ``#+ values`` inside a pattern marks where parameters are bound.

References
----------
.. [1] Meroño-Peñuela and Hoekstra (2016), grlc Makes GitHub Taste Like Linked Data APIs, doi:10.1007/978-3-319-47602-5_48
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from competence_graph.errors import HeaderError, NotFoundError
from competence_graph.graph.header import VALUES, read_header
from competence_graph.model.records import TERM_KINDS
from competence_graph.query.names import KINDS
from competence_graph.query.table import Cell, Table, TableColumn
from competence_graph.resources import data_folder

QUALITY = "quality"
VALUE_KINDS = ("strictness", "status", "text", "integer")
THING_KINDS = (*KINDS, *(kind for kind in TERM_KINDS if kind not in KINDS))
"""Kinds of thing that a parameter may take; those of the tables of terms too, where a whole kind would be too wide."""
PARAMETER_KINDS = (*VALUE_KINDS, *THING_KINDS)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name (that of the variable), kind, meaning and default; empty default means it must be given.

    The kind is a kind of value, or the kinds of thing that it takes with bars between them: ``competence|function``.
    """

    name: str
    kind: str
    meaning: str
    default: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of thing that it takes; empty where it takes a value."""
        return () if self.kind in VALUE_KINDS else tuple(self.kind.split("|"))


@dataclass(frozen=True, slots=True)
class CatalogueQuery:
    """One query of the catalogue.

    Parameters
    ----------
    name, group : str
        File name without ending; folder.
    summary : str
        The question in one sentence.
    returns : mapping of str to str
        Column → meaning, with its unit after a semicolon where it has one.
    text : str
        The SPARQL, with its header.
    problem, why, fix, severity : str
        For quality queries.
    """

    name: str
    group: str
    summary: str
    returns: Mapping[str, str]
    tags: tuple[str, ...]
    text: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    problem: str = ""
    why: str = ""
    fix: str = ""
    severity: str = ""


def read_catalogue(folder: Path | None = None) -> dict[str, CatalogueQuery]:
    """Return every query by name, in the order of groups and names.

    Raises
    ------
    HeaderError
        A header that is incomplete, or a name that two files bear.
    """
    queries: dict[str, CatalogueQuery] = {}
    for path in sorted((folder or data_folder("queries")).glob("*/*.rq")):
        query = read_query(path)
        if query.name in queries:
            raise HeaderError(f"{path}: the name {query.name!r} stands in {queries[query.name].group}/ too; rename one")
        queries[query.name] = query
    return queries


def find(name: str, folder: Path | None = None) -> CatalogueQuery:
    """Return one query of the catalogue.

    Raises
    ------
    NotFoundError
        No query is called that.
    """
    catalogue = read_catalogue(folder)
    if name not in catalogue:
        raise NotFoundError(
            name, difflib.get_close_matches(name, catalogue, n=3, cutoff=0.4), kind="query of the catalogue"
        )
    return catalogue[name]


def read_query(path: Path) -> CatalogueQuery:
    """Read one query file.

    Raises
    ------
    HeaderError
        The header is no YAML, or lacks a part.
    """
    text = path.read_text(encoding="utf-8")
    group = path.parent.name
    quality = ("problem", "why", "fix", "severity") if group == QUALITY else ()
    header = read_header(text, name=path.name, required=("summary", "returns", "tags", *quality))
    for key, kind, words in (
        ("returns", dict, "columns with their meaning"),
        ("tags", list, "a list"),
        ("params", dict, "names with kind and meaning"),
    ):
        if not isinstance(header.get(key, kind()), kind):
            raise HeaderError(f"{path.name}: {key} is {header[key]!r}; expected {words}")
    parameters = {}
    for name, spec in header.get("params", {}).items():
        if not isinstance(spec, dict) or not _is_kind(spec.get("kind")) or "meaning" not in spec:
            raise HeaderError(
                f"{path.name}: parameter {name} needs a meaning and a kind: one of {', '.join(VALUE_KINDS)}, "
                f"or one or several, with | between them, of {', '.join(THING_KINDS)}"
            )
        parameters[name] = Parameter(name, spec["kind"], spec["meaning"], str(spec.get("default", "")))
    marks = [match.split() for match in re.findall(rf"^[ \t]*{re.escape(VALUES)}([^\n]*)$", text, re.MULTILINE)]
    bound = set(parameters) if any(not names for names in marks) else {name for names in marks for name in names}
    if parameters.keys() - bound:
        unbound = ", ".join(sorted(parameters.keys() - bound))
        raise HeaderError(f"{path.name}: no line {VALUES!r} binds the parameter {unbound}")
    return CatalogueQuery(
        path.stem, group, header["summary"], header["returns"], tuple(header["tags"]), text, parameters,
        *(str(header.get(key, "")) for key in ("problem", "why", "fix", "severity")),
    )  # fmt: skip


def _is_kind(kind: object) -> bool:
    parts = str(kind).split("|")
    return kind in VALUE_KINDS or (set(parts) <= set(THING_KINDS) and len(set(parts)) == len(parts))


def catalogue_table(folder: Path | None = None) -> Table:
    """Return the catalogue: every query with its question and parameters."""
    rows: list[dict[str, Cell]] = []
    for query in read_catalogue(folder).values():
        takes = "; ".join(f"{p.name}" + (f"={p.default}" if p.default else "") for p in query.parameters.values())
        rows.append({"group": query.group, "name": query.name, "question": query.summary, "parameters": takes})
    columns = [
        TableColumn("group", "Group of the catalogue"), TableColumn("name", "Name, for 'competence-graph query NAME'"),
        TableColumn("question", "What it answers"), TableColumn("parameters", "What it takes, with defaults"),
    ]  # fmt: skip
    return Table("Which questions can be asked?", {}, "", columns, rows, (), (), ("group",))


def catalogue_page(folder: Path | None = None) -> str:
    """Return the catalogue as a page in Markdown, generated from the headers."""
    lines = [
        "# Catalogue of queries",
        "",
        "Generated from the headers in `queries/` by `python tools/generate_docs.py`.",
        "",
    ]
    group = ""
    for query in read_catalogue(folder).values():
        if query.group != group:
            group = query.group
            lines += [f"## {group.capitalize()}", ""]
        lines += [f"### `{query.name}`", "", query.summary, ""]
        if query.problem:
            lines += [f"{query.problem} {query.why} Mend: {query.fix} Severity: {query.severity}.", ""]
        if query.parameters:
            lines += ["| parameter | kind | meaning | default |", "| --- | --- | --- | --- |"]
            lines += [
                f"| `{p.name}` | {', '.join(p.kinds) or p.kind} | {p.meaning} | {f'`{p.default}`' if p.default else 'must be given'} |"
                for p in query.parameters.values()
            ]
            lines.append("")
        lines += ["| column | meaning |", "| --- | --- |"]
        lines += [f"| `{name}` | {meaning} |" for name, meaning in query.returns.items()]
        lines += ["", f"    competence-graph query {query.name}", ""]
    return "\n".join(lines)
