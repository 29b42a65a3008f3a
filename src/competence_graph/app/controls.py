"""Controls whose choice stands in the address, by stable identifier: a link reproduces the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from competence_graph.query.strictness import DEFAULT

STATUS_WORDS = {
    "attested": "Stated in the source",
    "curated": "Our judgement",
    "inferred": "Worked out",
    "interim": "Placeholder",
    "suggested": "Machine suggestion",
}
STRICTNESS_WORDS = {
    "same": "same: the very same item only",
    "exact": "exact: exact mappings count too",
    "close": "close: close mappings count too",
    "broad": "broad: broader and narrower listed too",
}
"""Short enough for a list to choose from; :data:`competence_graph.query.strictness.IN_WORDS` says it in full."""


def pick(
    label: str,
    name: str,
    choices: Mapping[str, str],
    *,
    default: str | None = None,
    placeholder: str = "Choose or type",
) -> str | None:
    """Return the identifier chosen from a list; the address keeps it as ``name``.

    An identifier in the address that the list does not hold is said to be unknown, never quietly replaced.
    """
    widget = f"control.{name}"
    asked = st.query_params.get(name)
    if st.session_state.get(f"{widget}.asked", ...) != asked or widget not in st.session_state:
        st.session_state[widget] = asked if asked in choices else default
        if asked is not None and asked not in choices:
            st.warning(
                f"The link names a {label.lower()} that is not in this data: {escape(repr(asked[:80]))}. Choose another."
            )
    elif st.session_state[widget] not in choices or (
        asked is None and st.session_state[f"{widget}.default"] != default
    ):
        st.session_state[widget] = default  # the visitor chose none, or one that is gone: what is first now
    else:
        st.session_state[widget] = st.session_state[
            widget
        ]  # sent anew: the browser keeps words, and they may have changed
    st.session_state[f"{widget}.asked"], st.session_state[f"{widget}.default"] = asked, default
    st.selectbox(
        label, list(choices), format_func=lambda key: choices[key], index=None, placeholder=placeholder, key=widget,
        on_change=_remember, args=(widget, name),
    )  # fmt: skip
    chosen: str | None = st.session_state[widget]
    return chosen


def pick_many(
    label: str, name: str, choices: Mapping[str, str], *, most: int | None = None, placeholder: str = "Choose or type"
) -> list[str]:
    """Return several identifiers chosen from a list; the address repeats ``name`` for each."""
    widget = f"control.{name}"
    asked = tuple(st.query_params.get_all(name))
    if st.session_state.get(f"{widget}.asked", ...) != asked or widget not in st.session_state:
        st.session_state[widget] = [key for key in asked if key in choices][:most]
        unknown = [key for key in asked if key not in choices]
        if unknown:
            st.warning(
                f"The link names what is not in this data: {escape(', '.join(key[:80] for key in unknown[:10]))}."
            )
    st.session_state[f"{widget}.asked"] = asked
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
    widget = "control.attested"
    if widget not in st.session_state:
        st.session_state[widget] = st.query_params.get("attested") == "1"
    st.checkbox("Only what sources say themselves", key=widget, on_change=_remember_flag, args=(widget, "attested"))
    return bool(st.session_state[widget])


def _remember(widget: str, name: str) -> None:
    value: Any = st.session_state[widget]
    if value is None or value == []:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
    st.session_state[f"{widget}.asked"] = tuple(value) if isinstance(value, list) else value


def _remember_flag(widget: str, name: str) -> None:
    if st.session_state[widget]:
        st.query_params[name] = "1"
    else:
        st.query_params.pop(name, None)


def link_to(path: str, label: str, parameters: Mapping[str, str | Sequence[str]]) -> None:
    """Draw a link to another page with its choices filled in."""
    from urllib.parse import urlencode

    st.markdown(f"[{escape(label)}]({path}?{urlencode(parameters, doseq=True)})")


_SPECIAL = "\\`*_{}[]()#+-.!|<>~$:"


def escape(text: str) -> str:
    """Return a text so that no Markdown in it works: labels are data, never markup."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in text.replace("\n", " "))
