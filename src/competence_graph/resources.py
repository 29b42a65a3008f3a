"""Where the data folders lie: beside the code in a checkout, inside the package when installed.

This is the only module that knows. The wheel carries ``ontology/``, ``frameworks/`` and ``queries/`` as
``competence_graph/_data/…`` (``force-include`` in ``pyproject.toml``); a checkout has them at its top level.
Derived files go to ``build/`` in a checkout and to the user's cache folder when installed.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
BUILD_FOLDER_VARIABLE = "COMPETENCE_GRAPH_BUILD"


def _checkout() -> Path | None:
    """Return the top folder of the checkout that this package runs from, or None when it is installed."""
    top = _PACKAGE.parent.parent
    return top if (top / "pyproject.toml").is_file() and (top / "frameworks").is_dir() else None


def data_folder(name: str) -> Path:
    """Return the folder ``name`` (``ontology``, ``frameworks`` or ``queries``) that ships with this package.

    Raises
    ------
    FileNotFoundError
        The installation is incomplete.
    """
    packed = _PACKAGE / "_data" / name
    top = _checkout()
    folder = packed if packed.is_dir() or top is None else top / name
    if not folder.is_dir():
        raise FileNotFoundError(f"The data folder {name!r} is missing from this installation ({folder}). Reinstall.")
    return folder


def code_files() -> list[Path]:
    """Return the Python files whose text decides what a build writes, sorted."""
    modules = (p for folder in ("model", "importers", "graph") for p in (_PACKAGE / folder).glob("*.py"))
    return sorted([*modules, _PACKAGE / "namespaces.py"])


def build_folder() -> Path:
    """Return the folder for everything derived; ``COMPETENCE_GRAPH_BUILD`` overrides it. It need not exist yet."""
    if named := os.environ.get(BUILD_FOLDER_VARIABLE):
        return Path(named)
    top = _checkout()
    return top / "build" if top else Path(platformdirs.user_cache_dir("competence-graph", appauthor=False))


def main_script() -> Path:
    """Return the entry script of the web app, inside the installed package."""
    return _PACKAGE / "app" / "main.py"


def front_door() -> Path:
    """Return ``app.py``, the literal ``st.App``: at the top of a checkout, inside the package when installed."""
    packed = _PACKAGE / "_data" / "app.py"
    top = _checkout()
    return packed if packed.is_file() or top is None else top / "app.py"
