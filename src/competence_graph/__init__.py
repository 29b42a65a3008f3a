"""A competence-framework knowledge graph and query tool for UK health and social care.

>>> import competence_graph as cg
>>> graph = cg.load()                                                              # doctest: +SKIP
>>> cg.transfer(graph, "care co-ordinator", "case manager").figures[0].count       # doctest: +SKIP
1

Names are imported when they are first used, so that the command line starts quickly.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from competence_graph.analysis.gap import gap
    from competence_graph.analysis.overlap import overlap
    from competence_graph.analysis.similarity import similar
    from competence_graph.analysis.transfer import transfer
    from competence_graph.graph.build import build
    from competence_graph.graph.store import Graph, load
    from competence_graph.query.description import show
    from competence_graph.query.lookup import info, list_things
    from competence_graph.query.search import search
    from competence_graph.query.table import Table

# openpyxl parses with lxml where it finds it, and lxml mends broken XML in silence; without it openpyxl parses through
# defusedxml, which refuses entities, and a broken workbook is a finding.
os.environ.setdefault("OPENPYXL_LXML", "False")

__version__ = "0.1.0"

_HOMES = {
    "Graph": "graph.store",
    "Table": "query.table",
    "build": "graph.build",
    "gap": "analysis.gap",
    "info": "query.lookup",
    "list_things": "query.lookup",
    "load": "graph.store",
    "overlap": "analysis.overlap",
    "search": "query.search",
    "show": "query.description",
    "similar": "analysis.similarity",
    "transfer": "analysis.transfer",
}

__all__ = [
    "Graph",
    "Table",
    "build",
    "gap",
    "info",
    "list_things",
    "load",
    "overlap",
    "search",
    "show",
    "similar",
    "transfer",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
