"""Where each named graph comes from, as PROV: one activity per graph, with the files it used and their checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from competence_graph.graph.quads import MAPPINGS_GRAPH, PROVENANCE_GRAPH, framework_graph
from competence_graph.graph.rules import Rule
from competence_graph.model.framework import Library
from competence_graph.namespaces import DCTERMS, IDENTIFIERS, PROV, RDF, SKOS, XSD


def provenance_quads(
    library: Library, folder: Path, rules: list[Rule], *, started: str, version: str
) -> Iterator[ox.Quad]:
    """Go through the provenance of every graph of a build.

    Parameters
    ----------
    library : Library
        What was read.
    folder : Path
        The frameworks folder, whose files are named with their checksums.
    rules : list of Rule
        The rules that wrote graphs.
    started : str
        Time of the build, ISO 8601.
    version : str
        Version of this program.
    """
    agent = ox.NamedNode(f"{IDENTIFIERS}agent/competence-graph")
    yield ox.Quad(agent, RDF.type, PROV.SoftwareAgent, PROVENANCE_GRAPH)
    yield ox.Quad(agent, DCTERMS.hasVersion, ox.Literal(version), PROVENANCE_GRAPH)
    graphs = [(framework_graph(f), sorted((folder / f.folder).glob("*"))) for f in library.frameworks]
    graphs.append((MAPPINGS_GRAPH, [folder / m.file for m in library.mappings]))
    for graph, files in graphs:
        yield from _activity(graph, agent, started)
        for path in files:
            if path.is_file() and path.suffix != ".md":
                name = path.relative_to(folder).as_posix()
                entity = ox.NamedNode(f"{IDENTIFIERS}file/{name}")
                yield ox.Quad(entity, RDF.type, PROV.Entity, PROVENANCE_GRAPH)
                yield ox.Quad(
                    entity, PROV.value, ox.Literal(hashlib.sha256(path.read_bytes()).hexdigest()), PROVENANCE_GRAPH
                )
                yield ox.Quad(_run(graph), PROV.used, entity, PROVENANCE_GRAPH)
    for rule in rules:
        yield from _activity(rule.graph, agent, started)
        yield ox.Quad(_run(rule.graph), PROV.used, ox.NamedNode(f"{IDENTIFIERS}rule/{rule.name}"), PROVENANCE_GRAPH)


def _run(graph: ox.NamedNode) -> ox.NamedNode:
    return ox.NamedNode(graph.value + "#run")


def _activity(graph: ox.NamedNode, agent: ox.NamedNode, started: str) -> Iterator[ox.Quad]:
    run = _run(graph)
    yield ox.Quad(graph, RDF.type, PROV.Entity, PROVENANCE_GRAPH)
    yield ox.Quad(graph, PROV.wasGeneratedBy, run, PROVENANCE_GRAPH)
    yield ox.Quad(run, RDF.type, PROV.Activity, PROVENANCE_GRAPH)
    yield ox.Quad(run, SKOS.prefLabel, ox.Literal(f"Build of {graph.value}"), PROVENANCE_GRAPH)
    yield ox.Quad(run, PROV.wasAssociatedWith, agent, PROVENANCE_GRAPH)
    yield ox.Quad(run, PROV.startedAtTime, ox.Literal(started, datatype=XSD.dateTime), PROVENANCE_GRAPH)
