"""A reading tells nothing of confidential records to who may not know of them, and writes nothing into them."""

import pytest
from django.urls import reverse

from khcn.governance.models import Attendance, WorkingSession
from khcn.governance.selectors import match_name, sessions_on
from khcn.governance.services.confirming import confirm_reading
from khcn.governance.services.reading import accept_remaining, decide_item
from khcn.governance.states import ItemDecision, ItemKind
from khcn.governance.tests.factories import (
    ARTICLE,
    HELD_ON,
    READ_ON,
    make_conclusion,
    make_organisation,
    make_person,
    make_reading,
    make_session,
    make_session_read,
)
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible
from khcn.parties.models import Person

SECRET_TITLE = "Buổi làm việc kín về nhân sự"
HIDDEN = Confidentiality.CONFIDENTIAL


def hide(record, actor):
    record.confidentiality = HIDDEN
    with recording(actor=actor, verb="change", label="hạn chế"):
        record.save()
    return record


@pytest.fixture
def secret_session(world):
    return make_session(world.director, SECRET_TITLE, confidentiality=HIDDEN)


def accepted(actor, text=ARTICLE):
    reading = make_reading(actor, text)
    accept_remaining(reading=reading, actor=actor, on=READ_ON)
    return reading


def page_of(pages, who, reading):
    return pages(who).get(reverse("governance:reading", args=[reading.code])).content.decode()


def post(pages, who, reading, **said):
    return pages(who).post(reverse("governance:reading-confirm", args=[reading.code]), said)


def test_the_review_offers_a_confidential_session_to_who_may_know_of_it_only(pages, world, secret_session):
    reading = accepted(world.specialist)

    assert SECRET_TITLE not in page_of(pages, "specialist", reading)
    assert SECRET_TITLE in page_of(pages, "director", reading)
    assert sessions_on(HELD_ON, world.office, world.specialist) == []


@pytest.mark.parametrize("number", ["hidden", 999_999])
def test_a_forged_session_is_refused_like_one_that_does_not_exist(pages, world, secret_session, number):
    reading = accepted(world.specialist)
    forged = secret_session.pk if number == "hidden" else number

    answer = post(pages, "specialist", reading, session=forged)

    assert answer.status_code == 422
    assert (secret_session.conclusions.count(), WorkingSession.objects.count()) == (0, 1)


def test_the_service_itself_refuses_a_session_the_actor_may_not_know_of(world, secret_session):
    reading = accepted(world.specialist)

    with pytest.raises(NotPossible, match="Không có buổi làm việc đã chọn trong sổ bạn được xem"):
        confirm_reading(reading=reading, session=secret_session, actor=world.specialist, on=READ_ON)


def test_beside_a_confidential_session_of_the_day_a_new_one_is_made(pages, world, secret_session):
    reading = accepted(world.specialist)

    answer = post(pages, "specialist", reading)

    made = WorkingSession.objects.exclude(pk=secret_session.pk).get()
    assert answer["Location"] == reverse("governance:session", args=[made.code])
    assert not Attendance.objects.filter(session=secret_session).exists()


def test_a_confidential_person_is_not_recognised_and_a_new_one_is_entered(pages, world):
    known = hide(make_person(world.director, "Lục Thị Hoa", "Phó Chủ tịch UBND tỉnh"), world.director)
    reading = accepted(world.specialist)

    page, to_director = page_of(pages, "specialist", reading), page_of(pages, "director", reading)
    session = confirm_reading(reading=reading, actor=world.specialist, on=READ_ON)

    assert known.code not in page
    assert known.code in to_director
    assert session.attendances.get(person__title="Lục Thị Hoa").person != known


def test_roles_from_a_confidential_session_do_not_help_to_recognise(world, secret_session):
    person = make_person(world.specialist, "Tô Văn Hạ")
    with recording(actor=world.director, verb="attend", label="ghi người dự"):
        Attendance(session=secret_session, person=person, roles="Nghệ nhân làng nghề dệt lụa").save()

    asked = {"office": world.office, "day": HELD_ON}

    assert match_name("Tô Văn Hạ", ["Giám đốc Sở"], user=world.specialist, **asked).person == person
    assert match_name("Tô Văn Hạ", ["Giám đốc Sở"], user=world.director, **asked).person is None


def test_a_person_chosen_by_someone_else_stays_hidden_and_must_be_chosen_again(pages, world):
    known = hide(make_person(world.director, "Lục Thị Hoa"), world.director)
    reading = accepted(world.specialist)
    item = next(one for one in reading.items.of_kind(ItemKind.PERSON) if one.values["name"] == "Lục Thị Hoa")
    decide_item(
        item=item, decision=ItemDecision.EDITED, values={"person": known.code}, actor=world.director, on=READ_ON
    )

    assert known.code not in page_of(pages, "specialist", reading)
    with pytest.raises(NotPossible, match="Người đã chọn không có trong sổ cá nhân bạn được xem"):
        confirm_reading(reading=reading, actor=world.specialist, on=READ_ON)
    assert Person.objects.filter(title="Lục Thị Hoa").count() == 1


def test_a_confidential_host_is_neither_proposed_nor_accepted(pages, world):
    host = hide(make_organisation(world.director, "Tỉnh ủy Sông Vân"), world.director)
    reading = accepted(world.specialist)

    answer = post(pages, "specialist", reading, host=host.code)

    assert answer.status_code == 422
    assert host.code not in page_of(pages, "specialist", reading)
    with pytest.raises(NotPossible, match="Không có cơ quan làm việc cùng"):
        confirm_reading(reading=reading, host=host, actor=world.specialist, on=READ_ON)


def test_a_confidential_person_stands_among_those_present_by_code_and_leads_nowhere(pages, world):
    session = make_session_read(world.specialist)
    person = hide(Person.objects.get(title="Lục Thị Hoa"), world.director)
    address = reverse("governance:session", args=[session.code])

    seen = {name: pages(name).get(address).content.decode() for name in ("leader", "director")}

    assert (person.title in seen["leader"], f"/{person.code}/" in seen["leader"]) == (False, False)
    assert (person.title in seen["director"], f"/{person.code}/" in seen["director"]) == (True, True)


def test_conclusions_of_a_confidential_session_are_confidential_too(world, secret_session):
    assert make_conclusion(secret_session, world.director).confidentiality == HIDDEN


@pytest.mark.parametrize("kind", ["conclusion", "recommendation"])
def test_what_was_said_at_a_session_hidden_since_leads_nowhere(pages, world, kind):
    session = make_session_read(world.specialist)
    said = {"conclusion": session.conclusions.first(), "recommendation": session.recommendations.get()}[kind]
    hide(session, world.director)
    name = {"conclusion": "task-give", "recommendation": "recommendation-answer"}[kind]

    addresses = [reverse("record", args=[kind, said.code]), reverse("governance:recommendations")]
    shown = [pages("monitor").get(address).content.decode() for address in addresses]
    of_director = pages("director").get(addresses[0]).content.decode()

    assert not any(f"/buoi-lam-viec/{session.code}/" in page or f"/{said.code}/tra-loi" in page for page in shown)
    assert f"/buoi-lam-viec/{session.code}/" in of_director
    assert pages("monitor").get(reverse(f"governance:{name}", args=[said.code])).status_code == 404
