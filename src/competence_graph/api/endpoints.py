"""The table of endpoints: path, parameters, what answers. Routes and the OpenAPI document are both made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from competence_graph.analysis.coverage import compare
from competence_graph.analysis.gap import gap
from competence_graph.analysis.overlap import overlap
from competence_graph.analysis.paths import path
from competence_graph.analysis.similarity import similar
from competence_graph.analysis.transfer import transfer
from competence_graph.api.arguments import Arguments, Parameter
from competence_graph.api.responses import CSV, JSON, TURTLE
from competence_graph.api.state import Loaded
from competence_graph.query.catalogue import catalogue_table, find
from competence_graph.query.description import show
from competence_graph.query.lookup import info, list_things
from competence_graph.query.names import KINDS
from competence_graph.query.run import run_query
from competence_graph.query.search import search
from competence_graph.query.strictness import DEFAULT, STRICTNESS
from competence_graph.query.table import Table

RESULTS_JSON = "application/sparql-results+json"
RESULTS_XML = "application/sparql-results+xml"
NTRIPLES = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One path of the interface.

    Parameters
    ----------
    path : str
        As in Starlette.
    summary : str
        What it answers, one sentence.
    table : callable or None
        What makes the table; None for those that have a handler of their own in ``routes``.
    parameters : sequence of Parameter
        Those of the path first.
    free : bool
        Whether it takes other parameters than the stated ones (a catalogue query has its own).
    methods : sequence of str
        HTTP methods.
    answers : mapping of str to str
        Media type → name of its schema in the OpenAPI document; empty for plain text.
    bodies : sequence of str
        Media types of a POST.
    """

    path: str
    summary: str
    table: Callable[[Loaded, Arguments], Table] | None = None
    parameters: Sequence[Parameter] = ()
    free: bool = False
    methods: Sequence[Literal["GET", "POST"]] = ("GET",)
    answers: Mapping[str, str] = field(default_factory=lambda: {JSON: "Table", CSV: ""})
    bodies: Sequence[str] = ()


STRICT = Parameter("strictness", "How alike two items must be.", choices=tuple(STRICTNESS), default=DEFAULT)
ATTESTED = Parameter("attested_only", "Count only what sources say themselves.", kind="boolean", default="false")
FRAMEWORK = Parameter("framework", "Only of this framework (its slug).")


def _list(at: Loaded, given: Arguments) -> Table:
    return list_things(
        at.graph, given.text("kind"), framework=given.text("framework"), include_interim=given.flag("include_interim"), names=at.names
    )  # fmt: skip


def _search(at: Loaded, given: Arguments) -> Table:
    return search(
        at.graph, given.text("q"), kind=given.text("kind"), framework=given.text("framework"), limit=given.number("limit"), names=at.names
    )  # fmt: skip


def _overlap(at: Loaded, given: Arguments) -> Table:
    roles, strict, attested = given.texts("role"), given.text("strictness"), given.flag("attested_only")
    return overlap(at.graph, roles, strictness=strict, attested_only=attested, names=at.names)


def _transfer(at: Loaded, given: Arguments) -> Table:
    start, target, strict = given.text("start"), given.text("target"), given.text("strictness")
    return transfer(
        at.graph, start, target, strictness=strict, attested_only=given.flag("attested_only"), names=at.names
    )


def _gap(at: Loaded, given: Arguments) -> Table:
    strict = given.text("strictness")
    return gap(at.graph, given.text("target"), role=given.text("role"), strictness=strict, names=at.names)


def _path(at: Loaded, given: Arguments) -> Table:
    start, target, strict = given.text("start"), given.text("target"), given.text("strictness")
    return path(at.graph, start, target, strictness=strict, measure=given.text("measure"), names=at.names)


def _compare(at: Loaded, given: Arguments) -> Table:
    return compare(
        at.graph, given.text("framework"), given.text("other"), strictness=given.text("strictness"), names=at.names
    )


