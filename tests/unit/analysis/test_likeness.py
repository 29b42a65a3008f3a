"""Our likeness: what holds of it whatever the roles hold, and what each pair of items adds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from competence_graph.analysis.holdings import Holdings, from_csv
from competence_graph.analysis.likeness import Likeness
from competence_graph.analysis.related_words import related_words

WORDS = ("wound", "care", "team", "meeting", "diet", "advice", "record", "walk", "home", "visit")
LABELS = [f"{one} {other}" for one in WORDS for other in WORDS if one < other]
QUICK = settings(max_examples=30, deadline=None, database=None)


def table(
    lists: list[list[int]], labels: list[str] = LABELS, close: list[tuple[int, int]] | None = None, **given_: list[str]
) -> Holdings:
    stated = np.zeros((len(lists), len(labels)))
    for role, items in enumerate(lists):
        stated[role, items] = 1.0
    links = np.zeros((len(labels), len(labels)))
    for one, other in close or []:
        links[one, other] = links[other, one] = 1.0
    none = sparse.csr_array((len(labels), len(labels)))
    return Holdings(
        [f"r{i}" for i in range(len(lists))], [f"i{i}" for i in range(len(labels))], labels, sparse.csr_array(stated),
        sparse.csr_array(stated.shape), sparse.csr_array(links), none, **given_,
    )  # fmt: skip


lists = st.lists(st.lists(st.integers(0, len(LABELS) - 1), min_size=1, max_size=8, unique=True), min_size=2, max_size=6)
pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(10, 20)), max_size=4)


@QUICK
@given(lists=lists, close=pairs)
def test_it_is_symmetric_from_0_to_1_and_1_for_itself(lists: list[list[int]], close: list[tuple[int, int]]) -> None:
    likeness = Likeness(table(lists, close=close))
    found = likeness.to()
    assert np.allclose(found, found.T)
    assert np.allclose(np.diag(found), 1.0)
    assert found.min() >= 0
    assert found.max() <= 1
    assert np.allclose(likeness.to([1])[0], found[1])


@QUICK
@given(lists=lists, close=pairs)
def test_pairs_of_items_add_up_to_it(lists: list[list[int]], close: list[tuple[int, int]]) -> None:
    likeness = Likeness(table(lists, close=close))
    adds = likeness.adds(0, 1)
    assert adds.shape == (len(lists[0]), len(lists[1]))
    assert adds.sum() == pytest.approx(likeness.to()[0, 1], abs=1e-9)
    assert np.allclose(adds, likeness.adds(1, 0).T)


@QUICK
@given(lists=lists, draw=st.randoms(use_true_random=False))
def test_the_order_of_roles_does_not_matter(lists: list[list[int]], draw: st.DrawFn) -> None:
    order = list(range(len(lists)))
    draw.shuffle(order)  # type: ignore[attr-defined]
    turned = Likeness(table([lists[i] for i in order])).to()
    assert np.allclose(turned, Likeness(table(lists)).to()[np.ix_(order, order)])


def test_more_shared_is_not_less_alike() -> None:
    labels = [f"{word}{number}" for number in range(20) for word in ("planning", "reviewing")]
    found = []
    for shared in range(11):
        mine, theirs = list(range(10)), list(range(10 - shared, 20 - shared))
        found.append(Likeness(table([mine, theirs, list(range(20, 30))], labels)).to()[0, 1])
    assert found == sorted(found)
    assert found[-1] == 1.0
    assert found[0] < 0.1


def test_a_close_match_brings_roles_nearer() -> None:
    labels = [f"word{number}" for number in range(10)]
    lists = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    apart, mapped = (Likeness(table(lists, labels, close)).to()[0, 1] for close in ([], [(0, 3), (1, 4), (2, 5)]))
    assert apart == 0
    assert mapped > 0.3


def test_definitions_count_and_words_are_related_through_the_field() -> None:
    labels = ["Medicines", "Tablets", "Minutes", "Agendas"]
    bare = Likeness(table([[0], [1], [2], [3]], labels)).to()
    assert bare[0, 1] == 0
    told = Likeness(table([[0], [1], [2], [3]], labels, definitions=["Giving drugs", "Giving drugs", "", ""])).to()
    assert told[0, 1] > 0.3
    field = [f"{verb} {thing}" for verb in ("Giving", "Storing", "Counting") for thing in ("medicines", "tablets")]
    field += ["Taking minutes", "Taking notes", "Writing agendas"]
    learnt = Likeness(table([[0], [1], [2], [3]], labels, background=field)).to()
    assert learnt[0, 1] > learnt[0, 2]


def test_importance_and_level_weigh(tmp_path: Path) -> None:
    rows = [
        "role,item,label,importance,level", "a,w,Wound care,1,1", "a,t,Team meetings,1,1", "b,w,,1,1",
        "b,d,Diet advice,1,1", "c,w,,0.2,0.5", "c,d,,1,1", "d,x,Walks,,",
    ]  # fmt: skip
    path = tmp_path / "items.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    (held,) = from_csv(path)
    assert held.stated[[2], :].max() == 1.0
    assert held.stated[2, held.items.index("w")] == pytest.approx(0.1)
    found = Likeness(held).to()
    assert found[0, 1] > found[0, 2] > 0


def test_roles_without_a_word_or_an_item() -> None:
    labels = ["?", "!", "Wound care"]
    found = Likeness(table([[0, 1], [0], [2], []], labels)).to()
    assert np.diag(found).tolist() == [1.0, 1.0, 1.0, 0.0]
    assert 0 < found[0, 1] < 1, "a shared item counts where it has no words"
    assert found[0, 2] == 0
    assert related_words([])[0] == []
