"""The build: read → check → graph → infer → store, one way.

Unchanged inputs do nothing. Each build goes to a folder of its own inside the build folder; the pointer to the version
in use is replaced last, so a build that fails, at whatever byte, leaves the last good graph in use.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from competence_graph.errors import SourceError
from competence_graph.graph import pointer, rules
from competence_graph.graph.provenance import provenance_quads
from competence_graph.graph.quads import library_quads
from competence_graph.graph.store import STORE_FOLDER
from competence_graph.importers.library import read_library
from competence_graph.model.checks import check_library
from competence_graph.model.framework import Library
from competence_graph.model.report import Report
from competence_graph.namespaces import GRAPHS
from competence_graph.resources import build_folder, code_files, data_folder

ONTOLOGY_GRAPH = ox.NamedNode(GRAPHS + "ontology")
KEPT = 2
"""Built versions that stay on disk: the one in use, and the one before, which a running server may still read."""

Progress = Callable[[str, float], None]


@dataclass(slots=True)
class BuildResult:
    """What a build did.

    Parameters
    ----------
    report : Report
        Every defect; when there is one, nothing was stored.
    data_version : str
        Hash of the inputs.
    stored : bool
        Whether a new graph was written; False when the inputs were unchanged or had defects.
    quad_count : int
        Quads in the graph in use, inferred ones included.
    inferred : dict of str to int
        Triples that each rule wrote.
    """

    report: Report
    data_version: str
    stored: bool = False
    quad_count: int = 0
    inferred: dict[str, int] = field(default_factory=dict)


def data_version(frameworks: Path, ontology: Path) -> str:
    """Return the hash of everything that decides what a build writes: tables, ontology, and the code that reads them."""
    digest = hashlib.sha256()
    inputs = [
        (root, path)
        for root in (frameworks, ontology)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".md"
    ]
    inputs += [(path.parent.parent, path) for path in code_files()]
    for root, path in inputs:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def check(frameworks: Path | None = None) -> tuple[Library, Report]:
    """Read and check a frameworks folder; the report has every defect of every file."""
    report = Report()
    library = read_library(frameworks or data_folder("frameworks"), report)
    check_library(library, report)
    return library, report


def build(
    frameworks: Path | None = None,
    *,
    output: Path | None = None,
    force: bool = False,
    progress: Progress = lambda step, share: None,
) -> BuildResult:
    """Build the graph and put it in use.

    Parameters
    ----------
    frameworks : Path, optional
        The frameworks folder; default is the one that ships.
    output : Path, optional
        The build folder.
    force : bool, default False
        Build although the inputs are unchanged.
    progress : callable
        Called with the name of each step and the share done, 0 to 1.

    Returns
    -------
    BuildResult
        With defects in its report, nothing was stored and the last good graph is still in use.
    """
    frameworks = frameworks or data_folder("frameworks")
    output = output or build_folder()
    ontology = data_folder("ontology")
    if not frameworks.is_dir():
        raise SourceError(
            f"There is no folder {frameworks}. Give one that holds <framework>/<version>/ folders.", path=frameworks
        )
    version = data_version(frameworks, ontology)
    current = pointer.read(output)
    if not force and current and current.data_version == version and (output / current.folder / STORE_FOLDER).is_dir():
        return BuildResult(Report(), version, quad_count=current.quad_count)

    progress("Reading and checking the frameworks", 0.0)
    library, report = check(frameworks)
    if not report.ok:
        return BuildResult(report, version)

    started = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    output.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=output, prefix=f"{version}-"))
    try:
        progress("Writing statements", 0.3)
        store: ox.Store | None = ox.Store(str(folder / STORE_FOLDER))
        assert store is not None
        store.bulk_extend(library_quads(library))
        for path in sorted(ontology.glob("*.ttl")):
            if not path.name.startswith("shapes"):
                store.bulk_load(path=str(path), to_graph=ONTOLOGY_GRAPH)
        progress("Working out what follows", 0.6)
        all_rules = rules.read_rules()
        inferred = rules.apply(store, all_rules)
        progress("Recording provenance", 0.8)
        store.bulk_extend(provenance_quads(library, frameworks, all_rules, started=started, version=_program_version()))
        progress("Storing", 0.9)
        store.flush()
        store.optimize()
        count = len(store)
        del store  # closes the files before a reader opens them
    except BaseException as error:
        # The store must be closed first: its background work would write into the folder while it is removed.
        traceback.clear_frames(error.__traceback__)
        store = None  # noqa: F841 - drops the last reference, which closes it
        shutil.rmtree(folder, ignore_errors=True)
        raise
    pointer.write(output, pointer.Current(version, folder.name, started, count))
    _prune(output, keep=folder.name)
    progress("Done", 1.0)
    return BuildResult(report, version, stored=True, quad_count=count, inferred=inferred)


def _program_version() -> str:
    from competence_graph import __version__  # the package imports this module

    return __version__


def _prune(output: Path, *, keep: str) -> None:
    """Remove all built versions but the newest few; a folder that is in use on Windows stays until the next time."""
    folders = sorted(
        (p for p in output.iterdir() if (p / STORE_FOLDER).is_dir()), key=lambda p: p.stat().st_mtime, reverse=True
    )
    for folder in [p for p in folders if p.name != keep][KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
