"""Competences that a person or a team holds, read from a file: one identifier or name a line, or a CSV column.

Nothing of the file is kept: it is read, matched to the graph, and forgotten. A column with people's names is not read.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from competence_graph.analysis.claims import Claim, RoleRecord
from competence_graph.errors import AmbiguousNameError, FormatError, NotFoundError
from competence_graph.query.names import Names
from competence_graph.query.table import Thing

COLUMN = "competence"
NAME = "The list that was given"


def read_held(path: Path, names: Names) -> tuple[RoleRecord, list[str]]:
    """Return a record of what is held, and a line about every entry that could not be used.

    Parameters
    ----------
    path : Path
        A text file with one competence or care function a line, or a CSV file with a column ``competence``.
    names : Names
        Resolves identifiers, codes and names.

    Raises
    ------
    FormatError
        The file is no UTF-8 text, or a CSV file without the column, or empty.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{path.name} is not UTF-8 text (byte {error.start}). Save it as 'CSV UTF-8' or plain text.", path=path
        ) from error
    entries = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    if path.suffix.lower() == ".csv":
        table = csv.DictReader(io.StringIO(text, newline=""))
        if COLUMN not in (table.fieldnames or ()):
            raise FormatError(
                f"{path.name} has the columns {', '.join(table.fieldnames or ('none',))}; expected one called {COLUMN!r}.",
                path=path,
            )
        entries = [(table.line_num, (row[COLUMN] or "").strip()) for row in table]
    entries = [(number, entry) for number, entry in entries if entry and not entry.startswith("#")]
    if not entries:
        raise FormatError(f"{path.name} holds no competence; expected one a line.", path=path)
    claims, problems = [], []
    record = Thing("held", NAME, "record")
    for number, entry in entries:
        try:
            thing = names.resolve(entry, ("competence", "function"))
        except (NotFoundError, AmbiguousNameError) as error:
            problems.append(f"{path.name}, line {number}: {error}")
            continue
        kind = "Performance" if thing.kind == "care function" else "Requirement"
        claims.append(
            Claim(f"held:{number}", kind, record, thing, "attested", "attested", locator=f"{path.name}, line {number}")
        )
    return RoleRecord(record, "record", claims), problems
