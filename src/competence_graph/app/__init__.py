"""The web app: a registry of pages, each a module with ``render()``.

:data:`PAGES` is the one list of pages: the navigation, the links, the tests and the documents are made from it.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title, the path in the address, the module that draws it, and what it answers in a line.

    A door stands on the home page; a hidden page is reached by links and stands in no menu.
    """

    title: str
    path: str
    module: str
    answers: str
    door: bool = True
    hidden: bool = False

    def render(self) -> None:
        """Draw the page."""
        importlib.import_module(f"competence_graph.app.{self.module}").render()


PAGES: tuple[Page, ...] = (
    Page("Home", "", "home", "What it is, and where to start", door=False),
    Page("Browse", "browse", "browse", "What is in this framework, and who published it?"),
    Page("Compare roles", "compare", "compare", "What do these roles share, and what is each one's own?"),
    Page(
        "Transfer and training needs",
        "needs",
        "needs",
        "What does a role or a list of competences already give, and what has to be learnt?",
    ),
    Page("Role finder", "finder", "finder", "Which roles are nearest, and which stepping stones lead there?"),
    Page(
        "Compare frameworks",
        "frameworks",
        "frameworks",
        "Which framework should we follow, and how far do two cover each other?",
    ),
    Page("Graph", "graph", "graph_page", "What is connected with what?"),
    Page("Overview", "overview", "overview", "Who does what, and what stands with just one role?"),
    Page("Ask", "ask", "ask", "Every question of the catalogue, as a form"),
    Page("Item", "item", "item", "Everything known of one thing", door=False, hidden=True),
    Page("About", "about", "about", "Sources, licences, checks, accessibility, data protection", door=False),
)
