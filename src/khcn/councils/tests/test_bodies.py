from __future__ import annotations

import pytest

from khcn.councils.bodies import BodyFault, Sitting, body_from, composition_faults, quorum_faults
from khcn.councils.selectors import BODIES
from khcn.councils.states import Presence, Purpose, Regime, SeatRole
from khcn.councils.tests.factories import ROLES
from khcn.kernel.rulebook.shipped import shipped_rules

SELECT = body_from(
    {
        "least": 7,
        "most": 9,
        "reviewers": 2,
        "secretary": 1,
        "vice_chair": 1,
        "documents": "7wd",
        "quorum": "2/3",
        "needed": {"reviewer": 2},
    }
)


def members(*roles, absent=()):
    return [
        Sitting(f"M{n}", role, Presence.ABSENT if n in absent else Presence.PRESENT)
        for n, role in enumerate(roles or ROLES)
    ]


def test_a_council_as_the_rule_wants_it_has_no_faults():
    assert composition_faults(SELECT, members()) == []
    assert quorum_faults(SELECT, members()) == []


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (ROLES[:-1], "Hội đồng phải có từ 7 đến 9 thành viên, đang có 6."),
        ((SeatRole.MEMBER, *ROLES[1:]), "Hội đồng cần đúng một Chủ tịch, đang có 0."),
        ((*ROLES, SeatRole.CHAIR), "Hội đồng cần đúng một Chủ tịch, đang có 2."),
        ((*ROLES[:3], SeatRole.MEMBER, *ROLES[4:]), "Cần ít nhất 2 ủy viên phản biện, đang có 1."),
        ((*ROLES, SeatRole.SECRETARY), "Hội đồng chỉ có một thư ký khoa học, đang có 2."),
    ],
)
def test_what_the_composition_lacks_is_told(roles, words):
    assert composition_faults(SELECT, members(*roles)) == [words]


def test_a_council_of_fixed_size_says_that_size():
    body = body_from({"least": 5, "most": 5, "documents": "3wd", "quorum": "4/5"})

    assert "Hội đồng phải có 5 thành viên, đang có 7." in composition_faults(body, members())


@pytest.mark.parametrize(
    ("absent", "words"),
    [
        ((5, 6, 4), ["Có mặt 4 trên 7 thành viên, chưa đủ 2/3."]),
        ((0, 1), ["Chủ tịch hoặc Phó Chủ tịch phải có mặt."]),
        ((2,), ["Cần 2 ủy viên phản biện có mặt, đang có 1."]),
        ((0,), []),
        ((5, 6), []),
    ],
)
def test_what_the_meeting_lacks_is_told(absent, words):
    assert quorum_faults(SELECT, members(absent=absent)) == words


def test_before_the_roll_is_called_the_names_that_wait_are_told():
    waiting = [*members()[:-1], Sitting("Bà An", SeatRole.MEMBER)]

    assert quorum_faults(SELECT, waiting) == ["Chưa điểm danh: Bà An."]


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"least": 9, "most": 7, "documents": "3wd", "quorum": "2/3"},
        {"least": 1, "most": 2, "documents": "3wd", "quorum": "3/2"},
        {"least": 3, "most": 5, "documents": "3wd", "quorum": "2/3", "tellers": 4},
    ],
)
def test_a_rule_that_cannot_be_read_says_so(value):
    with pytest.raises(BodyFault):
        body_from(value)


def test_every_council_has_a_rule_under_both_laws():
    shipped = {rule.key.removeprefix(BODIES) for rule in shipped_rules() if rule.key.startswith(BODIES)}

    assert shipped == {f"{purpose}.{regime}" for purpose in Purpose.values for regime in Regime.values}
    assert all(body_from(rule.value) for rule in shipped_rules() if rule.key.startswith(BODIES))
