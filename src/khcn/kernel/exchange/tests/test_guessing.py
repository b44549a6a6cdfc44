"""What a sheet's headings are taken for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khcn.kernel.exchange.guessing import (
    fingerprint_of,
    guess_headings,
    headings_at,
    initials,
    keys_of,
    similarity,
    suggest_columns,
)
from khcn.kernel.records.registry import register

HEADINGS = ("TT", "Tên đối tượng bảo hộ", "Loại văn bằng", "Số văn bằng cấp", "Cấp ngày", "Ghi chú", "Ghi chú")
VALUES = ("1", "Nhãn hiệu A", "mark", "4-1", "24/9/2021", "x", "y")


def titles():
    return register("protection-title")


def sheet(order):
    return [(1, [HEADINGS[place] for place in order]), (2, [VALUES[place] for place in order])]


def suggested(order):
    rows = sheet(order)
    headings = headings_at(rows, 1, 1)
    return {HEADINGS[order[place]]: one.name for place, one in suggest_columns(titles(), headings, rows).items()}


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(len(HEADINGS))))
def test_the_order_of_columns_changes_neither_suggestion_nor_memory(order):
    plain = list(range(len(HEADINGS)))

    assert suggested(order) == suggested(plain)
    assert fingerprint_of(headings_at(sheet(order), 1, 1)) == fingerprint_of(headings_at(sheet(plain), 1, 1))


@settings(max_examples=50, deadline=None)
@given(texts=st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=12))
def test_each_column_is_remembered_under_a_key_of_its_own(texts):
    headings = headings_at([(1, texts)], 1, 1)

    keys = keys_of(headings)

    assert len(set(keys.values())) == len(headings.texts)


def test_a_column_of_days_is_no_column_of_texts():
    rows = [(1, ["Tên", "Ngày cấp phép"]), (2, ["Nhãn hiệu A", "không phải ngày"])]

    found = suggest_columns(titles(), headings_at(rows, 1, 1), rows)

    assert "granted_on" not in {one.name for one in found.values()}


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([(1, ["SỔ VĂN BẰNG"]), (3, ["Số văn bằng", "Ngày cấp"]), (4, ["4-1", "1/2/2020"])], (3, 3)),  # a title above
        ([(1, ["Cột một", "Cột hai"]), (2, ["a", "b"])], (1, 1)),  # nothing we know: the first line with several texts
        ([], (1, 1)),  # nothing at all
    ],
)
def test_where_the_headings_stand(rows, lines):
    found = guess_headings(titles(), rows)

    assert (found.first, found.last) == lines


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("so khcn", "so khoa hoc va cong nghe"),
        ("htx che hao dat", "hop tac xa che hao dat"),
        ("so kh cn", "so khoa hoc va cong nghe"),
    ],
)
def test_an_abbreviation_is_alike_what_it_stands_for(left, right):
    assert initials(left) == initials(right)
    assert similarity(left, right) > 0.8
