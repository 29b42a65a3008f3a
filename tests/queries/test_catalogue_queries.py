"""Every query of the catalogue against a small made-up graph whose answer was worked out by hand.

A case is a folder ``<group>/<name>/``:

- ``data.ttl`` (or ``data.trig``): the statements of the case; ``base.ttl`` holds the things that all cases speak of;
- ``params.toml``: the tables ``[one]`` and ``[two]``, where the query takes parameters;
- ``expected-one.csv`` and ``expected-two.csv`` (else ``expected.csv``): the answer as ``--format csv`` writes it, in order.

The graph of a case is its data, the ontology beside it, and what the rules derive from both. The same rows are demanded
when every quad stands in a second graph too, and through a SPARQL 1.1 endpoint that the test serves on this machine.
A case in the manner of the RDF test suites: query, data, result (w3c/rdf-tests, ``sparql/*/manifest.ttl``).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import pyoxigraph as ox
import pytest

from competence_graph.errors import HeaderError, NotFoundError, ParameterError
from competence_graph.graph import rules
from competence_graph.graph.store import Graph, Solution, Term
from competence_graph.namespaces import CG, GRAPHS, PREFIXES, RDF, SKOS, to_iri
from competence_graph.query.catalogue import QUALITY, CatalogueQuery, read_catalogue, read_query
from competence_graph.query.names import Names
from competence_graph.query.run import bind, run_query
from competence_graph.query.table import Table
from competence_graph.reports.text import to_csv
from competence_graph.resources import data_folder

HERE = Path(__file__).resolve().parent
BASE = HERE / "base.ttl"
MINIMUM = 44
CATALOGUE = read_catalogue()
DATA_GRAPH, ONTOLOGY_GRAPH, COPY_GRAPH = (ox.NamedNode(GRAPHS + name) for name in ("demo/1", "ontology", "copy"))
CHOSEN = ("strictness", "status")
"""Kinds of parameter whose value is one of a few words; those of the others name things of the graph."""
OPENER = build_opener(ProxyHandler({}))


@dataclass(frozen=True)
class Setting:
    """One way of asking one query: its parameters and the file with the rows expected."""

    query: str
    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return case_folder(self.query)

    @property
    def expected(self) -> Path:
        return self.folder / (f"expected-{self.name}.csv" if self.name else "expected.csv")

    def __str__(self) -> str:
        return f"{self.query}-{self.name}" if self.name else self.query


def case_folder(name: str) -> Path:
    return HERE / CATALOGUE[name].group / name


def settings_of(name: str) -> list[Setting]:
    path = case_folder(name) / "params.toml"
    if not path.is_file():
        return [Setting(name, "")]
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return [Setting(name, setting, parameters) for setting, parameters in tables.items()]


SETTINGS = [setting for name in CATALOGUE for setting in settings_of(name)]
every_setting = pytest.mark.parametrize("setting", SETTINGS, ids=str)
every_query = pytest.mark.parametrize("query", list(CATALOGUE.values()), ids=list(CATALOGUE))


def quads_of(path: Path, graph: ox.NamedNode) -> list[ox.Quad]:
    """Return the quads of a file; those of a default graph stand in ``graph``."""
    quads = ox.parse(path=str(path))
    return [
        ox.Quad(q.subject, q.predicate, q.object, graph) if isinstance(q.graph_name, ox.DefaultGraph) else q
        for q in quads
    ]


def copied(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return [ox.Quad(q.subject, q.predicate, q.object, COPY_GRAPH) for q in quads]


@cache
def ontology() -> tuple[ox.Quad, ...]:
    return tuple(quads_of(data_folder("ontology") / "competence.ttl", ONTOLOGY_GRAPH))


def data_of(name: str) -> list[ox.Quad]:
    """Return the quads of a case, without the ontology and without what rules derive."""
    (path,) = case_folder(name).glob("data.*")
    return [*quads_of(BASE, DATA_GRAPH), *quads_of(path, DATA_GRAPH)]


def graph_of(quads: Iterable[ox.Quad], *, twice: bool = False) -> Graph:
    """Return a graph of quads, the ontology and what the rules derive; ``twice`` puts all of it in a second graph too."""
    store = ox.Store()
    store.extend([*quads, *ontology()])
    if twice:
        store.extend(copied(store))
    rules.apply(store, rules.read_rules())
    if twice:
        store.extend(copied(store))
    return Graph(store, "demo")


@cache
def case_graph(name: str) -> Graph:
    return graph_of(data_of(name))


def ask(graph: Graph, setting: Setting) -> Table:
    return run_query(graph, CATALOGUE[setting.query], setting.parameters)


# ---- The cases are complete


def test_every_query_has_a_case_and_every_case_a_query() -> None:
    folders = {
        path.relative_to(HERE).as_posix() for path in HERE.glob("*/*") if path.is_dir() and "__" not in path.name
    }
    assert folders == {f"{query.group}/{query.name}" for query in CATALOGUE.values()}
    assert len(folders) >= MINIMUM


@every_query
def test_a_case_is_complete(query: CatalogueQuery) -> None:
    settings = settings_of(query.name)
    assert [s.name for s in settings] == (["one", "two"] if query.parameters else [""])
    assert len({tuple(sorted(s.parameters.items())) for s in settings}) == len(settings), "two settings are the same"
    for setting in settings:
        assert set(setting.parameters) == set(query.parameters), "a case gives every parameter, and leans on no default"
    files = {path.name for path in case_folder(query.name).iterdir()}
    assert files - {"data.ttl", "data.trig", "params.toml"} == {setting.expected.name for setting in settings}


@every_setting
def test_a_case_expects_rows(setting: Setting) -> None:
    assert len(setting.expected.read_text(encoding="utf-8").splitlines()) >= 2


def test_cases_ask_at_every_strictness() -> None:
    asked = {setting.parameters["match"] for setting in SETTINGS if "match" in setting.parameters}
    assert asked == {"same", "exact", "close", "broad"}


# ---- The rows


@every_setting
def test_rows_are_those_expected_in_order(setting: Setting) -> None:
    assert to_csv(ask(case_graph(setting.query), setting)) == setting.expected.read_text(encoding="utf-8")


@every_setting
def test_an_empty_graph_gives_no_rows(setting: Setting) -> None:
    """The ontology, and of the things that the parameters name nothing but what they are and are called."""
    names = Names(case_graph(setting.query))
    _text, understood = bind(CATALOGUE[setting.query], setting.parameters, names)
    kinds = {name: parameter.kind for name, parameter in CATALOGUE[setting.query].parameters.items()}
    named = {to_iri(value) for name, value in understood.items() if kinds[name] not in CHOSEN}
    quads = [
        quad
        for quad in data_of(setting.query)
        if quad.predicate in (RDF.type, SKOS.prefLabel)
        and isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value in named
    ]
    assert len(quads) == 2 * len(named)
    assert list(ask(graph_of(quads), setting).rows) == []


@every_setting
def test_rows_stay_the_same_when_every_statement_stands_in_a_second_graph(setting: Setting) -> None:
    doubled = graph_of(data_of(setting.query), twice=True)
    once = {(q.subject, q.predicate, q.object) for q in case_graph(setting.query).store}
    assert len(list(doubled.store.quads_for_pattern(None, None, None, COPY_GRAPH))) == len(once)
    assert to_csv(ask(doubled, setting)) == setting.expected.read_text(encoding="utf-8")


# ---- Suggested and interim statements are in no answer

EVERY_STATUS = {
    "statements-by-source": "counts every status under its own name",
    "items-of-framework": "lists what a framework holds, placeholders too",
}
"""Known faults; strict, so that the line goes with the fault."""


def unsound_cases() -> Iterator[Any]:
    for query in CATALOGUE.values():
        if query.group == QUALITY or query.name in EVERY_STATUS:
            continue
        for status in ("Suggested", "Interim"):
            yield pytest.param(query.name, status, id=f"{query.name}-{status}")


@pytest.mark.parametrize(("name", "status"), list(unsound_cases()))
def test_nothing_is_answered_from_suggested_or_interim_statements_alone(name: str, status: str) -> None:
    weakened = [
        ox.Quad(q.subject, q.predicate, CG[status], q.graph_name) if q.predicate == CG.status else q
        for q in data_of(name)
    ]
    graph = graph_of(weakened)
    unasked = [s for s in settings_of(name) if s.parameters.get("status") not in ("interim", "suggested")]
    assert unasked, "no setting leaves placeholders out"
    assert {s.name: list(ask(graph, s).rows) for s in unasked} == {s.name: [] for s in unasked}


# ---- The same rows through a SPARQL 1.1 endpoint


class Handler(BaseHTTPRequestHandler):
    """The query operation of the SPARQL 1.1 Protocol, section 2.1: GET, POST of a form, POST of the query itself."""

    def do_GET(self) -> None:
        self.answer(parse_qs(urlsplit(self.path).query).get("query", []))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        kind = self.headers.get_content_type()
        self.answer([body] if kind == "application/sparql-query" else parse_qs(body).get("query", []))

    def answer(self, queries: list[str]) -> None:
        assert isinstance(self.server, Endpoint)
        graph = self.server.graphs.get(urlsplit(self.path).path.strip("/"))
        if graph is None or len(queries) != 1:
            self.reply(400, "text/plain", b"one query, of one of the graphs")
            return
        try:
            found = graph.store.query(queries[0], use_default_graph_as_union=True)
        except SyntaxError as error:
            self.reply(400, "text/plain", str(error).encode())
            return
        assert isinstance(found, ox.QuerySolutions)
        text = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert text is not None
        self.reply(200, "application/sparql-results+json", text)

    def reply(self, code: int, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is that of the base class
        return


class Endpoint(ThreadingHTTPServer):
    """A server whose paths are the names of cases."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.graphs: dict[str, Graph] = {}

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{name}"


