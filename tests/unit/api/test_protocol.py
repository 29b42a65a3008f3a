"""The SPARQL protocol and what stands before every answer: headers, hosts, origins, compression."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket

from competence_graph.api.middleware import HOSTS_VARIABLE, middleware
from competence_graph.api.results import to_csv, to_json, to_ntriples, to_xml
from competence_graph.query.guard import GuardedAnswer
from unit.api.conftest import LOCAL

LABELS = "SELECT ?s ?label { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?label } ORDER BY ?s LIMIT 5"
SLOW = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(STRLEN(STR(?c)) + STRLEN(STR(?f)) + STRLEN(STR(?e)) = -1) }"
)


# The protocol


@pytest.mark.parametrize("way", ["get", "direct", "form"])
def test_three_ways_to_ask(client: TestClient, way: str) -> None:
    if way == "get":
        answer = client.get("/sparql", params={"query": LABELS})
    elif way == "direct":
        kind = {"content-type": "application/sparql-query; charset=utf-8"}
        answer = client.post("/sparql", content=LABELS, headers=kind)
    else:
        answer = client.post("/sparql", data={"query": LABELS})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json; charset=utf-8"
    assert len(answer.json()["results"]["bindings"]) == 5
    assert "access-control-allow-origin" not in answer.headers


def test_forms(client: TestClient) -> None:
    def ask(accept: str) -> str:
        answer = client.get("/sparql", params={"query": LABELS}, headers={"accept": accept})
        assert answer.headers["content-type"] == f"{accept}; charset=utf-8"
        return answer.text

    expected = list(ox.parse_query_results(ask("application/sparql-results+json"), format=ox.QueryResultsFormat.JSON))  # type: ignore[arg-type]
    xml = list(ox.parse_query_results(ask("application/sparql-results+xml"), format=ox.QueryResultsFormat.XML))  # type: ignore[arg-type]
    assert [[str(term) for term in row] for row in xml] == [[str(term) for term in row] for row in expected]
    header, *rows = csv.reader(io.StringIO(ask("text/csv")))
    assert header == ["s", "label"]
    assert rows == [[row["s"].value, row["label"].value] for row in expected]


def test_ask_and_construct(client: TestClient) -> None:
    assert client.get("/sparql?query=ASK{}").json() == {"head": {}, "boolean": True}
    query = {"query": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 20"}
    for accept in ("text/turtle", "application/n-triples", "application/json"):
        answer = client.get("/sparql", params=query, headers={"accept": accept})
        assert answer.headers["content-type"].startswith(accept if "json" not in accept else "text/turtle")
        assert 0 < len(list(ox.parse(answer.text, format=ox.RdfFormat.N_TRIPLES))) <= 20


def test_truncated_answer_says_so(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT ?a { ?a ?b ?c . ?d ?e ?f }"})
    assert len(answer.json()["results"]["bindings"]) == 10_000
    assert answer.headers["competence-graph-truncated"] == "true"
    assert "competence-graph-truncated" not in client.get("/sparql?query=ASK{}").headers


@pytest.mark.parametrize(("query", "error"), [
    ("", "EmptyQueryError"), ("# x", "EmptyQueryError"), ("SELEC", "QuerySyntaxError"), ("x" * 20_001, "QueryTooLongError"),
    ("CLEAR ALL", "ForbiddenWordError"), ("ASK { SERVICE <http://127.0.0.1:1/> { } }", "ForbiddenWordError"), ("ASK " + "{" * 101, "NestingError"),
])  # fmt: skip
def test_refused(client: TestClient, query: str, error: str) -> None:
    for answer in (client.get("/sparql", params={"query": query}), client.post("/sparql", data={"query": query})):
        assert answer.status_code == 400
        assert answer.json()["error"] == error
        assert answer.json()["message"]


@pytest.mark.parametrize(("params", "says"), [
    ({"query": "ASK {}", "default-graph-uri": "x:g"}, "GRAPH"), ({"query": "ASK {}", "named-graph-uri": "x:g"}, "GRAPH"),
    ({"update": "CLEAR ALL"}, "Updates"), ({"query": ["ASK {}", "ASK {}"]}, "two queries"), ({}, "no query"),
])  # fmt: skip
def test_what_the_protocol_allows_and_we_do_not(client: TestClient, params: dict[str, str], says: str) -> None:
    for answer in (client.get("/sparql", params=params), client.post("/sparql", data=params)):
        assert answer.status_code == 400
        assert says in answer.json()["message"] or (not params and "sparql-query" in answer.json()["message"])


def test_bodies_that_are_none(client: TestClient) -> None:
    def status(content: bytes, kind: str) -> tuple[int, str]:
        answer = client.post("/sparql", content=content, headers={"content-type": kind})
        return answer.status_code, answer.json()["error"]

    assert status(b"CLEAR ALL", "application/sparql-update") == (400, "ParameterError")
    assert status(b"\xff\xfe", "application/sparql-query") == (400, "ParameterError")
    assert status(b"a=b&" * 50, "application/x-www-form-urlencoded") == (400, "ParameterError")
    assert status(b"x" * 300_000, "application/sparql-query") == (400, "QueryTooLongError")


def test_timeout_and_the_next_query(client: TestClient) -> None:
    start = time.monotonic()
    answer = client.get("/sparql", params={"query": SLOW})
    assert (answer.status_code, answer.json()["error"]) == (503, "QueryTimeoutError"), answer.text
    assert time.monotonic() - start < 4
    assert client.get("/sparql?query=ASK{}").status_code == 200


HARD = 'quote " back \\ line\nreturn\rtab\t <tag> & \u0001 é 😀'
ANSWER = GuardedAnswer(
    "select", ("a", "b"),
    [{"a": ("literal", HARD, "http://www.w3.org/2001/XMLSchema#string", ""), "b": ("literal", "x", "", "en-GB")}, {"b": ("bnode", "n", "", "")}],
    truncated=False, seconds=0.0,
)  # fmt: skip


def test_hard_characters_survive() -> None:
    def values(text: str, form: ox.QueryResultsFormat) -> list[str]:
        return [row["a"].value for row in ox.parse_query_results(text, format=form) if row["a"]]  # type: ignore[union-attr]

    assert values(to_json(ANSWER), ox.QueryResultsFormat.JSON) == [HARD]
    assert values(to_xml(ANSWER), ox.QueryResultsFormat.XML) == [HARD.replace("\u0001", "\ufffd")]
    ElementTree.fromstring(to_xml(ANSWER))
    assert next(iter(list(csv.reader(io.StringIO(to_csv(ANSWER), newline="")))[1:]))[0] == HARD
    row = {"subject": ("iri", "x:s", "", ""), "predicate": ("iri", "x:p", "", ""), "object": ANSWER.rows[0]["a"]}
    triples = to_ntriples(
        GuardedAnswer("graph", ("subject", "predicate", "object"), [row], truncated=False, seconds=0.0)
    )
    assert [quad.object.value for quad in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)] == [HARD]


# What stands before


async def _echo(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


@pytest.fixture
def small() -> Iterator[TestClient]:
    async def page(request: object) -> PlainTextResponse:
        return PlainTextResponse("x" * 5000)

    both = [Route("/", page, methods=["GET", "POST"]), WebSocketRoute("/ws", _echo)]
    with TestClient(Starlette(routes=both, middleware=middleware()), base_url=LOCAL) as made:
        yield made


@pytest.mark.parametrize("target", ["/healthz", "/sparql", "/nowhere", "/api/v1/show"])
def test_security_headers_stand_on_every_answer(client: TestClient, target: str) -> None:
    headers = client.get(target).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "object-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:80", "[::1]:8501"])
def test_own_hosts(small: TestClient, host: str) -> None:
    assert small.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["testserver", "evil.example", "localhost.evil.example", "", "127.0.0.1.evil.example"])
def test_other_hosts_are_refused(small: TestClient, host: str) -> None:
    answer = small.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_hosts_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOSTS_VARIABLE, "graph.example.org, *.nhs.example")
    with TestClient(Starlette(middleware=middleware())) as made:
        for host, status in (("graph.example.org", 404), ("a.nhs.example", 404), ("localhost", 400)):
            assert made.get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(("origin", "status"), [
    (None, 200), (LOCAL, 200), ("https://evil.example", 403), ("null", 403), ("http://localhost", 403), ("", 403), ("http://localhost:8502", 403),
])  # fmt: skip
def test_foreign_origin(small: TestClient, origin: str | None, status: int) -> None:
    headers = {"origin": origin} if origin is not None else {}
    assert small.post("/", headers=headers).status_code == status
    assert small.get("/", headers=headers).status_code == 200
    if status == 200:
        with small.websocket_connect("ws://localhost:8501/ws", headers=headers):
            pass
    else:
        with (
            pytest.raises(WebSocketDenialResponse) as caught,
            small.websocket_connect("ws://localhost:8501/ws", headers=headers),
        ):
            pass
        assert caught.value.status_code == 403


def test_sparql_of_another_site_is_refused(client: TestClient) -> None:
    answer = client.post("/sparql", data={"query": "ASK {}"}, headers={"origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["error"]) == (403, "ForeignOrigin")


def test_compression(small: TestClient) -> None:
    assert small.get("/", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in small.get("/", headers={"accept-encoding": "identity"}).headers
