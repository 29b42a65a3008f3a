"""Reading a whole frameworks folder: every framework version and every mapping set, with all defects at once."""

from __future__ import annotations

import re
from pathlib import Path

from competence_graph.importers import READERS
from competence_graph.importers.sssom_tsv import SUFFIX, read_mapping_set
from competence_graph.importers.tabular import to_records
from competence_graph.model.columns import LOCAL_NAME
from competence_graph.model.framework import Framework, Library
from competence_graph.model.passport import FILE_NAME, read_passport
from competence_graph.model.report import Defect, Report
from competence_graph.namespaces import PREFIXES

MAPPINGS = "mappings"
SLUG = re.compile(r"[a-z][a-z0-9-]*")


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
    if not SLUG.fullmatch(slug) or slug in PREFIXES:
        report.add(
            Defect(
                name,
                0,
                "",
                f"a framework called {slug!r}",
                "small letters, digits and '-', and no prefix of a standard",
                "Rename the folder; it is the prefix of every identifier",
                "framework-name",
            )
        )
    if passport and passport.version != folder.name:
        report.add(
            Defect(
                f"{name}/{FILE_NAME}",
                0,
                "version",
                repr(passport.version),
                f"{folder.name!r}, as the folder is called",
                "Give the folder and the version one name",
                "passport",
            )
        )
    if not LOCAL_NAME.fullmatch(folder.name):
        report.add(
            Defect(
                name, 0, "", f"a version folder called {folder.name!r}", "letters, digits, '-', '.' and '_'",
                "Rename the folder and the version", "framework-name",
            )
        )  # fmt: skip
    workbooks = [p for p in sorted(folder.glob("*.xlsx")) if not p.name.startswith("~$")]  # Excel's lock file
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
    return Framework(passport, rows, name, {table.name: table.file for table in raw}) if passport else None


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
