"""What is known of lump sums, advances and the money of a coming year."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.research.financing import (
    AdvanceState,
    LabourCheck,
    Line,
    NewTasks,
    Opened,
    Worker,
    advance_faults,
    check_labour,
    lump_sum_faults,
    new_task_money,
    shares_by_source,
)
from khcn.research.states import CostItem, FundingSource, LumpSum, MemberRole, TaskForm

LOCAL, FIRM = FundingSource.STATE_LOCAL, FundingSource.FIRM
LUMP = {"share": "15%", "most": 1_000_000_000}
ADVANCE = {"first": "50%", "cleared": "50%"}
MILLION = 1_000_000


def line(millions, item=CostItem.LABOUR, source=LOCAL, *, is_lump=True):
    return Line(item, source, millions * MILLION, is_lump)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([line(850), line(150, is_lump=False)], []),  # exactly the share
        ([line(849), line(151, is_lump=False)], ["vượt 15%"]),
        ([line(900), line(200, CostItem.EQUIPMENT)], ["vượt 15%"]),  # equipment is never lump
        ([line(900), line(200, CostItem.EQUIPMENT, FIRM)], []),  # the firm's own equipment is no State money
        ([line(9_000), line(1_001, is_lump=False)], ["vượt 1.000.000.000 đồng"]),
        ([line(1_000), line(1_001, is_lump=False)], ["vượt 15%", "vượt 1.000.000.000 đồng"]),
    ],
)
def test_a_lump_sum_to_the_final_product_leaves_little_outside(lines, words):
    faults = lump_sum_faults(LumpSum.FINAL_PRODUCT, lines, LUMP)

    assert len(faults) == len(words)
    assert all(word in fault for word, fault in zip(words, faults, strict=True))


@pytest.mark.parametrize("method", [LumpSum.IN_PARTS, LumpSum.ITEMISED])
def test_other_methods_are_not_bound_by_it(method):
    assert lump_sum_faults(method, [line(1, is_lump=False)], LUMP) == []


def test_an_estimate_without_state_money_has_no_share_to_exceed():
    assert lump_sum_faults(LumpSum.FINAL_PRODUCT, [line(5, CostItem.EQUIPMENT, FIRM)], LUMP) == []


@pytest.mark.parametrize(
    ("amount", "state", "fault"),
    [
        (500, AdvanceState(1000, 0, 0), ""),
        (501, AdvanceState(1000, 0, 0), "vượt 50%"),
        (500, AdvanceState(1000, 500, 250), ""),
        (500, AdvanceState(1000, 500, 249), "chưa đủ 50%"),
    ],
)
def test_an_advance_is_bound_by_the_first_share_and_by_what_was_cleared(amount, state, fault):
    faults = advance_faults(amount, state, ADVANCE)

    assert [fault in one for one in faults] == ([True] if fault else [])


def test_the_shares_of_the_sources_are_told():
    shares = shares_by_source([line(900), line(100, source=FIRM)])

    assert shares == {LOCAL: (900 * MILLION, Fraction(9, 10)), FIRM: (100 * MILLION, Fraction(1, 10))}


def test_new_tasks_cost_what_those_of_the_three_years_before_did_on_average():
    opened = [
        Opened(1, TaskForm.TOPIC, 2022, 999),  # too long ago
        Opened(2, TaskForm.TOPIC, 2023, 600),
        Opened(3, TaskForm.TOPIC, 2024, 500),
        Opened(4, TaskForm.TOPIC, 2025, 401),
        Opened(5, TaskForm.PROJECT, 2025, 1_000),
        Opened(6, TaskForm.TOPIC, 2026, 999),  # the year itself
    ]

    found = new_task_money(2026, {TaskForm.TOPIC: 10, TaskForm.PROJECT: 0, TaskForm.SCHEME: 2}, opened)

    assert found == [
        NewTasks(TaskForm.TOPIC, 10, 3, 1501),
        NewTasks(TaskForm.PROJECT, 0, 1, 1000),
        NewTasks(TaskForm.SCHEME, 2, 0, 0),
    ]
    assert [one.amount for one in found] == [5004, 0, None]  # 10 x 1501 / 3 rounded up


@given(st.integers(0, 100), st.lists(st.integers(1, 10**12), min_size=1, max_size=20))
def test_the_money_of_new_tasks_is_never_less_than_the_average_asks_and_less_than_a_dong_more(planned, amounts):
    one = NewTasks(TaskForm.TOPIC, planned, len(amounts), sum(amounts))

    exact = Fraction(planned * sum(amounts), len(amounts))

    assert exact <= one.amount < exact + 1


NORM = {"leader": 40 * MILLION, "others": "0.8"}
LEADER, KEY = MemberRole.LEADER, MemberRole.KEY


def worker(role, months):
    return Worker(role, None if months is None else Decimal(months))


@pytest.mark.parametrize(
    ("lines", "workers", "words"),
    [
        ([line(720)], [worker(LEADER, 10), worker(KEY, 10)], []),  # 10 x 40 and 10 x 32 million
        ([line(721)], [worker(LEADER, 10), worker(KEY, 10)], ["vượt định mức 720.000.000"]),
        ([line(16)], [worker(KEY, "0.5")], []),
        ([line(721, source=FIRM)], [worker(LEADER, 1)], []),  # what a firm pays its people is its own matter
        ([line(900, CostItem.MATERIALS)], [], []),
        ([line(1)], [worker(LEADER, 1), worker(KEY, None)], ["1 thành viên chưa ghi số tháng"]),
        ([line(1)], [], ["chưa ghi số tháng"]),
    ],
)
def test_labour_that_the_state_pays_stays_within_the_norm_of_role_and_months(lines, workers, words):
    faults = check_labour(lines, workers, NORM).faults

    assert len(faults) == len(words)
    assert all(word in one for word, one in zip(words, faults, strict=True))


@given(months=st.lists(st.integers(0, 60), min_size=1), asked=st.integers(1, 10**11))
def test_the_most_for_labour_is_the_sum_over_the_members(months, asked):
    people = [worker(KEY, one) for one in months]

    found = check_labour([Line(CostItem.LABOUR, LOCAL, asked, is_lump=True)], people, NORM)

    assert found == LabourCheck(asked, 32 * MILLION * sum(months), 0)
    assert bool(found.faults) == (asked > found.most)
