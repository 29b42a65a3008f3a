"""Home: what it is, search over everything, the questions as doors, what is loaded and how complete it is."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from competence_graph.app import PAGES, state
from competence_graph.app.answer import show_answer
from competence_graph.app.controls import escape
from competence_graph.app.frame import announce
from competence_graph.query.lookup import placeholder_frameworks
from competence_graph.query.search import search

DOORS_IN_ROW = 4
EXAMPLES = (
    ("What do three steps in adult care share?", "compare?role=roles:adult-care-worker-st0005&role=roles:lead-adult-care-worker-st0006&role=roles:lead-practitioner-in-adult-care-st0007"),
    ("What does a care co-ordinator already give a case manager?", "needs?start=roles:care-coordinator&target=roles:case-manager"),
    ("What do virtual wards need?", "needs?target=oawip:virtual-wards"),
    ("Which roles are nearest to a community nurse?", "finder?role=roles:community-nurse-nhs-professionals-2020"),
    ("How far do the employers' lists and the care workforce pathway cover each other?", "frameworks?one=role-profiles&other=care-workforce-pathway"),
    ("From what people need to care functions and the roles that carry them out", "overview?view=needs"),
    ("From a principle to care functions, competences and roles", "ask?question=principle-chain&principle=interdisciplinary-team:quality-and-outcomes-of-care"),
    ("What is connected with the case manager?", "graph?id=roles:case-manager"),
)  # fmt: skip


def render() -> None:
    """Draw the page."""
    st.title("Competence Graph", anchor=False)
    st.markdown(
        "Plan from what people need: **need → care function → competence ← role**. Competence frameworks of UK health and "
        "social care, the roles that sources describe, and the care models they work in, joined in one graph. "
        "Every answer shows its source, what it is a share of, and how sure it is."
    )
    _search()
    st.header("What do you want to know?", anchor=False)
    doors = [page for page in PAGES if page.door]
    for start in range(0, len(doors), DOORS_IN_ROW):
        for page, column in zip(doors[start : start + DOORS_IN_ROW], st.columns(DOORS_IN_ROW), strict=False):
            with column, st.container(border=True, key=f"door-{page.path}", height="stretch"):
                st.markdown(f"[{escape(page.title)}]({page.path})  \n{escape(page.answers)}")
    st.header("For example", anchor=False)
    st.markdown("\n".join(f"- [{escape(question)}]({address})" for question, address in EXAMPLES))
    _loaded()


def _search() -> None:
    asked = st.query_params.get("q", "")
    words = st.text_input(
        "Search everything: roles, competences, standards, care models, learning",
        value=asked,
        key="home.q",
        placeholder="for example: falls, case manager, SFHCHS22",
    )
    if words != asked:
        if words:
            st.query_params["q"] = words
        else:
            st.query_params.pop("q", None)
    if words.strip():
        found = search(state.graph(), words, names=state.names(), limit=40)
        if found.rows:
            show_answer(found, key="home.search", columns=("thing", "kind", "framework"), page_size=10)
        else:
            announce(f"{found.question} 0 rows.", key="home.search")
            st.info(f"{escape(found.notes[0])} Or look through everything of a framework in [Browse](browse).")


def _loaded() -> None:
    """Draw how much is loaded, and what is known of how complete and how sure it is."""
    st.header("What is loaded", anchor=False)
    names, profiles = state.names(), Counter(state.profiles().values())
    mapped, reviewed = state.mapping_counts()
    whole = profiles["full"] + profiles["local"]
    roles, told = len(names.of_kind("role")), len(state.statement_counts())
    hidden = len(placeholder_frameworks(state.graph(), names=names))
    cards = (
        (f"{len(names.of_kind('framework')):,}", "frameworks and lists of roles" + f"; {hidden} of them placeholders only, which Browse does not list" * bool(hidden)),
        (f"{len(names.of_kind('competence')):,}", f"competences, and {len(names.of_kind('function')):,} care functions"),
        (f"{roles:,}", f"roles that sources name; of {whole} there is a whole list, of the others the sources say part or little; lists to choose from offer the {told} of which they state what they do or need"),
        (f"{mapped:,}", f"mappings between frameworks, {reviewed or 'none'} yet reviewed by a practitioner"),
    )  # fmt: skip
    for number, ((count, words), column) in enumerate(zip(cards, st.columns(len(cards)), strict=True)):
        with column, st.container(border=True, key=f"figure-home-{number}", height="stretch"):
            st.markdown(f"**{count}**")
            st.markdown(escape(words))
    st.markdown(
        f"Data version {state.graph().data_version}. [Frameworks at a glance](overview) · [Sources, licences and checks](about)"
    )
