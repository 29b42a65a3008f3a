"""From tables and errors to HTTP: negotiation of the form, JSON or CSV, and one form of error for all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from competence_graph.errors import (
    AmbiguousNameError,
    CompetenceGraphError,
    GraphError,
    GuardBusyError,
    NotBuiltError,
    NotFoundError,
    ParameterError,
    RefusedQueryError,
    StoppedQueryError,
)
from competence_graph.query.table import Table
from competence_graph.reports import text

Handler = Callable[[Request], Awaitable[Response]]

JSON = "application/json"
CSV = "text/csv"
TURTLE = "text/turtle"
STATUS: tuple[tuple[type[CompetenceGraphError], int], ...] = (
    (NotFoundError, 404),
    (AmbiguousNameError, 400),
    (ParameterError, 400),
    (RefusedQueryError, 400),
    (StoppedQueryError, 503),
    (GraphError, 503),
)
"""The status of each error, the first that fits; any other is a fault of ours (500)."""


def preferred(accept: str, offered: Sequence[str]) -> str:
    """Return which of the offered media types an ``Accept`` header likes best; the first where it does not say.

    >>> preferred("text/html, text/csv;q=0.5", ["application/json", "text/csv"])
    'text/csv'
    >>> preferred("*/*", ["application/json", "text/csv"])
    'application/json'
    """
    wishes: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, *options = (piece.strip() for piece in part.split(";"))
        wishes[name] = next((_quality(option[2:]) for option in options if option.startswith("q=")), 1.0)

    def liking(offer: str) -> float:
        kind = offer.partition("/")[0]
        return next((wishes[name] for name in (offer, f"{kind}/*", "*/*") if name in wishes), 0.0)

    return max(offered, key=liking)  # the first of equals


def _quality(value: str) -> float:
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0


def table_response(table: Table, accept: str) -> Response:
    """Return an answer in the form asked for: the stable JSON, or CSV."""
    if preferred(accept, (JSON, CSV)) == CSV:
        return Response(text.to_csv(table), media_type=f"{CSV}; charset=utf-8", headers={"Vary": "Accept"})
    return JSONResponse(table.to_dict(), headers={"Vary": "Accept"})


def error_response(error: CompetenceGraphError) -> Response:
    """Return an error as JSON: its class, its message, and what may have been meant."""
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
    suggestions: Sequence[str] = ()
    message = str(error)
    match error:
        case NotFoundError():
            suggestions = error.suggestions
        case AmbiguousNameError():
            suggestions = error.candidates
        case NotBuiltError():
            message = "There is no built graph. Run 'competence-graph build'."
        case GraphError():  # the full message names folders of the server
            message = "The graph cannot be opened. Run 'competence-graph build --force'."
        case _:
            pass
    headers = {"Retry-After": "5"} if isinstance(error, GuardBusyError) else {}
    body = {"error": type(error).__name__, "message": message, "suggestions": list(suggestions)}
    return JSONResponse(body, status, headers=headers)


def answering(handler: Handler) -> Handler:
    """Return a handler whose errors of this project become answers, in this one place."""

    @wraps(handler)
    async def answered(request: Request) -> Response:
        try:
            return await handler(request)
        except CompetenceGraphError as error:
            return error_response(error)

    return answered
