"""Compare roles: two to six, across frameworks: what is shared, what is each one's own, and what that hangs on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from competence_graph.analysis.notes import PROFILE_WORDS
from competence_graph.analysis.overlap import HeldItem
from competence_graph.analysis.role_comparison import (
    NO_AREA,
    Comparison,
    by_area,
    compare_roles,
    coverage,
    in_words,
    mappings_used,
    read_areas,
    strictness_profile,
    title_of,
)
from competence_graph.analysis.role_facts import HORIZONTAL, NEITHER, NOT_KNOWN, VERTICAL, kinds_in_words
from competence_graph.analysis.role_names import ShortName, short_names
from competence_graph.app import state
from competence_graph.app.answer import cell_text, downloads, how_worked_out, share_link, show_rows, version_notice
from competence_graph.app.compare_lists import show_lists
from competence_graph.app.controls import attested_only, escape, link_to, pick_many, strictness
from competence_graph.app.frame import announce
from competence_graph.query.strictness import IN_WORDS
from competence_graph.query.table import Table, Thing, percent
from competence_graph.reports.compare_paper import compare_paper
from competence_graph.views import sets

NURSE = "roles:community-nurse-nhs-professionals-2020"
EXAMPLES = {
    "Two care roles: a case manager and a care co-ordinator": ["roles:case-manager", "roles:care-coordinator"],
    "A registered and a support role in community nursing": [NURSE, "roles:assistant-practitioner-community-nursing-elht-2020"],
    "Two professions: an occupational therapist and a social worker": ["roles:occupational-therapist-sue-ryder-2020", "roles:social-worker-mental-health-huntercombe-2020"],
    "Three community nursing roles": [NURSE, "roles:community-matron-gstt-2020", "roles:senior-community-staff-nurse-ncic-2020"],
    "Three steps of the adult care standards": ["roles:adult-care-worker-st0005", "roles:lead-adult-care-worker-st0006", "roles:lead-practitioner-in-adult-care-st0007"],
}  # fmt: skip
KIND_WORDS = {
    HORIZONTAL: "Horizontal overlap",
    VERTICAL: "Vertical overlap",
    NEITHER: "Neither horizontal nor vertical",
    NOT_KNOWN: "Horizontal or vertical: not known",
}
DEFINITION = (
    "Horizontal: different professions, one tier. Vertical: a registered and a support role. After Nancarrow (2004), as "
    "cited in the [2014 report](item?id=oawip:report), section 5.3, role overlap. A profession or tier that no source "
    "states is not guessed."
)
WIDE_LABEL = 56


def render() -> None:
    """Draw the page."""
    st.title("Compare roles", anchor=False)
    version_notice(state.graph().data_version)
    roles = pick_many("Two to six roles", "role", state.options("role"), most=6)
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        how = strictness()
    with right:
        only = attested_only()
    if len(roles) < 2:
        _invite(len(roles))
        return
    found = compare_roles(state.graph(), roles, strictness=how, attested_only=only, names=state.names())
    names = short_names([record.role.label for record in found.records])
    announce(" ".join(in_words(found)), key="compare")
    _result(found, only=only)
    _roles(found, names)
    profile = strictness_profile(found)
    if not found.too_little:
        _figures(found, names, profile)
        _chart(found, names)
    chosen = show_lists(found, names)
    downloads(found.table, key="compare", report=lambda: compare_paper(found, state.names()))
    how_worked_out(found.table)
    asked = {"role": roles, "strictness": how, "attested": "1" if only else "", "list": chosen}
    share_link("compare", asked, found.table.data_version)


@st.cache_resource(show_spinner=False)
def _areas() -> dict[Thing, list[Thing]]:
    """Return the areas of every item, read once."""
    return read_areas(state.graph(), state.names())


def _invite(chosen: int) -> None:
    st.info(
        ("Choose at least two roles" if not chosen else "Choose one role more")
        + " to see what they share. Roles with fewer than five statements stand last in the list: of them only lists are shown."
    )
    st.markdown("Or start with an example:")
    for words, roles in EXAMPLES.items():
        if all(role in state.options("role") for role in roles):
            link_to("compare", words, {"role": roles})


def _result(found: Comparison, *, only: bool) -> None:
    """Say what comes out, and whether the overlap is horizontal or vertical."""
    lines = []
    for sentence in in_words(found):
        head, mark, rest = sentence.partition(": ")
        lines.append(f"- **{escape(head)}**{mark}{escape(rest)}")
    for kind, why in kinds_in_words(found.readings, found.facts):
        lines.append(f"- **{KIND_WORDS[kind]}**: {escape(why)}.")
    st.markdown("\n".join(lines))
    if not found.too_little and not any(len(item.shared_by) == len(found.records) for item in found.items):
        st.info(
            "Nothing is counted as shared by all. Employers put one duty in many words, and only the same item, or items that "
            "one of our mappings joins, count. Look at what some share, choose *broad* to list broader and narrower items, or ask "
            "the [Role finder](finder), which compares the wording as well."
        )
    said = [IN_WORDS[found.strictness].capitalize() + "."]
    if only:
        said.append("Mappings and what is worked out through our judgement are left out.")
    st.caption(escape(" ".join(said)) + " " + DEFINITION)


def _roles(found: Comparison, names: Sequence[ShortName]) -> None:
    data: dict[str, list[str]] = {head: [] for head in ("Key", "Role", "What is known", "Profession", "Tier", "Sector", "Gates", "Statements", "Source")}  # fmt: skip
    for record, facts, name in zip(found.records, found.facts, names, strict=True):
        data["Key"].append(f"**{name.letter}**")
        data["Role"].append(cell_text(record.role))
        data["What is known"].append(escape(PROFILE_WORDS[record.profile]))
        group = facts.words("staff group")
        other = "" if group == "not stated" else f"; staff group: {group}"
        data["Profession"].append(escape(facts.words("profession") + other))
        data["Tier"].append(escape(facts.words("tier")))
        data["Sector"].append(escape(facts.words("sector")))
        data["Gates"].append(escape("; ".join(gate.label for gate in record.gates())) or "none stated")
        data["Statements"].append(str(record.statement_count))
        place = f", {escape(facts.locator)}" if facts.locator else ""
        data["Source"].append(cell_text(facts.source) + place if facts.source else "not stated")
    if set(data["Gates"]) == {"none stated"}:
        del data["Gates"]
    st.table(data, hide_index=True, alt="The roles compared, what is known of each, and where it is stated")


def _figures(found: Comparison, names: Sequence[ShortName], profile: Table) -> None:
    """Draw who covers whom, and how much of that hangs on mappings."""
    parts = list(found.parts())
    if not parts:
        return
    pair = len(names) == 2
    left, right = st.columns([1, 1]) if pair else (st.container(), st.container())
    with left:
        st.header("How far each covers the other" if pair else "How far each covers the others", anchor=False)
        if pair:
            data = {"Of whom": [f"{names[one].letter}, matched by {names[1 - one].letter}" for one in (0, 1)]}
            data |= {title_of(side, basis): [_cell(found, items, one, 1 - one) for one in (0, 1)] for side, basis, items in parts}  # fmt: skip
            st.table(data, hide_index=True, alt="How many of each role's items the other matches")
        else:
            _matrices(found, names, parts)
        shared = [f for f in found.table.figures if f.name.startswith("shared") and f.of]
        if pair and shared:
            words = "; ".join(f"{f.name.removeprefix('shared, ')} {f.count} of {f.of}" + ("" if f.share is None else f" ({percent(f.share)})") for f in shared)  # fmt: skip
            st.caption(escape(f"Shared, of those of either, exact matches counted once: {words}."))
    if len(found.by_strictness) > 1 and profile.rows:
        with right:
            st.header("How much hangs on mappings", anchor=False)
            show_rows(profile, profile.rows, key="compare.strictness", alt=profile.question)
            used, reviewed = mappings_used(found)
            review = f"{reviewed or 'none'} of them {'' if reviewed else 'yet '}reviewed by a practitioner"
            st.caption(escape(
                (
                    f"At the likeness chosen the matches rest on {used} mapping{'' if used == 1 else 's'}, {review}."
                    if used
                    else "At the likeness chosen no match rests on a mapping."
                )
                + " Broad: touched by a broader or narrower item only; listed, never counted as matched."
            ))  # fmt: skip


def _matrices(found: Comparison, names: Sequence[ShortName], parts: Sequence[tuple[str, str, list[HeldItem]]]) -> None:
    """Draw a role by role matrix for each side and basis."""
    for side, basis, items in parts:
        title = title_of(side, basis)
        if not found.enough(items):
            st.caption(
                escape(f"{title}: {len(items)} in all, under five of each role: too few to give a share or a chart.")
            )
            continue
        data = {title: [f"**{name.letter}** {escape(name.title)}" for name in names]}
        for other, name in enumerate(names):
            data[f"Matched by {name.letter}"] = [_cell(found, items, one, other) for one in range(len(names))]
        st.table(data, hide_index=True, alt=f"{title}: how many of each role's items the others match")


def _cell(found: Comparison, items: Sequence[HeldItem], one: int, other: int) -> str:
    figure = coverage(items, found.records, one, other)
    if not figure.of:
        return "none stated" if items[0].basis == "stated" else "none worked out"
    if one == other:
        return f"all {figure.of}"
    share = escape(figure.withheld) if figure.share is None else percent(figure.share)
    return f"{figure.count} of {figure.of} · {share}"


def _chart(found: Comparison, names: Sequence[ShortName]) -> None:
    stated = [(side, items) for side, basis, items in found.parts() if basis == "stated"]
    if not stated:
        return
    if len(names) == 2:
        use, (both, one, other) = by_area(found, _areas())
        st.header(f"What is shared, by {use}", anchor=False)
        bars, words = sets.stacked(both, one, other, a=names[0].title, b=names[1].title, what=use)
        st.altair_chart(bars, theme=None, alt=words)
        table = {use.capitalize(): list(both), "Both": [str(n) for n in both.values()], f"Only {names[0].letter}": [str(n) for n in one.values()], f"Only {names[1].letter}": [str(n) for n in other.values()]}  # fmt: skip
        with st.expander("The same as a table"):
            st.table({head: [escape(cell) for cell in cells] for head, cells in table.items()}, hide_index=True, alt=words[:250])  # fmt: skip
        note = (
            "None of these items stands in an area of its framework, so the bars are by kind."
            if use == "kind"
            else f"Areas are those of the items' own frameworks; an item in several is counted in each, one in none under '{NO_AREA}'."
        )
        st.caption(f"Stated items. An item and the other item that it matches are counted as two, as in the lists below. {note}")  # fmt: skip
        return
    st.header("Which roles share what", anchor=False)
    labels = [f"{n.letter} {n.title}" + (f", {n.rest}" if n.rest else "") for n in names]
    drawn = [(side, items) for side, items in stated if found.enough(items)]
    if not drawn:
        st.info("No chart is shown: under five items are stated of each role.")
        return
    rows: dict[str, list[str]] = {"What": [], "Of exactly these roles": [], "Items": []}
    for (side, items), column in zip(drawn, st.columns(len(drawn)), strict=True):
        with column:
            st.markdown(f"**{side.capitalize()}**, stated: {len(items)} items")
            picture, words = sets.upset(
                [item.shared_by for item in items],
                labels,
                [sum(place in item.holders for item in items) for place in range(len(names))],
                label_width=sets.LABEL_WIDTH if len(drawn) > 1 else WIDE_LABEL,
            )
            st.altair_chart(picture, theme=None, width="content", alt=words)
        for places, count in Counter(item.shared_by for item in items).most_common():
            rows["What"].append(side.capitalize())
            rows["Of exactly these roles"].append(escape(", ".join(names[place].letter for place in places)))
            rows["Items"].append(str(count))
    with st.expander("The same as a table"):
        st.table(rows, hide_index=True, alt="How many items each combination of roles shares")
    st.caption(
        "Stated items. An item counts once, with exactly the roles that hold it or match it; an item and the other item that it "
        "matches are counted as two, as in the lists below."
    )