@dataclass(frozen=True)
class RemoteGraph(Graph):
    """What a query asks of a graph, asked of an endpoint; its own store stays empty."""

    url: str = ""
    by: str = "get"

    def select(self, query: str) -> list[Solution]:
        form = urlencode({"query": query})
        accept = {"Accept": "application/sparql-results+json"}
        match self.by:
            case "get":
                request = Request(f"{self.url}?{form}", headers=accept)
            case "form":
                headers = accept | {"Content-Type": "application/x-www-form-urlencoded"}
                request = Request(self.url, form.encode(), headers)
            case _:
                request = Request(self.url, query.encode(), accept | {"Content-Type": "application/sparql-query"})
        with OPENER.open(request, timeout=30) as response:
            assert response.headers.get_content_type() == "application/sparql-results+json"
            bindings = json.loads(response.read())["results"]["bindings"]
        return [{name: term(value) for name, value in binding.items()} for binding in bindings]


def term(value: Mapping[str, str]) -> Term:
    """Return a term from its form in SPARQL 1.1 Query Results JSON, section 3.2.2."""
    match value["type"]:
        case "uri":
            return ox.NamedNode(value["value"])
        case "bnode":
            return ox.BlankNode(value["value"])
        case _ if language := value.get("xml:lang"):
            return ox.Literal(value["value"], language=language)
        case _ if datatype := value.get("datatype"):
            return ox.Literal(value["value"], datatype=ox.NamedNode(datatype))
        case _:
            return ox.Literal(value["value"])


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as server:
        server.graphs = {name: case_graph(name) for name in CATALOGUE}
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(timeout=10)
        assert not thread.is_alive()


