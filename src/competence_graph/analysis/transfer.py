"""Transfer: what role A already gives role B. A → B is not B → A.

Of what B requires, essentially or without a stated necessity, each item is *met at level*, *met, level not known*,
*below level*, *partly met*, *may be met, check*, or – by the profile of A – *missing*, *not in this employer's list* or
*not stated*. Gates (registration, regulated qualifications) and what sources say of people in A having taken B come
first; neither enters a share. Desirable requirements are listed with the others and counted in no figure.
"""

from __future__ import annotations

from collections.abc import Sequence

from competence_graph.analysis.claims import Claim, RoleRecord, necessity_of, read_claims, read_roles
from competence_graph.analysis.levels import Levels
from competence_graph.analysis.matching import Match, Matching
from competence_graph.analysis.notes import (
    CAUTION,
    NOT_HELD,
    TOO_LITTLE,
    cited_note,
    hidden_note,
    mapping_note,
    role_note,
)
from competence_graph.analysis.overlap import BASES, SIDES
from competence_graph.errors import ParameterError
from competence_graph.graph.store import Graph
from competence_graph.namespaces import sparql_iri
from competence_graph.query.names import Names
from competence_graph.query.strictness import DEFAULT, STRICTNESS
from competence_graph.query.table import Cell, Figure, Table, TableColumn, Thing

_FORMS = """
PREFIX cg: <https://w3id.org/competence-graph/ontology#>
SELECT DISTINCT ?form WHERE { ?form cg:instanceOf # role
}
ORDER BY ?form
"""
MET = ("met at level", "met, level not known", "met, levels not comparable")
COLUMNS = (
    TableColumn("compared", "Filling, gate, competences or care functions"),
    TableColumn("basis", "Stated by a source or reader, or worked out through what the role does"),
    TableColumn("item", "What the target requires or does; for a filling, the role taken"),
    TableColumn("necessity", "How necessary the source says it is"),
    TableColumn("result", "How far the start gives it"),
    TableColumn("by", "What of the start meets it, and how"),
    TableColumn("status", "How the target's statement is known"),
    TableColumn("stated_as", "The source's own words"),
    TableColumn("source", "Document and place of the target's statement"),
    TableColumn("start_source", "Document and place of the start's statement"),
)


def transfer(
    graph: Graph,
    start: str,
    target: str,
    *,
    strictness: str = DEFAULT,
    attested_only: bool = False,
    names: Names | None = None,
) -> Table:
    """Return what role ``start`` already gives role ``target``.

    Parameters
    ----------
    graph : Graph
        Reads Requirement, Performance and Filling statements, match closures and levels.
    start, target : str
        Identifiers or names of roles.
    strictness : {'same', 'exact', 'close', 'broad'}, default 'close'
        How alike two items must be.
    attested_only : bool, default False
        Count only what sources say themselves; matching is then by ``same``.

    Returns
    -------
    Table
        Fillings and gates first, then competences, then care functions; stated before worked out.
    """
    if strictness not in STRICTNESS:
        raise ParameterError(f"Strictness is {strictness!r}; expected one of {', '.join(STRICTNESS)}.")
    names = names or Names(graph)
    a, b = names.resolve(start, ("role",)), names.resolve(target, ("role",))
    if a == b:
        raise ParameterError("Start and target are the same role; give two roles.")
    strictness = "same" if attested_only else strictness
    matching = Matching(graph, names)
    held, wanted = read_roles(graph, names, [a, b], attested_only=attested_only)
    fillings = filling_rows(graph, names, a, b, attested_only=attested_only)
    rows = [*fillings, *gate_rows(held, wanted)]
    body, figures = compare(held, wanted, matching, Levels(graph), strictness)
    notes = [role_note(held), role_note(wanted), mapping_note(matching, strictness)]
    if NOT_HELD[held.profile] == "not stated":
        notes.append(
            f"What the sources do not say of {a.label} is shown as 'not stated'. That is not the same as missing."
        )
    if not fillings:
        notes.append(f"No source says who has taken the role {b.label}.")
    if attested_only:
        everything = read_roles(graph, names, [a, b])
        hidden = sum(len(record.claims) for record in everything) - len(held.claims) - len(wanted.claims)
        hidden += len(filling_rows(graph, names, a, b)) - len(fillings)
        notes.append(hidden_note(hidden))
    notes += [*cited_note(graph, names, [*rows, *body]), CAUTION]
    parameters = {"start": a.id, "target": b.id, "strictness": strictness, "attested_only": str(attested_only).lower()}
    question = f"What does '{a.label}' already give '{b.label}', and what not?"
    return Table(question, parameters, graph.data_version, COLUMNS, rows + body, notes, figures, ("compared", "basis"))


