"""The graph and what is read from it once, shared by all sessions. Nothing personal ever comes here."""

from __future__ import annotations

import streamlit as st

from competence_graph.analysis.claims import read_profiles
from competence_graph.analysis.matching import Matching
from competence_graph.errors import NotBuiltError
from competence_graph.graph.build import build
from competence_graph.graph.store import Graph, load
from competence_graph.query.names import Names
from competence_graph.query.table import Thing


@st.cache_resource(show_spinner=False)
def _graph() -> Graph:
    try:
        return load().remembering()
    except NotBuiltError:
        with st.status("Building the graph: this happens once, and takes a few seconds.", expanded=True) as status:
            bar = st.progress(0.0, text="Starting")

            def progress(step: str, share: float) -> None:
                bar.progress(share, text=step)

            result = build(progress=progress)
            result.report.raise_for_defects()
            status.update(label="The graph is built.", state="complete")
        return load().remembering()


def graph() -> Graph:
    """Return the graph in use, built on first start."""
    return _graph()


@st.cache_resource(show_spinner=False)
def names() -> Names:
    """Return the names of everything in the graph."""
    return Names(_graph())


@st.cache_resource(show_spinner=False)
def statement_counts() -> dict[str, int]:
    """Return the number of stated requirements and performances of each role, by CURIE."""
    rows = _graph().select(
        "PREFIX cg: <https://w3id.org/competence-graph/ontology#> SELECT ?role (COUNT(DISTINCT ?s) AS ?n) WHERE { "
        "VALUES ?kind { cg:Requirement cg:Performance } ?s a ?kind ; cg:subject ?role ; cg:status ?how . ?role a cg:Role . "
        "FILTER (?how IN (cg:Attested, cg:Curated)) } GROUP BY ?role"
    )
    return {names().thing(row["role"]).id: int(row["n"].value) for row in rows}


@st.cache_resource(show_spinner=False)
def profiles() -> dict[str, str]:
    """Return the profile of every role."""
    return read_profiles(_graph())


@st.cache_resource(show_spinner=False)
def mapping_counts() -> tuple[int, int]:
    """Return how many mappings join frameworks, and how many of them a practitioner has reviewed."""
    matching = Matching(_graph(), names())
    return matching.mapping_count, matching.reviewed_count


def options(kind: str) -> dict[str, str]:
    """Return the things of a kind for a list to choose from: identifier to label; roles say how much is known of them."""
    if kind != "role":
        return {thing.id: thing.label for thing in names().of_kind(kind)}
    counts = statement_counts()
    asked = set(st.query_params.get_all("role")) | {st.query_params.get(key) for key in ("start", "target", "id")}
    told = (t for t in names().of_kind("role") if counts.get(t.id, 0) or t.id in asked)
    ranked: list[Thing] = sorted(told, key=lambda t: (counts.get(t.id, 0) < 5, t.label.lower()))
    return {t.id: f"{t.label} · {n} statement{'' if n == 1 else 's'}" for t in ranked for n in [counts.get(t.id, 0)]}
