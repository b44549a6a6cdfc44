from __future__ import annotations

import pytest

from khcn.kernel.access.decisions import ALLOWED, Decision, NotPermitted, allow_all, requires
from khcn.kernel.access.roles import STAFF_ROLES, Role

YES = requires(True, "không dùng")  # noqa: FBT003 (the case itself)
NO_A = requires(None, "Thiếu A.")
NO_B = requires("", "Thiếu B.")


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (YES, YES, (True, ()), (True, ())),
        (YES, NO_B, (False, ("Thiếu B.",)), (True, ())),
        (NO_A, YES, (False, ("Thiếu A.",)), (True, ())),
        (NO_A, NO_B, (False, ("Thiếu A.", "Thiếu B.")), (False, ("Thiếu A.", "Thiếu B."))),
    ],
)
def test_decisions_combine_as_and_and_or_and_keep_the_reasons_against(left, right, both, either):
    assert ((left & right).allowed, (left & right).reasons) == both
    assert ((left | right).allowed, (left | right).reasons) == either


def test_a_decision_is_true_exactly_when_it_allows():
    assert [bool(one) for one in (YES, NO_A, ALLOWED, allow_all(None))] == [True, False, True, True]


def test_a_refusal_is_raised_with_its_reasons_as_one_sentence():
    with pytest.raises(NotPermitted, match=r"^Thiếu A\. Thiếu B\.$") as refusal:
        (NO_A & NO_B).enforce()

    assert refusal.value.decision.reasons == ("Thiếu A.", "Thiếu B.")


def test_what_is_allowed_is_not_stopped():
    assert YES.enforce() is None


def test_a_refusal_without_reasons_still_says_something():
    assert Decision(allowed=False).sentence() == "Bạn không có quyền thực hiện việc này."


def test_people_from_outside_are_not_staff():
    outside = {Role.PROVINCIAL_LEADER, Role.ASSIGNED_AGENCY, Role.APPLICANT, Role.COUNCIL_MEMBER}

    assert set(Role) - STAFF_ROLES == outside
