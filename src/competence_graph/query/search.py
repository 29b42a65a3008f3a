"""Search over labels, other names, codes and definitions, ranked, with typing mistakes allowed in names."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from rapidfuzz import fuzz, process, utils

from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import to_iri
from competence_graph.query.names import KINDS, Names
from competence_graph.query.table import Cell, Table, TableColumn

COLUMNS = (
    TableColumn("thing", "What was found"),
    TableColumn("kind", "What it is"),
    TableColumn("framework", "The framework, or list, that it stands in"),
    TableColumn("found_in", "The name in which the words stand"),
    TableColumn("score", "How well the words fit", "0-100"),
)
CUTOFF = 70
IN_DEFINITION = 90.0
_DEFINITIONS = "SELECT DISTINCT ?thing ?text WHERE { ?thing <http://www.w3.org/2004/02/skos/core#definition> ?text }"


def search(
    graph: Graph, words: str, *, kind: str = "", framework: str = "", limit: int = 20, names: Names | None = None
) -> Table:
    """Return the things whose names fit some words.

    Parameters
    ----------
    words : str
        Words in any order; typing mistakes are allowed.
    kind : str, optional
        One of the kinds of :data:`~competence_graph.query.names.KINDS`.
    framework : str, optional
        Slug of a framework.
    limit : int, default 20
        Most rows.

    Returns
    -------
    Table
        Best first: all words as they stand, then by likeness, then by label.
    """
    if not words.strip():
        raise ParameterError("There are no words to search for.")
    if kind and kind not in KINDS:
        raise ParameterError(f"There is no kind {kind!r}; expected one of {', '.join(KINDS)}.")
    names = names or Names(graph)
    wanted = KINDS.get(kind, ())
    index = _index(graph, names)

    def asked_for(iri: str) -> bool:
        thing = names.things[iri]
        return (not wanted or thing.kind in wanted) and (not framework or thing.id.startswith(f"{framework}:"))

    tokens = utils.default_process(words).split()
    hits: dict[str, tuple[float, str]] = {}

    def hit(iri: str, rank: float, text: str) -> None:
        if asked_for(iri) and rank > hits.get(iri, (0.0, ""))[0]:
            hits[iri] = (rank, text)

    for entries, rank in ((index.names, 100.0), (index.definitions, IN_DEFINITION)):  # all words as they stand
        for entry in entries:
            if tokens and entry.words.issuperset(tokens):
                hit(entry.iri, rank, entry.text)
    near = process.extract(
        utils.default_process(words),
        index.processed if tokens else [],
        scorer=fuzz.WRatio,
        limit=None,
        score_cutoff=IN_DEFINITION if hits else CUTOFF,
    )
    for _, score, place in near:
        entry = index.names[place]
        hit(entry.iri, min(score, 99.0) * (0.5 + 0.5 * _share(tokens, entry.text)), entry.text)
    if any(rank >= IN_DEFINITION for rank, _ in hits.values()):  # likeness helps where nothing stands as typed
        hits = {iri: found for iri, found in hits.items() if found[0] >= IN_DEFINITION}
    ranked = sorted(
        hits.items(), key=lambda hit: (-hit[1][0], len(hit[1][1]), names.things[hit[0]].label.lower(), hit[0])
    )
    rows: list[dict[str, Cell]] = [
        {
            "thing": names.things[iri],
            "kind": names.things[iri].kind,
            "framework": names.thing(to_iri(names.things[iri].id.partition(":")[0])).label,
            "found_in": text if text != names.things[iri].label else "",
            "score": round(score),
        }
        for iri, (score, text) in ranked[:limit]
    ]
    notes = [f"{len(ranked)} found; the best {len(rows)} are shown."] if len(ranked) > len(rows) else []
    if not rows:
        notes = [
            "Nothing is called that. Try fewer or other words, or 'competence-graph list' for everything of a kind."
        ]
    parameters = {"words": words, "kind": kind, "framework": framework}
    return Table(
        f"What is called {words!r}?",
        {k: v for k, v in parameters.items() if v},
        graph.data_version,
        COLUMNS,
        rows,
        notes,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A text that a thing may be found by, with its words."""

    iri: str
    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Index:
    """Every text to search in: names as (thing, text), their processed forms by place, and definitions."""

    names: list[_Entry]
    processed: list[str]
    definitions: list[_Entry]


_INDEXES: WeakKeyDictionary[Names, _Index] = WeakKeyDictionary()
"""One index for each set of names, gone with it: reading and splitting every text takes longer than any search."""


def _index(graph: Graph, names: Names) -> _Index:
    if (found := _INDEXES.get(names)) is not None:
        return found
    texts = {
        (iri, text): None
        for iri, thing in names.things.items()
        if thing.kind
        for text in (thing.label, *names.others(thing), thing.id.rpartition(":")[2])
    }
    named = {iri for iri, _ in texts}
    index = _Index(
        [_Entry(iri, text, frozenset(_words(text))) for iri, text in texts],
        [utils.default_process(text) for _, text in texts],
        [
            _Entry(row["thing"].value, row["text"].value, frozenset(_words(row["text"].value)))
            for row in graph.select(_DEFINITIONS)
            if row["thing"].value in named
        ],
    )
    _INDEXES[names] = index
    return index


def _words(text: str) -> list[str]:
    return utils.default_process(text.replace("-", " ")).split()


def _share(tokens: list[str], text: str) -> float:
    """Return the share of the tokens that stand in ``text``, typing mistakes allowed."""
    words = _words(text)
    found = sum(any(fuzz.ratio(token, word) >= 75 or word.startswith(token) for word in words) for token in tokens)
    return found / max(len(tokens), 1)