def _query(at: Loaded, given: Arguments) -> Table:
    return run_query(at.graph, find(given.text("name")), given.others, names=at.names)


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/healthz", "Whether the graph is built and open.", answers={JSON: "Health"}),
    Endpoint("/api/v1/openapi.json", "This interface as an OpenAPI document.", answers={JSON: "OpenAPI"}),
    Endpoint("/api/v1/info", "What is loaded: frameworks and statements.", lambda at, _: info(at.graph, names=at.names)),
    Endpoint("/api/v1/list/{kind}", "Everything of one kind.", _list, (
        Parameter("kind", "What to list.", place="path", choices=tuple(KINDS)),
        FRAMEWORK,
        Parameter("include_interim", "Show placeholders too.", kind="boolean", default="false"),
    )),
    Endpoint("/api/v1/show", "Everything that is known of one thing, with its sources.",
        lambda at, given: show(at.graph, given.text("id"), names=at.names),
        (Parameter("id", "Identifier, code or name.", required=True),)),
    Endpoint("/api/v1/search", "What is called so; typing mistakes are allowed.", _search, (
        Parameter("q", "Words, in any order.", required=True),
        Parameter("kind", "Only of this kind.", choices=tuple(KINDS)),
        FRAMEWORK,
        Parameter("limit", "Most rows.", kind="integer", default="20", least=1, most=500),
    )),
    Endpoint("/api/v1/overlap", "What two to six roles share.", _overlap,
        (Parameter("role", "A role; give two to six.", required=True, many=True), STRICT, ATTESTED)),
    Endpoint("/api/v1/transfer", "What one role already gives another, and what not.", _transfer, (
        Parameter("start", "The role that someone has.", required=True),
        Parameter("target", "The role to be taken.", required=True), STRICT, ATTESTED,
    )),
    Endpoint("/api/v1/gap", "What a target needs, and how far a role gives it.", _gap, (
        Parameter("target", "A role, a care function or a care model.", required=True),
        Parameter("role", "A role to compare with."), STRICT,
    )),
    Endpoint("/api/v1/similar", "The roles nearest to one.",
        lambda at, given: similar(at.graph, given.text("role"), top=given.number("top"), names=at.names), (
        Parameter("role", "A role.", required=True),
        Parameter("top", "Most rows.", kind="integer", default="10", least=1, most=500),
    )),
    Endpoint("/api/v1/path", "Stepping stones from one role to another.", _path, (
        Parameter("start", "Where someone is.", required=True), Parameter("target", "Where they want to be.", required=True), STRICT,
        Parameter("measure", "squares: many small steps beat one large; largest: smallest largest step.", choices=("squares", "largest"), default="squares"),
    )),
    Endpoint("/api/v1/compare", "How far two frameworks cover each other.", _compare, (
        Parameter("framework", "A framework.", required=True), Parameter("other", "Another framework.", required=True), STRICT,
    )),
    Endpoint("/api/v1/queries", "The catalogue: every question with its parameters.", lambda _at, _given: catalogue_table()),
    Endpoint("/api/v1/query/{name}", "The answer of a question of the catalogue; its parameters are those of the question.", _query,
        (Parameter("name", "Name of the question.", place="path"),), free=True),
    Endpoint("/sparql", "SPARQL 1.1 queries, read-only: no update, SERVICE or FROM; at most 10,000 rows and 10 seconds.",
        parameters=(Parameter("query", "The query.", required=True),), methods=("GET", "POST"),
        answers={RESULTS_JSON: "Results", RESULTS_XML: "", CSV: "", TURTLE: "", NTRIPLES: ""},
        bodies=("application/sparql-query", "application/x-www-form-urlencoded")),
    Endpoint("/id/{framework}", "What is known of a framework, as JSON, CSV or Turtle.",
        parameters=(Parameter("framework", "Slug of the framework.", place="path"),),
        answers={JSON: "Table", CSV: "", TURTLE: ""}),
    Endpoint("/id/{framework}/{local:path}", "What is known of one thing, as JSON, CSV or Turtle.",
        parameters=(Parameter("framework", "Slug of the framework.", place="path"), Parameter("local", "The rest of the identifier.", place="path")),
        answers={JSON: "Table", CSV: "", TURTLE: ""}),
)  # fmt: skip
