"""A competence-framework knowledge graph and query tool for UK health and social care.

>>> import competence_graph as cg
>>> graph = cg.load()                                                              # doctest: +SKIP
>>> cg.transfer(graph, "roles:care-coordinator", "roles:case-manager")             # doctest: +SKIP
"""

__version__ = "0.1.0"
