import csv
import os
from datetime import date
from importlib.resources import files
from pathlib import Path

import holidays
import pytest

from khcn.kernel.calendar import CalendarUnknown, Confidence, DayKind, load_shipped_calendar

SHARED = Path(os.environ.get("KHCN_SHARED", Path(__file__).parents[6] / "shared"))
SHARED_TABLE = SHARED / "data" / "public_holidays_vn.csv"

# Days off on weekdays that only one of the two tables has. (only ours, only the package's)
KNOWN_DIFFERENCES = {
    # 2 January 2026 was swapped with Saturday 10 January by document 12729/VPCP-KGVX; the package lacks it.
    2026: ({date(2026, 1, 2)}, set()),
    # The Tết days of 2027 are not decreed: the package takes 4 to 10 February, the project's table 5 to 11.
    2027: ({date(2027, 2, 11)}, {date(2027, 2, 4)}),
}
KNOWN_EXTRA_WORKED_DAYS = {2026: {date(2026, 1, 10)}}
YEARS = range(2015, 2028)


def weekdays_off(year):
    calendar = load_shipped_calendar()
    return {row.on for row in calendar.special_days(date(year, 1, 1), date(year, 12, 31)) if is_weekday_off(row)}


def is_weekday_off(row):
    return row.kind is not DayKind.SWAP_WORK and row.on.weekday() < 5


def shared_rows():
    if not SHARED_TABLE.exists():
        assert os.environ.get("CI") != "true", f"{SHARED_TABLE} must be present in the build"
        pytest.skip("the shared table of public holidays is not next to the checkout")
    with SHARED_TABLE.open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize("year", YEARS)
def test_weekdays_off_agree_with_the_holidays_package_but_for_reasoned_differences(year):
    package = {day for day in holidays.country_holidays("VN", years=year) if day.weekday() < 5}

    ours = weekdays_off(year)

    assert (ours - package, package - ours) == KNOWN_DIFFERENCES.get(year, (set(), set()))


@pytest.mark.parametrize("year", YEARS)
def test_worked_saturdays_agree_with_the_holidays_package_but_for_reasoned_differences(year):
    package = {day for day in holidays.country_holidays("VN", years=YEARS).weekend_workdays if day.year == year}
    rows = load_shipped_calendar().special_days(date(year, 1, 1), date(year, 12, 31))

    ours = {row.on for row in rows if row.kind is DayKind.SWAP_WORK}

    assert ours == package | KNOWN_EXTRA_WORKED_DAYS.get(year, set())


def test_the_project_table_wins_for_2026_and_2027():
    expected = {(row["date"], row["kind"].removesuffix("_unconfirmed")) for row in shared_rows()}
    rows = load_shipped_calendar().special_days(date(2026, 1, 1), date(2027, 12, 31))

    ours = {(row.on.isoformat(), row.kind.value) for row in rows}

    assert ours == expected


def test_rows_the_project_table_calls_unconfirmed_or_remembered_are_not_confirmed():
    doubtful = {r["date"] for r in shared_rows() if "unconfirmed" in r["kind"] or "memory" in r["basis"]}
    rows = load_shipped_calendar().special_days(date(2026, 1, 1), date(2027, 12, 31))

    ours = {row.on.isoformat() for row in rows if not row.confirmed}
    unchecked = {row.on.isoformat() for row in rows if row.confidence is Confidence.UNCHECKED}

    assert ours == doubtful
    assert unchecked == doubtful


def test_every_year_has_five_statutory_tet_days():
    rows = load_shipped_calendar().special_days(date(2015, 1, 1), date(2027, 12, 31))

    tet = [row.on.year for row in rows if row.name.startswith("Tết Nguyên đán") and row.kind is DayKind.HOLIDAY]

    assert {year: tet.count(year) for year in YEARS} == dict.fromkeys(YEARS, 5)


def test_the_table_is_sorted_and_every_row_names_its_basis_and_source():
    with files("khcn.kernel.calendar").joinpath("days.csv").open("r", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))

    assert [row["date"] for row in rows] == sorted({row["date"] for row in rows})
    assert all(row["name_vi"] and row["legal_basis"] and row["source"] for row in rows)


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_day_of_vietnamese_culture_is_worked_before_2026(year):
    assert load_shipped_calendar().special_day(date(year, 11, 24)) is None


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_day_of_vietnamese_culture_is_off_from_2026(year):
    assert load_shipped_calendar().reason_off(date(year, 11, 24)) == "Ngày Văn hóa Việt Nam"


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 4, 26), "Giỗ Tổ Hùng Vương"),
        (date(2026, 4, 27), "Nghỉ bù Giỗ Tổ Hùng Vương"),
        (date(2026, 1, 10), None),
        (date(2026, 8, 22), None),
        (date(2026, 8, 31), "Nghỉ hoán đổi với ngày 22/08/2026"),
        (date(2026, 11, 21), "Thứ Bảy"),
        (date(2026, 11, 22), "Chủ nhật"),
        (date(2026, 11, 23), None),
    ],
)
def test_a_day_tells_why_it_is_off(day, reason):
    assert load_shipped_calendar().reason_off(day) == reason


@pytest.mark.parametrize("day", [date(2014, 12, 31), date(2028, 1, 1)])
def test_a_year_outside_the_table_is_unknown_not_guessed(day):
    with pytest.raises(CalendarUnknown, match=f"chưa có năm {day.year} .*2015–2027"):
        load_shipped_calendar().is_working(day)
