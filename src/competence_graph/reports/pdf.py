"""Papers as PDF/UA-1: tagged, with title, language, headings and header rows, set by Typst.

The template below is fixed. The paper reaches it as JSON through ``sys.inputs`` and is only ever shown as text, so that
nothing in it is read as markup or code. No file is read and nothing is fetched.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import typst

from competence_graph.errors import CompetenceGraphError
from competence_graph.reports.paper import LINKED, MAKER, Group, Report, clean

FONTS = ("Arial", "Liberation Sans", "Helvetica", "DejaVu Sans", "Noto Sans")
"""Typefaces tried in this order; without any of them Typst uses one that it brings along."""
NOT_SHOWN = "{count} character{s} of the text cannot be shown in the typefaces of this machine; [U+…] stands for each."
_STANDARD: typst.PDFStandard = "ua-1"
_LONG_WORD = re.compile(r"\S{25,}")
_BREAK_AFTER = re.compile(r"([/_.:;,?&=|-](?=\w)|\S{24}(?=\S))")
_BREAK = "\u200b"

TEMPLATE = """
#let d = json(bytes(sys.inputs.paper))
#set document(title: d.title, author: d.maker, keywords: d.keywords, date: datetime(year: d.made.at(0), month: d.made.at(1), day: d.made.at(2)))
#set text(lang: "en", region: "GB", font: d.fonts, size: 11pt)
#let ink = rgb("#003087")
#set page(paper: "a4", margin: 2cm, footer: context align(center, text(size: 9pt)[Page #counter(page).display() of #counter(page).final().first()]))
#set par(leading: 0.7em, spacing: 0.9em)
#set list(spacing: 0.8em)
#show title: set text(size: 22pt, fill: ink)
#show title: set block(below: 14pt)
#show heading: set text(fill: ink)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 1): set block(above: 22pt, below: 10pt)
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 2): set block(above: 18pt, below: 8pt)
#show table: set text(size: 10pt)
#show table: set par(leading: 0.55em)
#show table.cell.where(y: 0): strong

#let bullets(texts) = if texts.len() == 1 { par(text(texts.first())) } else { list(..texts.map(t => text(t))) }
#let listed(name, texts) = if texts.len() > 0 {
  heading(level: 1, name)
  bullets(texts)
}
#let grid-of(g) = table(
  columns: g.widths.map(w => w * 1fr),
  align: (x, y) => (if g.numeric.at(x) { right } else { left }) + top,
  stroke: 0.5pt + rgb("#768692"),
  inset: (x: 5pt, y: 4pt),
  fill: (x, y) => if y == 0 { rgb("#E8EDF5") },
  table.header(repeat: true, ..g.headings.map(t => text(t))),
  // A row stays on one page unless it could be higher than a page.
  ..g.rows.map(r => {
    let high = r.any(t => t.len() > 250)
    r.map(t => table.cell(breakable: high, text(t)))
  }).flatten(),
)

