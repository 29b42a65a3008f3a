"""The SPARQL 1.1 protocol, for reading: queries only, through the guard, over the one graph that there is.

References
----------
.. [1] SPARQL 1.1 Protocol, section 2.1, https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from urllib.parse import parse_qsl

import anyio
from anyio.lowlevel import RunVar
from starlette.requests import Request
from starlette.responses import Response

from competence_graph.api.results import serialise
from competence_graph.api.state import State
from competence_graph.errors import EmptyQueryError, ParameterError, QueryTooLongError
from competence_graph.query.refusals import MAX_CHARACTERS

MAX_BYTES = 12 * MAX_CHARACTERS  # a character is at most four bytes, each three characters of a form
THREADS = 10
TRUNCATED = "Competence-Graph-Truncated"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
# Queries wait for their turn in threads; so that the other answers keep theirs, they have threads of their own.
_threads: RunVar[anyio.CapacityLimiter] = RunVar("competence_graph_sparql_threads")


async def sparql(request: Request, state: State) -> Response:
    """Answer a query of the protocol.

    Raises
    ------
    RefusedQueryError, StoppedQueryError, ParameterError, GraphError
        As the guard says; or the request is not one of the protocol's forms.
    """
    text = await query_text(request)
    try:
        limiter = _threads.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(THREADS)
        _threads.set(limiter)
    accept = request.headers.get("accept", "")

    def run() -> tuple[str, str, bool]:
        answer = state.guard().run(text)
        return *serialise(answer, accept), answer.truncated

    body, media, truncated = await anyio.to_thread.run_sync(run, limiter=limiter)
    headers = {"Vary": "Accept", **({TRUNCATED: "true"} if truncated else {})}
    return Response(body, media_type=f"{media}; charset=utf-8", headers=headers)


async def query_text(request: Request) -> str:
    """Return the query that a request holds, in any of the three forms of the protocol.

    Raises
    ------
    EmptyQueryError, QueryTooLongError
        There is no query, or the body is larger than any query allowed.
    ParameterError
        Two queries, an update, a dataset of the request's own, or a body of another kind.
    """
    if request.method == "GET" or request.method == "HEAD":
        return _one_query(request.query_params.multi_items())
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (QUERY, FORM):
        raise ParameterError(f"The body is {kind or 'of no stated kind'}; expected {QUERY} or {FORM}.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BYTES:
            raise QueryTooLongError(f"The body is too long; a query has at most {MAX_CHARACTERS:,} characters.")
    try:
        text = body.decode("utf-8")
        pairs = [("query", text)]
        if kind == FORM:
            pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:  # not UTF-8, or too many fields
        raise ParameterError("The body is no form, or not in UTF-8.") from None
    return _one_query([*request.query_params.multi_items(), *pairs])


def _one_query(pairs: list[tuple[str, str]]) -> str:
    names = [name for name, _ in pairs]
    for name in names:
        if name in ("default-graph-uri", "named-graph-uri"):
            raise ParameterError(f"{name} is not allowed: a query here reads all graphs; name one with GRAPH.")
        if name in ("update", "using-graph-uri", "using-named-graph-uri"):
            raise ParameterError("Updates are not allowed: the graph can be read here, not changed.")
    if names.count("query") > 1:
        raise ParameterError("There are two queries; give one.")
    text = next((value for name, value in pairs if name == "query"), "")
    if not text.strip():
        raise EmptyQueryError("There is no query. Give it as ?query=…")
    return text
