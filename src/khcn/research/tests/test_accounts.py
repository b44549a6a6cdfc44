"""What is known of the accounts of a task."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.research.accounts import ROUTES, MoneyRefused, Place, balances, move, refuse_overdrawn, total
from khcn.research.states import Account, FundingSource, MovementKind

LOCAL, FIRM = FundingSource.STATE_LOCAL, FundingSource.FIRM
K = MovementKind
WISHES = st.lists(
    st.tuples(st.sampled_from(list(K)), st.sampled_from([LOCAL, FIRM]), st.integers(1, 500), st.integers(2024, 2026)),
    max_size=30,
)


def test_every_kind_of_movement_has_its_route():
    assert set(ROUTES) == set(K)


def test_money_is_carried_over_to_a_later_year_only():
    kept = move(K.CARRY_OVER, LOCAL, 5, year=2024, to_year=2025)

    assert (kept.origin.year, kept.target.year) == (2024, 2025)
    for to_year in (2023, 2024, 0):
        with pytest.raises(MoneyRefused, match="chỉ chuyển sang năm sau"):
            move(K.CARRY_OVER, LOCAL, 5, year=2024, to_year=to_year)


@pytest.mark.parametrize("kind", [K.ALLOCATE, K.DISBURSE, K.RELEASE])
def test_an_account_kept_by_year_asks_for_the_year(kind):
    with pytest.raises(MoneyRefused, match="năm ngân sách"):
        move(kind, LOCAL, 5)


@pytest.mark.parametrize("amount", [0, -1])
def test_no_money_does_not_move(amount):
    with pytest.raises(MoneyRefused, match="lớn hơn 0"):
        move(K.APPROVE, LOCAL, amount)


def test_more_than_stands_there_is_refused_with_both_amounts():
    standing = balances([move(K.APPROVE, LOCAL, 1_000_000)])

    with pytest.raises(MoneyRefused, match=r"chỉ còn 1\.000\.000 đồng, không lấy ra được 1\.000\.001 đồng"):
        refuse_overdrawn(standing, move(K.ALLOCATE, LOCAL, 1_000_001, year=2024))


def test_the_money_of_one_source_is_not_spent_for_another():
    standing = balances([move(K.APPROVE, FIRM, 100)])

    with pytest.raises(MoneyRefused):
        refuse_overdrawn(standing, move(K.ALLOCATE, LOCAL, 1, year=2024))


def test_a_total_adds_up_the_years_and_the_sources_asked_for():
    standing = balances([move(K.APPROVE, LOCAL, 100), move(K.ALLOCATE, LOCAL, 30, year=2024), move(K.APPROVE, FIRM, 7)])

    assert total(standing, Account.UNALLOCATED) == 77
    assert total(standing, Account.UNALLOCATED, [FIRM]) == 7
    assert total(standing, Account.ALLOCATED) == 30


def test_a_place_says_its_account_its_year_and_its_source():
    assert Place(LOCAL, Account.ALLOCATED, 2024).words == "«Đã giao, chưa chi 2024» (Ngân sách địa phương)"
    assert Place(LOCAL, Account.SETTLED).words == "«Đã quyết toán» (Ngân sách địa phương)"


@given(WISHES)
def test_whatever_is_asked_no_account_is_overdrawn_and_every_source_adds_up_to_nothing(wishes):
    done = []
    for kind, source, amount, year in wishes:
        try:
            wanted = move(kind, source, amount, year=year, to_year=year + 1)
            refuse_overdrawn(balances(done), wanted)
        except MoneyRefused:
            continue
        done.append(wanted)

    standing = balances(done)

    assert all(left >= 0 for place, left in standing.items() if place.account is not Account.GRANTED)
    for source in (LOCAL, FIRM):
        assert sum(left for place, left in standing.items() if place.source is source) == 0


@given(WISHES)
def test_a_movement_and_its_reversal_leave_everything_as_it_was(wishes):
    made = [move(kind, source, amount, year=year, to_year=year + 1) for kind, source, amount, year in wishes]

    assert set(balances([*made, *(one.reversed for one in made)]).values()) <= {0}


def test_money_is_whole_dong():
    with pytest.raises(MoneyRefused, match="đồng nguyên"):
        move(MovementKind.APPROVE, FundingSource.STATE_LOCAL, 1.5)
