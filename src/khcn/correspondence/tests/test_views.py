from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from khcn.correspondence.models import Paper
from khcn.correspondence.states import PaperState
from khcn.correspondence.tests.factories import kind_of, make_incoming, make_outgoing, make_world
from khcn.kernel.access.roles import Role
from khcn.kernel.files.models import StoredFile
from khcn.kernel.files.selectors import attachments_of
from khcn.kernel.tests.factories import make_user
from khcn.kernel.tests.forms import form_of
from khcn.parties.tests.factories import make_agency_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.correspondence.tests.addresses")]


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def pages(world):
    incoming, submitted = make_incoming(world), make_outgoing(world, state=PaperState.SUBMITTED)
    draft = make_outgoing(world, title="Dự thảo khác")
    return {
        "paper-register": [],
        "paper-draft": [],
        "paper-edit": [draft.code],
        "paper-instruct": [incoming.code],
        "paper-number": [submitted.code],
    }


RIGHT = {
    "paper-register": "clerk",
    "paper-draft": "specialist",
    "paper-edit": "specialist",
    "paper-instruct": "director",
    "paper-number": "clerk",
}
WRONG = {
    "paper-register": "specialist",
    "paper-draft": "clerk",
    "paper-edit": "clerk",
    "paper-instruct": "specialist",
    "paper-number": "director",
}


def sign_in(client, world, who):
    client.force_login(getattr(world, who))


@pytest.mark.parametrize("name", list(RIGHT))
def test_whoever_has_not_signed_in_is_asked_to(client, pages, name):
    answer = client.get(reverse(name, args=pages[name]))

    assert answer.status_code == 302
    assert reverse("sign-in") in answer.url


@pytest.mark.parametrize(("name", "who"), WRONG.items())
def test_the_wrong_role_is_told_whose_work_it_is(client, world, pages, name, who):
    sign_in(client, world, who)

    answer = client.post(reverse(name, args=pages[name]), {})

    assert answer.status_code == 403
    assert "Chỉ" in answer.content.decode()


@pytest.mark.parametrize(("name", "who"), RIGHT.items())
def test_the_right_role_gets_the_form(client, world, pages, name, who):
    sign_in(client, world, who)

    answer = client.get(reverse(name, args=pages[name]))

    assert answer.status_code == 200
    assert "<form" in answer.content.decode()


NUMBERED = {"number": "9/BC-SKHCN", "signed_on": "21/9/2021", "given_by": "clerk"}


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("paper-edit", {"title": "Khác"}, "Chỉ sửa được khi còn là dự thảo"),
        ("paper-instruct", {"instruction": "Làm"}, "không làm được bước này"),
        ("paper-number", NUMBERED, "không làm được bước này"),
    ],
)
def test_in_the_wrong_state_the_form_says_why_and_keeps_what_was_typed(client, world, name, typed, reason):
    paper = make_outgoing(world, state=PaperState.SENT)
    sign_in(client, world, RIGHT[name])

    answer = client.post(reverse(name, args=[paper.code]), {"kind": kind_of().pk, "urgency": "normal", **typed})

    assert answer.status_code == 422
    assert reason in answer.content.decode()


@pytest.mark.parametrize("name", ["paper-edit", "paper-instruct", "paper-number"])
def test_a_paper_an_agency_may_not_know_of_does_not_exist_for_it(client, world, pages, name):
    client.force_login(make_agency_user(world.committee))

    assert client.get(reverse(name, args=pages[name])).status_code == 404


def incoming(world, **more):
    typed = {"number": "36/TB-UBND", "issued_on": "20/9/2021", "received_on": "21/9", "title": "Về việc mẫu"}
    return {**typed, "issuer": world.committee.code, "urgency": "normal", **more}


def test_a_paper_is_registered_with_its_file_and_days_as_people_type_them(client, world, time_machine_at_noon):
    sign_in(client, world, "clerk")
    file = SimpleUploadedFile("thu.txt", "Nội dung thông báo mẫu.".encode())

    answer = client.post(reverse("paper-register"), incoming(world, copy=file))

    paper = Paper.objects.get()
    assert answer.url == reverse("record", args=["paper", paper.code])
    assert (paper.received_on, paper.kind.code) == (date(2021, 9, 21), "HC-TB")
    assert attachments_of(paper).count() == 1


