"""Reading a whole frameworks folder: every framework version and every mapping set, with all defects at once."""

from __future__ import annotations

from pathlib import Path

from competence_graph.importers import READERS
from competence_graph.importers.sssom_tsv import SUFFIX, read_mapping_set
from competence_graph.importers.tabular import to_records
from competence_graph.model.framework import Framework, Library
from competence_graph.model.passport import FILE_NAME, read_passport
from competence_graph.model.report import Defect, Report

MAPPINGS = "mappings"


def read_framework(folder: Path, *, name: str, slug: str, report: Report) -> Framework | None:
    """Read one framework version: its passport, then its tables.

    Parameters
    ----------
    folder : Path
        Holds ``framework.toml`` and either CSV files or one ``.xlsx`` workbook.
    name, slug : str
        How messages name the folder; the framework's identifier.
    report : Report
        Receives every defect.

    Returns
    -------
    Framework or None
        None when the passport cannot be used; the tables are read (and their defects reported) all the same.
    """
    passport, defects = read_passport(folder / FILE_NAME, slug=slug, name=f"{name}/{FILE_NAME}")
    report.extend(defects)
    workbooks = sorted(folder.glob("*.xlsx"))
    if workbooks and list(folder.glob("*.csv")):
        report.add(
            Defect(
                name, 0, "", "CSV files and a workbook", "one or the other", "Remove the older of the two", "two-forms"
            )
        )
        return None
    if workbooks:
        raw = [table for book in workbooks for table in READERS["xlsx"](book, f"{name}/{book.name}", report)]
    else:
        raw = READERS["csv"](folder, name, report)
    rows = to_records(raw, slug, report)
    return Framework(passport, rows, name) if passport else None


def read_library(folder: Path, report: Report) -> Library:
    """Read every ``<slug>/<version>/`` of a frameworks folder, then ``mappings/*.sssom.tsv``.

    Parameters
    ----------
    folder : Path
        The frameworks folder.
    report : Report
        Receives every defect of every file.
    """
    if not folder.is_dir():
        report.add(
            Defect(str(folder), 0, "", "no such folder", "a folder of frameworks", "Check the path", "no-folder")
        )
        return Library()
    frameworks = []
    for version in sorted(p for p in folder.glob("*/*") if p.is_dir() and p.parent.name != MAPPINGS):
        name = f"{version.parent.name}/{version.name}"
        framework = read_framework(version, name=name, slug=version.parent.name, report=report)
        if framework:
            frameworks.append(framework)
    sets = [
        read_mapping_set(path, f"{MAPPINGS}/{path.name}", report)
        for path in sorted((folder / MAPPINGS).glob(f"*{SUFFIX}"))
    ]
    if not frameworks and not report.defects:
        report.add(
            Defect(str(folder), 0, "", "no framework", f"folders <framework>/<version>/ with a {FILE_NAME}", "Check the path, or copy a framework there", "no-framework")
        )  # fmt: skip
    return Library(tuple(frameworks), tuple(sets))
