from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.search.contracts import Term
from khcn.kernel.search.words import LONGEST_WORD, exact_words, folded_words, highlighted, passage, plain, read_query
from khcn.kernel.text.folding import search_key


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("chè Thái", [Term(("chè",)), Term(("thái",))]),
        ("“chè Thái” ngon", [Term(("chè", "thái")), Term(("ngon",))]),
        ("«uỷ ban»", [Term(("ủy", "ban"))]),
        ("1234/QĐ-UBND", [Term(("1234", "qđ", "ubnd"))]),
        ("chè*", [Term(("chè",), prefix=True)]),
        ("doi AND (", [Term(("doi",)), Term(("and",))]),
        ('"chưa đóng', [Term(("chưa",)), Term(("đóng",))]),
        ("… — !", []),
    ],
)
def test_what_was_typed_is_read_as_words_phrases_and_beginnings(typed, terms):
    assert read_query(typed) == terms


def test_words_are_the_same_in_every_spelling():
    assert exact_words("Thuý HOÀ u\u0309y ban") == ["thúy", "hòa", "ủy", "ban"]
    assert folded_words("Đổi mới, Đại Từ") == ["doi", "moi", "dai", "tu"]
    assert exact_words("x" * 500) == ["x" * LONGEST_WORD]


@given(
    st.text(
        alphabet=st.characters(categories=["L", "N", "P", "Z", "S"], include_characters="\u0300\u0309\u0323"),
        max_size=80,
    )
)
def test_the_quick_way_to_fold_gives_the_words_of_the_search_key(text):
    assert folded_words(text) == [word[:LONGEST_WORD] for word in search_key(text).split()]


def test_the_passage_shows_where_most_of_the_words_stand_together():
    text = "Chè ở đây. " + "Đoạn khác. " * 60 + "Hội thi chè Tân Cương năm nay đông người. " + "Đoạn cuối. " * 60

    shown = passage(text, read_query("tan cuong che"))

    assert [piece.text for piece in shown if piece.hit] == ["chè", "Tân", "Cương"]
    assert plain(shown).startswith("… ")
    assert plain(shown).endswith(" …")
    assert len(plain(shown)) < 320


@pytest.mark.parametrize(
    ("text", "typed", "hits"),
    [
        ("Chè và chèo", "che", ["Chè"]),
        ("Chè và chèo", "che*", ["Chè", "chèo"]),
        ("Uỷ ban, ủy ban", '"uy ban"', ["Uỷ ban", "ủy ban"]),
        ("Số 12/QĐ-UBND", "12/qd-ubnd", ["12/QĐ-UBND"]),
        ("che\u0300", "chè", ["chè"]),
        ("không có gì", "chè", []),
    ],
)
def test_the_words_searched_for_are_marked_as_they_were_written(text, typed, hits):
    assert [piece.text for piece in highlighted(text, read_query(typed)) if piece.hit] == hits


@given(text=st.text(max_size=300), typed=st.text(max_size=40))
def test_highlighting_never_fails_nor_changes_the_text(text, typed):
    pieces = highlighted(text, read_query(typed))

    assert "".join(piece.text for piece in pieces) == "".join(piece.text for piece in highlighted(text, []))
    assert passage(text, []) == ()
