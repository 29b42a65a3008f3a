"""The routes of the server, made from the table of endpoints; Streamlit's pages stand beside them."""

from __future__ import annotations

from functools import lru_cache

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from competence_graph.api.arguments import Arguments
from competence_graph.api.endpoints import ENDPOINTS, Endpoint
from competence_graph.api.linked import linked
from competence_graph.api.openapi import document
from competence_graph.api.responses import Handler, answering, table_response
from competence_graph.api.sparql import sparql
from competence_graph.api.state import STATE, State
from competence_graph.errors import GraphError


def routes(state: State | None = None) -> list[Route]:
    """Return one route for each endpoint.

    Parameters
    ----------
    state : State, optional
        What the routes read; default is the state of this process.

    Notes
    -----
    Whatever reads the graph runs in a thread, so the server answers others meanwhile.
    """
    state = state or STATE
    own = _own_handlers(state)
    return [
        Route(
            endpoint.path,
            answering(_table_handler(endpoint, state) if endpoint.table else own[endpoint.path]),
            methods=list(endpoint.methods),
        )
        for endpoint in ENDPOINTS
    ]


def _table_handler(endpoint: Endpoint, state: State) -> Handler:
    make = endpoint.table
    assert make

    async def handler(request: Request) -> Response:
        given = Arguments(
            endpoint.parameters, request.path_params, request.query_params.multi_items(), free=endpoint.free
        )

        def run() -> Response:
            return table_response(make(state.loaded(), given), request.headers.get("accept", ""))

        return await anyio.to_thread.run_sync(run)

    return handler


def _own_handlers(state: State) -> dict[str, Handler]:
    async def healthz(_: Request) -> Response:
        return await anyio.to_thread.run_sync(_health, state)

    async def openapi(_: Request) -> Response:
        return JSONResponse(_document())

    async def query(request: Request) -> Response:
        return await sparql(request, state)

    async def identifier(request: Request) -> Response:
        name = "/".join(request.path_params.values())
        accept = request.headers.get("accept", "")
        return await anyio.to_thread.run_sync(lambda: linked(state.loaded(), name, accept))

    return {
        "/healthz": healthz,
        "/api/v1/openapi.json": openapi,
        "/sparql": query,
        "/id/{framework}": identifier,
        "/id/{framework}/{local:path}": identifier,
    }


def _health(state: State) -> Response:
    try:
        loaded = state.loaded()
    except GraphError:
        body = {"status": "nothing is built", "data_version": "", "statement_count": 0}
        return JSONResponse(body, 503, headers={"Cache-Control": "no-store"})
    body = {"status": "ok", "data_version": loaded.graph.data_version, "statement_count": loaded.statement_count}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


@lru_cache(maxsize=1)
def _document() -> dict[str, object]:
    return document()
