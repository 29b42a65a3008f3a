"""PDF files, read back with pypdf. Typst itself refuses to write PDF/UA-1 that breaks the rules which it can check."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
import typst

from competence_graph.query.table import Table
from competence_graph.reports import pdf
from competence_graph.reports.board import compose
from competence_graph.reports.pdf import to_pdf
from unit.reports.answers import FOREIGN, HOSTILE, answer, empty, too_little


def opened(*tables: Table) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(to_pdf(compose(tables, made=dt.date(2026, 3, 1)))))


def text_of(reader: pypdf.PdfReader) -> str:
    """Return the text without white space, which depends on where lines break."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def root_of(reader: pypdf.PdfReader) -> Any:
    return reader.trailer["/Root"]


def tags(reader: pypdf.PdfReader) -> list[str]:
    def walk(node: Any) -> Iterator[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                yield str(node["/S"])
            if "/K" in node:
                yield from walk(node["/K"])

    return list(walk(root_of(reader)["/StructTreeRoot"]["/K"]))


def test_it_says_that_it_is_accessible_and_holds_title_and_language() -> None:
    reader = opened(answer())
    root = root_of(reader)
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == "What does 'A' already give 'B', and what not?"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_headings_and_header_cells_are_tagged() -> None:
    found = tags(opened(answer(2)))
    assert found.count("/Table") == 2
    assert found.count("/TH") == 12
    assert found.count("/TD") == 12
    assert found.count("/H1") == 6
    assert found.count("/H2") == 2
    assert "/L" in found


def test_the_words_come_back() -> None:
    text = text_of(opened(answer()))
    for words in ("Competences that A meets: 3 of 12 (25%).", "Data version: abc123", "Page 1 of", "cited as u:doc"):
        assert squeezed(words) in text


@pytest.mark.parametrize("label", HOSTILE)
def test_nothing_in_a_label_is_read_as_markup(label: str) -> None:
    text = text_of(opened(answer(1, label, question=label, notes=(label,), parameters={label: label})))
    assert text.count(squeezed(label)) >= 3


@pytest.mark.parametrize("label", [text for text in FOREIGN if text.isascii() or max(text) < "\u2e80"])
def test_other_alphabets_do_no_harm(label: str) -> None:
    assert len(opened(answer(1, label)).pages) >= 2


def test_what_no_typeface_shows_is_named_and_said() -> None:
    text = text_of(opened(answer(1, "ok \U0010fffd\U0010fffc ok")))
    assert "ok[U+10FFFD][U+10FFFC]ok" in text
    assert squeezed(pdf.NOT_SHOWN.format(count=2, s="s")) in text


def test_foreign_text_is_set_or_named_on_a_machine_without_typefaces(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Any = typst.compile
    monkeypatch.setattr(typst, "compile", lambda *a, **k: real(*a, **k, ignore_system_fonts=True))
    text = text_of(opened(answer(1, "漢字 Łódź")))
    assert "[U+6F22][U+5B57]" in text
    assert "Łódź" in text


def test_an_empty_answer_and_too_little_help() -> None:
    assert squeezed("Nothing was found.") in text_of(opened(empty()))
    assert squeezed("The sources say too little about this role: Nurse.") in text_of(opened(too_little()))


def test_wide_tables_lie_on_their_side() -> None:
    sides = {page.mediabox.width > page.mediabox.height for page in opened(answer(2)).pages}
    assert sides == {False, True}


def test_the_same_paper_is_the_same_file() -> None:
    paper = compose([answer()], made=dt.date(2026, 3, 1))
    assert to_pdf(paper) == to_pdf(paper)


def test_a_row_higher_than_a_page_loses_nothing() -> None:
    words = " ".join(f"word{number}" for number in range(1500))
    shown = "\n".join(page.extract_text() for page in opened(answer(1, words)).pages)
    assert all(len(re.findall(rf"\b{word}\b", shown)) == 2 for word in words.split())  # in the item and in the source


def test_two_thousand_rows() -> None:
    reader = opened(answer(2000))
    assert squeezed("line 1999") in text_of(reader)
