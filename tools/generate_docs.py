"""Write the generated documents: the data dictionary and the catalogue of queries.

Run it after a change of the schema or of a query; a test compares what it would write with what stands there.
"""

from __future__ import annotations

from pathlib import Path

from competence_graph.model.dictionary import dictionary_page
from competence_graph.query.catalogue import catalogue_page

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = {"data-dictionary.md": dictionary_page, "queries.md": catalogue_page}


def main() -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
