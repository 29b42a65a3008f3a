"""The answer of training needs on the page: the result, gates, how far, what to learn, what is there, learning, downloads."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import streamlit as st

from competence_graph.analysis.learning import training_questions
from competence_graph.analysis.needs_counts import Part
from competence_graph.analysis.needs_rows import (
    ASKED,
    EXAMPLES,
    GATES,
    LEARN,
    OFFERS,
    THERE,
    WORKED_OUT,
    is_component,
    wholes,
)
from competence_graph.analysis.needs_words import in_words, plain
from competence_graph.analysis.notes import CAUTION
from competence_graph.analysis.training_needs import TrainingNeeds
from competence_graph.app import state
from competence_graph.app.answer import cell_text, downloads, first_row, how_worked_out, show_rows
from competence_graph.app.controls import escape
from competence_graph.app.needs_team import show_team
from competence_graph.query.strictness import IN_WORDS
from competence_graph.query.table import Cell, Table, percent
from competence_graph.reports.needs_paper import HEADINGS, LISTS, how_far, needs_paper
from competence_graph.views import charts

LONG, SHORT = 12, 5
LEAST = 5
"""Under this many needs there is no chart."""
NAMED = 6


def show_needs(answer: TrainingNeeds, *, silent: Sequence[str], link: str) -> None:
    """Draw an answer.

    Parameters
    ----------
    answer : TrainingNeeds
        What was found.
    silent : sequence of str
        The people of the list that was given none of whose rows was understood.
    link : str
        Address that reproduces it, for the report.
    """
    whole = plain(answer)
    first, *rest = in_words(answer)
    st.markdown(f"**{escape(first)}** {escape(' '.join(rest))}")
    st.caption(escape(_standing(answer)))
    _gates(answer, whole)
    _fillings(answer)
    if answer.start:
        _how_far(answer)
    if answer.team:
        show_team(answer, silent)
    for name in (ASKED, LEARN, THERE):
        _list(whole, name, LONG if name != THERE else SHORT)
    _learning(answer, whole)
    for name in (ASKED + WORKED_OUT, LEARN + WORKED_OUT, THERE + WORKED_OUT, EXAMPLES):
        rows = _rows(whole, name)
        if rows:
            with st.expander(f"{HEADINGS.get(name, name)} ({wholes(rows)})"):
                _show(whole, name, rows, LONG)
    if whole.rows:
        questions = training_questions(state.graph(), state.names())
        kept = {**whole.parameters, **({"link": link} if link else {})}
        leaves = dataclasses.replace(
            whole, question=answer.title, parameters=kept, notes=[*in_words(answer), *whole.notes]
        )
        downloads(leaves, key="needs", report=lambda: needs_paper(answer, questions, link=link))
    how_worked_out(whole)


def _standing(answer: TrainingNeeds) -> str:
    """Return what stands with every answer: how alike, how many mappings are reviewed, the caution."""
    how = answer.table.parameters.get("strictness", "")
    alike = IN_WORDS.get(how, how).capitalize()
    used, reviewed = state.mapping_counts()
    review = f"{reviewed} of {used:,}" if reviewed else f"none of {used:,}"
    return f"{alike}; {review} mappings reviewed by a practitioner. {CAUTION}"


def _rows(whole: Table, name: str) -> list[Mapping[str, Cell]]:
    return [row for row in whole.rows if row["list"] == name]


def _list(whole: Table, name: str, size: int) -> None:
    rows = _rows(whole, name)
    if rows:
        st.header(f"{name} ({wholes(rows)})", anchor=False)
        _show(whole, name, rows, size)


def _show(whole: Table, name: str, rows: Sequence[Mapping[str, Cell]], size: int) -> None:
    title = _title(rows)
    blocks: list[list[Mapping[str, Cell]]] = []
    for row in rows:
        shown = {**row, "kind": _kind(row), "source": _without(row, title)}
        if is_component(row) and blocks:
            blocks[-1].append(shown)
        else:
            blocks.append([shown])
    dull = {"listed_for"} if name == OFFERS else {"listed_for", "of"}
    if all(row["necessity"] == "not stated" for row in rows):
        dull.add("necessity")
    columns = [column for column in LISTS[name] if column not in dull]
    place = st.container()
    # Parts of an item are no items: the pager counts as the heading does.
    first = first_row(len(blocks), key=f"needs.{name}", what=name, page_size=size)
    part = [row for block in blocks[first : first + size] for row in block]
    columns = [column for column in columns if any(row.get(column) not in (None, "") for row in part)]
    with place:
        show_rows(whole, part, columns, key=f"needs.{name}", alt=f"{name}: {whole.question}", page_size=len(part))
    if title:
        st.caption(f"Every source is a place in: {escape(title)}.")


def _kind(row: Mapping[str, Cell]) -> str:
    """Return the kind of a need, with the service or staff that it is said of."""
    kind, of = str(row["kind"]), row.get("of")
    if not of or not kind or kind.endswith("of the item above"):
        return kind
    if kind.endswith(", also of its staff"):
        return f"{kind.removesuffix(', also of its staff')}; also of {of}"
    return f"{kind.removesuffix(' of its staff')} of {of}"


def _title(rows: Sequence[Mapping[str, Cell]]) -> str:
    """Return the title of the document that all rows cite; empty where they cite several, or just one place."""
    titles = {part.partition(", ")[0] for row in rows for part in str(row["source"]).split(" | ")}
    return titles.pop() if len(titles) == 1 and len(rows) > 1 else ""


def _without(row: Mapping[str, Cell], title: str) -> str:
    places = [place.removeprefix(f"{title}, ") if title else place for place in str(row["source"]).split(" | ")]
    return " | ".join(places)


def _gates(answer: TrainingNeeds, whole: Table) -> None:
    rows = _rows(whole, GATES)
    if rows:
        st.header(f"{GATES} ({len(rows)})", anchor=False)
        _show(whole, GATES, rows, SHORT)


def _fillings(answer: TrainingNeeds) -> None:
    """Draw who has taken the role, folded: the heading says how many and who."""
    if not answer.fillings:
        return
    rows = answer.fillings
    own = [row for row in rows if str(row["result"]).startswith("people in this role have taken it")]
    names = list(dict.fromkeys(str(row["who"]) for row in rows))
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    said = f"Sources state who has taken this role: {', '.join(names[:NAMED])}{more}"
    if answer.start and answer.table.parameters.get("start") and not own:
        said += f"; none says it of people in the role {answer.start}"
    with st.expander(escape(said)):
        data: dict[str, list[str]] = {
            "Who": [cell_text(row["who"]) for row in rows],
            "Took": [cell_text(row["took"]) for row in rows],
            "Where": [escape(str(row["where"])) for row in rows],
            "Status": [cell_text(row["status"], "status") for row in rows],
            "Source": [escape(_without(row, _title(rows))) for row in rows],
        }
        st.table(data, hide_index=True, alt=f"Who has taken the role {answer.target.label}, where, and who says so")
        if _title(rows):
            st.caption(f"Every source is a place in: {escape(_title(rows))}.")


def _how_far(answer: TrainingNeeds) -> None:
    """Draw how many needs came to each result, as bars and as a table with what each result means."""
    counts = how_far(answer)
    if not counts.rows:
        return
    st.header("How far", anchor=False)
    drawn = [part for part in answer.parts if part.stated and part.total >= LEAST]
    left, right = st.columns([2, 3], gap="medium") if drawn else (None, st.container())
    if left is not None:
        with left:
            _bars(drawn, answer)
    with right:
        heads = {column.name: column.name.replace("_", " ").capitalize() for column in counts.columns}
        data = {words: [_bold(str(row[name])) for row in counts.rows] for name, words in heads.items()}
        st.table(data, hide_index=True, alt="How many needs came to each result, and what each result means")
        st.caption(escape(_denominators(answer.parts)))


def _bold(text: str) -> str:
    head, mark, rest = text.partition(": ")
    return f"**{escape(head)}**{mark}{escape(rest)}" if mark else escape(text)


def _bars(parts: Sequence[Part], answer: TrainingNeeds) -> None:
    results = [result for result in answer.words if any(part.counts.get(result) for part in parts)]
    for part in parts:
        chart, words = charts.gap_bar({answer.words[result][0]: part.counts.get(result, 0) for result in results})
        share = "" if part.withheld else f" · {percent(part.met / part.total)} met"
        st.markdown(f"**{part.title.capitalize()}** (stated): {part.met} of {part.total}{share}")
        st.altair_chart(chart, theme=None, alt=f"{part.title.capitalize()}: {words}")


def _denominators(parts: Sequence[Part]) -> str:
    stated = [part for part in parts if part.stated and part.total]
    essential, total = sum(part.essential for part in stated), sum(part.total for part in stated)
    said = f"Of the {total} stated needs that are counted {essential} are essential; of the others no source says how necessary they are."
    if not essential:
        said = f"{total} stated needs are counted; no source says how necessary they are."
    elif essential == total:
        said = f"{total} stated needs are counted, all of them essential."
    desirable = sum(part.desirable for part in parts)
    if desirable:
        said += f" {desirable} desirable are listed and not counted."
    small = [part.title for part in stated if part.total < LEAST]
    if small:
        said += f" Under {LEAST} {' and '.join(small)}: no share and no chart."
    return said


def _question(answer: TrainingNeeds) -> str:
    """Return the address of the catalogue's question on learning, filled in where both ends are roles."""
    asked = answer.table.parameters
    if answer.target.kind == "role" and asked.get("start"):
        how = (
            "close" if asked["strictness"] == "broad" else asked["strictness"]
        )  # there a broader item would count as met
        return f"ask?question=learning-for-gap&start={asked['start']}&target={asked['target']}&match={how}"
    return "ask?question=learning-for-competence"


