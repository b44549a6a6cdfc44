from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.correspondence.rules import (
    SymbolForm,
    SymbolUnreadable,
    misordered_days,
    parse_symbol,
    registration_limit,
    year_of,
)
from khcn.kernel.calendar import WorkingDays, load_shipped_calendar

STATE, PARTY, NORMATIVE = SymbolForm.STATE, SymbolForm.PARTY, SymbolForm.NORMATIVE


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("365/TB-VPCP", (365, "TB", "VPCP", STATE, "", None)),
        ("123-TB/TU", (123, "TB", "TU", PARTY, "", None)),  # the Party office
        ("123/TB-UBND", (123, "TB", "UBND", STATE, "", None)),  # the committee, one sign away
        ("05/2026/QĐ-UBND", (5, "QĐ", "UBND", NORMATIVE, "", 2026)),
        ("12/2026/NQ-HĐND", (12, "NQ", "HĐND", NORMATIVE, "", 2026)),
        ("03/2026/QĐ-CTUBND", (3, "QĐ", "CTUBND", NORMATIVE, "", 2026)),
        ("64/2025/QH15", (64, "", "QH15", NORMATIVE, "", 2025)),  # a law: no kind in its symbol
        ("123/SKHCN-QLKH", (123, "", "SKHCN", STATE, "QLKH", None)),  # an official letter
        ("45/UBND-KGVX", (45, "", "UBND", STATE, "KGVX", None)),
        ("57-NQ/TW", (57, "NQ", "TW", PARTY, "", None)),
        ("08-CTr/TU", (8, "CTr", "TU", PARTY, "", None)),
        ("7/ctr-skhcn", (7, "CTr", "skhcn", STATE, "", None)),  # typed without care
        ("Số: 19 / KH – SKHCN", (19, "KH", "SKHCN", STATE, "", None)),
        ("2021/QĐ-UBND", (2021, "QĐ", "UBND", STATE, "", None)),  # a number that looks like a year
        ("12/TTr-SKHCN", (12, "TTr", "SKHCN", STATE, "", None)),
        ("9/QyĐ-SKHCN", (9, "QyĐ", "SKHCN", STATE, "", None)),
    ],
)
def test_a_symbol_is_taken_apart(text, parts):
    found = parse_symbol(text)

    assert (found.serial, found.kind, found.issuer, found.form, found.unit, found.year) == parts


@pytest.mark.parametrize("text", ["", "TB-UBND", "123", "123-TB-UBND", "mật 12", "12/", "12/TB", "1234567/TB-UBND"])
def test_what_is_no_symbol_is_refused_with_examples(text):
    with pytest.raises(SymbolUnreadable, match="365/TB-VPCP"):
        parse_symbol(text)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("05/2026/QĐ-UBND", "5/2026/QĐ-UBND", True),  # a zero in front
        ("12/QĐ-UBND", "12/2026/QĐ-UBND", False),  # legal normative papers count apart
        ("12-TB/TU", "12/TB-TU", False),
        ("12/TB-UBND", "12/QĐ-UBND", False),
        ("123/TB-UBND", "123a/TB-UBND", False),
        ("12/SKHCN-QLKH", "12/SKHCN-VP", True),  # letters of one agency, whoever drafted them
    ],
)
def test_papers_share_a_number_only_within_one_series(left, right, same):
    one, other = parse_symbol(left), parse_symbol(right)

    assert ((one.series, one.serial) == (other.series, other.serial)) is same


@given(st.integers(1, 999_999), st.sampled_from(["TB", "QĐ", "KH", "CTr"]), st.sampled_from(["UBND", "SKHCN", "VPCP"]))
def test_every_well_written_symbol_is_read_back(serial, kind, issuer):
    assert parse_symbol(f"{serial}/{kind}-{issuer}").serial == serial
    assert parse_symbol(f"{serial:03d}-{kind}/{issuer}").form is PARTY
    assert parse_symbol(f"{serial}/2024/{kind}-{issuer}").year == 2024


def test_the_year_inside_the_symbol_goes_before_that_of_the_date():
    assert year_of(parse_symbol("05/2025/QĐ-UBND"), date(2026, 1, 2)) == 2025
    assert year_of(parse_symbol("05/QĐ-UBND"), date(2026, 1, 2)) == 2026


@pytest.mark.parametrize(
    ("arrived", "due"),
    [
        (date(2021, 9, 20), date(2021, 9, 21)),  # Monday → Tuesday
        (date(2021, 9, 24), date(2021, 9, 27)),  # Friday → Monday
        (date(2021, 9, 1), date(2021, 9, 6)),  # before the National Day and a weekend
    ],
)
def test_a_paper_is_to_be_registered_by_the_next_working_day(arrived, due):
    assert registration_limit(arrived, WorkingDays(1), load_shipped_calendar()).effective == due


@pytest.mark.parametrize(
    ("issued", "received", "wrong"),
    [
        (date(2021, 9, 20), date(2021, 9, 21), 0),
        (None, date(2021, 9, 21), 0),
        (date(2021, 9, 20), None, 0),
        (date(2021, 9, 22), date(2021, 9, 21), 1),  # arrived before it was written
        (date(2021, 9, 20), date(2021, 9, 30), 1),  # registered before it arrived
    ],
)
def test_days_out_of_order_are_told(issued, received, wrong):
    found = misordered_days(issued_on=issued, received_on=received, registered_on=date(2021, 9, 24))

    assert len(found) == wrong
