from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.parties.form_rows import PEOPLE, SPENDING, form_rows
from khcn.parties.models import ScienceStaffing
from khcn.parties.rules import counted_twice, is_within, months_before
from khcn.parties.states import SpendingItem

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 28), 24, date(2024, 11, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),  # no such day that year
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),  # over the year
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_are_counted_back_to_the_same_day(day, months, before):
    assert months_before(day, months) == before


@given(DAYS, st.integers(1, 240))
def test_more_months_never_lead_to_a_later_day(day, months):
    assert months_before(day, months) < day
    assert months_before(day, months) <= months_before(day, months - 1)
    assert day - months_before(day, months) <= timedelta(days=31 * months)


@pytest.mark.parametrize(
    ("item", "others", "twice"),
    [
        ("2.1", {"2.1.1", "2.2"}, ["2.1.1"]),  # a whole beside its part
        ("2.1.1", {"2.1", "2"}, ["2", "2.1"]),
        ("2.1", {"2.1", "3"}, []),  # the same item from another source
        ("2", {"1", "3"}, []),
        ("2.1", {"2.10"}, []),  # no part of it, whatever the signs
    ],
)
def test_a_whole_and_its_part_are_the_same_money(item, others, twice):
    assert counted_twice(item, others) == twice


@given(st.sampled_from(SpendingItem.values), st.sampled_from(SpendingItem.values))
def test_two_items_hold_the_same_money_both_ways(one, other):
    assert bool(counted_twice(one, {other})) == bool(counted_twice(other, {one}))


def test_every_item_stands_in_exactly_one_lowest_row_of_the_form():
    rows = [row for row in form_rows(SPENDING) if len(row.counts) == 1]

    for item in SpendingItem.values:
        within = [row.counts[0] for row in rows if is_within(item, row.counts[0])]
        assert max(within, key=len) == item


def test_every_row_on_people_counts_columns_of_the_yearly_figures():
    names = {field.name for field in ScienceStaffing._meta.get_fields()}

    assert {name for row in form_rows(PEOPLE) for name in row.counts} <= names


@pytest.mark.parametrize("form", [PEOPLE, SPENDING])
def test_every_row_has_words_unit_and_source(form):
    assert all(row.label and row.unit and row.source and row.counts for row in form_rows(form))
