"""Answers of the guard in the forms of the SPARQL protocol.

References
----------
.. [1] SPARQL 1.1 Query Results JSON, CSV and XML formats, https://www.w3.org/TR/sparql11-overview/
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from competence_graph.api.endpoints import NTRIPLES, RESULTS_JSON, RESULTS_XML
from competence_graph.api.responses import CSV, JSON, TURTLE, preferred
from competence_graph.query.guard import GuardedAnswer, Term

PLAIN = "http://www.w3.org/2001/XMLSchema#string"
XML = "application/xml"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}


def serialise(answer: GuardedAnswer, accept: str) -> tuple[str, str]:
    """Return the text of an answer and its media type: the one of ``accept`` that fits the form of the query."""
    if answer.form == "graph":
        return to_ntriples(answer), preferred(accept, (TURTLE, NTRIPLES))  # N-Triples is Turtle too
    media = preferred(accept, tuple(FORMS))
    return FORMS[media](answer), media


def to_json(answer: GuardedAnswer) -> str:
    """Return an answer as SPARQL results in JSON."""
    if answer.boolean is not None:
        return json.dumps({"head": {}, "boolean": answer.boolean})
    bindings = [{name: _json(term) for name, term in row.items()} for row in answer.rows]
    return json.dumps({"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False)


def _json(term: Term) -> dict[str, str]:
    kind, value, datatype, language = term
    if kind in ("iri", "bnode"):
        return {"type": "uri" if kind == "iri" else "bnode", "value": value}
    said = {"type": "literal", "value": value}
    if language:
        said["xml:lang"] = language
    elif datatype and datatype != PLAIN:
        said["datatype"] = datatype
    return said


def to_csv(answer: GuardedAnswer) -> str:
    """Return an answer as SPARQL results in CSV; that of an ASK, of which the format says nothing, is one word."""
    if answer.boolean is not None:
        return f"{str(answer.boolean).lower()}\r\n"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        terms = (row.get(name) for name in answer.columns)
        writer.writerow([("_:" if term[0] == "bnode" else "") + term[1] if term else "" for term in terms])
    return out.getvalue()


def to_xml(answer: GuardedAnswer) -> str:
    """Return an answer as SPARQL results in XML; a character that XML cannot hold becomes U+FFFD."""
    lines = ['<?xml version="1.0"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">']
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in answer.columns)
    lines.append(f"<head>{variables}</head>")
    if answer.boolean is not None:
        lines.append(f"<boolean>{str(answer.boolean).lower()}</boolean>")
    else:
        lines.append("<results>")
        for row in answer.rows:
            bound = (f"<binding name={quoteattr(name)}>{_xml(term)}</binding>" for name, term in row.items())
            lines.append(f"<result>{''.join(bound)}</result>")
        lines.append("</results>")
    return "\n".join([*lines, "</sparql>", ""])


def _xml(term: Term) -> str:
    kind, value, datatype, language = term
    text = escape(_NOT_XML.sub("\ufffd", value), {"\r": "&#13;"})
    if kind in ("iri", "bnode"):
        tag = "uri" if kind == "iri" else "bnode"
        return f"<{tag}>{text}</{tag}>"
    if language:
        return f"<literal xml:lang={quoteattr(language)}>{text}</literal>"
    typed = f" datatype={quoteattr(datatype)}" if datatype and datatype != PLAIN else ""
    return f"<literal{typed}>{text}</literal>"


def to_ntriples(answer: GuardedAnswer) -> str:
    """Return the triples of a CONSTRUCT or DESCRIBE, one a line."""
    return "".join(" ".join(_ntriples(row[name]) for name in answer.columns) + " .\n" for row in answer.rows)


def _ntriples(term: Term) -> str:
    kind, value, datatype, language = term
    if kind == "iri":
        return f"<{value}>"
    if kind == "bnode":
        return f"_:{value}"
    if kind == "triple":
        return value
    text = '"' + "".join(_ESCAPES.get(character, character) for character in value) + '"'
    if language:
        return f"{text}@{language}"
    return f"{text}^^<{datatype}>" if datatype and datatype != PLAIN else text


FORMS: dict[str, Callable[[GuardedAnswer], str]] = {
    RESULTS_JSON: to_json, JSON: to_json, RESULTS_XML: to_xml, XML: to_xml, CSV: to_csv,
}  # fmt: skip
