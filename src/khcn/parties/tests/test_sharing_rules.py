"""What is known of reckoning shared use: hours, fees, years, and that spans meet as people mean it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.parties.sharing_rules import Use, fee_by_hours, hours_between, meet, use_by_year

EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
minutes = st.integers(1, 60 * 24 * 30)
instants = st.integers(0, 60 * 24 * 1400).map(lambda later: EIGHT - timedelta(days=700) + timedelta(minutes=later))


@pytest.mark.parametrize(
    ("later", "hours"),
    [(timedelta(hours=2), "2"), (timedelta(minutes=30), "0.5"), (timedelta(minutes=20), "0.33"), (timedelta(2), "48")],
)
def test_the_hours_of_a_span_are_told_to_the_hundredth(later, hours):
    assert hours_between(EIGHT, EIGHT + later) == Decimal(hours)


@pytest.mark.parametrize(
    ("hours", "price", "fee"), [("2", 200_000, 400_000), ("0.5", 3, 2), ("0.33", 100, 33), ("5", 0, 0)]
)
def test_a_fee_is_in_whole_dong_half_a_dong_upwards(hours, price, fee):
    assert fee_by_hours(Decimal(hours), price) == fee


@given(minutes, minutes, st.integers(0, 10**7))
def test_two_spans_after_each_other_cost_what_both_cost_but_for_rounding(first, second, price):
    middle = EIGHT + timedelta(minutes=first)
    parts = [hours_between(EIGHT, middle), hours_between(middle, middle + timedelta(minutes=second))]
    whole = hours_between(EIGHT, middle + timedelta(minutes=second))

    assert abs(sum(parts) - whole) <= Decimal("0.01")
    assert abs(sum(fee_by_hours(one, price) for one in parts) - fee_by_hours(whole, price)) <= price / 100 + 1.5


@given(instants, minutes, instants, minutes)
def test_spans_meet_exactly_where_some_minute_is_in_both(first, first_length, second, second_length):
    spans = [(at, at + timedelta(minutes=length)) for at, length in ((first, first_length), (second, second_length))]

    shared = min(spans[0][1], spans[1][1]) - max(spans[0][0], spans[1][0])

    assert meet(*spans) == meet(*reversed(spans)) == (shared > timedelta(0))


def test_a_span_that_ends_as_the_other_begins_does_not_meet_it():
    ten = EIGHT + timedelta(hours=2)

    assert not meet((EIGHT, ten), (ten, ten + timedelta(hours=1)))


def test_a_year_tells_bookings_hours_users_and_fees_the_latest_first():
    uses = [
        Use(datetime(2025, 12, 31, 23, tzinfo=UTC), "A", Decimal(2), Decimal("1.5"), 300_000),  # ends in 2026
        Use(datetime(2026, 1, 5, tzinfo=UTC), "A", Decimal(3)),
        Use(datetime(2026, 2, 5, tzinfo=UTC), "B", Decimal(4), Decimal(4), 0),
    ]

    later, earlier = use_by_year(uses)

    assert (later.year, later.bookings, later.hours_booked, later.hours_used, later.fees_vnd) == (2026, 2, 7, 4, 0)
    assert later.users == {"A", "B"}
    assert (earlier.year, earlier.hours_used, earlier.fees_vnd) == (2025, Decimal("1.5"), 300_000)


@given(st.lists(st.tuples(instants, st.sampled_from("ABC"), st.integers(1, 50), st.none() | st.integers(0, 9))))
def test_the_years_hold_every_booking_once(said):
    uses = [
        Use(at, user, Decimal(hours), None if fee is None else Decimal(hours), fee) for at, user, hours, fee in said
    ]
    years = use_by_year(uses)

    assert sum(year.bookings for year in years) == len(uses)
    assert sum(year.hours_booked for year in years) == sum(use.hours_booked for use in uses)
    assert sum(year.fees_vnd for year in years) == sum(use.fee_vnd or 0 for use in uses)
    assert all(1 <= len(year.users) <= year.bookings for year in years)
    assert [year.year for year in years] == sorted({use.starts_at.year for use in uses}, reverse=True)