def read_fillings(
    graph: Graph, names: Names, a: Thing | None, b: Thing, *, attested_only: bool = False
) -> list[tuple[str, Claim]]:
    """Return who has taken the role ``b``, or a site's form of it, as sources state it; then what else ``a`` has taken.

    People in ``a`` come first, then others; the role itself before its sites' forms. Each statement comes with the
    words that say which of these it is.
    """
    forms = [names.thing(row["form"]) for row in graph.select(_FORMS.replace("# role", sparql_iri(b.id)))]
    into = read_claims(graph, names, ("Filling",), objects=[b, *forms])
    out_of = read_claims(graph, names, ("Filling",), subjects=[a]) if a else []
    if attested_only:
        into, out_of = ([claim for claim in claims if claim.weakest == "attested"] for claims in (into, out_of))
    found: list[tuple[str, Claim]] = []
    for claim in sorted(into, key=lambda c: (c.subject != a, c.object != b, c.subject.label.lower(), c.id)):
        who = "people in this role" if claim.subject == a else "people in another role"
        what = "it" if claim.object == b else "a site's form of it"
        found.append((f"{who} have taken {what}", claim))
    for claim in out_of:
        if claim.object != b and claim.object not in forms:
            found.append(("people in this role have taken another role", claim))
    return found


def filling_rows(
    graph: Graph, names: Names, a: Thing, b: Thing, *, attested_only: bool = False
) -> list[dict[str, Cell]]:
    """Return the statements of :func:`read_fillings` as rows."""
    return [
        _row("filling", "stated", claim.object, result, claim.subject.label + _where(claim), [claim], [])
        for result, claim in read_fillings(graph, names, a, b, attested_only=attested_only)
    ]


def _where(claim: Claim) -> str:
    extra = "; ".join(part for part in (claim.place, claim.note) if part)
    return f" ({extra})" if extra else ""


def gate_rows(held: RoleRecord, wanted: RoleRecord) -> list[dict[str, Cell]]:
    """Return the target's gates: never met through a mapping, only by the very same qualification stated of the start."""
    own = held.gates()
    rows = []
    for gate, claims in wanted.gates().items():
        mine = own.get(gate, [])
        result = "gate: check registration or qualification"
        if mine:
            result = f"{'stated' if mine[0].stated else 'worked out'} of {held.role.label} too"
        rows.append(_row("gate", "stated" if claims[0].stated else "worked out", gate, result, "", claims, mine))
    return rows


