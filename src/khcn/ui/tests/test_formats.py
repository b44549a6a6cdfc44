"""How dates, numbers and money are written."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.ui import formats


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, "1.000"),
        (1234567, None, "1.234.567"),
        (Decimal("1234567.89"), None, "1.234.567,89"),
        (Decimal("1234567.895"), 2, "1.234.567,90"),
        (Decimal("0.5"), 0, "1"),  # half goes up, as in accounts
        (-1234, None, "-1.234"),
        (12.5, 1, "12,5"),
        (0.1, None, "0,1"),  # a float is read as people wrote it
        (None, None, "—"),
    ],
)
def test_a_number_is_written_with_dots_between_thousands_and_a_decimal_comma(value, decimals, written):
    assert formats.number(value, decimals) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (1234567, "", "1.234.567 đồng"),
        (1_250_000_000, "triệu", "1.250 triệu đồng"),
        (1_250_500_000, "triệu", "1.250,5 triệu đồng"),
        (3_000_000_000, "tỷ", "3 tỷ đồng"),
        (500, "nghìn", "0,5 nghìn đồng"),
        (0, "tỷ", "0 tỷ đồng"),
        (None, "", "—"),
    ],
)
def test_an_amount_is_written_in_the_unit_asked_for(value, unit, written):
    assert formats.money(value, unit) == written


def test_an_amount_in_a_unit_nobody_uses_is_refused():
    with pytest.raises(KeyError):
        formats.money(1, "xu")


@pytest.mark.parametrize(
    ("value", "decimals", "written"), [(12.5, None, "12,5%"), (Decimal("99.95"), 1, "100,0%"), (None, None, "—")]
)
def test_a_share_is_written_without_a_space_before_its_sign(value, decimals, written):
    assert formats.percent(value, decimals) == written


def test_a_day_is_written_without_leading_zeros():
    assert formats.day(date(2021, 9, 4)) == "4/9/2021"


def test_a_missing_day_or_instant_is_a_dash():
    assert (formats.day(None), formats.instant(None)) == ("—", "—")


def test_an_instant_is_written_to_the_minute():
    assert formats.instant(datetime(2021, 9, 14, 9, 12)) == "14/9/2021 09:12"  # noqa: DTZ001 - the zone is the caller's


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_nothing_is_lost_in_writing_a_number(value):
    written = formats.number(value)

    assert Decimal(written.replace(".", "").replace(",", ".")) == value
