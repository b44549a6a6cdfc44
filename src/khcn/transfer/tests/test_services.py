from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.states import DueState
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.workflow.services import NotPossible
from khcn.transfer.services import answer_request, receive_request, return_request
from khcn.transfer.states import AppraisalState, Opinion
from khcn.transfer.tests.factories import make_request, make_user

pytestmark = pytest.mark.django_db

S = AppraisalState
ON = date(2021, 3, 1)


def clock(request):
    return Obligation.objects.about(request.ref).get()


@pytest.mark.parametrize(
    ("received_on", "due"),
    [
        (date(2021, 3, 1), date(2021, 3, 22)),  # fifteen working days under the old law
        (date(2026, 6, 1), date(2026, 6, 10)),  # seven under the new one
    ],
)
def test_the_time_to_answer_runs_from_receipt_by_the_rule_in_force(world, received_on, due):
    request = make_request(world.specialist, received_on=received_on)

    assert (clock(request).effective_on, clock(request).rule.is_unchecked) == (due, True)


def test_the_answer_ends_the_clock_on_its_own_day(world):
    request = make_request(world.specialist, S.ANSWERED, received_on=ON, answered_on=date(2021, 3, 23))

    assert (request.state, clock(request).state_on(ON)) == (S.ANSWERED, DueState.DONE_LATE)
    assert request.code == "TDCN-2021-0001"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"answer_number": " "}, "Có số và ngày"),
        ({"answered_on": None}, "Có số và ngày"),
        ({"opinion": ""}, "Có ý kiến"),
        ({"opinion": Opinion.CONDITIONS}, "ghi điều kiện"),
    ],
)
def test_an_answer_that_says_too_little_is_refused_with_the_reason(world, values, reason):
    request = make_request(world.specialist, S.COUNCIL_CONSULTED)
    said = {"opinion": Opinion.AGREE, "opinion_text": "", "answer_number": "1/SKHCN", "answered_on": ON, **values}

    with pytest.raises(NotPossible, match=reason):
        answer_request(request=request, actor=world.specialist, on=ON, **said)


def test_the_council_is_kept_with_its_day(world):
    request = make_request(world.specialist, S.COUNCIL_CONSULTED, answered_on=ON)

    assert (request.council_held, request.council_on) == (True, ON)


def test_a_returned_request_keeps_its_reason_and_owes_nothing(world):
    request = make_request(world.specialist)

    with pytest.raises(NotPossible, match="Ghi lý do"):
        return_request(request=request, actor=world.specialist, on=ON, note="")
    return_request(request=request, actor=world.specialist, on=ON, note="Dự án không thuộc diện thẩm định")

    assert (request.state, request.returned_on) == (S.RETURNED, ON)
    assert not Obligation.objects.about(request.ref).open().exists()


def test_a_third_request_is_tied_to_the_first_of_its_project(world):
    first = make_request(world.specialist)
    second = make_request(world.specialist, first_request=first)

    third = make_request(world.specialist, first_request=second)

    assert (second.first_request, third.first_request) == (first, first)


def test_the_paper_that_asks_is_linked(world):
    paper = make_request(world.specialist)
    asked = type(paper)(office=world.office, title="Dự án mẫu", kind=paper.kind, received_on=ON)

    request = receive_request(request=asked, actor=world.clerk, on=ON, paper=paper)

    assert Link.objects.from_(request.ref).get().kind == LinkKind.PAPER


def test_the_clerk_receives_but_does_not_appraise(world):
    request = make_request(world.clerk)

    with pytest.raises(NotPermitted):
        return_request(request=request, actor=world.clerk, on=ON, note="x")


def test_nobody_without_a_role_enters_a_request(world):
    with pytest.raises(NotPermitted):
        make_request(make_user(world.office))