def compare(
    held: RoleRecord, wanted: RoleRecord, matching: Matching, levels: Levels, strictness: str
) -> tuple[list[dict[str, Cell]], list[Figure]]:
    """Return a row for each item of the target, and the figures of each side and basis."""
    rows: list[dict[str, Cell]] = []
    figures: list[Figure] = []
    for side, functions in SIDES:
        for basis, stated in BASES:
            needs = wanted.items(functions=functions, stated=stated)
            have = held.items(functions=functions, stated=True)
            if not stated:
                have = {**held.items(functions=functions, stated=False), **have}
            counted: list[tuple[str, str]] = []
            for item, claims in needs.items():
                match = matching.meets(item, have, strictness)
                result = result_of(match, claims, have, levels, NOT_HELD[held.profile])
                by = f"{', '.join(t.label for t in match.by)} ({match.how})" if match else ""
                behind = [claim for thing in match.by for claim in have.get(thing, ())] if match else []
                rows.append(_row(side, basis, item, result, by, claims, behind))
                counted.append((necessity_of(claims), result))
            figures += _figures(f"{basis} {side}", wanted, held, counted)
    order = {"met at level": 0, "met, level not known": 1, "below level": 2, "partly met": 3, "may be met, check": 4}
    return sorted(rows, key=lambda row: (_side(row), order.get(str(row["result"]), 5))), figures


def _side(row: dict[str, Cell]) -> tuple[int, int]:
    return (
        [side for side, _ in SIDES].index(str(row["compared"])),
        [basis for basis, _ in BASES].index(str(row["basis"])),
    )


def result_of(
    match: Match | None, needs: Sequence[Claim], have: dict[Thing, list[Claim]], levels: Levels, not_held: str
) -> str:
    """Return how far a requirement is met, in the words of this module.

    Parameters
    ----------
    match : Match or None
        How held items meet it.
    needs : sequence of Claim
        The statements that require it, with their levels.
    have : mapping of held item to its statements
        With their levels.
    levels : Levels
        The scales.
    not_held : str
        What is said where nothing meets it, by the profile of the list held.
    """
    if match is None:
        return not_held
    if match.extent != "met":
        return match.extent
    wanted = [claim.level for claim in needs if claim.level]
    results = [
        levels.result([claim.level for thing in part.by for claim in have.get(thing, ()) if claim.level], wanted)
        for part in match.parts or (match,)
    ]
    # A compound is at level when each part is: the worst part decides.
    return next(
        word
        for word in ("below level", "met, levels not comparable", "met, level not known", "met at level")
        if word in results
    )


def _figures(label: str, wanted: RoleRecord, held: RoleRecord, counted: Sequence[tuple[str, str]]) -> list[Figure]:
    """Return how many are met of the essential ones and those without a stated necessity, with the split."""
    figures = []
    main = [(necessity, result) for necessity, result in counted if necessity != "desirable"]
    if not main:
        return []
    little = next((record.role.label for record in (wanted, held) if record.says_too_little), "")
    withheld = f"{TOO_LITTLE}: {little}" if little else "under five items to divide by" if len(main) < 5 else ""
    essential = sum(necessity == "essential" for necessity, _ in main)
    split = f"{essential} essential, {len(main) - essential} without a stated necessity"
    met = sum(result in MET for _, result in main)
    figures.append(
        Figure(
            f"met, {label}",
            f"{label} of {wanted.role.label} that {held.role.label} meets ({split})",
            met,
            len(main),
            withheld,
        )
    )
    for word in (
        "below level",
        "partly met",
        "may be met, check",
        "missing",
        "not in this employer's list",
        "not stated",
    ):
        count = sum(result == word for _, result in main)
        if count:
            figures.append(
                Figure(f"{word}, {label}", f"{label} of {wanted.role.label}: {word}", count, len(main), withheld)
            )
    return figures


def _row(
    side: str, basis: str, item: Thing, result: str, by: str, claims: Sequence[Claim], behind: Sequence[Claim]
) -> dict[str, Cell]:
    first = claims[0]
    return {
        "compared": side, "basis": basis, "item": item, "necessity": necessity_of(claims) if side != "filling" else "", "result": result, "by": by,
        "status": first.status if first.status != "inferred" else f"inferred (weakest premise {first.weakest})",
        "stated_as": first.stated_as, "source": " | ".join(dict.fromkeys(c.where for c in claims)),
        "start_source": " | ".join(dict.fromkeys(c.where for c in behind)),
    }  # fmt: skip
