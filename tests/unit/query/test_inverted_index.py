"""Inverted indexes: the same texts as by reading them all."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from competence_graph.query.inverted_index import LetterIndex, WordIndex

WORDS = st.text("abcé", min_size=1, max_size=4)
TEXTS = st.lists(st.lists(WORDS, max_size=4).map(" ".join), max_size=8)
QUICK = settings(max_examples=60, deadline=None, database=None)


@QUICK
@given(texts=TEXTS, tokens=st.lists(WORDS, min_size=1, max_size=3))
def test_words_and_beginnings_are_found_where_they_stand(texts: list[str], tokens: list[str]) -> None:
    index = WordIndex(texts)
    whole = [i for i, text in enumerate(texts) if set(tokens) <= set(text.split())]
    begun = [i for i, text in enumerate(texts) if all(any(w.startswith(t) for w in text.split()) for t in tokens)]
    assert index.holding(tokens).tolist() == whole
    assert index.holding(tokens, beginnings=True).tolist() == begun


@QUICK
@given(texts=TEXTS.filter(any))
def test_a_text_is_nearest_to_itself(texts: list[str]) -> None:
    index = LetterIndex(texts, WordIndex(texts))
    for place, text in enumerate(texts):
        if text:
            (nearest,) = index.nearest(text.split(), 1).tolist()
            assert set(texts[nearest].split()) == set(texts[place].split())


def test_letters_of_another_alphabet_and_no_texts() -> None:
    texts = ["care", "nurse"]
    index = LetterIndex(texts, WordIndex(texts))
    assert index.nearest(["забота"], 5).tolist() == []
    assert index.nearest(["crae"], 5).tolist() == [0], "two swapped letters leave no trigram of a short word"
    assert LetterIndex([], WordIndex([])).nearest(["care"], 5).tolist() == []
    assert WordIndex([]).holding(["care"]).tolist() == []


def test_only_some_texts_are_asked_for() -> None:
    texts = ["district nurse", "staff nurse"]
    words = WordIndex(texts)
    assert LetterIndex(texts, words).nearest(["nurse"], 5, words.texts[::2] == 1).tolist() == [1]
