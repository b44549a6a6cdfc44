from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khcn.kernel.calendar import (
    CalendarDay,
    CalendarDays,
    CalendarUnknown,
    DayKind,
    InvalidCalendar,
    InvalidLimit,
    Months,
    Skipped,
    Span,
    WorkCalendar,
    WorkingDays,
    add_months,
    add_working_days,
    due_on,
    load_shipped_calendar,
    reckon,
    subtract_working_days,
    working_days_between,
)

CALENDAR = load_shipped_calendar()
ONE_DAY = timedelta(days=1)
FRI_20 = date(2026, 11, 20)
MON_30 = date(2026, 11, 30)


def nov(day):
    return date(2026, 11, day)


def dec(day):
    return date(2026, 12, day)


@pytest.mark.parametrize(
    ("start", "days", "pauses", "due"),
    [
        (FRI_20, 5, [], MON_30),  # the 24th is a holiday, two weekends
        (FRI_20, 5, [Span(dec(1), dec(3))], MON_30),  # the pause begins after the due day
        (FRI_20, 5, [Span(nov(10), nov(18))], MON_30),  # the pause ended before the start
        (FRI_20, 5, [Span(nov(25), nov(25))], MON_30),  # a same-day pause counts zero
        (FRI_20, 5, [Span(nov(25), nov(27))], dec(2)),  # Wednesday and Thursday stopped
        (FRI_20, 5, [Span(nov(25), nov(26)), Span(nov(27), nov(30))], dec(2)),  # two pauses add up: 25th, 27th
        (FRI_20, 5, [Span(nov(25), nov(27)), Span(nov(26), nov(27))], dec(2)),  # overlapping pauses are merged
        (FRI_20, 5, [Span(MON_30, dec(1))], dec(1)),  # a pause that begins on the due day still stops it
        (FRI_20, 5, [Span(nov(18), nov(24))], dec(1)),  # of a pause begun before the start only the 23rd is lost
        (date(2025, 11, 21), 5, [], date(2025, 11, 28)),  # 24 November was worked in 2025
        (date(2026, 4, 24), 1, [], date(2026, 4, 28)),  # Hùng Kings on Sunday move to Monday
        (date(2026, 8, 21), 1, [], date(2026, 8, 22)),  # a worked Saturday counts
    ],
)
def test_working_days_are_counted_with_a_finger(start, days, pauses, due):
    assert due_on(start, WorkingDays(days), CALENDAR, pauses) == due


@pytest.mark.parametrize(
    ("start", "limit", "pauses", "nominal", "effective"),
    [
        (date(2026, 11, 2), CalendarDays(10), [], nov(12), nov(12)),
        (date(2026, 11, 2), CalendarDays(12), [], nov(14), nov(16)),  # Saturday rolls to Monday
        (date(2026, 11, 2), CalendarDays(10), [Span(nov(5), nov(9))], nov(16), nov(16)),  # four days, weekend included
        (date(2026, 11, 2), CalendarDays(12), [Span(nov(16), nov(18))], nov(14), nov(18)),  # stopped while rolling
        (date(2026, 11, 2), CalendarDays(12), [Span(nov(17), nov(18))], nov(14), nov(16)),  # stopped too late
        (date(2027, 1, 31), Months(1), [], date(2027, 2, 28), date(2027, 3, 1)),
        (date(2024, 1, 31), Months(1), [], date(2024, 2, 29), date(2024, 2, 29)),
        (date(2026, 9, 24), Months(2), [], nov(24), nov(25)),  # ends on a holiday
        (date(2026, 9, 24), Months(2), [Span(date(2026, 10, 1), date(2026, 10, 8))], dec(1), dec(1)),
        (date(2026, 10, 30), Months(14), [], date(2027, 12, 30), date(2027, 12, 30)),
    ],
)
def test_days_and_months_end_nominally_and_roll_to_a_working_day(start, limit, pauses, nominal, effective):
    reckoning = reckon(start, limit, CALENDAR, pauses)

    assert (reckoning.nominal, reckoning.effective) == (nominal, effective)


def test_a_limit_that_does_not_roll_ends_on_the_day_off():
    assert due_on(nov(2), CalendarDays(12), CALENDAR, rolls=False) == nov(14)


def test_a_limit_that_does_not_roll_needs_no_table_of_the_year():
    assert due_on(date(2040, 1, 31), Months(1), CALENDAR, rolls=False) == date(2040, 2, 29)


def test_skipped_lists_each_day_passed_over_with_its_reason():
    reckoning = reckon(FRI_20, WorkingDays(3), CALENDAR, [Span(nov(25), nov(26))])

    assert reckoning.skipped == (
        Skipped(nov(21), "Thứ Bảy"),
        Skipped(nov(22), "Chủ nhật"),
        Skipped(nov(24), "Ngày Văn hóa Việt Nam"),
        Skipped(nov(25), "Tạm dừng"),
    )
    assert reckoning.effective == nov(27)


