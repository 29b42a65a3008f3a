"""Re-open the source documents and fail where a row's locator and hash disagree with them.

A development tool: the documents are not part of the product. Give the folders that hold them:

    python tools/verify_sources.py FOLDER [FOLDER …]                 # verify
    python tools/verify_sources.py FOLDER --write                    # recompute hashes after an edit of the lines
    python tools/verify_sources.py FOLDER --sample 50 --seed 1       # draw rows to be read again by a person

For every authored row it checks that the document has the SHA-256 of its passport row, that the hash of the quoted lines
is the row's, and that the row's phrase stands in those lines.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from competence_graph.graph.build import check
from competence_graph.model.framework import Framework, Library, curie
from competence_graph.model.records import Evidence, Source
from competence_graph.resources import data_folder

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True)
class Document:
    """A source document: its lines, or the records of a register by the row of a spreadsheet."""

    path: Path
    spans: dict[int, str]

    def span(self, lines: str) -> str | None:
        """Return the text of a range of lines, or None where the document is shorter."""
        first, _, last = lines.partition("-")
        numbers = range(int(first), int(last or first) + 1)
        return "\n".join(self.spans[n] for n in numbers) if all(n in self.spans for n in numbers) else None


@lru_cache
def read_document(path: Path) -> Document:
    """Read a text document by lines, a CSV register by records."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            records = csv.DictReader(file)
            rows = {
                n: "|".join(re.sub(r"\s+", " ", v or "").strip() for v in r.values()) for n, r in enumerate(records, 2)
            }
        return Document(path, rows)
    return Document(path, dict(enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)))


def span_hash(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a span."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def words(text: str) -> str:
    """Return a text as bare words: no mark-up, no footnote marks, one kind of quotation mark."""
    text = (
        re.sub(rf"<[^>]+>|[{SUPERSCRIPTS}*]+", " ", text) if "<" in text else re.sub(rf"[{SUPERSCRIPTS}*]+", "", text)
    )
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


def stands_in(phrase: str, span: str) -> bool:
    """Return whether each piece of a phrase (``…`` joins pieces) stands in a span."""
    bare = re.sub(r"\s", "", words(span))
    return all(re.sub(r"\s", "", words(piece)) in bare for piece in re.split(r"…|\.\.\.", phrase) if words(piece))


def rows_of(library: Library) -> Iterator[tuple[Framework, Evidence, Source]]:
    """Go through every authored row with the source that it names."""
    for framework in library.frameworks:
        for row in framework.all_rows():
            if isinstance(row, Evidence):
                source = library.things[curie(framework.slug, row.source)]
                assert isinstance(source, Source)
                yield framework, row, source


def find(source: Source, folders: list[Path]) -> Path | None:
    """Return the held file of a source, or None."""
    return next((folder / source.file for folder in folders if source.file and (folder / source.file).is_file()), None)


def verify(library: Library, folders: list[Path]) -> tuple[int, list[str]]:
    """Return how many rows were verified, and a line for each that does not hold."""
    problems: list[str] = []
    verified = 0
    checksums: dict[Path, str] = {}
    for framework, row, source in rows_of(library):
        place = f"{framework.folder}/{row.table}.csv row {row.row}"
        path = find(source, folders)
        if path is None:
            problems.append(f"{place}: the document {source.file or source.id!r} is not in the given folders")
            continue
        if path not in checksums:
            checksums[path] = hashlib.sha256(path.read_bytes()).hexdigest()
            if checksums[path] != source.sha256:
                problems.append(f"{path.name}: SHA-256 {checksums[path]}, but sources.csv says {source.sha256}")
        span = read_document(path).span(row.lines)
        if span is None:
            problems.append(f"{place}: {path.name} has no lines {row.lines}")
        elif span_hash(span) != row.span_hash:
            problems.append(f"{place}: hash {row.span_hash or 'missing'}, but lines {row.lines} give {span_hash(span)}")
        elif not stands_in(row.stated_as, span):
            problems.append(f"{place}: {row.stated_as!r} does not stand in lines {row.lines}")
        else:
            verified += 1
    return verified, problems


def write_hashes(library: Library, folders: list[Path], frameworks: Path) -> int:
    """Write the hash of its lines into every row that has another one; return how many changed."""
    changed = 0
    found: dict[Path, dict[int, str]] = {}
    for framework, row, source in rows_of(library):
        path = find(source, folders)
        span = read_document(path).span(row.lines) if path else None
        if span is not None and span_hash(span) != row.span_hash:
            found.setdefault(frameworks / framework.folder / f"{row.table}.csv", {})[row.row] = span_hash(span)
    for path, hashes in found.items():
        with path.open(encoding="utf-8", newline="") as file:
            table = list(csv.reader(file))
        column = table[0].index("span_hash")
        for number, value in hashes.items():
            table[number - 1][column] = value
            changed += 1
        partial = path.with_suffix(".partial")
        with partial.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
        partial.replace(path)
    return changed


def main() -> int:
    """Run the tool; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--framework", default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--frameworks", type=Path, default=data_folder("frameworks"))
    arguments = parser.parse_args()
    library, report = check(arguments.frameworks)
    report.raise_for_defects()
    if arguments.write:
        print(f"{write_hashes(library, arguments.folders, arguments.frameworks)} hashes written")
        return 0
    if arguments.sample:
        rows = [(f, r) for f, r, _ in rows_of(library) if arguments.framework in ("", f.slug)]
        for framework, row in random.Random(arguments.seed).sample(rows, min(arguments.sample, len(rows))):
            says = {
                name: getattr(row, name, "")
                for name in ("id", "kind", "label", "subject", "object", "item", "area", "necessity")
            }
            print(f"{framework.slug} {row.table} row {row.row}: " + " ".join(f"{k}={v}" for k, v in says.items() if v))
            print(f"    {row.status} {row.locator} [{row.lines}] “{row.stated_as}” {row.note}")
        return 0
    verified, problems = verify(library, arguments.folders)
    print("\n".join(problems[:50]))
    print(f"{verified} rows verified, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