@pytest.mark.parametrize("by", ["get", "form", "body"])
@every_setting
def test_an_endpoint_gives_the_same_rows(endpoint: Endpoint, setting: Setting, by: str) -> None:
    local = case_graph(setting.query)
    remote = RemoteGraph(ox.Store(), local.data_version, url=endpoint.url(setting.query), by=by)
    text, _understood = bind(CATALOGUE[setting.query], setting.parameters, Names(remote))
    assert remote.select(text) == local.select(text)
    assert to_csv(ask(remote, setting)) == setting.expected.read_text(encoding="utf-8")


def test_the_endpoint_refuses_what_is_not_sparql(endpoint: Endpoint) -> None:
    remote = RemoteGraph(ox.Store(), "demo", url=endpoint.url(next(iter(CATALOGUE))))
    with pytest.raises(HTTPError) as caught:
        remote.select("SELECT nothing")
    with caught.value as answer:
        assert answer.code == 400


# ---- The files


@every_query
def test_a_query_parses_and_returns_the_columns_it_names(query: CatalogueQuery) -> None:
    assert Graph(ox.Store(), "").columns(query.text) == list(query.returns)


@every_query
def test_a_select_ends_in_its_order(query: CatalogueQuery) -> None:
    lines = [line for line in query.text.splitlines() if line and not line.startswith("#")]
    assert any(line.startswith("SELECT") for line in lines)
    assert re.match(r"ORDER BY (\?|DESC\(\?)", lines[-1])
    ordered = re.findall(r"\?(\w+)", lines[-1])
    assert ordered[0] == next(iter(query.returns)), "rows are ordered by their first column first"
    assert set(ordered) <= set(query.returns)


