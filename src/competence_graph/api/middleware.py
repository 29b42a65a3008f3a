"""What stands before every page and answer: trusted hosts, no foreign origin, security headers, compression.

All of it is plain ASGI: nothing is buffered, and websockets pass (or are refused) like requests.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS_VARIABLE = "COMPETENCE_GRAPH_HOSTS"
DEFAULT_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Streamlit's pages need inline and evaluated scripts; measured: its pages draw under this policy.
CONTENT_POLICY = "; ".join((
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' ws: wss: data: blob:",
    "frame-src 'self' blob: data:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'self'",
    "form-action 'self'",
))  # fmt: skip
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "content-security-policy": CONTENT_POLICY,
}


def hosts() -> list[str]:
    """Return the hosts that this server answers to: its own machine, or those of ``COMPETENCE_GRAPH_HOSTS``.

    The variable holds names with commas between them; ``*.example.org`` stands for all below, ``*`` for any.
    """
    named = [host.strip() for host in os.environ.get(HOSTS_VARIABLE, "").split(",")]
    return [host for host in named if host] or list(DEFAULT_HOSTS)


class SecurityHeaders:
    """Adds the security headers to every answer that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to its answer."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)


class SameOrigin:
    """Refuses (403) what another site's page sends: any request that could change something, and websockets.

    A request without ``Origin`` does not come from a page and passes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        guarded = scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in SAFE_METHODS)
        if not guarded or _same_origin(Headers(scope=scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
            await send({"type": "websocket.close", "code": 1008})  # before it is accepted: the server answers 403
        else:
            message = "This request comes from a page of another site."
            answer = JSONResponse({"error": "ForeignOrigin", "message": message, "suggestions": []}, 403)
            await answer(scope, receive, send)


def _same_origin(headers: Headers) -> bool:
    origins = headers.getlist("origin")
    return not origins or (len(origins) == 1 and urlsplit(origins[0]).netloc.lower() == headers.get("host", "").lower())


def middleware() -> list[Middleware]:
    """Return the middleware for the application, outermost first."""
    return [
        Middleware(SecurityHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts(), www_redirect=False),
        Middleware(SameOrigin),
        Middleware(GZipMiddleware, minimum_size=1000),
    ]