def _learning(answer: TrainingNeeds, whole: Table) -> None:
    """Draw the learning that covers what is left; where none is named, what to ask a provider."""
    left, offers = answer.to_learn(), _rows(whole, OFFERS)
    covered = len({cover.need for cover in answer.covers})
    if left or offers:
        st.header("Learning that covers it", anchor=False)
    if left:
        st.markdown(
            escape(f"Sources name learning for {covered} of the {len(left)} that are stated and left.")
            + f" [Ask it of the catalogue]({_question(answer)})"
        )
    if answer.learning.rows:
        show_rows(
            answer.learning, answer.learning.rows, key="needs.learning", alt=answer.learning.question, page_size=SHORT
        )
        st.caption(
            "What is developed and what is needed are matched as chosen above, through mappings where it says so."
        )
    if offers:
        st.markdown("**Sources also name for it**, whatever it covers:")
        _show(whole, OFFERS, offers, SHORT)
    questions = training_questions(state.graph(), state.names())
    if left and covered < len(left) and questions.rows:
        with st.expander(
            f"Where no learning is named: {len(questions.rows)} questions to ask a provider", expanded=not covered
        ):
            lines = [
                f"{number}. {cell_text(row['question'])}" + (f" ({escape(str(row['more']))})" if row["more"] else "")
                for number, row in enumerate(questions.rows, start=1)
            ]
            st.markdown("\n".join(lines))
            places = [str(row["source"]) for row in questions.rows]
            st.caption(escape(f"From {places[0].rpartition(' (')[0]}; each question is linked to its place."))
