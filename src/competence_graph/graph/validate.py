"""SHACL validation, per framework graph, with pySHACL.

Shapes speak of one node at a time (SHACL Core only: one SPARQL constraint costs twenty times a core one); what joins
many nodes is a quality query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import rdflib
from pyshacl import validate as _pyshacl_validate
from rdflib.namespace import SH

from competence_graph.model.report import Defect
from competence_graph.namespaces import to_curie
from competence_graph.resources import data_folder


def read_shapes(folder: Path | None = None) -> rdflib.Graph:
    """Return the shapes graph: what must hold, and what should (``sh:Warning``)."""
    folder = folder or data_folder("ontology")
    shapes = rdflib.Graph()
    for name in ("shapes.ttl", "shapes-recommended.ttl"):
        shapes.parse(folder / name, format="turtle")
    return shapes


def to_rdflib(triples: Iterable[ox.Quad | ox.Triple]) -> rdflib.Graph:
    """Return triples as an rdflib graph, for the libraries that want one."""
    data = ox.serialize((t.triple if isinstance(t, ox.Quad) else t for t in triples), format=ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph()
    graph.parse(data=data or b"", format="nt")
    return graph


def validate_graph(data: rdflib.Graph, shapes: rdflib.Graph, ontology: rdflib.Graph, *, name: str) -> list[Defect]:
    """Validate one graph.

    Parameters
    ----------
    data : rdflib.Graph
        The graph of one framework.
    shapes, ontology : rdflib.Graph
        The shapes; the class hierarchy that ``sh:targetClass`` and ``sh:class`` follow.
    name : str
        How messages name the graph.

    Returns
    -------
    list of Defect
        ``rule`` is the local name of the shape; ``found`` names the node (its CURIE) and the value.
    """
    _conforms, results, _text = _pyshacl_validate(
        data, shacl_graph=shapes, ont_graph=ontology, inference="none", advanced=False, meta_shacl=False
    )
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"pySHACL could not validate {name}: {results}")
    defects = []
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        node = to_curie(str(results.value(result, SH.focusNode)))
        path = to_curie(str(results.value(result, SH.resultPath) or ""))
        value = results.value(result, SH.value)
        shape = str(results.value(result, SH.sourceShape))
        message = str(results.value(result, SH.resultMessage) or "")
        severity = str(results.value(result, SH.resultSeverity)).rpartition("#")[2]
        owner = _owner(shapes, shape)
        defects.append(
            Defect(
                name,
                0,
                path,
                f"{node}" + (f" with {to_curie(str(value))!r}" if value is not None else ""),
                re.sub(r"\s+", " ", message),
                "Correct the row of that identifier",
                f"{severity}:{owner}",
            )
        )
    return sorted(defects)


def _owner(shapes: rdflib.Graph, shape: str) -> str:
    """Return the local name of the node shape to which a (blank) property shape belongs."""
    if shape.startswith("http"):
        return shape.rpartition("#")[2]
    for owner in shapes.subjects(SH.property, rdflib.BNode(shape)):
        return str(owner).rpartition("#")[2]
    return shape
