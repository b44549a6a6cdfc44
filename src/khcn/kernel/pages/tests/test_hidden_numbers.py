"""A number taken by a record one may not know of is refused in the same words as any other refusal."""

from __future__ import annotations

import pytest

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.pages.services import _refuse_conflict
from khcn.kernel.records.constraints import NOT_KEPT
from khcn.kernel.records.corrections import CorrectionRefused, correct_record, version_stamp
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TITLES, TODAY, make_division, make_title, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist():
    return make_user(Role.SPECIALIST, division=make_division())


@pytest.fixture
def own(specialist):
    return make_title("Của mình", division=specialist.division)


@pytest.fixture
def hidden():
    other = make_division(code="KHAC")
    return make_title("Kín", title_number="4-9", confidentiality=Confidentiality.CONFIDENTIAL, division=other)


def refusal_of_correcting(record, actor):
    with pytest.raises(CorrectionRefused) as refused:
        correct_record(
            record=record,
            values={"title_number": "4-9"},
            actor=actor,
            on=TODAY,
            why="ghi thiếu số",
            seen=version_stamp(record),
        )
    return refused.value


def test_correcting_to_a_hidden_number_is_refused_and_tells_nothing(specialist, own, hidden):
    refusal = refusal_of_correcting(own, specialist)

    assert (str(refusal), tuple(refusal.names)) == (NOT_KEPT, ())
    own.refresh_from_db()
    assert own.title_number == ""


def test_who_may_know_of_the_record_is_told_which_field_clashes(own, hidden):
    refusal = refusal_of_correcting(own, make_user(Role.DIRECTOR))

    assert "Trùng «Loại văn bằng», «Số văn bằng»" in str(refusal)
    assert "title_number" in refusal.names


def test_entering_a_hidden_number_is_refused_and_tells_nothing(specialist, hidden):
    values = {"title": "Mới", "kind": "mark", "title_number": "4-9"}

    with pytest.raises(CorrectionRefused) as refused:
        _refuse_conflict(register(TITLES), values, specialist)

    assert str(refused.value) == NOT_KEPT
