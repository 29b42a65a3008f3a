"""A graph that remembers answers gives the same rows, and forgets what was asked longest ago."""

from __future__ import annotations

import pytest

from competence_graph.graph.store import Graph, Memory

ROLES = "SELECT DISTINCT ?role WHERE { ?role a <https://w3id.org/competence-graph/ontology#Role> } ORDER BY ?role"


def test_the_same_rows_and_asked_once(tiny_graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = tiny_graph.remembering()
    first = graph.select(ROLES)
    assert first == tiny_graph.select(ROLES)
    monkeypatch.setattr(Graph, "_run", lambda self, query: pytest.fail("It was asked again."))
    again = graph.select(ROLES)
    assert again == first
    again.clear()
    assert graph.select(ROLES) == first, "who changes a list changes no other's"


def test_what_was_asked_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Memory, "MOST_ROWS", 4)
    memory = Memory()
    memory.put("a", [{}])
    memory.put("b", [{}])
    assert memory.get("a") == [{}]
    memory.put("c", [{}])
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == ([{}], None, [{}])
    memory.put("large", [{}] * 9)
    assert memory.get("large") is None
    assert memory.get("a") == [{}]