#title()
#par(text(d.about))
#if d.link != "" { par[#text(d.linked) #link(d.link, underline(text(fill: ink, d.shown-link)))] }
#heading(level: 1, "Summary")
#for s in d.summaries {
  if d.summaries.len() > 1 { heading(level: 2, text(s.heading)) }
  bullets(s.texts)
}
#listed("Read this with care", d.cautions)
#let shown(s) = {
  heading(level: 1, text(s.heading))
  if s.empty != "" { par(text(s.empty)) }
  for g in s.groups {
    if g.heading != "" { heading(level: 2, text(g.heading)) }
    if g.same != "" { block(sticky: true, text(g.same)) }
    if g.headings.len() > 0 { grid-of(g) }
  }
}
#for run in d.runs {
  if run.wide { page(flipped: true, for s in run.sections { shown(s) }) } else { for s in run.sections { shown(s) } }
}
#listed("How this was worked out", d.method)
#listed("How to read the tables", d.reading)
#listed("Sources", d.sources)
"""


def to_pdf(report: Report) -> bytes:
    """Return a paper as PDF/UA-1.

    Parameters
    ----------
    report : Report
        As :func:`competence_graph.reports.board.compose` makes it.

    Returns
    -------
    bytes
        A PDF file, the same bytes for the same paper on the same machine.

    Raises
    ------
    CompetenceGraphError
        Typst could not set the paper.

    Notes
    -----
    A character that no typeface at hand has would make the file unlawful as PDF/UA; such characters are found by
    halving and shown as ``[U+6F22]``, and the paper says so. Word and XLSX hold them as they are.
    """
    paper = json.dumps(_paper(report), ensure_ascii=False)
    try:
        return _compile(TEMPLATE, paper, report.made)
    except typst.TypstError as error:
        missing = _missing(sorted({c for c in paper if ord(c) > 0x7E and c != _BREAK}), report.made)
        if not missing:
            raise _failed(error) from error
    note = NOT_SHOWN.format(count=len(missing), s="" if len(missing) == 1 else "s")
    for character in missing:
        paper = paper.replace(character, f"[U+{ord(character):04X}]")
    data = json.loads(paper)
    data["cautions"].append(note)
    try:
        return _compile(TEMPLATE, json.dumps(data, ensure_ascii=False), report.made)
    except typst.TypstError as error:
        raise _failed(error) from error


def _failed(error: typst.TypstError) -> CompetenceGraphError:
    return CompetenceGraphError(
        f"The PDF could not be set ({error.message}). Take the Word document instead, and report this with the data version."
    )


def _compile(template: str, paper: str, made: dt.date) -> bytes:
    midnight = dt.datetime.combine(made, dt.time(), dt.UTC)
    return typst.compile(
        template.encode(), sys_inputs={"paper": paper}, format="pdf", pdf_standards=[_STANDARD], timestamp=midnight
    )


def _missing(characters: list[str], made: dt.date) -> list[str]:
    """Return the characters that no typeface at hand can show."""
    if not characters:
        return []
    probe = json.dumps({"title": "Probe", "text": " ".join(characters), "fonts": FONTS})
    template = """#let d = json(bytes(sys.inputs.paper))
#set document(title: d.title)
#set text(lang: "en", region: "GB", font: d.fonts)
#text(d.text)"""
    try:
        _compile(template, probe, made)
    except typst.TypstError:
        half = len(characters) // 2
        return characters if half == 0 else _missing(characters[:half], made) + _missing(characters[half:], made)
    return []


def _paper(report: Report) -> dict[str, Any]:
    """Return a paper as plain data, sections of one orientation together."""
    runs: list[dict[str, Any]] = []
    for section, turned in zip(report.sections, report.turned, strict=True):
        shown = {
            "heading": _line(section.heading),
            "empty": _line(section.empty),
            "groups": [_group(group) for group in section.groups],
        }
        if not runs or runs[-1]["wide"] != turned:
            runs.append({"wide": turned, "sections": []})
        runs[-1]["sections"].append(shown)
    return {
        "title": clean(report.title), "maker": MAKER, "keywords": [clean(f"data version {report.data_version}")],
        "made": [report.made.year, report.made.month, report.made.day], "fonts": FONTS,
        "about": _line(" ".join(report.about)), "linked": LINKED, "link": clean(report.link), "shown-link": _line(report.link),
        "summaries": [{"heading": "", "texts": [_line(t) for t in report.lead]}] if report.lead else [
            {"heading": _line(s.heading), "texts": [_line(t) for t in s.summary]} for s in report.sections
        ],
        "cautions": [_line(t) for t in report.cautions], "method": [_line(t) for t in report.method],
        "reading": [_line(t) for t in report.reading], "sources": [_line(t) for t in report.sources], "runs": runs,
    }  # fmt: skip


def _group(group: Group) -> dict[str, Any]:
    return {
        "heading": _line(group.heading),
        "same": _line(group.same),
        "headings": [_line(column.heading) for column in group.columns],
        "widths": [column.width for column in group.columns],
        "numeric": [column.numeric for column in group.columns],
        "rows": [[_line(cell) for cell in row] for row in group.rows],
    }


def _line(text: str) -> str:
    """Return a text in which long words may break."""
    return _LONG_WORD.sub(lambda word: _BREAK_AFTER.sub(rf"\1{_BREAK}", word[0]), clean(text))
