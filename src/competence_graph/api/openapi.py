"""The interface as an OpenAPI 3.1 document, made from the table of endpoints.

References
----------
.. [1] OpenAPI Specification 3.1.1, https://spec.openapis.org/oas/v3.1.1.html
"""

from __future__ import annotations

from typing import Any

from competence_graph import __version__
from competence_graph.api.arguments import MAX_CHARACTERS, Parameter
from competence_graph.api.endpoints import ENDPOINTS, Endpoint
from competence_graph.query import refusals

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}


def _object(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), **more}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


SCHEMAS: dict[str, Any] = {
    "Thing": _object({"id": _TEXT, "label": _TEXT, "kind": _TEXT}, description="Something with a name."),
    "Figure": _object(
        {
            "name": _TEXT, "meaning": _TEXT, "count": _COUNT, "of": {"type": ["integer", "null"]},
            "share": {"type": ["number", "null"], "minimum": 0, "maximum": 1}, "withheld": _TEXT,
        },
        description="A number that an answer leads with, and what it is a part of; 'withheld' says why there is no share.",
    ),
    "Table": _object(
        {
            "question": _TEXT, "parameters": {"type": "object", "additionalProperties": _TEXT}, "data_version": _TEXT,
            "figures": _list({"$ref": "#/components/schemas/Figure"}), "columns": _list(_object({"name": _TEXT, "meaning": _TEXT, "unit": _TEXT})),
            "rows": _list({"type": "object", "additionalProperties": {
                "anyOf": [{"$ref": "#/components/schemas/Thing"}, {"type": ["string", "number", "null"]}]}}),
            "notes": _list(_TEXT),
        },
        description="An answer: the question, the data that answered, columns with meaning and unit, rows, and what a reader must know.",
    ),
    "Health": _object({"status": _TEXT, "data_version": _TEXT, "statement_count": _COUNT}),
    "OpenAPI": {"type": "object"},
    "Results": {"type": "object", "required": ["head"], "description": "SPARQL 1.1 query results, as JSON."},
    "Error": _object({"error": _TEXT, "message": _TEXT, "suggestions": _list(_TEXT)}),
}  # fmt: skip
ERRORS = {
    "400": "Something in the request is not right; nothing was done.",
    "404": "Nothing is called that; 'suggestions' holds the nearest identifiers.",
    "503": "Nothing is built yet, or a query was stopped.",
}


def address(path: str) -> str:
    """Return a path as OpenAPI writes it: parameters without their kind.

    >>> address("/id/{framework}/{local:path}")
    '/id/{framework}/{local}'
    """
    return path.replace(":path}", "}")


def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Competence Graph",
            "version": __version__,
            "summary": "Who does what, what roles share, what transfers, what a care model needs.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {address(e.path): {method.lower(): _operation(e, method) for method in e.methods} for e in ENDPOINTS},
        "components": {"schemas": SCHEMAS},
    }


def _operation(endpoint: Endpoint, method: str) -> dict[str, Any]:
    content = {
        media: {"schema": {"$ref": f"#/components/schemas/{schema}"} if schema else _TEXT}
        for media, schema in endpoint.answers.items()
    }
    errors = {
        status: {
            "description": words,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
        }
        for status, words in ERRORS.items()
    }
    if endpoint.path == "/healthz":
        errors["503"]["content"] = content
    operation: dict[str, Any] = {
        "operationId": f"{method.lower()}{_name(endpoint.path)}",
        "summary": endpoint.summary,
        "responses": {"200": {"description": "The answer.", "content": content}, **errors},
    }
    if method == "POST":
        form = _object({p.name: _schema(endpoint, p) for p in endpoint.parameters})
        operation["requestBody"] = {
            "required": True,
            "content": {media: {"schema": form if "form" in media else _TEXT} for media in endpoint.bodies},
        }
    else:
        operation["parameters"] = [_parameter(endpoint, parameter) for parameter in endpoint.parameters]
        if endpoint.free:
            operation["parameters"].append({
                "name": "parameters", "in": "query", "required": False, "style": "form", "explode": True,
                "description": "The parameters of the question, each by its name.",
                "schema": {"type": "object", "additionalProperties": _TEXT},
            })  # fmt: skip
    return operation


def _name(path: str) -> str:
    words = address(path).replace("/api/v1", "").translate(str.maketrans("/{}.", "----")).split("-")
    return "".join(word.capitalize() for word in words)


def _parameter(endpoint: Endpoint, parameter: Parameter) -> dict[str, Any]:
    schema = _schema(endpoint, parameter)
    said: dict[str, Any] = {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.meaning,
        "required": parameter.required or parameter.place == "path",
        "schema": _list(schema) if parameter.many else schema,
    }
    if parameter.many:
        said |= {"style": "form", "explode": True}
    return said


def _schema(endpoint: Endpoint, parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": parameter.kind}
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    elif parameter.kind == "integer":
        schema |= {"minimum": parameter.least, "maximum": parameter.most}
    elif parameter.kind == "string" and parameter.place == "query":
        schema["maxLength"] = refusals.MAX_CHARACTERS if endpoint.path == "/sparql" else MAX_CHARACTERS
    if parameter.default:
        default: Any = parameter.default
        if parameter.kind == "integer":
            default = int(default)
        elif parameter.kind == "boolean":
            default = default == "true"
        schema["default"] = default
    return schema
