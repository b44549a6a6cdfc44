from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khcn.kernel.calendar import (
    CalendarDays,
    InvalidDay,
    InvalidLimit,
    InvalidSpan,
    Months,
    Span,
    WorkingDays,
    add_months,
    day_in_words,
    parse_day,
    parse_limit,
)


@pytest.mark.parametrize(
    ("text", "limit", "words"),
    [
        ("5wd", WorkingDays(5), "5 ngày làm việc"),
        ("10d", CalendarDays(10), "10 ngày"),
        ("2m", Months(2), "2 tháng"),
        (" 15 WD ", WorkingDays(15), "15 ngày làm việc"),
    ],
)
def test_a_limit_is_read_and_worded(text, limit, words):
    assert parse_limit(text) == limit
    assert str(limit) == words
    assert parse_limit(limit.code) == limit


@pytest.mark.parametrize("text", ["", "5", "wd", "-1d", "0wd", "5 tuần", "999999wd", "1.5m", "9" * 50 + "d"])
def test_a_limit_that_cannot_be_understood_is_refused(text):
    with pytest.raises(InvalidLimit):
        parse_limit(text)


@pytest.mark.parametrize("text", ["2026-11-20", "20/11/2026", "20-11-2026", " 20.11.2026 "])
def test_a_day_is_read_in_both_orders(text):
    assert parse_day(text) == date(2026, 11, 20)


@pytest.mark.parametrize("text", ["", "20/11", "2026-02-30", "31/4/2026", "hôm nay", "0000-01-01", "11/2026/20"])
def test_a_text_that_is_no_day_is_refused(text):
    with pytest.raises(InvalidDay):
        parse_day(text)


def test_a_pause_is_read_in_both_orders():
    assert Span.parse("2026-12-01..3/12/2026") == Span(date(2026, 12, 1), date(2026, 12, 3))


@pytest.mark.parametrize("text", ["2026-12-01", "2026-12-03..2026-12-01", "..", "2026-12-01.. "])
def test_a_pause_that_cannot_be_understood_is_refused(text):
    with pytest.raises((InvalidSpan, InvalidDay)):
        Span.parse(text)


def test_a_day_is_worded_with_its_weekday():
    assert day_in_words(date(2026, 11, 30)) == "Thứ Hai, 30/11/2026"


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_clamp_to_the_last_day(day, months, moved):
    assert add_months(day, months) == moved


def test_months_past_the_last_year_are_refused():
    with pytest.raises(InvalidLimit):
        add_months(date(9999, 12, 1), 1)


@settings(deadline=None)
@given(st.one_of(st.builds(WorkingDays, st.integers(1, 9999)), st.builds(Months, st.integers(1, 999))))
def test_every_limit_can_be_written_and_read_back(limit):
    assert parse_limit(limit.code) == limit


@settings(deadline=None)
@given(st.text(max_size=30).filter(lambda text: not text.strip().lower().endswith(("d", "m"))))
def test_no_other_text_is_taken_for_a_limit(text):
    with pytest.raises(InvalidLimit):
        parse_limit(text)
