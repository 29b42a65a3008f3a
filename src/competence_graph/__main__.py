"""``python -m competence_graph`` is the command line."""

from competence_graph.cli import main

main()
