from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.text.dates import DateReadingError, Precision, find_dates, find_deadlines, parse_day, parse_deadline

TODAY = date(2026, 7, 10)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("24/9/2021", date(2021, 9, 24)),
        ("24-9-2021", date(2021, 9, 24)),
        ("24.9.2021", date(2021, 9, 24)),
        ("2021-09-24", date(2021, 9, 24)),
        ("ngày 24 tháng 9 năm 2021", date(2021, 9, 24)),
        ("24/9", date(2026, 9, 24)),
        ("24-9", date(2026, 9, 24)),
        ("hôm nay", TODAY),
        ("ngày mai", date(2026, 7, 11)),
        ("+7", date(2026, 7, 17)),
        ("- 1", date(2026, 7, 9)),
    ],
)
def test_a_day_is_read_as_people_type_it(raw, day):
    assert parse_day(raw, TODAY) == day


@pytest.mark.parametrize("raw", ["", "bao giờ cũng được", "32/1", "13.13.2026"])
def test_what_names_no_day_is_refused(raw):
    with pytest.raises(DateReadingError, match="không phải là ngày"):
        parse_day(raw, TODAY)


def test_a_day_that_the_calendar_lacks_is_refused():
    with pytest.raises(DateReadingError, match="không có trong lịch"):
        parse_day("30/2/2026", TODAY)


def test_dates_are_found_where_they_stand_and_fractions_are_not_dates():
    text = "Sáng ngày 24/9, đứng thứ 4/63; ngày 05 tháng 7 năm 2026; chiều 2-6; từ 2-6 người; 11/15/2020; 12/2017"

    found = [(match.day, match.month, match.year, text[match.start : match.end]) for match in find_dates(text)]

    assert found[:3] == [(24, 9, None, "24/9"), (5, 7, 2026, "ngày 05 tháng 7 năm 2026"), (2, 6, None, "2-6")]
    assert all(raw not in {"4/63", "11/15", "12/2017"} for *_, raw in found)


def test_a_date_without_year_takes_the_one_it_is_given():
    match = next(find_dates("sáng 29/2"))

    assert match.on(2024) == date(2024, 2, 29)
    assert match.on(2023) is None


@pytest.mark.parametrize(
    ("raw", "on", "precision"),
    [
        ("trong tháng 8 năm 2026", date(2026, 8, 31), Precision.MONTH),
        ("trong tháng 02/2027", date(2027, 2, 28), Precision.MONTH),
        ("trước tháng 9", date(2026, 8, 31), Precision.MONTH),
        ("trong tháng 3", date(2027, 3, 31), Precision.MONTH),
        ("quý III", date(2026, 9, 30), Precision.QUARTER),
        ("trong quý I/2027", date(2027, 3, 31), Precision.QUARTER),
        ("quý II", date(2027, 6, 30), Precision.QUARTER),
        ("trước 30/9", date(2026, 9, 30), Precision.DAY),
        ("hoàn thành trước ngày 15/3", date(2027, 3, 15), Precision.DAY),
        ("chậm nhất ngày 30 tháng 8 năm 2026", date(2026, 8, 30), Precision.DAY),
        ("trước ngày 31 tháng 12 năm 2026", date(2026, 12, 31), Precision.DAY),
        ("trong vòng 10 ngày", date(2026, 7, 20), Precision.DAY),
        ("trước 30/2/2027", None, Precision.DAY),
        ("cuối năm", date(2026, 12, 31), Precision.YEAR),
        ("đến hết năm 2027", date(2027, 12, 31), Precision.YEAR),
        ("trong năm nay", date(2026, 12, 31), Precision.YEAR),
        ("trong tháng này", date(2026, 7, 31), Precision.MONTH),
        ("tháng tới", date(2026, 8, 31), Precision.MONTH),
        ("quý này", date(2026, 9, 30), Precision.QUARTER),
        ("trong tuần tới", date(2026, 7, 19), Precision.DAY),
        ("thường xuyên", None, Precision.CONTINUOUS),
        ("định kỳ hằng quý", None, Precision.CONTINUOUS),
        ("khi có điều kiện", None, Precision.NONE),
    ],
)
def test_a_vague_deadline_is_its_last_day_and_says_how_exact_it_is(raw, on, precision):
    deadline = parse_deadline(raw, TODAY)

    assert (deadline.raw, deadline.on, deadline.precision) == (raw, on, precision)


def test_nine_months_of_a_report_are_no_deadline():
    assert list(find_deadlines("báo cáo 9 tháng đầu năm", TODAY)) == []


def test_the_thirtieth_of_february_has_no_next_day():
    assert parse_deadline("trước 30/2", TODAY).on is None


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(["{d}/{m}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}"]))
def test_every_day_is_read_back(day, form):
    assert parse_day(form.format(d=day.day, m=day.month, y=day.year), TODAY) == day


@given(st.text(max_size=120))
def test_any_text_can_be_searched_for_dates(text):
    for match in [*find_dates(text), *find_deadlines(text, TODAY)]:
        assert match.raw.strip() == text[match.start : match.end].strip()
