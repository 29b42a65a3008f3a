"""The names of everything in a graph: from identifier to label and kind, and from what a person types to the thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from rapidfuzz import fuzz, process, utils

from competence_graph.errors import AmbiguousNameError, NotFoundError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import IDENTIFIERS, to_curie, to_iri
from competence_graph.query.table import Thing

KINDS: dict[str, tuple[str, ...]] = {
    "framework": ("framework",),
    "area": ("competence area",),
    "competence": ("competence", "skill", "knowledge", "behaviour", "qualification", "experience"),
    "principle": ("principle",),
    "function": ("care function",),
    "role": ("role",),
    "group": ("staff group", "team", "organisation"),
    "model": ("care model", "point model", "whole-system model", "service"),
    "case": ("case study",),
    "cohort": ("cohort", "need state"),
    "setting": ("setting",),
    "learning": ("learning offer",),
    "finding": ("finding",),
    "level": ("level",),
    "source": ("source document",),
}
"""What a person asks for, and the classes (by their label in the ontology) that it covers."""


def labels_of(kinds: Iterable[str]) -> set[str]:
    """Return the class labels of some kinds; a kind that is none of :data:`KINDS` is a class label itself."""
    return {label for kind in kinds for label in KINDS.get(kind, (kind,))}


_NEAR = 66  # of 100: how like its spelling a choice must be to be offered for another word
_ALL_NAMES = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT DISTINCT ?thing ?label ?kind ?other WHERE {
  ?thing skos:prefLabel ?label ; a ?class .
  ?class a owl:Class ; rdfs:label ?kind .
  OPTIONAL { { ?thing skos:altLabel ?other } UNION { ?thing skos:notation ?other } }
}
"""
_ISSUED = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?source ?issued WHERE { ?source a cg:SourceDocument ; dcterms:issued ?issued }
"""


class Names:
    """Labels and kinds of everything that a graph names.

    Parameters
    ----------
    graph : Graph
        Reads ``skos:prefLabel``, ``skos:altLabel``, ``skos:notation`` and the class labels; of source documents
        ``dcterms:issued`` too, whose year stands in their label wherever it is shown (:func:`dated`).
    """

    def __init__(self, graph: Graph) -> None:
        self.things: dict[str, Thing] = {}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._others: dict[str, set[str]] = defaultdict(set)
        issued = {row["source"].value: row["issued"].value for row in graph.select(_ISSUED)}
        for row in graph.select(_ALL_NAMES):
            iri = row["thing"].value
            curie = to_curie(iri)
            thing = Thing(curie, dated(row["label"].value, issued.get(iri, "")), row["kind"].value)
            self.things[iri] = thing
            names = {row["label"].value, thing.label, curie, curie.rpartition(":")[2]}
            if other := row.get("other"):
                names.add(other.value)
                self._others[iri].add(other.value)
            for name in names:
                self._by_name[_key(name)].add(iri)

    def thing(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | str) -> Thing:
        """Return the thing of an IRI; one without a label is shown by its CURIE."""
        iri = term if isinstance(term, str) else term.value
        return self.things.get(iri) or Thing(to_curie(iri), to_curie(iri), "")

    def of_kind(self, kind: str) -> list[Thing]:
        """Return everything of one of the kinds of :data:`KINDS`, by label."""
        return self.of_kinds((kind,))

    def of_kinds(self, kinds: Iterable[str]) -> list[Thing]:
        """Return everything of some kinds, or of some classes by their label, by label."""
        labels = labels_of(kinds)
        return sorted((t for t in self.things.values() if t.kind in labels), key=lambda t: (t.label.lower(), t.id))

    def resolve(self, name: str, kinds: Iterable[str] = ()) -> Thing:
        """Return the thing that a person means.

        Parameters
        ----------
        name : str
            A CURIE, an IRI, a label, another name, a code, or the local part of an identifier; case and punctuation
            do not matter.
        kinds : iterable of str
            Kinds of :data:`KINDS`, or class labels, among which to look; default is all.

        Raises
        ------
        NotFoundError
            Nothing is called that; the error suggests the nearest identifiers.
        AmbiguousNameError
            Several things are called that.
        """
        wanted = tuple(kinds)
        allowed = labels_of(wanted)
        found = self._by_name.get(_key(name), set())
        if ":" in name and (iri := name if name.startswith("http") else to_iri(name)) in self.things:
            found = {iri}
        fitting = [self.things[iri] for iri in found if not allowed or self.things[iri].kind in allowed]
        if len(fitting) == 1:
            return fitting[0]
        if len(fitting) > 1:
            # A label counts for more than another name that some other thing bears too.
            exact = [t for t in fitting if name in (t.id, t.label)]
            labelled = [t for t in fitting if _key(t.label) == _key(name)]
            for best in (exact, labelled):
                if len(best) == 1:
                    return best[0]
            raise AmbiguousNameError(name, sorted(t.id for t in fitting))
        raise NotFoundError(name, self.nearest(name, wanted), kind=" or ".join(wanted) or "thing")

    def known(self, name: str) -> bool:
        """Return whether anything is called so, whatever its kind; cheaper than :meth:`resolve` where nothing is."""
        iri = name if name.startswith("http") else to_iri(name) if ":" in name else ""
        return _key(name) in self._by_name or iri in self.things

    def nearest(self, name: str, kinds: Iterable[str] = (), *, limit: int = 3) -> list[str]:
        """Return the identifiers whose name is nearest to ``name``, best first."""
        allowed = labels_of(kinds)
        choices: dict[str, str] = {}
        for iri, thing in self.things.items():
            if not allowed or thing.kind in allowed:
                choices[iri] = thing.label
        query = name.removeprefix(IDENTIFIERS).rpartition(":")[2].replace("-", " ")
        hits = process.extract(
            query, choices, scorer=fuzz.WRatio, processor=utils.default_process, limit=limit, score_cutoff=60
        )
        return [self.things[iri].id for _label, _score, iri in hits]

    def others(self, thing: Thing) -> list[str]:
        """Return the other names and codes of a thing, sorted."""
        return sorted(self._others.get(to_iri(thing.id), ()))


def dated(title: str, issued: str) -> str:
    """Return the title of a document with the year of its date in brackets, where the title does not hold it.

    >>> dated("Scoping best practice", "2014-04"), dated("Register, export of 2019", "2019"), dated("Care Talk", "")
    ('Scoping best practice (2014)', 'Register, export of 2019', 'Care Talk')
    """
    year = issued[:4]
    return f"{title} ({year})" if year and year not in title else title


def near(words: str, choices: Mapping[str, str], *, limit: int = 3) -> list[str]:
    """Return the keys of the choices that some words may mean, best first; none where nothing is near.

    A choice is near by its identifier or by its words, whole (spelt alike) or in part (all words stand in it); of equally
    near ones the shorter comes first.
    """
    asked = utils.default_process(words.rpartition(":")[2].replace("-", " "))
    scored = []
    for key, label in choices.items():
        said = utils.default_process(label.partition(" · ")[0])
        local = utils.default_process(key.rpartition(":")[2].replace("-", " "))
        score = max(fuzz.ratio(asked, said), fuzz.ratio(asked, local), 0.9 * fuzz.token_set_ratio(asked, said))
        if score >= _NEAR:
            scored.append((-score, len(said), key))
    return [key for _score, _length, key in sorted(scored)[:limit]]


def _key(name: str) -> str:
    return " ".join(utils.default_process(name.replace("-", " ").replace("_", " ")).split())