def test_a_paper_bearing_a_secrecy_mark_is_refused_and_nothing_of_it_is_kept(client, world, time_machine_at_noon):
    sign_in(client, world, "clerk")
    file = SimpleUploadedFile("thu.txt", "TUYỆT MẬT\nNội dung".encode())

    answer = client.post(reverse("paper-register"), incoming(world, copy=file))

    assert answer.status_code == 422
    assert not Paper.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_draft_is_written_and_changed_with_its_addressees(client, world):
    sign_in(client, world, "specialist")
    typed = {"title": "Báo cáo", "kind": kind_of().pk, "urgency": "normal", "organisations": world.committee.code}
    client.post(reverse("paper-draft"), {**typed, "others": "Các phòng\n\nTrung tâm"})
    paper = Paper.objects.get()

    client.post(reverse("paper-edit", args=[paper.code]), {**typed, "title": "Báo cáo sửa", "others": ""})

    paper.refresh_from_db()
    assert (paper.title, paper.addressees_text) == ("Báo cáo sửa", "Ủy ban nhân dân tỉnh")


def test_who_saves_a_draft_second_is_told_what_changed_and_loses_nothing(client, world):
    sign_in(client, world, "specialist")
    typed = {"title": "Báo cáo", "kind": kind_of().pk, "urgency": "normal", "organisations": world.committee.code}
    client.post(reverse("paper-draft"), {**typed, "others": "Các phòng"})
    paper = Paper.objects.get()
    address = reverse("paper-edit", args=[paper.code])
    first, second = form_of(client.get(address)), form_of(client.get(address))
    client.post(address, {**first, "others": "Các phòng\nTrung tâm"})

    refused = client.post(address, {**second, "title": "Báo cáo của tôi"})
    paper.refresh_from_db()
    assert refused.status_code == 422
    assert paper.title == "Báo cáo"
    assert "sửa dự thảo" in refused.text

    again = form_of(refused)
    assert (again["title"], again["others"].split()) == ("Báo cáo của tôi", ["Các", "phòng", "Trung", "tâm"])
    client.post(address, again)
    paper.refresh_from_db()
    assert paper.title == "Báo cáo của tôi"
    assert paper.addressees_text == "Ủy ban nhân dân tỉnh; Các phòng; Trung tâm"


def test_who_writes_on_a_paper_second_is_told_what_the_first_wrote_and_sends_once_more(
    client, world, time_machine_at_noon
):
    paper = make_incoming(world)
    sign_in(client, world, "director")
    address = reverse("paper-instruct", args=[paper.code])
    first, second = form_of(client.get(address)), form_of(client.get(address))
    client.post(address, {**first, "instruction": "Tham mưu trả lời", "division": world.division.pk, "due_on": "+3"})
    typed = {**second, "instruction": "Mời họp", "division": world.division.pk, "due_on": "+5"}

    refused = client.post(address, typed)
    told, again = refused.text, form_of(refused)
    paper.refresh_from_db()
    assert (refused.status_code, paper.instruction) == (422, "Tham mưu trả lời")
    assert "Tham mưu trả lời" in told
    assert "chưa ghi gì" in told
    assert again["instruction"] == "Mời họp"

    client.post(address, again)
    paper.refresh_from_db()
    assert (paper.instruction, paper.due_on) == ("Mời họp", date(2021, 9, 29))


def test_an_instruction_is_written_on_the_screen(client, world, time_machine_at_noon):
    paper = make_incoming(world)
    sign_in(client, world, "director")
    typed = {"instruction": "Tham mưu trả lời", "division": world.division.pk, "due_on": "+3"}

    client.post(reverse("paper-instruct", args=[paper.code]), typed)

    paper.refresh_from_db()
    assert (paper.state, paper.due_on) == (PaperState.INSTRUCTED, date(2021, 9, 27))


