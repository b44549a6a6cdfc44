"""What is known of proposals sent on line: who may send when, who follows them, and that nobody else does."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.tests.factories import make_user
from khcn.kernel.tests.forms import form_of
from khcn.kernel.workflow.services import NotPossible
from khcn.research.models import TaskCall, TaskProposal
from khcn.research.services import calls
from khcn.research.states import CallKind, ProposalState, ProposerKind
from khcn.research.tests import factories as make

TODAY = date(2024, 3, 4)


@pytest.fixture
def world(db, time_machine):
    time_machine.move_to(f"{TODAY}T02:00:00+00:00", tick=False)
    return make.make_world(on=TODAY)


@pytest.fixture
def farmer(world):
    return make_user(Role.APPLICANT, username="dan", office=world.office)


def notice(world, *, kind=CallKind.PROPOSALS, closes=date(2024, 4, 30)):
    call = TaskCall(office=world.office, title="Nhận đề xuất năm 2025", plan_year=2025, kind=kind)
    said: dict[str, Any] = {"actor": world.specialist, "on": world.day}
    calls.draft_call(call=call, **said)
    calls.open_notice(call=call, number="1/TB", opens_on=world.day, closes_on=closes, **said)
    return call


def proposal(call, title="Máy sấy chè cho hộ nhỏ", **said):
    kept = {"office": call.office, "plan_year": call.plan_year, "call": call, "received_on": TODAY}
    return TaskProposal(
        title=title, proposer_kind=ProposerKind.CITIZEN, proposer_text="Ông Nông Văn Mẫu", **kept, **said
    )


def test_a_citizen_proposes_on_line_and_follows_what_becomes_of_it(client, world, farmer):
    call = notice(world)
    client.force_login(farmer)
    page = client.get(reverse("task-proposing"))
    assert reverse("task-proposal-send", args=[call.code]) in page.text
    address = reverse("task-proposal-send", args=[call.code])
    typed = {"title": "Máy sấy chè cho hộ nhỏ", "proposer_text": "Ông Nông Văn Mẫu", "proposer_kind": "citizen"}
    typed |= {"urgency": "Chè mốc vào mùa mưa", "objectives": "Sấy được 50 kg một mẻ", "expected": "Một máy sấy"}
    form = form_of(client.get(address))

    client.post(address, {**form, **typed, "user_text": "Xã Mẫu", "budget_vnd": "90.000.000"})
    client.post(address, {**form, **typed, "user_text": "Xã Mẫu", "budget_vnd": "90.000.000"})

    sent = TaskProposal.objects.get()
    assert (sent.sent_by, sent.received_on, sent.call, sent.plan_year) == (farmer, TODAY, call, 2025)
    assert sent.title in client.get(reverse("task-proposing")).text
    assert "Chè mốc vào mùa mưa" in client.get(record_url(sent)).text
    calls.reject_proposal(proposal=sent, actor=world.head, on=world.day, note="Đã có máy bán sẵn")
    assert "Đã có máy bán sẵn" in client.get(record_url(sent)).text


def test_nobody_outside_reads_the_proposal_of_another(client, world, farmer):
    sent = calls.send_proposal(proposal=proposal(notice(world)), actor=farmer, on=TODAY)
    client.force_login(make_user(Role.APPLICANT, username="khac", office=world.office))

    assert client.get(record_url(sent)).status_code == HTTPStatus.NOT_FOUND
    assert sent.title not in client.get(reverse("task-proposing")).text


def test_the_sender_takes_the_proposal_back_and_nobody_else_outside_does(world, farmer):
    sent = calls.send_proposal(proposal=proposal(notice(world)), actor=farmer, on=TODAY)
    other = make_user(Role.APPLICANT, username="khac", office=world.office)

    with pytest.raises(NotPermitted, match="Chỉ người gửi hoặc phòng phụ trách"):
        calls.withdraw_proposal(proposal=sent, actor=other, on=TODAY, note="Đổi ý")
    calls.withdraw_proposal(proposal=sent, actor=farmer, on=TODAY, note="Đổi ý")

    assert sent.state == ProposalState.WITHDRAWN


def test_a_proposal_needs_a_notice_that_takes_it_today(client, world, farmer):
    wrong = notice(world, kind=CallKind.APPLICATIONS)
    alone = proposal(wrong)
    alone.call = None

    with pytest.raises(NotPossible, match="không nhận đề xuất ngày"):
        calls.send_proposal(proposal=proposal(wrong), actor=farmer, on=TODAY)
    with pytest.raises(NotPossible, match="Chọn thông báo"):
        calls.send_proposal(proposal=alone, actor=farmer, on=TODAY)
    client.force_login(farmer)
    answer = client.get(reverse("task-proposal-send", args=[wrong.code]), follow=True)
    assert "không nhận đề xuất hôm nay" in answer.text


def test_the_same_proposal_is_told_of_the_first_on_the_form(client, world, farmer):
    call = notice(world)
    first = calls.send_proposal(proposal=proposal(call), actor=farmer, on=TODAY)
    client.force_login(farmer)
    typed = {name: getattr(first, name) for name in ("title", "proposer_text", "proposer_kind")}
    typed |= {"urgency": "x", "objectives": "x", "expected": "x", "user_text": "x"}

    answer = client.post(reverse("task-proposal-send", args=[call.code]), typed)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f"Trùng với đề xuất {first.code}" in answer.text


def test_a_stranger_who_repeats_a_proposal_is_not_told_its_code(world, farmer):
    call = notice(world)
    first = calls.send_proposal(proposal=proposal(call), actor=farmer, on=TODAY)
    other = make_user(Role.APPLICANT, username="khac", office=world.office)

    with pytest.raises(NotPossible, match="của bên đề xuất ấy đã được nhận") as refusal:
        calls.send_proposal(proposal=proposal(call), actor=other, on=TODAY)

    assert first.code not in str(refusal.value)


def test_staff_enter_proposals_in_the_register_and_not_on_the_page_for_others(client, world):
    call = notice(world)
    client.force_login(world.specialist)

    assert client.get(reverse("task-proposing")).status_code == HTTPStatus.FORBIDDEN
    assert client.get(reverse("task-proposal-send", args=[call.code])).status_code == HTTPStatus.FORBIDDEN
    with pytest.raises(NotPermitted, match="cán bộ Sở ghi đề xuất ở sổ"):
        calls.send_proposal(proposal=proposal(call), actor=world.specialist, on=TODAY)
