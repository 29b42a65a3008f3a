"""Papers as Word documents, to be edited: real headings, tables with header rows, title and language set."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from competence_graph.reports.paper import LANGUAGE, LINKED, MAKER, Group, Report, clean

FONT = "Arial"
_INK, _SHADE, _LINE = RGBColor(0x00, 0x30, 0x87), "E8EDF5", "768692"
_SHORT, _LONG, _MARGIN = Cm(21.0), Cm(29.7), Cm(2.0)
_TWIPS = 635  # English metric units in a twentieth of a point
_PROPERTY_LONGEST = 255


def to_docx(report: Report) -> bytes:
    """Return a paper as a Word document.

    Parameters
    ----------
    report : Report
        As :func:`competence_graph.reports.board.compose` makes it.

    Returns
    -------
    bytes
        A DOCX file: A4, on its side where tables are wide; the header row of each table is marked as one and repeated.
    """
    document = Document()
    _properties(document, report)
    _styles(document)
    _page(document, wide=False)
    document.add_paragraph(clean(report.title), style="Title")
    document.add_paragraph(" ".join(map(clean, report.about)))
    if report.link:
        _linked(document.add_paragraph(f"{LINKED} "), report.link)
    document.add_heading("Summary", 1)
    _bullets(document, report.lead)
    for section in report.sections if not report.lead else ():
        if len(report.sections) > 1:
            document.add_heading(clean(section.heading), 2)
        _bullets(document, section.summary)
    _listed(document, "Read this with care", report.cautions)
    wide = False
    for section, turned in zip(report.sections, report.turned, strict=True):
        wide = _turn(document, wide, turned)
        document.add_heading(clean(section.heading), 1)
        if section.empty:
            document.add_paragraph(clean(section.empty))
        for group in section.groups:
            if group.heading:
                document.add_heading(clean(group.heading), 2)
            if group.same:
                document.add_paragraph(clean(group.same)).paragraph_format.keep_with_next = True
            if group.columns:
                _table(document, group, f"{section.heading} {group.heading}".strip())
    _turn(document, wide, wide=False)
    _listed(document, "How this was worked out", report.method)
    _listed(document, "How to read the tables", report.reading)
    _listed(document, "Sources", report.sources)
    _apart(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _properties(document: DocumentType, report: Report) -> None:
    properties = document.core_properties
    properties.title = clean(report.title)[:_PROPERTY_LONGEST]
    properties.language = LANGUAGE
    properties.author = properties.last_modified_by = MAKER
    properties.comments = ""
    properties.keywords = clean(f"data version {report.data_version}")[:_PROPERTY_LONGEST]
    properties.created = properties.modified = dt.datetime.combine(report.made, dt.time())


def _styles(document: DocumentType) -> None:
    """Set one readable typeface and the language of every style."""
    styles = document.styles
    defaults: Any = styles.element
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    sizes = {"Normal": 11, "Title": 22, "Heading 1": 16, "Heading 2": 13, "List Bullet": 11, "Footer": 9}
    for name, size in sizes.items():
        style: Any = styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.rPr.rFonts
        for attribute in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        if name.startswith(("Title", "Heading")):
            style.font.color.rgb, style.font.bold = _INK, True
            style.paragraph_format.space_before = Pt(0 if name == "Title" else 16)
            style.paragraph_format.space_after = Pt(8 if name == "Title" else 6)
            style.paragraph_format.keep_with_next = True
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
            for border in style.element.findall(f".//{qn('w:pBdr')}"):
                border.getparent().remove(border)
        elif name != "Footer":
            style.paragraph_format.space_after = Pt(6)
            style.paragraph_format.line_spacing = 1.15


def _listed(document: DocumentType, heading: str, texts: Sequence[str]) -> None:
    if texts:
        document.add_heading(heading, 1)
    _bullets(document, texts)


def _bullets(document: DocumentType, texts: Sequence[str]) -> None:
    for text in texts:
        document.add_paragraph(clean(text), style="List Bullet" if len(texts) > 1 else None)


def _linked(paragraph: Paragraph, address: str) -> None:
    """Add an address that can be followed."""
    link = _element("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = _element("w:r")
    style = _element("w:rPr")
    style.append(_element("w:color", val=str(_INK)))
    style.append(_element("w:u", val="single"))
    run.append(style)
    text = _element("w:t")
    text.text = clean(address)
    run.append(text)
    link.append(run)
    element: Any = paragraph._p
    element.append(link)


def _turn(document: DocumentType, was_wide: bool, wide: bool) -> bool:
    if was_wide != wide:
        document.add_section(WD_SECTION.NEW_PAGE)
        _page(document, wide=wide)
    return wide


def _page(document: DocumentType, *, wide: bool) -> None:
    section = document.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    if len(document.sections) == 1:  # later sections take over the footer of the first
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("Page ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" of ")
        _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, instruction: str) -> None:
    element = _element("w:fldSimple", instr=f" {instruction} ")
    run = _element("w:r")
    text = _element("w:t")
    text.text = "1"
    run.append(text)
    element.append(run)
    paragraph._p.append(element)


def _element(tag: str, **attributes: str) -> Any:
    element: Any = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _table(document: DocumentType, group: Group, summary: str) -> None:
    """Add a table, built as XML: the library's cell by cell way takes time that grows with the square of the rows."""
    section = document.sections[-1]
    room = (int(section.page_width or _SHORT) - 2 * int(_MARGIN)) // _TWIPS
    total = sum(column.width for column in group.columns)
    widths = [int(room * column.width / total) for column in group.columns]
    table = _element("w:tbl")
    properties = _element("w:tblPr")
    properties.append(_element("w:tblStyle", val="TableGrid"))
    properties.append(_element("w:tblW", w=str(sum(widths)), type="dxa"))
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=_LINE))
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    margins = _element("w:tblCellMar")
    for side, margin in (("top", "50"), ("left", "85"), ("bottom", "50"), ("right", "85")):
        margins.append(_element(f"w:{side}", w=margin, type="dxa"))
    properties.append(margins)
    properties.append(
        _element(
            "w:tblLook",
            val="0020",
            firstRow="1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        )
    )
    # What a screen reader says of the table before its cells.
    properties.append(_element("w:tblCaption", val=clean(summary)))
    properties.append(_element("w:tblDescription", val=_described(group)))
    table.append(properties)
    grid = _element("w:tblGrid")
    for width in widths:
        grid.append(_element("w:gridCol", w=str(width)))
    table.append(grid)
    numeric = [column.numeric for column in group.columns]
    table.append(_row([column.heading for column in group.columns], widths, numeric, header=True))
    for row in group.rows:
        table.append(_row(row, widths, numeric))
    _apart(document)
    body: Any = document.element.body
    body.insert(len(body) - 1, table)  # before the properties of the last section


def _apart(document: DocumentType) -> None:
    """Put a paragraph after a table where nothing else follows: two tables would run together, none may come last."""
    body: Any = document.element.body
    if len(body) > 1 and body[len(body) - 2].tag == qn("w:tbl"):
        document.add_paragraph().paragraph_format.space_after = Pt(0)


def _described(group: Group) -> str:
    columns = ", ".join(column.heading for column in group.columns)
    return clean(f"{len(group.rows)} rows; the columns are {columns}.")


def _row(texts: Sequence[str], widths: Sequence[int], numeric: Sequence[bool], *, header: bool = False) -> Any:
    row = _element("w:tr")
    properties = _element("w:trPr")
    properties.append(_element("w:cantSplit"))
    if header:
        properties.append(_element("w:tblHeader"))
    row.append(properties)
    for text, width, right in zip(texts, widths, numeric, strict=True):
        row.append(_cell(clean(text), width, right=right, header=header))
    return row


def _cell(text: str, width: int, *, right: bool, header: bool) -> Any:
    cell = _element("w:tc")
    properties = _element("w:tcPr")
    properties.append(_element("w:tcW", w=str(width), type="dxa"))
    if header:
        properties.append(_element("w:shd", val="clear", color="auto", fill=_SHADE))
    cell.append(properties)
    paragraph = _element("w:p")
    layout = _element("w:pPr")
    if header:
        layout.append(_element("w:keepNext"))
    layout.append(_element("w:spacing", before="0", after="0", line="240", lineRule="auto"))
    if right:
        layout.append(_element("w:jc", val="right"))
    paragraph.append(layout)
    run = _element("w:r")
    style = _element("w:rPr")
    if header:
        style.append(_element("w:b"))
    style.append(_element("w:sz", val="20"))
    run.append(style)
    content = _element("w:t")
    content.text = text
    content.set(qn("xml:space"), "preserve")
    run.append(content)
    paragraph.append(run)
    cell.append(paragraph)
    return cell
