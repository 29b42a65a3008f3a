"""Readers, one module per form; each gives the same model.

:data:`READERS` is the registry: the command line takes its choices from it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from competence_graph.importers import csv_folder, xlsx_workbook
from competence_graph.importers.tabular import RawTable
from competence_graph.model.report import Report

Reader = Callable[[Path, str, Report], list[RawTable]]

READERS: dict[str, Reader] = {
    "csv": csv_folder.read_tables,
    "xlsx": xlsx_workbook.read_tables,
}

__all__ = ["READERS", "Reader"]
