"""The passport of a framework version: ``framework.toml``.

It says what the framework is, whose, how whole our copy is, and what a count of its rows must give. Quirks of a
framework are recorded here, never in an importer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from competence_graph.model.report import Defect

COMPLETENESS = ("complete", "partial", "interim")
DEPTHS = ("headings only", "full")
STANDINGS = ("current", "superseded", "withdrawn", "unknown")
CHOICES = {"completeness": COMPLETENESS, "depth": DEPTHS, "status": STANDINGS}
FILE_NAME = "framework.toml"
READING = ("sample", "wrong", "debatable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """What is known of one framework version.

    Parameters
    ----------
    slug : str
        Folder name; the prefix of its identifiers.
    title, publisher, version, issued, licence : str
        As published. ``issued`` as far as known (YYYY, YYYY-MM or YYYY-MM-DD).
    completeness : {'complete', 'partial', 'interim'}
        How much of what was published stands in our tables.
    depth : {'headings only', 'full'}
        Whether items stand with what is under them.
    status : {'current', 'superseded', 'withdrawn', 'unknown'}
        Standing of the publication on the day ``as_at``.
    expected : mapping of str to int
        Rows that each table must have; ``areas.<id>`` and ``kinds.<kind>`` count parts.
    verification : mapping of str to int
        The last reading of a random sample by someone who extracted none of it: ``sample`` (rows read), ``wrong``,
        ``debatable`` (left out where the reading did not count them); empty where nobody has read it yet.
    """

    slug: str
    title: str
    publisher: str
    version: str
    licence: str
    completeness: str
    depth: str
    status: str
    as_at: str
    summary: str
    issued: str = ""
    licence_note: str = ""
    source_url: str = ""
    retrieved: str = ""
    superseded_by: str = ""
    nations: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    mandate: str = ""
    mandate_source: str = ""
    languages: tuple[str, ...] = ("en",)
    left_out: tuple[str, ...] = ()
    expected: Mapping[str, int] = field(default_factory=dict)
    verification: Mapping[str, int] = field(default_factory=dict)


def _defect(file: str, column: str, found: str, expected: str, mend: str) -> Defect:
    return Defect(file, 0, column, found, expected, mend, rule="passport")


def read_passport(path: Path, *, slug: str, name: str) -> tuple[Passport | None, list[Defect]]:
    """Read one passport.

    Parameters
    ----------
    path : Path
        The ``framework.toml``.
    slug : str
        Framework identifier (the folder's name).
    name : str
        How messages name the file.

    Returns
    -------
    passport : Passport or None
        None when it cannot be used.
    defects : list of Defect
        Everything wrong with it, all at once.
    """
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None, [
            _defect(
                name, "", "no file", f"a passport called {FILE_NAME}", "Copy one from another framework and fill it in"
            )
        ]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [_defect(name, "", str(error), "a TOML file in UTF-8", "Mend the line that the message names")]
    defects: list[Defect] = []
    known = {f.name: f for f in fields(Passport) if f.name != "slug"}
    for key in sorted(set(raw) - set(known)):
        defects.append(
            _defect(name, key, "a key that is not known", f"one of {', '.join(sorted(known))}", "Remove or rename it")
        )
    values: dict[str, Any] = {"slug": slug}
    for key, spec in known.items():
        required = spec.default is MISSING and spec.default_factory is MISSING
        if key not in raw:
            if required:
                defects.append(_defect(name, key, "nothing", "a value", f"Add {key} = …"))
            continue
        value, wrong = _value(key, raw[key])
        if wrong:
            defects.append(_defect(name, key, repr(raw[key]), wrong, "Correct the value"))
        else:
            values[key] = value
    return (None if defects else Passport(**values)), defects


def _value(key: str, raw: object) -> tuple[object, str]:
    """Return the value of a passport key, or what was expected instead."""
    if key in CHOICES:
        return raw, "" if raw in CHOICES[key] else "one of " + ", ".join(map(repr, CHOICES[key]))
    if key in ("nations", "audience", "languages", "left_out"):
        ok = isinstance(raw, list) and all(isinstance(item, str) for item in raw)
        return tuple(raw) if isinstance(raw, list) else raw, "" if ok else "a list of texts"
    if key == "verification":
        ok = (
            isinstance(raw, dict)
            and {*READING[:2]} <= set(raw) <= set(READING)
            and all(isinstance(n, int) and n >= 0 for n in raw.values())
            and raw["wrong"] + raw.get("debatable", 0) <= raw["sample"]
        )
        return raw, "" if ok else f"counts called {', '.join(READING)} (which may be left out), the first the largest"
    if key == "expected":
        ok = isinstance(raw, dict) and all(isinstance(n, int) and n >= 0 for n in raw.values())
        return raw, "" if ok else "a table of counts"
    return raw, "" if isinstance(raw, str) and raw.strip() else "a text that is not empty"