def test_weekends_inside_a_period_of_calendar_days_are_counted_not_skipped():
    reckoning = reckon(nov(2), CalendarDays(12), CALENDAR)

    assert [entry.date for entry in reckoning.skipped] == [nov(14), nov(15)]


def test_days_that_await_a_decision_are_named():
    reckoning = reckon(date(2027, 2, 3), WorkingDays(3), CALENDAR)

    assert reckoning.unconfirmed_days == tuple(date(2027, 2, day) for day in (5, 9, 10, 11))
    assert reckoning.explain()[-1] == (
        "Lưu ý: chưa có quyết định chính thức về ngày 05/02/2027, 09/02/2027, 10/02/2027, 11/02/2027; "
        "hạn có thể thay đổi."
    )


def test_a_reckoning_explains_itself_in_vietnamese():
    reckoning = reckon(nov(12), CalendarDays(2), CALENDAR, [Span(nov(5), nov(7))])

    assert reckoning.explain() == [
        "Bắt đầu tính từ Thứ Năm, 12/11/2026; ngày này không tính vào thời hạn.",
        "Thời hạn: 2 ngày.",
        "Không tính 2 ngày: 14/11/2026 (Thứ Bảy); 15/11/2026 (Chủ nhật).",
        "Thời hạn kết thúc vào 14/11/2026 (Thứ Bảy), nên chuyển sang ngày làm việc tiếp theo.",
        "Hạn: Thứ Hai, 16/11/2026.",
    ]


def test_a_pause_that_mattered_is_part_of_the_explanation():
    reckoning = reckon(FRI_20, WorkingDays(5), CALENDAR, [Span(nov(25), nov(27)), Span(dec(20), dec(22))])

    assert "Tạm dừng: 25/11/2026–27/11/2026 (dừng từ ngày đầu đến trước ngày cuối một ngày)." in reckoning.explain()


@pytest.mark.parametrize(
    ("start", "limit"),
    [
        (date(2027, 12, 20), WorkingDays(20)),
        (date(2027, 12, 31), WorkingDays(1)),
        (date(2014, 12, 1), WorkingDays(40)),
        (date(2027, 12, 20), CalendarDays(20)),
        (date(2027, 12, 20), Months(1)),
        (date(2026, 1, 1), WorkingDays(20_000)),
    ],
)
def test_a_limit_that_leaves_the_table_is_refused(start, limit):
    with pytest.raises(CalendarUnknown, match="bảng ngày làm việc chưa có năm"):
        reckon(start, limit, CALENDAR)


@pytest.mark.parametrize("start", [date.max, date.max - ONE_DAY])
def test_a_limit_past_the_last_day_of_the_machine_is_refused(start):
    with pytest.raises(InvalidLimit, match="vượt quá năm 9999"):
        reckon(start, CalendarDays(5), CALENDAR, rolls=False)


def test_an_unknown_year_between_two_known_ones_is_not_skipped():
    gap = WorkCalendar([CalendarDay(date(y, 1, 1), "Tết Dương lịch", DayKind.HOLIDAY) for y in (2025, 2027)])

    with pytest.raises(CalendarUnknown, match="chưa có năm 2026"):
        reckon(date(2025, 12, 30), WorkingDays(5), gap)


@pytest.mark.parametrize(
    "rows",
    [
        [CalendarDay(FRI_20, "A", DayKind.HOLIDAY), CalendarDay(FRI_20, "B", DayKind.SWAP_OFF)],
        [CalendarDay(FRI_20, "Làm bù", DayKind.SWAP_WORK)],
    ],
)
def test_contradictory_rows_form_no_calendar(rows):
    with pytest.raises(InvalidCalendar):
        WorkCalendar(rows)


def test_a_row_that_cannot_be_read_is_named():
    row = {"date": "2026-13-01", "name_vi": "Sai tháng", "kind": "holiday", "confirmed": "yes"}

    with pytest.raises(InvalidCalendar, match="Sai tháng"):
        CalendarDay.from_row(row)


def test_a_calendar_without_rows_knows_no_year():
    with pytest.raises(CalendarUnknown, match="hiện có không năm nào"):
        reckon(FRI_20, WorkingDays(1), WorkCalendar([]))


def test_a_day_outside_any_decision_is_confirmed_and_one_awaiting_it_is_not():
    assert CALENDAR.confirmed(FRI_20)
    assert not CALENDAR.confirmed(date(2027, 2, 9))
    assert CALENDAR.knows(2027)
    assert not CALENDAR.knows(2028)


