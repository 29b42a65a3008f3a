"""Rows of training needs: the answers of transfer and of gap in one form, in lists, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from competence_graph.analysis.claims import Claim
from competence_graph.analysis.matching import Matching
from competence_graph.analysis.transfer import MET
from competence_graph.query.table import Cell, Table, TableColumn, Thing

RESULTS: dict[str, tuple[str, str]] = {
    "met at level": ("Met at the level asked", "The start has it, at the level asked or above."),
    "met, level not known": ("Met, level not known", "The start has it; one side states no level, so check the level."),
    "met, levels not comparable": ("Met, levels not comparable", "The start has it; the two levels are of different scales."),
    "below level": ("Below the level asked", "The start has it at a lower level."),
    "partly met": ("Partly met", "A part of it, a named example or a narrower item is there."),
    "may be met, check": ("May be met, check", "A wider item is there, which may take it in."),
    "not stated": ("Not stated", "No source says it of the start, which is not the same as missing."),
    "not in this employer's list": ("Not in this employer's list", "The list of the start is one employer's; another's may have it."),
    "missing": ("Missing", "The list, given or published as a whole one, does not have it."),
}  # fmt: skip
"""Every result in its order: in plain words, and what it means."""
AS_UNDERSTOOD = ("Not in the list as far as it was understood", "Rows of the list were not understood; what they mean may be there.")  # fmt: skip
"""What 'missing' is called where rows of a list were not understood."""
GATE_WORDS = {"gate: check registration or qualification": "To be checked", "held": "In the list; check the register"}
GATES, FILLINGS = "Gates: registration and qualifications", "Who has taken this role, as sources state it"
LEARN, THERE, ASKED = "To learn or check", "Already there", "What it asks"
EXAMPLES, OFFERS = "Examples from single services", "Learning that sources name for it"
WORKED_OUT = ", worked out"
COLUMNS = (
    TableColumn("list", "Gates, who has taken the role, to learn or check, already there, examples, or learning"),
    TableColumn("item", "What the target asks; for a filling the role taken, for learning the offer"),
    TableColumn("kind", "Competence or care function; of the staff; or a part of the item above it"),
    TableColumn("of", "Of what it is said, where not of the target itself: a service, a staff group"),
    TableColumn("necessity", "How necessary the source says it is"),
    TableColumn("result", "How far the start gives it"),
    TableColumn("by", "What of the start meets it, and how; for a filling who has taken the role"),
    TableColumn("learning", "Learning that sources name for it"),
    TableColumn("listed_for", "Of how many people the list names it, where a team's was given"),
    TableColumn("mapped_to", "Items of other frameworks that match it"),
    TableColumn("status", "How the target's statement is known"),
    TableColumn("stated_as", "The source's own words"),
    TableColumn("source", "Document and place of the target's statement"),
    TableColumn("start_source", "Document and place of the start's statement"),
)
_ORDER = list(RESULTS)
_NECESSITIES = ("essential", "not stated", "desirable")
Row = dict[str, Cell]


def is_component(row: Mapping[str, Cell]) -> bool:
    """Whether a row is a part or an example of the item above it."""
    return str(row["kind"]).endswith("of the item above")


def wholes(rows: Iterable[Mapping[str, Cell]]) -> int:
    """Return how many different items rows are about, those apart that are a part or an example of the one above."""
    return len({row["item"] for row in rows if not is_component(row)})


def side(item: Cell) -> str:
    """Return on which side an item counts: competences, or care functions."""
    return "care functions" if isinstance(item, Thing) and item.kind == "care function" else "competences"


def of_transfer(found: Table) -> Iterator[Row]:
    """Yield the rows of an answer from role to role in one form."""
    for row in found.rows:
        compared, derived = str(row["compared"]), row["basis"] != "stated"
        if compared in ("gate", "filling"):
            name = GATES if compared == "gate" else FILLINGS
        else:
            name = (THERE if row["result"] in MET else LEARN) + (WORKED_OUT if derived else "")
        yield {**row, "list": name, "kind": "" if compared in ("gate", "filling") else compared.removesuffix("s")}


def of_gap(found: Table, matching: Matching, *, given: bool) -> Iterator[Row]:
    """Yield the rows of a gap in one form; parts and examples of a compound follow it, unless it is met as a whole.

    Parameters
    ----------
    found : Table
        The answer of :func:`competence_graph.analysis.gap.gap`.
    matching : Matching
        Knows of which item another is a part or an example.
    given : bool
        Whether there was anything to compare with.
    """
    components: dict[tuple[str, Cell, Cell], Row] = {}
    for row in found.rows:
        base, _, word = str(row["part"]).removesuffix(" of it").rpartition(", ")
        if word in ("part", "example"):
            components[base, row["of"], row["item"]] = {**row, "kind": f"{word} of the item above"}
    for row in found.rows:
        part, item = str(row["part"]), row["item"]
        if part.endswith((", part of it", ", example of it")) or not isinstance(item, Thing):
            continue
        name, kind = _list_of(part, str(row["result"]), given=given), side(item).removesuffix("s")
        if name in (GATES, OFFERS):
            kind = ""
        elif part.startswith("need of its staff"):
            kind += " of its staff"
        elif part == "site example, worked out":
            kind += " (worked out)"
        yield {
            **row,
            "list": name,
            "kind": kind,
            "necessity": row["necessity"] or ("" if name == OFFERS else "not stated"),
        }
        for component in () if name.startswith(THERE) else (*matching.parts(item), *matching.examples(item)):
            if below := components.get((part, row["of"], component)):
                yield {**below, "list": name}


def once(rows: Sequence[Row]) -> list[Row]:
    """Return rows in which no need stands twice: what is asked of a target and of its staff too is one need.

    Of several rows of one item the one furthest from met is kept, with the sources of all and whose need else it is. A part
    or an example is left out where the item stands for itself.
    """
    lists = (ASKED, LEARN, THERE)
    blocks: dict[Cell, list[list[Row]]] = {}
    for row in rows:
        if row["list"] not in lists:
            continue
        if is_component(row):
            blocks[next(reversed(blocks))][-1].append(row)
        else:
            same = blocks.pop(row["item"], [])  # the item read last is the last one
            blocks[row["item"]] = [*same, [row]]
    kept = [_one_of(same) for same in blocks.values()]
    return [
        *(row for row in rows if row["list"] not in lists),
        *(row for block in kept for row in block if not is_component(row) or row["item"] not in blocks),
    ]


def _one_of(blocks: Sequence[list[Row]]) -> list[Row]:
    """Return one block of rows for all the blocks of an item."""
    if len(blocks) == 1:
        return blocks[0]
    head, *below = max(blocks, key=lambda block: _ORDER.index(str(block[0]["result"])) if block[0]["result"] else 0)
    heads = [block[0] for block in blocks]
    own = next((row for row in heads if not row["of"]), None)
    staff = ", ".join(dict.fromkeys(str(row["of"]) for row in heads if row["of"]))
    kind = f"{own['kind']}, also of its staff" if own and staff else head["kind"]
    joined = {
        name: " | ".join(dict.fromkeys(part for row in heads for part in str(row.get(name) or "").split(" | ") if part))
        for name in ("source", "stated_as")
    }
    necessity = min((str(row["necessity"]) for row in heads), key=_necessity)
    return [{**head, **joined, "kind": kind, "of": staff, "necessity": necessity}, *below]


def _necessity(word: str) -> int:
    return _NECESSITIES.index(word) if word in _NECESSITIES else 1


def _list_of(part: str, result: str, *, given: bool) -> str:
    if part in ("gate", "learning"):
        return GATES if part == "gate" else OFFERS
    if part.startswith("site example"):
        return EXAMPLES
    name = ASKED if not given else THERE if result in MET else LEARN
    return name + (WORKED_OUT if part == "worked out" else "")


def filling_rows(claims: Sequence[tuple[str, Claim]]) -> Iterator[Row]:
    """Yield a row for each statement on who has taken a role."""
    for result, claim in claims:
        yield {
            "list": FILLINGS, "kind": "", "item": claim.object, "result": result, "necessity": "",
            "by": claim.subject.label + (f" ({_place(claim)})" if _place(claim) else ""), "status": claim.status,
            "stated_as": claim.stated_as, "source": claim.where,
        }  # fmt: skip


def _place(claim: Claim) -> str:
    return "; ".join(part for part in (claim.place, claim.note) if part)


def grouped_fillings(claims: Sequence[tuple[str, Claim]]) -> list[Row]:
    """Return a row for each role whose people have taken a role, with every place and source."""
    grouped: dict[tuple[str, Thing, Thing], list[Claim]] = {}
    for result, claim in claims:
        grouped.setdefault((result, claim.subject, claim.object), []).append(claim)
    return [
        {
            "who": who, "took": took, "result": result,
            "where": "; ".join(dict.fromkeys(_place(claim) for claim in said if _place(claim))),
            "status": ", ".join(dict.fromkeys(claim.status for claim in said)),
            "source": " | ".join(dict.fromkeys(claim.where for claim in said)),
        }
        for (result, who, took), said in grouped.items()
    ]  # fmt: skip


def in_order(rows: list[Row]) -> list[Row]:
    """Return a list's rows: essential before desirable, the furthest from met first; parts stay below their whole."""
    if not rows or not str(rows[0]["list"]).startswith((LEARN, THERE)):
        return rows
    blocks: list[list[Row]] = []
    for row in rows:
        if is_component(row) and blocks:
            blocks[-1].append(row)
        else:
            blocks.append([row])

    def place(block: list[Row]) -> tuple[int, int, str, str]:
        head = block[0]
        result = str(head["result"])
        return (
            _necessity(str(head["necessity"])),
            -_ORDER.index(result) if result in RESULTS else 0,
            str(head["kind"]),
            str(head["item"]).lower(),
        )

    return [row for block in sorted(blocks, key=place) for row in block]
