"""Every endpoint over HTTP: what it answers, in which form, and how it speaks of mistakes."""

from __future__ import annotations

import csv
import io
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pyoxigraph as ox
import pytest
from openapi_spec_validator import validate
from starlette.applications import Starlette
from starlette.testclient import TestClient

from competence_graph.api.endpoints import ENDPOINTS
from competence_graph.api.openapi import address, document
from competence_graph.api.routes import routes
from competence_graph.api.state import STATE, State
from competence_graph.errors import NotBuiltError
from competence_graph.graph import pointer
from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_iri
from competence_graph.query.description import show
from competence_graph.reports.text import to_csv
from competence_graph.resources import BUILD_FOLDER_VARIABLE

V1 = "/api/v1"
TABLES = {
    f"{V1}/info": (f"{V1}/info", "tiny"),
    f"{V1}/list/{{kind}}": (f"{V1}/list/role?framework=tiny&include_interim=yes", "tiny:case-manager"),
    f"{V1}/show": (f"{V1}/show?id=case+manager", "tiny:frailty-assessment"),
    f"{V1}/search": (f"{V1}/search?q=fraility+asessment&kind=competence&limit=5", "tiny:frailty-assessment"),
    f"{V1}/overlap": (f"{V1}/overlap?role=tiny:case-manager&role=tiny:care-co-ordinator&strictness=exact", "tiny:planning-care"),
    f"{V1}/transfer": (f"{V1}/transfer?start=tiny:case-manager&target=tiny:care-co-ordinator&attested_only=true", ""),
    f"{V1}/gap": (f"{V1}/gap?target=tiny:virtual-ward&role=tiny:case-manager", ""),
    f"{V1}/similar": (f"{V1}/similar?role=tiny:case-manager&top=3", ""),
    f"{V1}/path": (f"{V1}/path?start=tiny:case-manager&target=tiny:care-co-ordinator&measure=largest", ""),
    f"{V1}/compare": (f"{V1}/compare?framework=tiny&other=other", ""),
    f"{V1}/queries": (f"{V1}/queries", "requirements-of-role"),
    f"{V1}/query/{{name}}": (f"{V1}/query/requirements-of-role?role=tiny:case-manager", "tiny:signs-of-frailty"),
    "/id/{framework}": ("/id/tiny", "tiny"),
    "/id/{framework}/{local:path}": ("/id/tiny/case-manager", "tiny:frailty-assessment"),
}  # fmt: skip
"""For each endpoint that answers with a table, an address and what stands in the answer."""


def schema(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}


def test_every_table_endpoint_is_tried() -> None:
    assert set(TABLES) == {e.path for e in ENDPOINTS if e.answers.get("application/json") == "Table"}


@pytest.mark.parametrize("path", TABLES)
def test_json(client: TestClient, path: str) -> None:
    target, holds = TABLES[path]
    answer = client.get(target)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["vary"].startswith("Accept")
    assert holds in answer.text
    jsonschema.validate(answer.json(), schema("Table"))


