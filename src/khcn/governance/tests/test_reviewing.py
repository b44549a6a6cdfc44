"""The text of a review, cut into pieces by spans that may overlap."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from khcn.governance.reviewing import doubtful_first, groups_of_items, paragraphs_of, progress_words, views_of
from khcn.governance.states import ItemKind
from khcn.governance.tests.factories import make_person, make_reading

TEXT = "Đoạn một có số 5.\n\nĐoạn hai giao việc.\n"


def item(number, start, end, kind=ItemKind.FIGURE):
    return SimpleNamespace(pk=number, span_start=start, span_end=end, kind=kind)


def shown(paragraphs):
    return [[(piece["text"], [mark["id"] for mark in piece["marks"]]) for piece in pieces] for pieces in paragraphs]


def test_a_text_without_spans_is_its_paragraphs():
    assert shown(paragraphs_of("Một.\n\nHai.", [])) == [[("Một.\n", [])], [("Hai.", [])]]


def test_overlapping_spans_share_the_piece_where_they_overlap():
    pieces = shown(paragraphs_of("abcdef", [item(1, 0, 4), item(2, 2, 6)]))[0]

    assert [(text, set(marks)) for text, marks in pieces] == [("ab", {1}), ("cd", {1, 2}), ("ef", {2})]


def test_a_span_within_another_lies_inside_it():
    pieces = shown(paragraphs_of("abcdef", [item(1, 2, 4), item(2, 0, 6)]))[0]

    assert pieces == [("ab", [2]), ("cd", [2, 1]), ("ef", [2])]


def test_two_spans_of_the_same_words_both_mark_them():
    assert shown(paragraphs_of("abc", [item(1, 0, 3), item(2, 0, 3)])) == [[("abc", [1, 2])]]


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=8)
texts = st.text(alphabet="aăđ \n.", max_size=40)


@given(texts, spans)
def test_no_word_is_lost_and_every_mark_stands_on_its_own_words(text, places):
    items = [
        item(number, start, min(start + length, len(text)))
        for number, (start, length) in enumerate(places)
        if start < len(text)
    ]

    pieces = [piece for paragraph in paragraphs_of(text, items) for piece in paragraph]
    marked = {one.pk: "".join(p["text"] for p in pieces if any(m["id"] == one.pk for m in p["marks"])) for one in items}

    assert "".join("".join(p["text"] for p in pieces).split()) == "".join(text.split())
    assert {pk: "".join(words.split()) for pk, words in marked.items()} == {
        one.pk: "".join(text[one.span_start : one.span_end].split()) for one in items
    }


def test_proposals_are_grouped_by_kind_with_what_they_say(world):
    reading = make_reading(world.specialist)

    groups = groups_of_items(reading, list(reading.items.all()), world.specialist, is_open=True)

    assert [group["label"] for group in groups][:2] == ["Buổi làm việc", "Người dự"]
    assert {"label": "Vai trò", "value": "Chủ trì"} in groups[1]["entries"][0]["fields"]


def test_a_doubtful_name_says_so_beside_its_proposal(world):
    make_person(world.specialist, "Lục Thị Hoa", "Nghệ nhân làng nghề dệt lụa")
    reading = make_reading(world.specialist)

    entries = groups_of_items(reading, list(reading.items.of_kind(ItemKind.PERSON)), world.specialist, is_open=True)[0][
        "entries"
    ]

    assert any("chọn đúng người" in entry["note"] for entry in entries)


def test_a_closed_reading_offers_no_decisions(world):
    reading = make_reading(world.specialist)

    entry = groups_of_items(reading, list(reading.items.all()), world.specialist, is_open=False)[0]["entries"][0]

    assert not {"accept_url", "edit_url", "reject_url"} & set(entry)


def test_the_progress_says_how_much_is_left(world):
    items = list(make_reading(world.specialist).items.all())

    assert progress_words(items) == f"Còn {len(items)} trong {len(items)} mục chưa rà soát"


def test_the_least_sure_come_first_in_the_order_of_doubt(world):
    reading = make_reading(world.specialist)
    items = list(reading.items.all())
    sure = {item.pk: item.confidence for item in items}

    groups = doubtful_first(reading, items, world.specialist, is_open=True)
    entries = groups[0]["entries"]

    assert [sure[entry["id"]] for entry in entries] == sorted(sure.values())
    assert len({entry["kind"] for entry in entries}) > 1
    assert all(entry["edit_url"].endswith("?xem=chua-chac") for entry in entries)


def test_confidence_is_said_in_words_with_the_reason(world):
    reading = make_reading(world.specialist)

    groups = doubtful_first(reading, list(reading.items.all()), world.specialist, is_open=True)
    words = {entry["confidence"] for entry in groups[0]["entries"]}

    assert "chắc: có chữ «yêu cầu»" in words
    assert not any(any(letter.isdigit() for letter in word) for word in words)


def test_one_proposal_that_waits_has_no_order_to_choose(world):
    reading = make_reading(world.specialist)
    items = list(reading.items.all())

    assert views_of(reading, items[:1], by_doubt=False) == []
    assert [view["active"] for view in views_of(reading, items, by_doubt=True)] == [False, True]
    assert doubtful_first(reading, [], world.specialist, is_open=True) == []
