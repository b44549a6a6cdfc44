"""The pages: who opens which, what a wrong form says, what a right one does."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from khcn.assignments.models import Assignment
from khcn.assignments.tests.factories import change
from khcn.correspondence.models import Paper
from khcn.governance.models import Conclusion, Recommendation, SessionReading, WorkingSession
from khcn.governance.services.following import release_differences
from khcn.governance.services.reading import accept_remaining
from khcn.governance.states import ConclusionState, ItemDecision, ItemKind, ReadingState
from khcn.governance.tests.factories import (
    ARTICLE,
    READ_ON,
    make_organisation,
    make_paper,
    make_reading,
    make_session,
    make_session_read,
    make_task,
)
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.indicators.registry import find_indicator
from khcn.kernel.sharing.models import SharedLink

OPEN = ("specialist", "head", "monitor", "director", "clerk", "leader")


def url(name, *arguments):
    return reverse(f"governance:{name}", args=arguments)


@pytest.fixture
def session(world):
    return make_session_read(world.specialist)


@pytest.mark.parametrize("name", ["sessions", "read", "session-plan", "recommendations"])
def test_who_has_not_signed_in_is_asked_to(pages, name):
    answer = Client().get(url(name))

    assert (answer.status_code, answer["Location"].startswith("/dang-nhap/")) == (302, True)


@pytest.mark.parametrize("who", OPEN)
def test_everyone_who_works_with_the_registers_reads_a_session(pages, session, who):
    for address in (
        url("sessions"),
        url("session", session.code),
        url("follow-up", session.code),
        url("recommendations"),
    ):
        assert pages(who).get(address).status_code == 200


def test_to_an_assigned_agency_a_session_does_not_exist(pages, session):
    assert pages("agency").get(url("session", session.code)).status_code == 404
    assert pages("agency").get(url("follow-up", session.code)).status_code == 404


def test_a_confidential_session_does_not_exist_for_a_provincial_leader(pages, world):
    session = make_session(world.specialist, confidentiality=Confidentiality.CONFIDENTIAL)

    assert pages("leader").get(url("session", session.code)).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "leader", "agency"])
@pytest.mark.parametrize("name", ["read", "session-plan"])
def test_who_may_not_record_sessions_is_told_so(pages, who, name):
    answer = pages(who).get(url(name))

    assert answer.status_code == 403
    assert "được ghi buổi làm việc" in answer.content.decode()


def test_a_pasted_text_leads_to_its_review(pages):
    answer = pages("specialist").post(url("read"), {"text": ARTICLE, "source_note": "Bài mẫu"})

    reading = SessionReading.objects.get()
    assert answer["Location"] == url("reading", reading.code)
    assert reading.source_note == "Bài mẫu"


def test_an_uploaded_file_leads_to_its_review(pages):
    file = SimpleUploadedFile("bai.txt", ARTICLE.encode())

    pages("specialist").post(url("read"), {"file": file})

    assert SessionReading.objects.get().filename == "bai.txt"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Dán nội dung, hoặc chọn một tệp"),
        ({"text": f"MẬT\n{ARTICLE}"}, "độ mật"),
        ({"file": ("bai.docx", b"PK\x03\x04 hong")}, "Không đọc được tệp"),
        ({"file": ("bai.txt", b"")}, "tệp trống"),
    ],
)
def test_a_text_that_cannot_be_read_is_told_beside_its_field_and_not_kept(pages, sent, said):
    data = {key: SimpleUploadedFile(*value) if key == "file" else value for key, value in sent.items()}

    answer = pages("specialist").post(url("read"), data)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SessionReading.objects.exists()


def test_a_form_without_its_token_is_refused(pages, world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.specialist, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(url("read"), {"text": ARTICLE}).status_code == 403
    assert not SessionReading.objects.exists()


def test_what_a_text_says_is_never_markup(pages, world):
    reading = make_reading(world.specialist, f"<script>alert(1)</script>\n\n{ARTICLE}")

    page = pages("specialist").get(url("reading", reading.code)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_proposal_decided_leads_to_the_next_one_that_waits(pages, world):
    reading = make_reading(world.specialist)
    first, second = reading.items.of_kind(ItemKind.PERSON)[:2]

    answer = pages("specialist").post(url("item-accept", reading.code, first.pk))

    first.refresh_from_db()
    assert first.decision == ItemDecision.ACCEPTED
    assert answer["Location"].endswith(f"#extraction-{second.pk}")


def test_a_proposal_may_be_rejected_and_taken_back(pages, world):
    reading = make_reading(world.specialist)
    item = reading.items.of_kind(ItemKind.FIGURE).get()

    pages("specialist").post(url("item-reject", reading.code, item.pk))
    item.refresh_from_db()
    rejected = item.decision
    pages("specialist").post(url("item-accept", reading.code, item.pk))
    item.refresh_from_db()

    assert (rejected, item.decision) == (ItemDecision.REJECTED, ItemDecision.ACCEPTED)


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_kind_of_proposal_can_be_corrected_by_an_ordinary_form(pages, world, kind):
    reading = make_reading(world.specialist)
    item = reading.items.of_kind(kind).first()
    shown = pages("specialist").get(url("item-edit", reading.code, item.pk)) if item else None

    assert shown is None or shown.status_code == 200
    assert kind == ItemKind.DISCUSSION or shown is not None


def test_a_corrected_directive_has_its_deadline_read_again(pages, world):
    reading = make_reading(world.specialist)
    item = reading.items.of_kind(ItemKind.DIRECTIVE).first()

    pages("specialist").post(
        url("item-edit", reading.code, item.pk), {"action": "Rà soát", "deadline": "trong tháng 11"}
    )

    item.refresh_from_db()
    assert (item.values["deadline_on"], item.values["deadline_precision"]) == ("2021-11-30", "month")


def test_a_figure_typed_with_dots_and_comma_is_that_number(pages, world):
    reading = make_reading(world.specialist)
    item = reading.items.of_kind(ItemKind.FIGURE).get()
    sent = {"value": "1.234,5", "unit": "tỷ đồng", "comparator": "about", "what": "kinh phí"}

    pages("specialist").post(url("item-edit", reading.code, item.pk), sent)

    item.refresh_from_db()
    assert (item.values["value"], item.values["comparator"]) == ("1234.5", "about")


def test_what_was_overlooked_is_added(pages, world):
    reading = make_reading(world.specialist)

    pages("specialist").post(url("item-add", reading.code, "petition"), {"content": "Thêm biên chế", "asked_by": "Sở"})

    item = reading.items.of_kind(ItemKind.PETITION).last()
    assert item.values == {"content": "Thêm biên chế", "response": "", "from": "Sở"}


def test_a_second_session_item_is_not_offered(pages, world):
    assert pages("specialist").get(url("item-add", make_reading(world.specialist).code, "session")).status_code == 404


def test_confirming_leads_to_the_session_and_again_says_it_is_done(pages, world):
    reading = make_reading(world.specialist)
    accept_remaining(reading=reading, actor=world.specialist, on=READ_ON)
    client = pages("specialist")

    first = client.post(url("reading-confirm", reading.code))
    second = client.post(url("reading-confirm", reading.code), follow=True)

    session = WorkingSession.objects.get()
    assert first["Location"] == url("session", session.code)
    assert "không ghi thêm lần nữa" in second.content.decode()


def test_confirming_with_open_proposals_says_how_many_wait(pages, world):
    reading = make_reading(world.specialist)

    answer = pages("specialist").post(url("reading-confirm", reading.code), follow=True)

    assert "đề xuất chưa được chấp nhận" in answer.content.decode()
    assert not WorkingSession.objects.exists()


def test_a_reading_is_given_up_with_a_reason(pages, world):
    reading = make_reading(world.specialist)

    without = pages("specialist").post(url("reading-abandon", reading.code), {"why": ""})
    pages("specialist").post(url("reading-abandon", reading.code), {"why": "Nhầm bài"})

    reading.refresh_from_db()
    assert (without.status_code, reading.state) == (422, ReadingState.ABANDONED)


def task_data(world, **changes):
    sent = {"title": "Báo cáo rà soát", "lead": world.division.name, "deadline_text": "trong tháng 10"}
    return {**sent, "assigned_on": "24/9/2021", "issuer_level": "provincial_party", **changes}


def test_a_task_is_given_with_the_deadline_read_from_its_words(pages, world, session):
    conclusion = session.conclusions.first()

    pages("monitor").post(url("task-give", conclusion.code), task_data(world))

    task = Assignment.objects.get()
    assert (task.due_on.isoformat(), task.precision, task.deadline_text) == ("2021-10-31", "month", "trong tháng 10")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lead": ""}, "Chủ trì"),
        ({"assigned_on": "hôm nào"}, "không phải là ngày"),
        ({"chain": "999/XYZ"}, "Không có văn bản, hồ sơ «999/XYZ»"),
        ({"deadline_text": "trước 1/1/2020"}, "Hạn phải từ ngày giao"),
    ],
)
def test_a_task_said_wrongly_is_told_what_is_wrong(pages, world, session, changes, said):
    answer = pages("monitor").post(url("task-give", session.conclusions.first().code), task_data(world, **changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Assignment.objects.exists()


def test_a_specialist_gives_no_task(pages, session):
    assert pages("specialist").get(url("task-give", session.conclusions.first().code)).status_code == 403


def test_a_conclusion_is_noted_with_a_reason(pages, session):
    conclusion = session.conclusions.first()

    pages("monitor").post(url("conclusion-note", conclusion.code), {"why": "Nhận định chung"})

    assert Conclusion.objects.get(pk=conclusion.pk).state == ConclusionState.NOTED


def test_a_conclusion_is_recorded_by_hand(pages, world):
    session = make_session(world.specialist)

    pages("specialist").post(url("conclusion-add", session.code), {"title": "Rà soát", "deadline_text": "quý IV"})

    assert session.conclusions.get().due_on.isoformat() == "2021-12-31"


def test_differences_are_kept_from_leaders_until_they_are_released(pages, world, session):
    figure = url("figure", session.code, session.figures.get().pk)
    before = pages("leader").get(figure)
    release_differences(session=session, actor=world.director, on=READ_ON)

    assert (before.status_code, pages("leader").get(figure).status_code) == (403, 200)
    assert "Lệch" in pages("leader").get(url("session", session.code)).content.decode()


def test_a_figure_without_indicator_has_no_records_to_open(pages, session):
    figure = session.figures.get()
    pages("specialist").post(url("figure-match", session.code, figure.pk), {"indicator": ""})

    assert pages("specialist").get(url("figure", session.code, figure.pk)).status_code == 404


def test_a_notice_is_linked_by_its_number(pages, world, session):
    make_paper(world.specialist, "365-TB/TU", "Thông báo kết luận mẫu")

    pages("specialist").post(url("session-notice", session.code), {"paper": "365-TB/TU"})

    assert "Thông báo kết luận mẫu" in pages("leader").get(url("session", session.code)).content.decode()


def test_an_answer_is_recorded_with_its_paper(pages, world, session):
    make_paper(world.specialist, "90/UBND-TH")
    row = session.recommendations.get()
    sent = {"outcome": "accepted", "answer": "Đồng ý", "answered_on": "1/10/2021", "papers": "90/UBND-TH"}

    pages("monitor").post(url("recommendation-answer", row.code), sent)

    assert Recommendation.objects.get().state == "answered"
    assert "Mọi kiến nghị đã có trả lời" in pages("monitor").get(url("recommendations")).content.decode()


@pytest.mark.parametrize("step", ["hold", "close"])
def test_a_step_out_of_turn_is_refused_in_words(pages, session, step):
    answer = pages("monitor").post(url("session-step", session.code, step), follow=True)

    assert "không làm được bước này" in answer.content.decode()


@pytest.mark.parametrize(("suffix", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_report_is_given_as_word_and_pdf(pages, world, session, suffix, begins):
    make_task(session.conclusions.first(), world.monitor, lead=world.division)

    answer = pages("leader").get(url("follow-up-paper", session.code, suffix))

    assert answer.content.startswith(begins)


def print_code(session, director, *, on):
    """Let the session have a code as they were printed before links were given out."""
    change(session, shared_key="ma-in-truoc-day", shared_on=on, shared_by=director)


def test_a_code_printed_earlier_ends_as_a_link_of_its_day_would(pages, world, session):
    print_code(session, world.director, on=timezone.localdate() - timedelta(days=90))
    last_day = Client().get(url("follow-up", session.code), {"khoa": session.shared_key})
    print_code(session, world.director, on=timezone.localdate() - timedelta(days=91))
    after = Client().get(url("follow-up", session.code), {"khoa": session.shared_key})

    assert (last_day.status_code, after.status_code) == (200, 302)


def test_a_qr_code_opens_the_report_without_an_account_and_nothing_else(pages, world, session):
    print_code(session, world.director, on=timezone.localdate())
    key = {"khoa": session.shared_key}

    report = Client().get(url("follow-up", session.code), key)

    assert report.status_code == 200
    assert "/so/" not in report.content.decode()
    assert Client().get(url("follow-up-paper", session.code, "pdf"), key).status_code == 200
    assert Client().get(url("session", session.code), key).status_code == 302


def test_a_confidential_session_is_not_opened_by_a_qr_code(pages, world, session):
    change(session, confidentiality=Confidentiality.CONFIDENTIAL)

    answer = pages("director").post(reverse("shared-links", args=["working-session", session.code]), {"days": "30"})

    assert "có phạm vi hạn chế, không mở cho người cầm mã được" in answer.content.decode()
    assert not SharedLink.objects.exists()


def test_a_qr_code_opens_nothing_once_its_session_is_confidential(pages, world, session):
    print_code(session, world.director, on=timezone.localdate())
    change(session, confidentiality=Confidentiality.CONFIDENTIAL)
    key = {"khoa": session.shared_key}

    answers = [Client().get(url("follow-up", session.code), key) for _ in range(2)]
    answers.append(Client().get(url("follow-up-paper", session.code, "pdf"), key))
    answers.append(pages("leader").get(url("follow-up", session.code), key))
    of_director = pages("director").get(url("follow-up", session.code), key)

    assert {answer.status_code for answer in answers} == {404}
    assert (of_director.status_code, session.shared_key in of_director.context["address"]) == (200, False)


@pytest.mark.parametrize("key", ["", "sai"])
def test_without_the_key_the_report_asks_to_sign_in(pages, session, key):
    answer = Client().get(url("follow-up", session.code), {"khoa": key})

    assert answer["Location"].startswith("/dang-nhap/")


@pytest.mark.parametrize("name", ["thoi-mo-ma", "cho-xem"])
def test_only_a_director_opens_what_is_internal(pages, session, name):
    assert pages("monitor").post(url("session-act", session.code, name)).status_code == 403
    assert pages("director").post(url("session-act", session.code, name)).status_code == 302


@pytest.mark.parametrize("key", ["working-session", "conclusion", "recommendation", "session-reading"])
def test_record_pages_lead_to_where_the_work_is_done(pages, world, session, key):
    record = {
        "working-session": session,
        "conclusion": session.conclusions.first(),
        "recommendation": session.recommendations.first(),
        "session-reading": session.readings.first(),
    }[key]

    page = pages("monitor").get(reverse("record", args=[key, record.code])).content.decode()

    assert 'href="/buoi-lam-viec/' in page


def test_confirming_from_the_record_page_writes_all_that_confirming_writes(pages, world):
    reading = make_reading(world.specialist)
    accept_remaining(reading=reading, actor=world.specialist, on=READ_ON)

    pages("specialist").post(
        reverse("record-step", args=["session-reading", reading.code, "confirm"]), {"confirm-on": "27/9/2021"}
    )

    assert WorkingSession.objects.get().conclusions.exists()


def test_after_signing_in_again_an_act_leads_back_to_its_page_and_changes_nothing(pages, world, session):
    reading = make_reading(world.specialist)
    item = reading.items.first()

    answers = [
        pages("director").get(url("item-accept", reading.code, item.pk)),
        pages("director").get(url("reading-accept-all", reading.code)),
        pages("director").get(url("session-step", session.code, "conclude")),
        pages("director").get(url("session-act", session.code, "cho-xem")),
    ]

    session.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302] * 4
    assert session.released_on is None
    assert reading.items.undecided().count() == reading.items.count()


def test_why_a_figure_differs_is_in_the_history_of_its_page_only(pages, world, session):
    figure = session.figures.get()
    sent = {"indicator": figure.indicator, "explanation": "Sổ thiếu hai văn bằng", "period_kind": "", "period_year": ""}
    pages("specialist").post(url("figure-match", session.code, figure.pk), sent)

    on_record = pages("leader").get(reverse("record", args=["working-session", session.code]) + "?lich-su=tat-ca")
    on_session = pages("leader").get(url("session", session.code)).content.decode()
    of_staff = pages("specialist").get(url("figure-match", session.code, figure.pk)).content.decode()

    assert "Sổ thiếu hai văn bằng" not in on_record.content.decode() + on_session
    assert find_indicator(figure.indicator).label not in on_session
    assert "Giải thích chênh lệch: — → Sổ thiếu hai văn bằng" in of_staff


def test_forms_sent_twice_make_one_session_one_conclusion_and_one_reading(pages, session):
    sent = {
        url("session-plan"): {"title": "Buổi họp mẫu", "held_on": "24/9/2021"},
        url("conclusion-add", session.code): {"title": "Làm ngay"},
        url("read"): {"text": ARTICLE},
    }
    client = pages("specialist")
    before = SessionReading.objects.count()

    for address, said in sent.items():
        number = client.get(address).context["form"]["lan-gui"].value()
        for _ in range(2):
            assert client.post(address, {**said, "lan-gui": number}).status_code == 302

    assert WorkingSession.objects.filter(title="Buổi họp mẫu").count() == 1
    assert session.conclusions.filter(title="Làm ngay").count() == 1
    assert SessionReading.objects.count() == before + 1


@pytest.mark.parametrize(
    ("typed", "status"), [("Sở Mẫu", 302), ("Sở Không có", 422), ("o99999999999999999999999", 422)]
)
def test_a_task_is_given_to_whoever_is_named(pages, world, session, typed, status):
    agency = make_organisation(world.specialist, "Sở Mẫu")
    conclusion = session.conclusions.first()
    sent = {
        "title": "Báo cáo",
        "lead": typed,
        "coordinators": "QLKH\n",
        "deadline_text": "",
        "assigned_on": "24/9/2021",
    }

    answer = pages("monitor").post(url("task-give", conclusion.code), {**sent, "issuer_level": "provincial_party"})

    given = Assignment.objects.filter(lead_organisation=agency).first()
    assert (answer.status_code, given.coordinators_text if given else "") == (
        status,
        world.division.name if status == 302 else "",
    )


def test_an_answer_is_not_given_on_a_day_still_to_come(pages, world, session):
    make_paper(world.specialist, "90/UBND-TH")
    row = session.recommendations.get()
    paper = Paper.objects.get()
    said = {"on": "1/1/2099", "evidence": paper.code, "outcome": "accepted", "answer": "Đồng ý"}

    step = reverse("record-step", args=["recommendation", row.code, "answer"])
    answer = pages("monitor").post(step, {f"answer-{name}": value for name, value in said.items()})

    assert (answer.status_code, "chưa đến" in answer.content.decode()) == (422, True)


def test_who_begins_with_the_doubtful_goes_on_in_that_order(pages, world):
    reading = make_reading(world.specialist)
    order = sorted(reading.items.all(), key=lambda item: item.confidence)

    page = pages("specialist").get(url("reading", reading.code) + "?xem=chua-chac")
    answer = pages("specialist").post(url("item-reject", reading.code, order[0].pk) + "?xem=chua-chac")
    place = answer["Location"]

    assert "Từ chỗ chưa chắc nhất" in page.content.decode()
    assert place.startswith(url("reading", reading.code) + "?xem=chua-chac#extraction-")
    assert reading.items.get(pk=int(place.rpartition("-")[2])).confidence == order[1].confidence
