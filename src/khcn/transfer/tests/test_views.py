from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from khcn.kernel.access.roles import Role
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.rulebook.models import Rule
from khcn.transfer.models import TechnologyAppraisal
from khcn.transfer.states import AppraisalState
from khcn.transfer.tests.factories import make_request, make_user

pytestmark = pytest.mark.django_db

S = AppraisalState
NEW = "technology-appraisal-new"


def values(**more):
    said = {
        "title": "Dự án dây chuyền mẫu",
        "kind": "appraisal",
        "received_on": "1/3/2021",
        "confidentiality": "internal",
    }
    return {**said, **more}


def take(client, request, name, **said):
    page = reverse("record-step", args=["technology-appraisal", request.code, name])
    return client.post(page, {f"{name}-{field}": value for field, value in {"on": "2/3/2021", **said}.items()})


def test_a_stranger_signs_in_first(client):
    assert client.get(reverse(NEW)).status_code == 302


def test_the_clerk_enters_a_request_with_its_paper(client, world):
    paper = make_request(world.director)
    client.force_login(world.clerk)

    answer = client.post(reverse(NEW), values(paper=paper.code))

    found = TechnologyAppraisal.objects.exclude(pk=paper.pk).get()
    assert answer["Location"] == reverse("record", args=["technology-appraisal", found.code])
    assert Link.objects.from_(found.ref).get().kind == LinkKind.PAPER


def test_who_may_not_enter_requests_is_told_why(client, world):
    client.force_login(make_user(world.office, Role.MONITOR))

    answer = client.get(reverse(NEW))

    assert answer.status_code == 403
    assert "Chỉ văn thư" in answer.content.decode()


def test_a_request_without_its_project_stays_on_the_form(client, world):
    client.force_login(world.clerk)

    assert client.post(reverse(NEW), values(title="")).status_code == 422


def test_where_the_rulebook_is_silent_the_form_says_so(client, world, monkeypatch):
    monkeypatch.setattr("khcn.transfer.services.LIMIT_RULE", "transfer.no-such-rule")
    client.force_login(world.clerk)

    answer = client.post(reverse(NEW), values())

    assert (answer.status_code, TechnologyAppraisal.objects.count()) == (422, 0)
    assert "Bộ quy định chưa có giá trị" in answer.content.decode()
    assert Rule.objects.exists()


def test_the_record_page_takes_the_steps_to_the_answer(client, world):
    request = make_request(world.specialist)
    client.force_login(world.specialist)
    answer = {"opinion": "agree", "answer_number": "12/SKHCN-QLCN", "answered_on": "2/3/2021"}

    statuses = [
        take(client, request, "begin").status_code,
        take(client, request, "consult_council", council_on="2/3/2021").status_code,
        take(client, request, "answer", **answer).status_code,
    ]

    request.refresh_from_db()
    assert (statuses, request.state, request.answered_on) == ([302, 302, 302], S.ANSWERED, date(2021, 3, 2))


def test_conditions_must_be_said_on_the_page_too(client, world):
    request = make_request(world.specialist, S.APPRAISING)
    client.force_login(world.specialist)
    said = {"opinion": "conditions", "answer_number": "12/SKHCN", "answered_on": "2/3/2021"}

    answer = take(client, request, "answer", **said)

    assert answer.status_code == 422
    assert "ghi điều kiện" in answer.content.decode()


def test_a_request_is_returned_with_its_reason(client, world):
    request = make_request(world.specialist)
    client.force_login(world.specialist)

    assert take(client, request, "return", note="").status_code == 422
    assert take(client, request, "return", note="Không thuộc diện").status_code == 302


def test_the_list_offers_the_form_to_who_may_use_it(client, world):
    page = reverse("register", args=["technology-appraisal"])
    shown = []
    for person in (world.clerk, make_user(world.office, Role.MONITOR)):
        client.force_login(person)
        shown.append(reverse(NEW) in client.get(page).content.decode())

    assert shown == [True, False]


def test_a_form_sent_twice_enters_one_request(client, world):
    client.force_login(world.clerk)
    said = values(**{"lan-gui": client.get(reverse(NEW)).context["form"]["lan-gui"].value()})

    answers = [client.post(reverse(NEW), said) for _ in range(2)]

    assert TechnologyAppraisal.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]
