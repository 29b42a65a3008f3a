"""Transfer and training needs: from a role, or from held competences, to a role, care function or care model."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from competence_graph.analysis.held import HeldList
from competence_graph.analysis.needs_words import in_words
from competence_graph.analysis.notes import CAUTION, PROFILE_WORDS
from competence_graph.analysis.training_needs import TrainingNeeds, asked_of, training_needs
from competence_graph.app import state
from competence_graph.app.answer import share_link, version_notice
from competence_graph.app.controls import attested_only, escape, link_to, pick, strictness
from competence_graph.app.frame import announce
from competence_graph.app.needs_answer import show_needs
from competence_graph.app.needs_list import show_unread
from competence_graph.app.needs_start import choose_start
from competence_graph.errors import CompetenceGraphError
from competence_graph.namespaces import to_iri

NURSE = "roles:community-nurse-nhs-professionals-2020"
EXAMPLES: dict[str, dict[str, str]] = {
    "From care co-ordinator to case manager": {"target": "roles:case-manager", "start": "roles:care-coordinator"},
    "From assistant practitioner to community nurse": {"target": NURSE, "start": "roles:assistant-practitioner-community-nursing-elht-2020"},
    "What a case manager needs for virtual wards": {"target": "oawip:virtual-wards", "start": "roles:case-manager"},
    "What administering medication takes": {"target": "oawip:administering-medication"},
    "Tick what you have of what a care co-ordinator does": {"target": "roles:care-coordinator", "from": "ticked"},
    "Upload a team's list for a case manager": {"target": "roles:case-manager", "from": "file"},
}  # fmt: skip


def render() -> None:
    """Draw the page."""
    st.title("Transfer and training needs", anchor=False)
    version_notice(state.graph().data_version)
    left, right = st.columns(2, gap="large")
    with left:
        target = pick("Target: a role, care model or care function", "target", _targets())
        if target:
            _about(target)
    with right:
        kind, start, held = choose_start(target)
    with left:
        how = strictness("broad")  # what is held in part is worth seeing; it never counts as met
        only = attested_only() if start and target and _kind(target) == "role" else False
    if held:
        show_unread(held)
    if target is None:
        _invite()
        return
    given = held if held and held.rows else None
    try:
        answer = _answer(target, start, given, how, only=only)
    except CompetenceGraphError as error:
        st.error(escape(str(error)))
        return
    asked = {"target": target, "start": start or "", "from": "" if kind == "role" else kind, "strictness": how, "attested": "1" if only else ""}  # fmt: skip
    show_needs(answer, silent=held.silent if held else (), link="" if given else _address(asked))
    announce(" ".join(in_words(answer)), key="needs")
    if given is None:
        share_link("needs", asked, answer.table.data_version)
    else:
        st.caption(
            "There is no link: a link would have to hold what you gave. The downloads hold the answer, without names."
        )


def _targets() -> dict[str, str]:
    """Return what may be aimed at; a care model or care function says that it is one."""
    words = {"model": "care model", "function": "care function"}
    found = {key: f"{label} · {words[kind]}" for kind in ("model",) for key, label in state.options(kind).items()}
    found |= state.options("role")
    return found | {key: f"{label} · {words['function']}" for key, label in state.options("function").items()}


def _kind(identifier: str) -> str:
    return state.names().thing(to_iri(identifier)).kind


def _about(target: str) -> None:
    """Say how much the sources state of the target."""
    counts = [f"{len(things)} {title}" for title, things in asked_of(state.graph(), state.names(), target).items()]
    said = f"Stated of it: {', '.join(counts)}." if counts else "The sources state nothing that it asks."
    if _kind(target) == "role":
        said += f" Known of it: {PROFILE_WORDS[state.profiles().get(target, 'mentioned')]}."
    st.caption(escape(said) + f" [All about it](item?id={target})")


def _answer(target: str, start: str | None, held: HeldList | None, how: str, *, only: bool) -> TrainingNeeds:
    return training_needs(
        state.graph(), target, role=start or "", held=held, strictness=how, attested_only=only, names=state.names()
    )  # fmt: skip


def _address(asked: dict[str, str]) -> str:
    """Return the whole address of this answer, for the report."""
    here = (st.context.url or "").split("?")[0]
    query = urlencode({key: value for key, value in asked.items() if value} | {"v": state.graph().data_version})
    return f"{here}?{query}" if here else ""


def _invite() -> None:
    st.info(
        "Choose what is aimed at, and what there is already. Without a start the page lists what the target asks. "
        + CAUTION
    )
    st.markdown("Or start with an example:")
    for words, parameters in EXAMPLES.items():
        if parameters["target"] in _targets():
            link_to("needs", words, parameters)