def test_a_signed_paper_gets_the_number_of_the_document_system(client, world, time_machine_at_noon):
    paper = make_outgoing(world, state=PaperState.SUBMITTED)
    sign_in(client, world, "clerk")
    file = SimpleUploadedFile("9.txt", b"Ban da ky")

    client.post(reverse("paper-number", args=[paper.code]), {**NUMBERED, "copy": file})

    paper.refresh_from_db()
    assert (paper.state, paper.number) == (PaperState.SIGNED, "9/BC-SKHCN")
    assert attachments_of(paper).get().kind == "signed"


def test_the_record_page_takes_a_step_through_the_modules_service(client, world, time_machine_at_noon):
    paper = make_incoming(world)
    sign_in(client, world, "director")
    typed = {"instruct-instruction": "Làm", "instruct-division": world.division.pk, "instruct-on": "24/9/2021"}

    client.post(reverse("record-step", args=["paper", paper.code, "instruct"]), {**typed, "instruct-due_on": "+7"})

    paper.refresh_from_db()
    assert (paper.state, paper.instruction) == (PaperState.INSTRUCTED, "Làm")
    assert paper.due_on == date(2021, 10, 1)


S = PaperState


@pytest.mark.parametrize(
    ("step", "who", "states"),
    [
        ("file", "clerk", (S.SENT, S.FILED)),
        ("submit", "specialist", (S.DRAFT, S.SUBMITTED)),
        ("send", "clerk", (S.SIGNED, S.SENT)),
        ("recall", "director", (S.SENT, S.RECALLED)),
        ("return_draft", "head", (S.SUBMITTED, S.DRAFT)),
    ],
)
def test_every_step_works_from_the_record_page(client, world, step, who, states):
    paper = make_outgoing(world, state=states[0])
    sign_in(client, world, who)
    typed = {f"{step}-on": "24/9/2021", f"{step}-note": "theo ý kiến"}

    client.post(reverse("record-step", args=["paper", paper.code, step]), typed)

    paper.refresh_from_db()
    assert paper.state == states[1]


def test_the_signature_and_the_result_are_recorded_from_the_record_page(client, world):
    submitted, given = (
        make_outgoing(world, state=PaperState.SUBMITTED),
        make_incoming(world, state=PaperState.INSTRUCTED),
    )
    sign_in(client, world, "clerk")
    number = {"sign-number": "8/BC-SKHCN", "sign-signed_on": "21/9/2021", "sign-on": "24/9/2021"}
    client.post(reverse("record-step", args=["paper", submitted.code, "sign"]), number)
    sign_in(client, world, "specialist")

    done = {"mark_handled-on": "24/9/2021", "mark_handled-note": "Đã gửi báo cáo"}
    client.post(reverse("record-step", args=["paper", given.code, "mark_handled"]), done)

    states = dict(Paper.objects.values_list("pk", "state"))
    assert (states[submitted.pk], states[given.pk]) == (PaperState.SIGNED, PaperState.HANDLED)


def test_the_record_page_shows_the_instruction_the_files_and_the_next_page(client, world):
    paper = make_incoming(world, state=PaperState.HANDLED, received_on=date(2021, 9, 20))
    answer = make_outgoing(world, reply_to=paper)
    sign_in(client, world, "director")

    shown = client.get(reverse("record", args=["paper", paper.code])).content.decode()

    assert "Phòng tham mưu báo cáo" in shown
    assert answer.title in shown
    assert "Vào sổ chậm" not in shown


def test_the_record_page_lists_the_files_of_a_paper(client, world, time_machine_at_noon):
    sign_in(client, world, "clerk")
    client.post(reverse("paper-register"), incoming(world, copy=SimpleUploadedFile("thu-mau.txt", b"Noi dung mau")))

    shown = client.get(reverse("record", args=["paper", Paper.objects.get().code])).content.decode()

    assert "thu-mau" in shown
    assert "Bản gốc nhận được" in shown


def test_a_file_that_is_too_large_is_refused_with_the_reason(client, world, time_machine_at_noon, monkeypatch):
    monkeypatch.setattr("khcn.kernel.files.uploads.LARGEST", 4)
    sign_in(client, world, "clerk")

    answer = client.post(reverse("paper-register"), incoming(world, copy=SimpleUploadedFile("to.txt", b"Noi dung")))

    assert answer.status_code == 422
    assert "tệp nặng quá" in answer.content.decode()
    assert not Paper.objects.exists()


