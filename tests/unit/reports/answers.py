"""Answers for the tests of documents: ordinary, empty, hostile, large."""

from __future__ import annotations

from competence_graph.analysis.notes import CAUTION, TOO_LITTLE
from competence_graph.query.table import Cell, Figure, Table, TableColumn, Thing

COLUMNS = (
    TableColumn("compared", "Competences or care functions"),
    TableColumn("item", "What the target requires"),
    TableColumn("result", "How far the start gives it"),
    TableColumn("by", "What meets it"),
    TableColumn("status", "How it is known"),
    TableColumn("shared_count", "Roles that have it", "roles"),
    TableColumn("jaccard_share", "Shared of either", "0-1"),
    TableColumn("stated_as", "The source's own words"),
    TableColumn("source", "Document and place"),
)
HOSTILE = (
    "#set text(size: 90pt)", '#read("/etc/passwd")', "*bold* _slanted_ `raw` $x^2$", "<script>alert(1)</script>", '#eval("1+1")',
    "]] #panic() [[", '"); #panic() //', "\\u{41} \\ @ref <label>", "= Heading", "&amp; ]]> <w:p/>", "{{ sys.inputs }}",
    "https://example.org/" + "x" * 80,
)  # fmt: skip
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://example.org")', "#N/A", "#REF!", "\t=1")
FOREIGN = ("Gwent – cyd-drefnydd gofal ŵ ŷ", "Łódź, naïve, Ærø", "Ελληνικά", "кириллица", "漢字", "e\u0301 ½ ≥ →")


def thing(number: int, label: str = "", kind: str = "competence") -> Thing:
    return Thing(f"t:{number}", label or f"Item {number}", kind)


def row(number: int, **cells: Cell) -> dict[str, Cell]:
    return {
        "compared": "competences" if number % 2 else "care functions", "item": thing(number), "result": ("not stated", "missing", "met at level")[number % 3],
        "by": "", "status": "attested", "shared_count": number, "jaccard_share": 0.25, "stated_as": f"words {number}", "source": f"t:doc, line {number}",
        **cells,
    }  # fmt: skip


def answer(rows: int = 4, *labels: str, **changes: object) -> Table:
    made = [row(number) for number in range(rows)]
    made += [row(rows + n, item=thing(rows + n, label), source=label) for n, label in enumerate(labels)]
    given: dict[str, object] = {
        "question": "What does 'A' already give 'B', and what not?",
        "parameters": {"start": "t:a", "target": "t:b", "strictness": "close"},
        "data_version": "abc123",
        "columns": COLUMNS,
        "rows": sorted(made, key=lambda r: str(r["compared"])),
        "notes": (
            "A: 16 statements; profile partial.",
            "Rests on 2 documents: t:doc = Best practice; a scoping (2014-04); u:doc = Other (2013). The oldest is of 2013.",
            CAUTION,
        ),
        "figures": (Figure("met", "competences that A meets", 3, 12), Figure("few", "gates", 1, 3, "under five items")),
        "group_by": ("compared",),
    }
    return Table(**{**given, **changes})  # type: ignore[arg-type]


def empty() -> Table:
    return answer(0, figures=())


def too_little() -> Table:
    withheld = f"{TOO_LITTLE}: Nurse"
    figures = (Figure("met", "that Nurse meets", 7, 77, withheld), Figure("not", "not stated", 70, 77, withheld))
    return answer(3, figures=figures)
