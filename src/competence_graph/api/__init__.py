"""The graph over HTTP: answers as JSON and CSV, the SPARQL protocol through the guard, identifiers that can be opened."""