def test_without_its_rule_the_record_page_says_nothing_of_lateness(client, world):
    paper = make_incoming(world, issued_on=date(2019, 9, 13), received_on=date(2019, 9, 14))
    sign_in(client, world, "director")

    shown = client.get(reverse("record", args=["paper", paper.code])).content.decode()

    assert "Vào sổ chậm" not in shown


def test_the_record_page_tells_that_a_paper_was_registered_late(client, world):
    paper = make_incoming(world, issued_on=date(2021, 9, 13), received_on=date(2021, 9, 14))
    sign_in(client, world, "director")

    shown = client.get(reverse("record", args=["paper", paper.code])).content.decode()

    assert "Vào sổ chậm: đến 14/9/2021, hạn vào sổ 15/9/2021." in shown


@pytest.mark.parametrize(
    ("state", "who", "name"),
    [(S.SUBMITTED, "clerk", "paper-number"), (S.DRAFT, "specialist", "paper-edit")],
)
def test_the_record_page_leads_to_the_next_page_but_not_from_the_past(client, world, state, who, name):
    paper = make_outgoing(world, state=state)
    sign_in(client, world, who)
    url, next_page = reverse("record", args=["paper", paper.code]), reverse(name, args=[paper.code])

    now, past = client.get(url), client.get(url, {"as_of": "2100-01-01"})

    assert next_page in now.content.decode()
    assert next_page not in past.content.decode()


@pytest.mark.parametrize(("who", "name"), [("clerk", "paper-register"), ("specialist", "paper-draft")])
def test_a_new_paper_goes_the_way_of_the_persons_work(client, world, who, name):
    sign_in(client, world, who)

    assert client.get(reverse("paper-create")).url == reverse(name)


def test_whoever_registers_and_drafts_chooses(client, world):
    client.force_login(make_user(Role.CLERK, Role.SPECIALIST))

    shown = client.get(reverse("paper-create")).content.decode()

    assert reverse("paper-register") in shown
    assert reverse("paper-draft") in shown


def test_an_agency_begins_no_paper(client, world):
    client.force_login(make_agency_user(world.committee))

    assert client.get(reverse("paper-create")).status_code == 403


def test_a_day_nobody_understands_is_told_on_the_record_page(client, world):
    paper = make_incoming(world)
    sign_in(client, world, "director")
    typed = {"instruct-instruction": "Làm", "instruct-on": "24/9/2021", "instruct-due_on": "bao giờ xong"}

    answer = client.post(reverse("record-step", args=["paper", paper.code, "instruct"]), typed)

    assert answer.status_code == 422
    assert "không phải là ngày" in answer.content.decode()


def test_the_list_of_papers_shows_numbers_kinds_and_issuers(client, world):
    make_incoming(world)
    sign_in(client, world, "clerk")

    shown = client.get(reverse("register", args=["paper"])).content.decode()

    assert "365/TB-UBND" in shown
    assert "Ủy ban nhân dân tỉnh" in shown


@pytest.mark.parametrize(("name", "who"), [("paper-register", "clerk"), ("paper-draft", "specialist")])
def test_a_form_sent_twice_makes_one_paper(client, world, time_machine_at_noon, name, who):
    sign_in(client, world, who)
    said = incoming(world, **{"lan-gui": client.get(reverse(name)).context["form"]["lan-gui"].value()})

    answers = [client.post(reverse(name), said) for _ in range(2)]

    assert Paper.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_a_step_of_a_paper_is_not_taken_on_a_day_still_to_come(client, world, time_machine_at_noon):
    paper = make_incoming(world)
    sign_in(client, world, "clerk")
    step = reverse("record-step", args=["paper", paper.code, "file"])

    answer = client.post(step, {"file-on": "1/1/2099", "file-note": "Lưu"})

    assert (answer.status_code, "Ngày 1/1/2099 chưa đến" in answer.content.decode()) == (422, True)
