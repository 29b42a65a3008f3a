"""Write the generated documents: the data dictionary, the catalogue of queries and the role profiles.

Run it after a change of the schema, of a query or, with a built graph, of the content; a test compares what it would write with what stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from competence_graph.analysis.profiles import roles_page
from competence_graph.graph.store import load
from competence_graph.model.dictionary import dictionary_page
from competence_graph.query.catalogue import catalogue_page


def current_roles_page() -> str:
    """Return the page of roles of the graph in use."""
    return roles_page(load())


DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES: dict[str, Callable[[], str]] = {
    "data-dictionary.md": dictionary_page,
    "queries.md": catalogue_page,
    "roles.md": current_roles_page,
}


def main() -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
