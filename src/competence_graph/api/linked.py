"""Identifiers that can be opened: the same thing for people's programs (JSON, CSV) and for linked data (Turtle)."""

from __future__ import annotations

import re

from starlette.responses import Response

from competence_graph.api.responses import CSV, JSON, TURTLE, preferred, table_response
from competence_graph.api.state import Loaded
from competence_graph.errors import NotFoundError
from competence_graph.namespaces import IDENTIFIERS, PREFIXES, to_curie
from competence_graph.query.description import show

_SAFE = re.compile(r"[A-Za-z0-9._~/\-]+")
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")


def linked(at: Loaded, name: str, accept: str) -> Response:
    """Return what the graph says of one identifier.

    Parameters
    ----------
    at : Loaded
        The version in use.
    name : str
        What stands after ``…/id/``; read as it is, not as a name that may be spelt in several ways.
    accept : str
        ``text/turtle`` for its triples; else the table of ``show``, as JSON or CSV.

    Raises
    ------
    NotFoundError
        The graph has no such identifier; or it has no name and only Turtle can show it.
    """
    iri = IDENTIFIERS + name
    if not _SAFE.fullmatch(name):
        raise NotFoundError(name, at.names.nearest(to_curie(iri)), kind="identifier")
    if preferred(accept, (JSON, CSV, TURTLE)) == TURTLE:
        text = turtle(at, iri)
        if text:
            return Response(text, media_type=f"{TURTLE}; charset=utf-8", headers={"Vary": "Accept"})
    elif iri in at.names.things:
        return table_response(show(at.graph, iri, names=at.names), accept)
    raise NotFoundError(to_curie(iri), at.names.nearest(to_curie(iri)), kind="identifier")


def turtle(at: Loaded, iri: str) -> str:
    """Return the triples of which an identifier is the subject, as Turtle; empty where there is none."""
    triples = at.graph.construct(f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}")
    pairs = sorted({(_short(str(t.predicate)), _short(str(t.object))) for t in triples})
    if not pairs:
        return ""
    said = " ;\n".join(f"    {predicate} {value}" for predicate, value in pairs)
    body = f"<{iri}>\n{said} .\n"
    used = [prefix for prefix in PREFIXES if re.search(rf"(?m)(?:^    | ){prefix}:", body)]
    return "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in used) + "\n" + body


def _short(term: str) -> str:
    """Return a term as Turtle writes it, with a prefix where there is a plain one."""
    if term.startswith("<"):
        for prefix, base in PREFIXES.items():
            local = term[1:-1].removeprefix(base)
            if term[1:].startswith(base) and _LOCAL.fullmatch(local):
                return f"{prefix}:{local}"
    return term
