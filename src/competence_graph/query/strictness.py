"""Strictness: how alike two items must be to count as the same.

``same`` (one identifier) ⊂ ``exact`` (chains of exact mappings) ⊂ ``close`` (one close mapping in such a chain)
⊂ ``broad`` (or one broader or narrower mapping, or the broader links of one framework). The closures are written by the rules ``ontology/rules/matches-*.rq``.
"""

from __future__ import annotations

from competence_graph.namespaces import CG

STRICTNESS = {
    "same": (CG.matchesSame,),
    "exact": (CG.matchesExact,),
    "close": (CG.matchesClose,),
    "broad": (CG.matchesClose, CG.matchesBroader, CG.matchesNarrower),
}
"""For each strictness, the predicates that join an item to what counts as the same."""
DEFAULT = "close"
IN_WORDS = {
    "same": "only the very same item counts",
    "exact": "items joined by exact mappings count as the same",
    "close": "items joined by exact or close mappings count as the same",
    "broad": "broader and narrower items are listed too",
}
