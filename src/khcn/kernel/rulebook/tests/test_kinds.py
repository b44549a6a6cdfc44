from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.indicators.period_rules import part_fault, part_words, period_example, period_fault
from khcn.kernel.indicators.periods import period_from_rule
from khcn.kernel.rulebook.kinds import UnreadableValue, kind_of, require_readable, words_of

PERIOD = "report.period.nine-month"
NINE_MONTHS = {"from": [-1, 12, 15], "to": [0, 9, 14]}


@pytest.mark.parametrize(
    ("key", "value", "kind", "words"),
    [
        ("x", "5wd", "limit", "5 ngày làm việc"),
        ("x", True, "flag", "Có"),  # before the whole numbers, of which Python counts it one
        ("x", -7, "whole", "-7 ngày"),
        ("x", 2.5, "amount", "2,5 ngày"),
        ("x", "2026-04-01", "day", "1/4/2026"),
        ("x", ["a", "b"], "list", "a, b"),
        ("x", {"a": 1, "b": [1, 2]}, "table", "a: 1; b: 1, 2"),
        ("x", "thư", "text", "thư ngày"),
        (PERIOD, NINE_MONTHS, "period", "từ 15/12 năm trước đến hết 14/9 năm báo cáo"),
        (PERIOD, {"quarter": 1}, "table", "quarter: 1"),  # of another shape than declared: still shown
        ("x", None, "text", "None"),
    ],
)
def test_the_kind_of_a_value_tells_how_it_is_read(key, value, kind, words):
    assert (kind_of(key, value).name, words_of(key, value, "ngày")) == (kind, words)


@pytest.mark.parametrize(
    ("before", "value", "words"),
    [
        ("5wd", "năm ngày", "Không hiểu thời hạn"),
        ("5wd", 5, "Thời hạn phải là"),
        (7, True, "số nguyên"),
        (7, "7", "số nguyên"),
        (2.5, -1, "không âm"),
        (True, "Có", "Chọn"),
        ("2026-04-01", "31/2", "không phải là ngày"),
        (["a"], ["a", " "], "không dòng nào trống"),
        ({"a": 1}, {}, "ít nhất một dòng"),
        ("thư", " ", "để trống"),
    ],
)
def test_a_value_the_product_cannot_read_is_refused(before, value, words):
    with pytest.raises(UnreadableValue, match=rf"«Mẫu».*{words}"):
        require_readable(key="x", before=before, value=value, label="Mẫu")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"from": [-1, 12, 15]}, "ngày đầu và ngày cuối"),
        ({"from": [-1, 13, 15], "to": [0, 9, 14]}, "Ngày đầu: không có tháng 13"),
        ({"from": [-1, 12, 15], "to": [0, 4, 31]}, "Ngày cuối: tháng 4 không có ngày 31"),
        ({"from": [-9, 12, 15], "to": [0, 4, 30]}, "năm trước, năm báo cáo"),
        ({"from": [0, 12, 15], "to": [0, 9, 14]}, "phải sau ngày đầu"),
        ({"from": [True, 12, 15], "to": [0, 9, 14]}, "cần năm, tháng và ngày"),
        ({"from": "15/12", "to": [0, 9, 14]}, "cần năm, tháng và ngày"),
    ],
)
def test_a_period_by_which_no_report_can_be_cut_off_says_why(value, words):
    assert words in period_fault(value)


def test_a_period_is_read_out_for_a_year():
    sentence = "Báo cáo 9 tháng đầu năm 2027: số liệu từ 15/12/2026 đến 14/9/2027"

    assert period_example(PERIOD, NINE_MONTHS, 2027) == sentence


ends = st.tuples(st.integers(-2, 2), st.integers(0, 13), st.integers(0, 32)).map(list)


@given(st.fixed_dictionaries({"from": ends, "to": ends}), st.integers(1990, 2100))
def test_whatever_is_taken_as_a_period_gives_one_in_order_in_every_year(value, year):
    if not period_fault(value):
        period = period_from_rule("year", year, value)

        assert period.first <= period.last


part_ends = st.tuples(st.integers(-4, 2), st.integers(0, 32)).map(list)


@given(st.fixed_dictionaries({"from": part_ends, "to": part_ends}), st.integers(1990, 2100), st.integers(1, 12))
def test_whatever_is_taken_as_the_period_of_a_month_gives_one_in_order(value, year, month):
    if not part_fault(value):
        period = period_from_rule("month", year, value, month)

        assert period.first <= period.last
        assert part_words(value).startswith("từ ngày ")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"from": [-1, 15]}, "ngày đầu và ngày cuối"),
        ({"from": [-9, 15], "to": [0, 14]}, "Ngày đầu: chỉ nhận ba tháng trước"),
        ({"from": [-1, 15], "to": [0, 32]}, "Ngày cuối: không tháng nào có ngày 32"),
        ({"from": [0, 15], "to": [0, 14]}, "phải sau ngày đầu"),
        ({"from": [-1, 12, 15], "to": [0, 9, 14]}, "cần tháng và ngày"),
    ],
)
def test_a_period_by_which_no_month_can_be_cut_off_says_why(value, words):
    assert words in part_fault(value)


def test_the_period_of_a_month_is_read_out_by_the_last_of_the_year():
    sentence = period_example("report.period.month", {"from": [-1, 15], "to": [0, 14]}, 2027)

    assert sentence == "Báo cáo tháng 12 năm 2027: số liệu từ 15/11/2027 đến 14/12/2027"
