"""A list that was given: what was read, what was not, and what was meant by it. All of it stays in the session."""

from __future__ import annotations

import hashlib

import streamlit as st

from competence_graph.analysis.held import Guess, HeldList, Reading, open_list
from competence_graph.analysis.needs_rows import AS_UNDERSTOOD
from competence_graph.app import state
from competence_graph.app.answer import first_row
from competence_graph.app.controls import escape
from competence_graph.errors import CompetenceGraphError, MissingColumnError
from competence_graph.query.table import Thing

LISTED, MOST_GUESSES = 10, 20
READ = "needs.read"
LEAVE_OUT = "Leave it out"


def read_given(data: bytes, suffix: str, target: str | None, asked: dict[str, list[Thing]]) -> HeldList | None:
    """Return what was given, and say what was read and what was not; read again only where it or the target changed."""
    key = (suffix, hash(data), target)
    if st.session_state.get(READ, (None, None))[0] != key:
        wanted = {thing.id for things in asked.values() for thing in things}
        try:
            st.session_state[READ] = (key, open_list(data, suffix, state.names(), asked=wanted))
        except CompetenceGraphError as error:
            st.session_state.pop(READ, None)
            st.error(escape(str(error) + _columns(error)))
            return None
    reading: Reading = st.session_state[READ][1]
    guesses = reading.guesses()[:MOST_GUESSES]
    held = reading.held({guess.text: str(st.session_state.get(_key(guess)) or "") for guess in guesses})
    _say(held)
    return held


def forget_given() -> None:
    """Forget a list that is no longer given."""
    st.session_state.pop(READ, None)


def _columns(error: CompetenceGraphError) -> str:
    """Return what stands in the first row of a table without the column: for the person who gave it only."""
    if not isinstance(error, MissingColumnError) or not error.columns:
        return ""
    return f" Found there: {', '.join(f'‘{column[:40]}’' for column in error.columns[:10])}."


def _say(held: HeldList) -> None:
    total = len(held.people) + len(held.silent)
    whose = f", of {total} people" if total else ""
    items = len(held.items)
    said = [
        f"{_entries(held.rows)} read, {len(held.left_out)} not understood: {items} different item{'' if items == 1 else 's'}{whose}."
    ]
    if held.silent:
        one = len(held.silent) == 1
        said.append(f"Of the people {len(held.silent)} {'has no row that was understood and is' if one else 'have no row that was understood and are'} in no count.")  # fmt: skip
    if held.twice:
        said.append(f"{_entries(held.twice)} repeat{'s' if held.twice == 1 else ''} another.")
    if held.guessed:
        said.append(f"{_entries(held.guessed)} read as you chose below.")
    if held.chosen:
        said.append(
            f"{_entries(held.chosen)} with a name that several things bear, read as the one that the target asks."
        )
    (st.success if held.rows else st.warning)(" ".join(said))


def _entries(count: int) -> str:
    return f"{count} entr{'y' if count == 1 else 'ies'}"


def show_unread(held: HeldList) -> None:
    """Draw what of the list could not be used, and let the person say what was meant."""
    reading: Reading | None = st.session_state.get(READ, (None, None))[1]
    if held.unread:
        _rows(held)
    if reading and (guesses := reading.guesses()):
        _choose(guesses)


def _rows(held: HeldList) -> None:
    """Draw every row that could not be used: its number, what was found and expected, and what may be meant."""
    rows = held.unread
    with st.expander(f"Not understood ({len(rows)})", expanded=len(rows) <= LISTED):
        first = first_row(len(rows), key="needs.unread", what="not understood", page_size=LISTED)
        part = rows[first : first + LISTED]
        st.table(
            {
                "Row": [str(row.row) for row in part],
                "Found": [escape(row.found) for row in part],
                "Expected": [escape(row.expected) for row in part],
                "Perhaps": [escape(row.suggestion) for row in part],
            },
            hide_index=True,
            alt="Rows that were not understood, with what was expected and what may be meant",
        )
        if held.left_out:
            st.caption(
                f"They count as not held: what they mean may stand under ‘{AS_UNDERSTOOD[0]}’. Say below what was meant, or "
                "mend them and give the list again."
            )


def _choose(guesses: list[Guess]) -> None:
    """Draw a list to choose from for each different entry that was not understood; nothing is taken unasked."""
    shown = guesses[:MOST_GUESSES]
    made = sum(bool(st.session_state.get(_key(guess))) for guess in shown)
    with st.expander(f"Say what was meant ({made} of {len(shown)} chosen)", expanded=True):
        st.caption(
            "A choice counts for every row that says the same. Nothing is taken unless you choose it; choose "
            f"‘{LEAVE_OUT}’ to undo."
        )
        for start in range(0, len(shown), 2):
            for guess, column in zip(shown[start : start + 2], st.columns(2), strict=False):
                with column:
                    _one(guess)
        if made:
            st.button("Undo all choices", key="needs.guess.undo", on_click=_undo, args=([_key(g) for g in shown],))
        if len(guesses) > len(shown):
            st.caption(f"{len(guesses) - len(shown)} more entries have suggestions: mend them in the list.")


def _one(guess: Guess) -> None:
    words = {"": LEAVE_OUT}
    for place, thing in enumerate(guess.candidates):
        words[thing.id] = f"{thing.label} ({thing.id})" + (", which the target asks" if place < guess.asked else "")
    many = f" ({guess.rows} rows)" if guess.rows > 1 else ""
    text = guess.text if len(guess.text) <= 80 else guess.text[:79] + "…"
    st.selectbox(f"‘{escape(text)}’{many}", list(words), format_func=lambda key: words[key], key=_key(guess))


def _key(guess: Guess) -> str:
    return "needs.guess." + hashlib.sha256(guess.text.encode()).hexdigest()[:16]


def _undo(keys: list[str]) -> None:
    for key in keys:
        st.session_state[key] = ""