@every_query
def test_prefixes_agree_with_the_one_map_and_are_used(query: CatalogueQuery) -> None:
    declared = re.findall(r"^PREFIX (\w*): <([^>]*)>$", query.text, re.MULTILINE)
    assert len(declared) == len(re.findall(r"^\s*PREFIX\b", query.text, re.MULTILINE | re.IGNORECASE))
    assert dict(declared) == {prefix: PREFIXES[prefix] for prefix, _base in declared}
    assert len(dict(declared)) == len(declared)
    body = query.text.rpartition("PREFIX")[2].partition("\n")[2]
    assert {prefix for prefix, _base in declared} == set(re.findall(r"\b(\w+):\w", re.sub(r"#\+.*", "", body)))


@every_setting
def test_every_parameter_is_bound(setting: Setting) -> None:
    query = CATALOGUE[setting.query]
    text, _understood = bind(query, setting.parameters, Names(case_graph(setting.query)))
    assert not re.search(r"^\s*#\+ values", text, re.MULTILINE)
    for name in query.parameters:
        assert re.search(rf"VALUES \?{name} {{ <", text), f"{name} is not bound"


@every_query
def test_a_parameter_is_refused_when_unknown_or_naming_nothing(query: CatalogueQuery) -> None:
    names = Names(case_graph(query.name))
    with pytest.raises(ParameterError, match="takes no parameter colour"):
        bind(query, {"colour": "red"}, names)
    for name, parameter in query.parameters.items():
        error = ParameterError if parameter.kind in CHOSEN else NotFoundError
        given = dict(settings_of(query.name)[0].parameters) | {name: "} UNION { ?s ?p ?o"}
        with pytest.raises(error):
            bind(query, given, names)


# ---- Headers

HEADER = {"summary": "What is there?", "returns": "{thing: The thing}", "tags": "[lookup]"}
PROBLEM = {"problem": "It is.", "why": "It is not.", "fix": "Mend it.", "severity": "error"}
BODY = "SELECT DISTINCT ?thing WHERE {\n  #+ values\n  ?thing ?p ?role .\n}\nORDER BY ?thing\n"
ROLE = "{role: {kind: role, meaning: the role}}"


def query_file(folder: Path, header: Mapping[str, str], body: str = BODY, group: str = "lookup") -> Path:
    path = folder / group / "demo.rq"
    path.parent.mkdir()
    path.write_text("".join(f"#+ {key}: {value}\n" for key, value in header.items()) + body, encoding="utf-8")
    return path


@pytest.mark.parametrize(("group", "header"), [("lookup", HEADER), (QUALITY, HEADER | PROBLEM)])
def test_a_sound_header_is_read(tmp_path: Path, group: str, header: dict[str, str]) -> None:
    query = read_query(query_file(tmp_path, header | {"params": ROLE}, group=group))
    assert (query.group, query.name, query.summary) == (group, "demo", "What is there?")
    assert (query.tags, dict(query.returns)) == (("lookup",), {"thing": "The thing"})
    assert [(p.name, p.kind, p.meaning, p.default) for p in query.parameters.values()] == [
        ("role", "role", "the role", "")
    ]


