"""Questions asked of the graph: names, the catalogue of queries, and tables as answers."""
