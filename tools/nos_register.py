"""Write ``frameworks/nos/2019`` from the register export of National Occupational Standards.

A development tool: the product ships what it wrote. Run it again when a newer export is held:

    python tools/nos_register.py EXPORT.csv frameworks/nos/2019

It cleans what the register left unclean (line breaks inside names, near-duplicate suite and occupation names, blanks in
codes) and says so in the note of each row that it touched.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

SOURCE = "register-2019"
SUITES = {
    "Blood Donor Support.": "Blood Donor Support",
    "Diabetes Retinopathy": "Diabetic Retinopathy",
    "Health and Social care Suite": "Health and Social Care",
    "Infection prevention and control": "Infection Prevention and Control",
}
"""Suite names that the register spells in two ways, and the spelling that we keep."""
WELSH_SUITES = {"Comisiynu, Caffael a Chontractio"}
"""A suite's name in Welsh, beside the same suite in English on the same row."""
OCCUPATIONS = {
    "Associate professionals and technical oc": "Associate Professionals and Technical Occupations",
    "Associate Professionals and Technical Oc": "Associate Professionals and Technical Occupations",
    "Health professionals": "Health Professionals",
}


def clean(text: str) -> str:
    """Return a text with each run of white space as one blank."""
    return re.sub(r"\s+", " ", text).strip()


def local_name(urn: str) -> str:
    """Return the identifier of a code: the code without blanks; a title that slipped into the cell is cut off."""
    code = urn.split(" Work ")[0]
    return re.sub(r"\s+", "", code)


def slug(text: str) -> str:
    """Return a name as an identifier."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("’", "").replace("'", "")).strip("-")


def earlier_code(row: Mapping[str, str]) -> str:
    """Return the code of an earlier edition; a prefix without a number ("CHD") is none."""
    code = clean(row["original_urn"])
    return code if code != row["urn"] and re.search(r"\d", code) else ""


def names(cell: str, spelling: Mapping[str, str]) -> list[str]:
    """Return the distinct names of a cell, in its order, each in the spelling that we keep."""
    found = [clean(part) for part in cell.split(";")]
    return list(dict.fromkeys(spelling.get(name, name) for name in found if name))


def write(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Write one table; its columns are the keys of the first row."""
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    """Read the export and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    with arguments.export.open(encoding="utf-8", newline="") as file:
        register = list(csv.DictReader(file))

    competences: list[dict[str, str]] = []
    placements: list[dict[str, str]] = []
    areas: dict[str, dict[str, str]] = {}
    for number, row in enumerate(register, start=2):
        notes = []
        title = clean(row["title"])
        identifier = local_name(row["urn"])
        if row["validity"].lower() == "legacy":
            notes.append("The register marks it as legacy.")
        if identifier != row["urn"]:
            notes.append(f"The register prints the code as '{row['urn']}'.")
        suites = [s for s in names(row["suites"], SUITES) if s not in WELSH_SUITES]
        printed = [clean(s) for s in row["suites"].split(";")]
        respelt = sorted(set(printed) & set(SUITES))
        if respelt:
            notes.append("The register spells a suite as " + ", ".join(f"'{s}'" for s in respelt) + ".")
        if set(printed) & WELSH_SUITES:
            notes.append("The register gives a suite in Welsh too.")
        digest = hashlib.sha256("|".join(clean(v or "") for v in row.values()).encode()).hexdigest()[:16]
        evidence = {
            "status": "attested", "source": SOURCE, "locator": row["register_row"], "lines": str(number),
            "stated_as": title, "span_hash": digest,
        }  # fmt: skip
        competences.append({
            "id": identifier, "label": title, "kind": "competence", "notation": local_name(row["urn"]),
            "earlier_codes": earlier_code(row),
            "publisher": row["developed_by"], "occupations": "; ".join(names(row["occupations"], OCCUPATIONS)),
            **evidence, "note": " ".join(notes),
        })  # fmt: skip
        for suite in suites:
            areas.setdefault(slug(suite), {"id": slug(suite), "label": suite, **evidence, "stated_as": suite})
            placements.append({"item": identifier, "area": slug(suite), **evidence})
    arguments.folder.mkdir(parents=True, exist_ok=True)
    write(arguments.folder / "competences.csv", competences)
    write(arguments.folder / "areas.csv", sorted(areas.values(), key=lambda area: area["id"]))
    write(arguments.folder / "placements.csv", placements)
    print(f"{len(competences)} standards, {len(areas)} suites, {len(placements)} places in suites")


if __name__ == "__main__":
    main()
