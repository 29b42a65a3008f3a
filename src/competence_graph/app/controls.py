"""Controls whose choice stands in the address, by stable identifier: a link reproduces the page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from competence_graph.query.names import near
from competence_graph.query.strictness import DEFAULT

PAGE = "app.page"
"""Where the session keeps the path of the page that is drawn."""
_LONGEST = 300
STATUS_WORDS = {
    "attested": "Stated in the source",
    "curated": "Our judgement",
    "inferred": "Worked out",
    "interim": "Placeholder",
    "suggested": "Machine suggestion",
}
STRICTNESS_WORDS = {
    "same": "same: the very same item",
    "exact": "exact: exact mappings too",
    "close": "close: close mappings too",
    "broad": "broad: lists broader ones too",
}
"""Short enough for a list to choose from; :data:`competence_graph.query.strictness.IN_WORDS` says it in full."""


def pick(
    label: str,
    name: str,
    choices: Mapping[str, str],
    *,
    default: str | None = None,
    placeholder: str = "Choose or type",
    keeps: Callable[[str | None], Collection[str]] | None = None,
) -> str | None:
    """Return the identifier chosen from a list; the address keeps it as ``name``.

    An identifier in the address that the list does not hold is said to be unknown, with the near ones as links, never
    quietly replaced. Where ``keeps`` is given, a choice leaves only those other parameters in the address that it names.
    """
    widget = f"control.{name}"
    asked = st.query_params.get(name)
    first = asked if asked in choices else default
    _take(widget, (asked, default), first, label, choices, fits=lambda value: value is None or value in choices)
    if asked is not None and asked not in choices:
        _unknown(label, name, [asked], choices)
    st.selectbox(
        label, list(choices), format_func=lambda key: choices[key], index=None, placeholder=placeholder, key=widget,
        on_change=_remember, args=(widget, name, keeps),
    )  # fmt: skip
    chosen: str | None = st.session_state[widget]
    return chosen


def pick_many(
    label: str, name: str, choices: Mapping[str, str], *, most: int | None = None, placeholder: str = "Choose or type"
) -> list[str]:
    """Return several identifiers chosen from a list; the address repeats ``name`` for each."""
    widget = f"control.{name}"
    asked = tuple(st.query_params.get_all(name))
    first = [key for key in asked if key in choices][:most]
    _take(widget, (asked, None), first, label, choices, fits=lambda value: all(key in choices for key in value))
    if unknown := [key for key in asked if key not in choices]:
        _unknown(label, name, unknown, choices)
    st.multiselect(
        label, list(choices), format_func=lambda key: choices[key], key=widget, max_selections=most,
        placeholder=placeholder, on_change=_remember, args=(widget, name), select_all=False,
    )  # fmt: skip
    chosen: list[str] = st.session_state[widget]
    return chosen


def strictness(default: str = DEFAULT) -> str:
    """Return how alike two items must be, with the words for it."""
    return pick("How alike must two items be?", "strictness", STRICTNESS_WORDS, default=default) or default


def attested_only() -> bool:
    """Return whether only what sources say themselves counts."""
    widget, label = "control.attested", "Only what sources say themselves"
    asked = st.query_params.get("attested")
    _take(widget, (asked, None), asked == "1", label, {}, fits=lambda value: isinstance(value, bool))
    st.checkbox(label, key=widget, on_change=_remember_flag, args=(widget, "attested"))
    return bool(st.session_state[widget])


def _take(
    widget: str,
    asked: tuple[Any, Any],
    first: Any,
    label: str,
    choices: Mapping[str, str],
    *,
    fits: Callable[[Any], bool],
) -> None:
    """Give a control its value: what the address asks for where that is new, else what it had.

    Controls of several pages bear one name. On a switch inside the app the state still holds that of the page before,
    whose value Streamlit would not hand on to a control of another page or with other choices; so it is given anew then,
    and only then, for a value that is given while one chooses would overwrite the choice.
    """
    state = st.session_state
    drawn = hash((state.get(PAGE), label, tuple(choices.items())))
    if state.get(f"{widget}.asked", ...) != asked or widget not in state or not fits(state[widget]):
        state[widget] = first
    elif state.get(f"{widget}.drawn") != drawn:
        state[widget] = state[widget]
    state[f"{widget}.asked"], state[f"{widget}.drawn"] = asked, drawn


def _unknown(label: str, name: str, unknown: Sequence[str], choices: Mapping[str, str]) -> None:
    """Say which values of the address are none of the choices, and offer the near ones as links to this page."""
    quoted = ", ".join(f"“{key[:80]}”" for key in unknown[:10])
    said = f"The link gives {escape(quoted)} for “{escape(label)}”. There is no such choice."
    known = [key for key in st.query_params.get_all(name) if key in choices]
    address = {
        key: st.query_params.get_all(key)
        for key in st.query_params
        if len("".join(st.query_params.get_all(key))) < _LONGEST
    }
    offers = near(unknown[0][:80], choices)
    links = (f"[{escape(choices[key])}](?{urlencode({**address, name: [*known, key]}, doseq=True)})" for key in offers)
    st.warning(said + (" Did you mean: " + "; ".join(links) if offers else " Choose from the list."))


def _remember(widget: str, name: str, keeps: Callable[[str | None], Collection[str]] | None = None) -> None:
    value: Any = st.session_state[widget]
    if keeps is not None:
        kept = {name, *keeps(value)}
        for other in [key for key in st.query_params if key not in kept]:
            st.query_params.pop(other)
    if value is None or value == []:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
    _note(widget, tuple(value) if isinstance(value, list) else value)


def _remember_flag(widget: str, name: str) -> None:
    if st.session_state[widget]:
        st.query_params[name] = "1"
    else:
        st.query_params.pop(name, None)
    _note(widget, st.query_params.get(name))


def _note(widget: str, asked: Any) -> None:
    """Note that the address asks for what was just chosen, so that it is not taken for a new wish."""
    st.session_state[f"{widget}.asked"] = (asked, st.session_state[f"{widget}.asked"][1])


def link_to(path: str, label: str, parameters: Mapping[str, str | Sequence[str]]) -> None:
    """Draw a link to another page with its choices filled in."""
    st.markdown(f"[{escape(label)}]({path}?{urlencode(parameters, doseq=True)})")


_SPECIAL = "\\`*_{}[]()#+-.!|<>~$:"


def escape(text: str) -> str:
    """Return a text so that no Markdown in it works: labels are data, never markup."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in text.replace("\n", " "))
