"""A team's lists against what a target asks: how many people, cover by one person, who could be asked to teach.

Names stand on the page of the session that gave them, and nowhere else: this is drawn from values in memory, as plain
tables; nothing here is downloaded, cached or put into an address.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from competence_graph.analysis.team import NOTICE, NeedCover
from competence_graph.analysis.training_needs import TrainingNeeds
from competence_graph.app.answer import first_row
from competence_graph.app.controls import escape

SIZE = 10
NO_ROW = "no row was understood: in no count"


def show_team(answer: TrainingNeeds, silent: Sequence[str] = ()) -> None:
    """Draw in whose lists each need stands: single cover first, what stands in no list last.

    ``silent`` are those none of whose rows was understood: they are in no count.
    """
    team, people = sorted(answer.team, key=_cover), answer.people
    nobody, single = sum(not cover.people for cover in team), sum(cover.single for cover in team)
    st.header("Who in the team", anchor=False)
    if silent:
        one = len(silent) == 1
        st.warning(
            f"{people + len(silent)} people, of whom {len(silent)} {'has' if one else 'have'} no row that was understood and "
            f"{'is' if one else 'are'} in no count: {escape(', '.join(silent))}."
        )
    whose = f"the {people} people whose lists are counted" if silent else f"the {people} people"
    st.markdown(
        f"Of {len(team)} stated needs **{nobody}** stand in no list of {whose if people > 1 else 'the one person counted'}, "
        f"**{single}** in the list of one person only, {len(team) - nobody - single} in the lists of several."
    )
    if answer.left_out:
        st.caption("Rows of the list were not understood, so a need may stand in more lists than is shown.")
    st.caption(NOTICE)
    first = first_row(len(team), key="needs.team", what="needs", page_size=SIZE)
    part = team[first : first + SIZE]
    st.table(
        {
            "Need": [f"[{escape(cover.item.label)}](item?id={cover.item.id})" for cover in part],
            "In how many lists": [f"{len(cover.people)} of {people}" + _single(cover) for cover in part],
            "Whose list: could be asked to teach": [_holders(cover) for cover in part],
            "Lower or in part": [_names(cover.short) for cover in part],
        },
        hide_index=True,
        alt="For each need in how many lists it stands, in whose, and who could be asked to teach it",
    )
    with st.expander("Person by person"):
        each = list(answer.team[0].results)
        met = [sum(person in cover.people for cover in team) for person in each]
        st.table(
            {
                "Person": [escape(person) for person in (*each, *silent)],
                "Their list meets": [*(f"{count} of {len(team)} needs" for count in met), *(NO_ROW for _ in silent)],
            },
            hide_index=True,
            alt="How many needs the list of each person meets",
        )
    st.caption(
        "What a list does not name, a person may still be able to do. That a list names something does not say that the "
        "person can teach it; where the level is not said to be the one asked, it is not known."
    )


def _cover(cover: NeedCover) -> tuple[bool, int, str]:
    return not cover.people, len(cover.people), cover.item.label.lower()


def _single(cover: NeedCover) -> str:
    return " · **single cover**" if cover.single else ""


def _names(people: list[str]) -> str:
    return escape(", ".join(people)) or "–"


def _holders(cover: NeedCover) -> str:
    at_level = sorted(cover.people, key=lambda person: cover.results[person] != "met at level")
    words = [
        f"{person}{' (at the level asked)' if cover.results[person] == 'met at level' else ''}" for person in at_level
    ]
    everyone = len(cover.people) == len(cover.results)
    return f"everyone’s: {_names(words)}" if everyone else _names(words)
