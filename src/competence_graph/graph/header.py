"""Headers of SPARQL files: YAML after ``#+``, as grlc has it; shared by rules and catalogue queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from competence_graph.errors import HeaderError

MARK = "#+"
VALUES = "#+ values"


def read_header(text: str, *, name: str, required: Iterable[str]) -> dict[str, Any]:
    """Return the header of a SPARQL file.

    Parameters
    ----------
    text : str
        The file; lines ``#+ values`` mark where parameters go and are no part of the header.
    name : str
        How messages name it.
    required : iterable of str
        Keys that must be there.

    Raises
    ------
    HeaderError
        The header is no YAML mapping, or lacks a key.
    """
    lines = [line for line in text.splitlines() if line.startswith(MARK) and not line.startswith(VALUES)]
    try:
        header = yaml.safe_load("\n".join(line[len(MARK) :].removeprefix(" ") for line in lines)) or {}
    except yaml.YAMLError as error:
        raise HeaderError(f"{name}: the header is not YAML; put quotes round a text with a colon: {error}") from error
    if not isinstance(header, dict):
        raise HeaderError(f"{name}: the header is not a mapping of keys to values")
    if missing := [key for key in required if key not in header]:
        raise HeaderError(f"{name}: the header lacks {', '.join(missing)}")
    return header