def test_a_period_that_ends_on_the_last_days_off_of_the_table_cannot_roll():
    one_year = WorkCalendar([CalendarDay(date(2022, 1, 3), "Nghỉ bù", DayKind.COMPENSATORY)])

    with pytest.raises(CalendarUnknown, match="2023"):
        reckon(date(2022, 12, 30), CalendarDays(1), one_year)


def test_reminders_are_set_by_working_days_before_and_after():
    assert subtract_working_days(MON_30, 5, CALENDAR) == FRI_20
    assert add_working_days(FRI_20, 5, CALENDAR) == MON_30
    assert working_days_between(FRI_20, MON_30, CALENDAR) == 5
    assert working_days_between(MON_30, FRI_20, CALENDAR) == -5


def test_a_reminder_before_the_table_is_refused():
    with pytest.raises(CalendarUnknown, match="2014"):
        subtract_working_days(date(2015, 1, 5), 5, CALENDAR)


# Limits of up to 28 months, and their pauses, must end inside the table (2027).
DAYS = st.dates(date(2015, 1, 1), date(2024, 12, 31))
LIMITS = st.one_of(
    st.builds(WorkingDays, st.integers(1, 120)),
    st.builds(CalendarDays, st.integers(1, 200)),
    st.builds(Months, st.integers(1, 8)),
)
SPANS = st.builds(lambda first, length: Span(first, first + timedelta(days=length)), DAYS, st.integers(0, 40))


@st.composite
def cases(draw):
    start = draw(DAYS)
    near = st.builds(
        lambda offset, length: Span(start + timedelta(days=offset), start + timedelta(days=offset + length)),
        st.integers(-30, 60),
        st.integers(0, 30),
    )
    return start, draw(LIMITS), draw(st.lists(near, max_size=4))


def oracle(start, limit, pauses, *, rolls):
    """Walk day by day, as one would on a wall calendar."""
    paused = {span.first + ONE_DAY * n for span in pauses for n in range((span.last - span.first).days)}
    only_working = isinstance(limit, WorkingDays)
    left = (add_months(start, limit.months) - start).days if isinstance(limit, Months) else limit.days
    day = start
    while left:
        day += ONE_DAY
        left -= day not in paused and (CALENDAR.is_working(day) or not only_working)
    nominal = day
    while rolls and (day in paused or not CALENDAR.is_working(day)):
        day += ONE_DAY
    return nominal, day


@settings(deadline=None)
@given(cases(), st.booleans())
def test_the_reckoning_equals_walking_the_calendar_day_by_day(case, rolls):
    start, limit, pauses = case

    reckoning = reckon(start, limit, CALENDAR, pauses, rolls=rolls)

    assert (reckoning.nominal, reckoning.effective) == oracle(start, limit, pauses, rolls=rolls)


@settings(deadline=None)
@given(cases(), SPANS)
def test_one_more_pause_never_brings_the_due_day_forward(case, extra):
    start, limit, pauses = case

    assert due_on(start, limit, CALENDAR, [*pauses, extra]) >= due_on(start, limit, CALENDAR, pauses)


@settings(deadline=None)
@given(cases())
def test_the_effective_day_is_worked_and_not_before_the_nominal_one(case):
    start, limit, pauses = case

    reckoning = reckon(start, limit, CALENDAR, pauses)

    assert reckoning.effective >= reckoning.nominal
    assert CALENDAR.is_working(reckoning.effective)


@settings(deadline=None)
@given(cases(), st.integers(1, 20))
def test_a_longer_limit_is_never_due_earlier(case, more):
    start, limit, pauses = case
    longer = type(limit)(next(iter(getattr(limit, name) for name in limit.__slots__)) + more)

    assert due_on(start, longer, CALENDAR, pauses) >= due_on(start, limit, CALENDAR, pauses)


@settings(deadline=None)
@given(cases(), st.integers(1, 60))
def test_a_later_start_is_never_due_earlier(case, later):
    start, limit, pauses = case

    assert due_on(start + ONE_DAY * later, limit, CALENDAR, pauses) >= due_on(start, limit, CALENDAR, pauses)


@settings(deadline=None)
@given(cases())
def test_counted_and_skipped_days_make_up_the_whole_period(case):
    start, limit, pauses = case
    limit = WorkingDays(20)

    reckoning = reckon(start, limit, CALENDAR, pauses)

    assert len(reckoning.skipped) + limit.days == (reckoning.effective - start).days


@settings(deadline=None)
@given(DAYS.filter(lambda day: day.year > 2015), st.integers(1, 200))
def test_going_back_as_many_working_days_as_forward_returns_to_the_start(day, count):
    due = add_working_days(day, count, CALENDAR)

    assert working_days_between(day, due, CALENDAR) == count
    assert subtract_working_days(due + ONE_DAY, count, CALENDAR) > day