@pytest.mark.parametrize("path", TABLES)
def test_csv(client: TestClient, path: str) -> None:
    answer = client.get(TABLES[path][0], headers={"accept": "text/html;q=0.1, text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    header, *rows = csv.reader(io.StringIO(answer.text))
    assert all(len(row) == len(header) for row in rows)


def test_answers_are_those_of_the_command_line(client: TestClient, tiny_graph: Graph) -> None:
    expected = show(tiny_graph, "tiny:case-manager")
    assert client.get(f"{V1}/show?id=tiny:case-manager").json() == expected.to_dict()
    got = client.get(f"{V1}/show?id=tiny:case-manager", headers={"accept": "text/csv"})
    assert got.text == to_csv(expected)


@pytest.mark.parametrize(("target", "status", "error", "says"), [
    (f"{V1}/show?id=tiny:case-manger", 404, "NotFoundError", "tiny:case-manager"),
    (f"{V1}/show", 400, "ParameterError", "id is missing"),
    (f"{V1}/show?name=x", 400, "ParameterError", "There are: id"),
    (f"{V1}/show?id=a&id=b", 400, "ParameterError", "given twice"),
    (f"{V1}/show?id={'x' * 501}", 400, "ParameterError", "at most 500"),
    (f"{V1}/list/thing", 400, "ParameterError", "expected one of framework, area"),
    (f"{V1}/list/role?include_interim=maybe", 400, "ParameterError", "true or false"),
    (f"{V1}/search?q=x&limit=0", 400, "ParameterError", "from 1 to 500"),
    (f"{V1}/search?q=x&limit=1e3", 400, "ParameterError", "from 1 to 500"),
    (f"{V1}/overlap?role=tiny:case-manager", 400, "ParameterError", "two to six"),
    (f"{V1}/overlap?roles=tiny:case-manager", 400, "ParameterError", "Did you mean role?"),
    (f"{V1}/transfer?start=tiny:case-manager&target=tiny:case-manager", 400, "ParameterError", "same role"),
    (f"{V1}/transfer?start=a&target=b&strictness=loose", 400, "ParameterError", "same, exact, close, broad"),
    (f"{V1}/query/requirement-of-role", 404, "NotFoundError", "requirements-of-role"),
    (f"{V1}/query/..%2F..%2Fetc%2Fpasswd", 404, "", ""),
    (f"{V1}/query/requirements-of-role?role=tiny:case-manager&role=x", 400, "ParameterError", "given twice"),
    (f"{V1}/query/requirements-of-role?rule=tiny:case-manager", 400, "ParameterError", "takes no parameter rule"),
    ("/id/tiny/no-such-thing", 404, "NotFoundError", "tiny:no-such-thing"),
    ("/id/tiny/a%3E%20%3Fp%20%3Fo%20%7D", 404, "NotFoundError", "identifier"),
])  # fmt: skip
def test_mistakes(client: TestClient, target: str, status: int, error: str, says: str) -> None:
    answer = client.get(target)
    assert answer.status_code == status, answer.text
    if error:
        jsonschema.validate(answer.json(), schema("Error"))
        assert answer.json()["error"] == error
        assert says in answer.text


def test_suggestions(client: TestClient) -> None:
    assert "tiny:case-manager" in client.get(f"{V1}/show?id=tiny:case-manger").json()["suggestions"]


def test_nothing_is_built(client_without_graph: TestClient, tmp_path: Path) -> None:
    for target in (f"{V1}/info", "/sparql?query=ASK{}", "/id/tiny/x"):
        answer = client_without_graph.get(target)
        assert (answer.status_code, answer.json()["error"]) == (503, "NotBuiltError")
        assert "competence-graph build" in answer.text
        assert str(tmp_path) not in answer.text
    answer = client_without_graph.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "nothing is built")


def test_health(client: TestClient, tiny_build: Path) -> None:
    current = pointer.read(tiny_build)
    assert current
    answer = client.get("/healthz")
    assert answer.json() == {
        "status": "ok",
        "data_version": current.data_version,
        "statement_count": current.quad_count,
    }
    jsonschema.validate(answer.json(), schema("Health"))


# The document


def test_openapi_document_is_valid(client: TestClient) -> None:
    served = client.get(f"{V1}/openapi.json").json()
    assert served == document()
    validate(served)
    assert served["openapi"].startswith("3.1")


def test_every_route_is_in_the_document() -> None:
    described = {(path, method.upper()) for path, methods in document()["paths"].items() for method in methods}
    served = {(address(r.path), m) for r in routes() for m in (r.methods or ()) if m != "HEAD"}
    assert served == described
    assert len(served) >= 18


# Linked data


@pytest.mark.parametrize("name", ["tiny/case-manager", "tiny/frailty-assessment", "tiny"])
def test_turtle_holds_the_triples_of_the_graph(client: TestClient, tiny_graph: Graph, name: str) -> None:
    answer = client.get(f"/id/{name}", headers={"accept": "text/turtle"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    got = {quad.triple for quad in ox.parse(answer.text, format=ox.RdfFormat.TURTLE)}
    iri = ox.NamedNode(to_iri(name.replace("/", ":")))
    assert got == {quad.triple for quad in tiny_graph.store.quads_for_pattern(iri, None, None, None)}
    assert "skos:prefLabel" in answer.text


def test_identifier_of_a_statement_has_turtle_only(client: TestClient, tiny_graph: Graph) -> None:
    query = "SELECT ?s { ?s <https://w3id.org/competence-graph/ontology#subject> ?x } ORDER BY ?s LIMIT 1"
    path = "/id/" + tiny_graph.select(query)[0]["s"].value.partition("/id/")[2]
    assert client.get(path).status_code == 404
    assert client.get(path, headers={"accept": "text/turtle"}).status_code == 200


# State


def test_new_build_is_noticed(tiny_build: Path, tmp_path: Path) -> None:
    folder = tmp_path / "build"
    state = State(folder)
    with pytest.raises(NotBuiltError):
        state.loaded()
    shutil.copytree(tiny_build, folder)
    first, guard = state.loaded(), state.guard()
    assert state.loaded() is first
    assert state.guard() is guard
    assert guard.run("ASK { }").boolean
    current = pointer.read(folder)
    assert current
    shutil.copytree(folder / current.folder, folder / "second")
    pointer.write(folder, pointer.Current("f" * 16, "second", "", 1))
    assert state.loaded().graph.data_version == "f" * 16
    assert state.guard() is not guard
    assert state.guard().run("ASK { ?s ?p ?o }").boolean
    state.close()


def test_state_is_opened_once_from_many_threads(tiny_build: Path) -> None:
    state = State(tiny_build)
    with ThreadPoolExecutor(4) as pool:
        assert len({id(loaded) for loaded in pool.map(lambda _: state.loaded(), range(16))}) == 1
        assert len({id(guard) for guard in pool.map(lambda _: state.guard(), range(16))}) == 1
    state.close()


def test_state_of_the_process_follows_the_build_folder(tiny_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BUILD_FOLDER_VARIABLE, str(tiny_build))
    with TestClient(Starlette(routes=routes())) as client:
        assert client.get("/healthz").json()["status"] == "ok"
        assert client.get("/sparql?query=ASK{}").json()["boolean"] is True
    STATE.close()
