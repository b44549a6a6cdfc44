from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.text.folding import ALPHABET, sort_key
from khcn.parties.naming import sorting_digits
from khcn.parties.rules import overlap

NAMES = st.text(alphabet=ALPHABET + "áàảãạểệ", min_size=1, max_size=6)


@given(st.lists(NAMES, min_size=1, max_size=4), st.lists(NAMES, min_size=1, max_size=4))
def test_digits_sort_names_exactly_as_the_list_order_does(left, right):
    names = [" ".join(left), " ".join(right)]

    assert sorted(names, key=sorting_digits) == sorted(names, key=sort_key)


def test_lists_go_by_given_name_then_surname_and_tones_come_last():
    names = ["Trần Văn Đạt", "Nguyễn Thị Ánh", "Lê Văn Dũng", "Bùi Thị Anh"]

    assert sorted(names, key=sorting_digits) == ["Bùi Thị Anh", "Nguyễn Thị Ánh", "Lê Văn Dũng", "Trần Văn Đạt"]


def test_a_very_long_name_still_fits_its_column():
    assert len(sorting_digits("nguyễn " * 60)) == 160


MAY, JUNE, JULY = date(2021, 5, 1), date(2021, 6, 1), date(2021, 7, 1)


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ((MAY, JUNE), (JUNE, JULY), True),  # one day in common
        ((MAY, date(2021, 5, 31)), (JUNE, None), False),
        ((None, None), (JUNE, JULY), True),
        ((JULY, None), (None, JUNE), False),
    ],
)
def test_periods_overlap_when_they_share_a_day(first, second, shared):
    assert overlap(first, second) is shared
    assert overlap(second, first) is shared