@pytest.mark.parametrize("key", list(HEADER))
def test_a_header_without_a_part_is_an_error(tmp_path: Path, key: str) -> None:
    header = {name: value for name, value in HEADER.items() if name != key}
    with pytest.raises(HeaderError, match=rf"demo\.rq: the header lacks {key}$"):
        read_query(query_file(tmp_path, header))


@pytest.mark.parametrize("key", list(PROBLEM))
def test_a_quality_query_says_what_is_wrong(tmp_path: Path, key: str) -> None:
    header = {name: value for name, value in (HEADER | PROBLEM).items() if name != key}
    with pytest.raises(HeaderError, match=rf"demo\.rq: the header lacks {key}$"):
        read_query(query_file(tmp_path, header, group=QUALITY))


@pytest.mark.parametrize(
    ("changed", "body", "message"),
    [
        ({"summary": "Roles: which are there?"}, BODY, "the header is not YAML"),
        ({"tags": "[lookup"}, BODY, "the header is not YAML"),
        ({"params": ROLE}, BODY.replace("  #+ values\n", ""), "no line '#\\+ values' binds the parameter role"),
        ({"params": "{role: {kind: hat, meaning: the role}}"}, BODY, "parameter role needs a meaning and a kind"),
        ({"params": "{role: {kind: role}}"}, BODY, "parameter role needs a meaning and a kind"),
        ({"params": "{role: the role}"}, BODY, "parameter role needs a meaning and a kind"),
    ],
    ids=["colon", "bracket", "no values", "unknown kind", "no meaning", "no mapping"],
)
def test_a_broken_header_is_an_error(tmp_path: Path, changed: dict[str, str], body: str, message: str) -> None:
    with pytest.raises(HeaderError, match=rf"demo\.rq: {message}"):
        read_query(query_file(tmp_path, HEADER | changed, body))


@pytest.mark.parametrize(
    "changed",
    [{"params": "[role]"}, {"returns": "the thing"}, {"tags": "lookup"}],
    ids=["params as list", "returns as text", "tags as text"],
)
def test_a_header_part_of_the_wrong_shape_is_an_error(tmp_path: Path, changed: dict[str, str]) -> None:
    with pytest.raises(HeaderError, match=next(iter(changed))):
        read_query(query_file(tmp_path, HEADER | changed))


def test_a_parameter_that_no_marker_binds_is_an_error(tmp_path: Path) -> None:
    params = "{role: {kind: role, meaning: the role}, other: {kind: role, meaning: the other}}"
    with pytest.raises(HeaderError, match="other"):
        read_query(query_file(tmp_path, HEADER | {"params": params}, BODY.replace("values", "values role")))


def test_a_header_that_is_no_mapping_is_an_error(tmp_path: Path) -> None:
    path = query_file(tmp_path, {}, "#+ - summary\n" + BODY)
    with pytest.raises(HeaderError, match=r"demo\.rq: the header is not a mapping"):
        read_query(path)


def test_a_name_in_two_groups_is_an_error(tmp_path: Path) -> None:
    query_file(tmp_path, HEADER)
    query_file(tmp_path, HEADER, group="cover")
    with pytest.raises(HeaderError, match="the name 'demo' stands in cover/ too"):
        read_catalogue(tmp_path)


# ---- The graph that ships


@every_query
def test_every_query_runs_on_the_shipped_graph(
    shipped_graph: Graph, shipped_names: Names, query: CatalogueQuery
) -> None:
    table = run_query(shipped_graph, query, names=shipped_names)
    assert {name for row in table.rows for name in row} <= set(query.returns)
    if query.group != QUALITY:
        assert table.rows, f"{query.name} with its defaults finds nothing; take other defaults, or mend the content"
    elif query.severity == "error":
        assert list(table.rows) == [], query.problem
