from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from khcn.assignments.models import Assignment
from khcn.kernel.access.roles import Role
from khcn.policies.models import LegalDocument, Programme, WorkPlanItem
from khcn.policies.services import give_execution_item, record_result
from khcn.policies.states import LegalDocumentState, ProgrammeState
from khcn.policies.tests.factories import (
    ON,
    make_document,
    make_item,
    make_organisation,
    make_programme,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db

NEW = {
    "legal-document-new": (LegalDocument, {"kind": "committee_decision"}),
    "programme-new": (Programme, {"kind": "plan", "first_year": 2021, "last_year": 2025}),
    "work-plan-item-new": (WorkPlanItem, {"year": 2021, "quarter": "4", "due_on": "20/12/2021"}),
}


def values(**more):
    return {"title": "Nội dung mẫu", "confidentiality": "internal", **more}


def take(client, record, name, **said):
    page = reverse("record-step", args=[record.REGISTER, record.code, name])
    return client.post(page, {f"{name}-{field}": value for field, value in {"on": "2/3/2021", **said}.items()})


@pytest.mark.parametrize("name", NEW)
def test_a_stranger_signs_in_first(client, name):
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", NEW)
def test_who_may_not_draft_is_told_why(client, world, name):
    client.force_login(world.clerk)

    answer = client.get(reverse(name))

    assert answer.status_code == 403
    assert "Chỉ chuyên viên" in answer.content.decode()


@pytest.mark.parametrize(("name", "model", "more"), [(name, *rest) for name, rest in NEW.items()])
def test_a_new_record_is_entered_on_its_page(client, world, name, model, more):
    client.force_login(world.specialist)

    empty = client.post(reverse(name), values(title="", **more))
    answer = client.post(reverse(name), values(**more))

    found = model.objects.get()
    assert (empty.status_code, answer["Location"]) == (422, reverse("record", args=[found.REGISTER, found.code]))


def test_years_in_the_wrong_order_are_told_beside_the_field(client, world):
    client.force_login(world.specialist)

    answer = client.post(reverse("programme-new"), values(kind="plan", first_year=2025, last_year=2021))

    assert "last_year" in answer.context["form"].errors


def test_an_item_names_the_programme_it_comes_from(client, world):
    programme = make_programme(world.director)
    client.force_login(world.specialist)

    client.post(reverse("work-plan-item-new"), values(year=2021, origin=programme.code))

    assert WorkPlanItem.objects.get().origin == programme.ref


def test_the_record_page_takes_a_document_from_proposal_to_issue(client, world):
    document = make_document(world.specialist)
    client.force_login(world.specialist)
    steps = [
        ("start_drafting", {}),
        ("consult", {}),
        ("record_appraisal", {"appraised_on": "2/3/2021", "number": "1/BC-STP"}),
        ("submit", {}),
        ("issue", {"number": "5/2021/QĐ-UBND", "issued_on": "2/3/2021"}),
        ("expire", {"expired_on": "31/12/2021", "note": "Hết thời hạn"}),
    ]

    statuses = [take(client, document, name, **said).status_code for name, said in steps]

    document.refresh_from_db()
    assert (set(statuses), document.state, document.issued_on) == ({302}, LegalDocumentState.EXPIRED, date(2021, 3, 2))


@pytest.mark.parametrize(("code", "status"), [("QPPL-2021-0002", 302), ("QPPL-1999-0001", 422)])
def test_a_document_is_replaced_by_one_of_the_register(client, world, code, status):
    old, _ = (
        make_document(world.director, LegalDocumentState.ISSUED),
        make_document(world.director, LegalDocumentState.ISSUED),
    )
    client.force_login(world.director)

    assert take(client, old, "replace", successor=code, expired_on="1/8/2021").status_code == status


@pytest.mark.parametrize("name", ["redraft", "drop"])
def test_a_document_is_taken_back_or_stopped_on_its_page(client, world, name):
    document = make_document(world.director, LegalDocumentState.SUBMITTED)
    client.force_login(world.director)

    assert [take(client, document, name, note=note).status_code for note in ("", "Đổi phạm vi")] == [422, 302]


def test_the_record_page_takes_a_programme_to_its_end(client, world):
    programme = make_programme(world.director)
    client.force_login(world.director)
    steps = [
        ("submit", {}),
        ("redraft", {"note": "Bổ sung"}),
        ("submit", {}),
        ("issue", {"number": "9/KH-UBND", "issued_on": "2/3/2021"}),
        ("carry_out", {}),
        ("conclude", {}),
    ]

    statuses = [take(client, programme, name, **said).status_code for name, said in steps]

    assert (set(statuses), Programme.objects.get().state) == ({302}, ProgrammeState.CONCLUDED)


@pytest.mark.parametrize(("steps", "state"), [(("start", "finish"), "done"), (("drop",), "dropped")])
def test_the_record_page_takes_a_plan_item_to_its_end(client, world, steps, state):
    item = make_item(world.director)
    client.force_login(world.director)

    for name in steps:
        take(client, item, name, note="Theo ý kiến mẫu")

    assert WorkPlanItem.objects.get().state == state


def test_targets_and_results_are_entered_and_shown_on_the_programme(client, world):
    programme = make_programme(world.director, ProgrammeState.ISSUED)
    client.force_login(world.director)

    said = {"title": "Số nhãn hiệu", "direction": "at_least", "years": "2026: 10,5\n2027", "unit": "nhãn hiệu"}
    entered = client.post(reverse("programme-target-new", args=[programme.code]), said)
    result = {"text": "Đã đạt bảy", "on": "2/3/2021", "target": programme.targets.get().pk}
    client.post(reverse("programme-result-new", args=[programme.code]), result)

    page = client.get(reverse("record", args=["programme", programme.code])).content.decode()
    assert entered["Location"] == reverse("record", args=["programme-target", programme.targets.get().code])
    assert all(words in page for words in ("≥ 10,5 nhãn hiệu", "Đã đạt bảy"))


def test_the_same_target_twice_stays_on_the_form_with_the_reason(client, world):
    programme = make_programme(world.director)
    make_target(programme, world.director, title="Số nhãn hiệu")
    client.force_login(world.director)

    said = {"title": "Số nhãn hiệu", "direction": "at_least", "years": "2021: 1"}
    answer = client.post(reverse("programme-target-new", args=[programme.code]), said)

    assert answer.status_code == 422
    assert "đã có trong sổ" in answer.content.decode()


def test_a_result_of_a_draft_stays_on_the_form_with_the_reason(client, world):
    programme = make_programme(world.director)
    client.force_login(world.director)

    answer = client.post(reverse("programme-result-new", args=[programme.code]), {"text": "x", "on": "2/3/2021"})

    assert "Chương trình chưa ban hành" in answer.content.decode()


@pytest.mark.parametrize("name", ["programme-target-new", "programme-result-new"])
def test_pages_of_a_programme_are_closed_to_others_and_to_unknown_codes(client, world, name):
    programme = make_programme(world.director, division=world.division)
    client.force_login(make_user(world.office, Role.SPECIALIST))

    assert client.get(reverse(name, args=[programme.code])).status_code == 403
    assert client.get(reverse(name, args=["CTKH-1999-0001"])).status_code == 404


def test_an_issued_programme_leads_to_giving_work_with_itself_as_origin(client, world):
    programme = make_programme(world.director, ProgrammeState.ISSUED)
    record_result(programme=programme, text="Đã phổ biến", actor=world.director, on=ON)
    client.force_login(world.director)

    acts = client.get(reverse("record", args=["programme", programme.code])).context["programme_acts"]
    (give,) = [act["url"] for act in acts if act["label"] == "Giao việc thực hiện"]

    assert client.get(give).context["form"].initial["origin"] == str(programme.ref)


def test_the_programme_shows_the_work_by_which_it_is_carried_out(client, world):
    programme = make_programme(world.director, ProgrammeState.CARRIED_OUT)
    lead = make_organisation(world.office)
    for due_on in (None, date(2021, 12, 31)):
        work = Assignment(office=world.office, title="Việc mẫu", assigned_on=ON, lead_organisation=lead, due_on=due_on)
        give_execution_item(programme=programme, assignment=work, actor=world.director, on=ON)
    make_target(programme, world.director, value="2.5")
    client.force_login(world.director)

    answer = client.get(reverse("record", args=["programme", programme.code]))

    assert [row["cells"][2:] for row in answer.context["item_rows"]] == [
        ["Không đặt hạn", "Đã giao"],
        ["31/12/2021", "Đã giao"],
    ]
    assert "2,5 nhãn hiệu" in answer.content.decode()


@pytest.mark.parametrize(("name", "model", "more"), [(name, *rest) for name, rest in NEW.items()])
def test_a_form_sent_twice_makes_one_record(client, world, name, model, more):
    client.force_login(world.specialist)
    number = client.get(reverse(name)).context["form"]["lan-gui"].value()
    said = values(**more, **{"lan-gui": number})

    answers = [client.post(reverse(name), said) for _ in range(2)]

    assert model.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]
