from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from khcn.assignments.models import Assignment
from khcn.assignments.services import decide_extension, release_lateness, request_extension, urge
from khcn.assignments.states import AssignmentState
from khcn.assignments.tests.factories import change, make_assignment, make_user, walk
from khcn.kernel.files.services import attach
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.tests.forms import form_of

pytestmark = pytest.mark.django_db

S = AssignmentState
GIVEN = date(2021, 9, 24)
DUE = date(2021, 10, 15)
ACTS = ("assignment-report", "assignment-extension", "assignment-urge", "assignment-closing-rule")


@pytest.fixture(autouse=True)
def _in_october(time_machine_at):
    time_machine_at("2021-10-20T02:00:00+00:00")


@pytest.fixture
def assignment(world):
    return make_assignment(world.monitor, lead=world.agency, due_on=DUE, title="Lập danh mục mẫu")


def url(name, assignment, *more):
    return reverse(name, args=[assignment.code, *more])


def record(assignment):
    return reverse("record", args=["assignment", assignment.code])


def test_a_stranger_is_sent_to_sign_in_from_every_page(client, assignment):
    pages = [reverse("assignments-board"), reverse("assignment-new"), *(url(name, assignment) for name in ACTS)]

    answers = [client.get(page) for page in pages]

    assert {answer.status_code for answer in answers} == {302}
    assert all(reverse("sign-in") in answer["Location"] for answer in answers)


@pytest.mark.parametrize(
    ("name", "admitted", "refused"),
    [
        ("assignment-report", "agency_user", "monitor"),  # the lead; not who only sees it
        ("assignment-extension", "agency_user", "monitor"),
        ("assignment-urge", "monitor", "agency_user"),
        ("assignment-closing-rule", "monitor", "specialist"),
    ],
)
def test_each_page_opens_to_its_people(client, world, assignment, name, admitted, refused):  # noqa: PLR0917 (fixtures and one row of the table)
    statuses = []
    for person in (admitted, refused):
        client.force_login(getattr(world, person))
        statuses.append(client.get(url(name, assignment)).status_code)

    assert statuses == [200, 403]


@pytest.mark.parametrize("name", ACTS)
def test_what_one_may_not_see_does_not_exist(client, world, name):
    foreign = make_assignment(world.monitor, lead=world.other_agency)
    client.force_login(world.agency_user)

    assert client.get(url(name, foreign)).status_code == 404


def test_the_board_counts_and_sorts_what_hurts_first(client, world, assignment):
    later = make_assignment(world.monitor, lead=world.other_agency, due_on=date(2021, 12, 31), title="Việc còn xa")
    client.force_login(world.monitor)

    answer = client.get(reverse("assignments-board"))

    assert [row["cells"][0]["sub"] for row in answer.context["rows"]] == [assignment.code, later.code]
    counted = {one["label"]: one["value"] for one in answer.context["counters"]}
    assert (counted["Tất cả"], counted["Quá hạn"], counted["Trong hạn"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"trang-thai": "overdue"}, ["Lập danh mục mẫu"]),
        ({"trang-thai": "not_due"}, ["Việc còn xa"]),
        ({"trang-thai": "done"}, []),
        ({"trang-thai": "khong-co"}, ["Lập danh mục mẫu", "Việc còn xa"]),
        ({"trang": "khong"}, ["Lập danh mục mẫu", "Việc còn xa"]),
        ({"trang": "2"}, []),
        ({"trang": "9" * 40}, ["Lập danh mục mẫu", "Việc còn xa"]),
        ({"co-quan": "999999"}, ["Lập danh mục mẫu", "Việc còn xa"]),
    ],
)
def test_the_board_is_narrowed_by_its_address(client, world, assignment, query, titles):
    make_assignment(world.monitor, lead=world.other_agency, due_on=date(2021, 12, 31), title="Việc còn xa")
    client.force_login(world.monitor)

    answer = client.get(reverse("assignments-board"), query)

    assert (answer.status_code, [row["cells"][0]["text"] for row in answer.context["rows"]]) == (200, titles)


def test_the_board_is_narrowed_to_one_agency(client, world, assignment):
    make_assignment(world.monitor, lead=world.other_agency)
    client.force_login(world.monitor)

    answer = client.get(reverse("assignments-board"), {"co-quan": world.agency.pk})

    assert [row["cells"][1] for row in answer.context["rows"]] == ["Sở Mẫu Chủ trì"]


def test_the_board_of_those_above_says_nothing_of_lateness(client, world, assignment):
    client.force_login(world.leader)

    answer = client.get(reverse("assignments-board"))

    shown = {one["label"]: one["value"] for one in answer.context["counters"]}
    assert shown == {"Tất cả": 1, "Đang thực hiện": 1}
    assert answer.context["create_url"] == ""


def test_a_list_beyond_one_page_is_walked(client, world):
    for number in range(52):
        make_assignment(world.monitor, lead=world.agency, due_on=DUE, title=f"Việc {number}")
    client.force_login(world.monitor)

    first = client.get(reverse("assignments-board")).context
    second = client.get(reverse("assignments-board"), {"trang": "2"}).context

    assert (len(first["rows"]), first["next_url"], first["previous_url"]) == (50, "?trang=2", "")
    assert (len(second["rows"]), second["next_url"], second["previous_url"]) == (2, "", "?trang=1")


def test_the_form_has_no_filling_where_the_origin_may_not_be_seen(client, world):
    client.force_login(world.monitor)

    initial = (
        client.get(reverse("assignment-new"), {"noi-giao": "assignment/999", "han": "trong quý IV"})
        .context["form"]
        .initial
    )

    assert (initial["title"], initial["deadline_text"], "origin" in initial) == ("", "trong quý IV", False)


@pytest.mark.parametrize("origin", ["hỏng", "assignment/99999", f"assignment/{'9' * 25}", "so-la/1"])
def test_an_origin_that_is_not_there_is_refused_on_the_form(client, world, origin):
    client.force_login(world.monitor)

    answer = client.post(reverse("assignment-new"), form_values(world, origin=origin))

    assert answer.status_code == 422
    assert "trong các sổ bạn được xem" in answer.context["form"].errors["origin"][0]
    assert "Origin" not in answer.content.decode()
    assert client.get(reverse("assignment-new"), {"noi-giao": origin}).status_code == 200


@pytest.mark.parametrize("hidden", [{"confidentiality": "confidential"}, {"withdrawn_on": GIVEN}])
def test_an_origin_one_may_not_know_of_is_refused_like_one_that_is_not_there(client, world, hidden):
    origin = make_assignment(world.director, lead=world.agency)
    change(origin, **hidden)
    client.force_login(world.monitor)

    answer = client.post(reverse("assignment-new"), form_values(world, origin=str(origin.ref)))

    assert "trong các sổ bạn được xem" in answer.context["form"].errors["origin"][0]
    assert not Assignment.objects.of_origin(origin.ref).exists()


def test_continuous_work_gets_its_closing_rule_on_the_page(client, world):
    continuous = make_assignment(world.monitor, lead=world.agency, precision="continuous")
    client.force_login(world.monitor)
    page = url("assignment-closing-rule", continuous)

    shown = page in client.get(record(continuous)).content.decode()
    client.post(page, {"closing_rule": "Hai kỳ liền đạt.", "review_on": "20/12/2021"})

    kept = Assignment.objects.get()
    assert (shown, kept.closing_rule, kept.review_on) == (True, "Hai kỳ liền đạt.", date(2021, 12, 20))
    assert "Hai kỳ liền đạt. Rà soát lần tới: 20/12/2021." in client.get(record(continuous)).content.decode()


def test_work_extended_shows_both_deadlines(client, world, assignment):
    asked = request_extension(
        assignment=assignment,
        reason="Chờ",
        requested_due_on=date(2021, 12, 1),
        actor=world.agency_user,
        on=date(2021, 10, 1),
    )
    decide_extension(extension=asked, approved=True, actor=world.monitor, on=date(2021, 10, 2))
    walk(assignment, S.CLOSED, lead=world.agency_user, monitor=world.monitor, on=date(2021, 10, 18))
    client.force_login(world.monitor)

    page = client.get(record(assignment)).content.decode()

    assert "đúng hạn so với hạn đang có hiệu lực 1/12/2021; so với hạn ban đầu 15/10/2021: muộn" in page


def test_an_agency_finds_on_the_board_only_its_own(client, world, assignment):
    make_assignment(world.monitor, lead=world.other_agency)
    client.force_login(world.agency_user)

    answer = client.get(reverse("assignments-board"))

    assert [row["cells"][0]["sub"] for row in answer.context["rows"]] == [assignment.code]


def test_the_board_asks_the_same_number_of_questions_however_long(client, world, django_assert_max_num_queries):
    client.force_login(world.monitor)
    for _ in range(30):
        make_assignment(world.monitor, lead=world.agency, due_on=DUE)

    with django_assert_max_num_queries(14):
        client.get(reverse("assignments-board"))


def form_values(world, **values):
    return {
        "title": "Xây dựng đề án mẫu",
        "lead_organisation": world.agency.title,
        "assigned_on": "20/10/2021",
        "issuer_level": "peoples_committee",
        "priority": "normal",
        "confidentiality": "internal",
        **values,
    }


def test_work_given_on_the_page_reads_its_deadline_from_the_words(client, world):
    client.force_login(world.monitor)
    values = form_values(world, deadline_text="trong quý IV năm 2021", coordinating_divisions=[world.division.pk])

    answer = client.post(reverse("assignment-new"), values)

    given = Assignment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, record(given))
    assert (given.due_on, given.precision, given.coordinators_text) == (date(2021, 12, 31), "quarter", "Phòng QLKH")


def test_a_day_typed_goes_before_the_words(client, world):
    client.force_login(world.monitor)

    client.post(reverse("assignment-new"), form_values(world, deadline_text="trong quý IV", due_on="30/11/2021"))

    assert Assignment.objects.get().due_on == date(2021, 11, 30)


def test_work_without_a_lead_stays_on_the_form_with_the_reason(client, world):
    client.force_login(world.monitor)

    answer = client.post(reverse("assignment-new"), form_values(world, lead_organisation=""))

    assert (answer.status_code, Assignment.objects.count()) == (422, 0)
    assert "đúng một đơn vị chủ trì" in answer.content.decode()


def test_the_form_is_filled_by_the_record_that_gives_the_work(client, world, assignment):
    client.force_login(world.monitor)

    answer = client.get(reverse("assignment-new"), {"noi-giao": str(assignment.ref), "noi-dung": "Việc tiếp theo"})
    client.post(reverse("assignment-new"), form_values(world, origin=str(assignment.ref)))

    assert answer.context["form"].initial["title"] == "Việc tiếp theo"
    assert answer.context["form"].initial["origin_text"] == "Lập danh mục mẫu"
    assert Assignment.objects.of_origin(assignment.ref).count() == 1


def test_who_may_not_give_work_is_told_why(client, world):
    client.force_login(world.specialist)

    answer = client.get(reverse("assignment-new"))

    assert answer.status_code == 403
    assert "Chỉ người theo dõi nhiệm vụ" in answer.content.decode()


def report(client, assignment, **values):
    return client.post(url("assignment-report", assignment), {"text": "Đã làm", "on": "20/10/2021", **values})


def test_the_agency_reports_progress(client, world, assignment):
    client.force_login(world.agency_user)

    answer = report(client, assignment, percent="40")

    assert answer["Location"] == record(assignment)
    assert assignment.progress.get().percent == 40


def test_a_result_without_evidence_stays_on_the_form_with_the_reason(client, world, assignment):
    client.force_login(world.agency_user)

    answer = report(client, assignment, done="on")

    assert answer.status_code == 422
    assert "Thiếu minh chứng" in answer.content.decode()
    assert Assignment.objects.get().state == S.GIVEN


def test_the_agency_proves_its_result_with_a_file_it_attached(client, world, assignment):
    client.force_login(world.agency_user)
    page = url("assignment-report", assignment)
    given = SimpleUploadedFile("ket-qua.txt", "Danh mục đã ban hành theo mẫu.".encode(), "text/plain")
    client.post(reverse("file-upload", args=["assignment", assignment.code]), {"file": given, "next": page})
    (choice,) = client.get(page).context["form"].fields["files"].queryset

    report(client, assignment, done="on", files=[choice.pk])

    assert Assignment.objects.get().state == S.REPORTED_DONE
    shown = client.get(record(assignment)).content.decode()
    assert choice.url in shown


def test_a_file_of_another_assignment_is_no_evidence(client, world, assignment):
    other = make_assignment(world.monitor, lead=world.agency)
    file = attach(record=other, data=b"Noi dung mau", filename="mau.txt", actor=world.agency_user, on=GIVEN)
    client.force_login(world.agency_user)

    answer = report(client, assignment, done="on", files=[file.pk])

    assert (answer.status_code, Assignment.objects.get(pk=assignment.pk).state) == (422, S.GIVEN)


def test_a_decision_on_a_result_reported_again_meanwhile_is_taken_once_more(client, world, assignment):
    walk(assignment, S.REPORTED_DONE, lead=world.agency_user, monitor=world.monitor, on=DUE)
    page = url("assignment-result", assignment)
    client.force_login(world.monitor)
    opened = form_of(client.get(page))
    change(assignment, title="Lập danh mục mẫu và phụ lục")

    refused = client.post(page, {**opened, "accepted": "yes", "note": "Đủ"})
    assignment.refresh_from_db()
    assert assignment.state == S.REPORTED_DONE
    assert "Lập danh mục mẫu và phụ lục" in refused.text
    assert form_of(refused)["note"] == "Đủ"

    client.post(page, form_of(refused))
    assignment.refresh_from_db()
    assert assignment.state == S.CLOSED


def test_an_extension_is_asked_for_and_decided_on_the_pages(client, world, assignment):
    client.force_login(world.agency_user)
    client.post(url("assignment-extension", assignment), {"reason": "Chờ dự toán", "requested_due_on": "30/11/2021"})
    asked = assignment.extensions.get()
    client.force_login(world.monitor)

    page = client.get(record(assignment)).content.decode()
    client.post(url("assignment-extension-decision", assignment, asked.pk), {"approved": "yes"})

    assert url("assignment-extension-decision", assignment, asked.pk) in page
    assert Assignment.objects.get().due_on == date(2021, 11, 30)


def test_an_extension_decided_already_is_refused_on_its_page(client, world, assignment):
    asked = request_extension(
        assignment=assignment,
        reason="Chờ",
        requested_due_on=date(2021, 12, 1),
        actor=world.agency_user,
        on=date(2021, 10, 1),
    )
    client.force_login(world.monitor)
    page = url("assignment-extension-decision", assignment, asked.pk)

    statuses = [client.post(page, {"approved": answer, "note": "x"}).status_code for answer in ("no", "yes")]

    assert statuses == [302, 422]


def test_an_unknown_extension_does_not_exist(client, world, assignment):
    client.force_login(world.monitor)

    assert client.get(url("assignment-extension-decision", assignment, 999)).status_code == 404


def test_a_reminder_is_written_on_its_page(client, world, assignment):
    client.force_login(world.monitor)

    client.post(url("assignment-urge", assignment), {"level": "director", "text": "Đã quá hạn năm ngày"})

    assert assignment.urgings.get().level == "director"
    assert "Đã quá hạn năm ngày" in client.get(record(assignment)).content.decode()


def test_only_the_director_releases_lateness_on_the_page(client, world, assignment):
    page = url("assignment-release-lateness", assignment)
    client.force_login(world.monitor)
    refused = client.post(page).status_code
    client.force_login(world.director)

    client.post(page)

    assert (refused, Assignment.objects.get().lateness_released_by) == (403, world.director)


@pytest.mark.parametrize(
    ("name", "values", "states"),
    [
        ("acknowledge", {}, (S.GIVEN, S.ACKNOWLEDGED)),
        ("report_progress", {"report_progress-percent": "20"}, (S.GIVEN, S.IN_PROGRESS)),
        ("close", {}, (S.REPORTED_DONE, S.CLOSED)),
        ("return", {}, (S.REPORTED_DONE, S.RETURNED)),
        ("suspend", {}, (S.GIVEN, S.SUSPENDED)),
        ("resume", {"resume-due_on": "30/11/2021"}, (S.SUSPENDED, S.IN_PROGRESS)),
        ("cancel", {}, (S.GIVEN, S.CANCELLED)),
    ],
)
def test_the_record_page_takes_the_steps_through_the_services(client, world, assignment, name, values, states):  # noqa: PLR0917 (as above)
    before, after = states
    walk(assignment, before, lead=world.agency_user, monitor=world.monitor, on=date(2021, 10, 1))
    client.force_login(world.agency_user if name in ("acknowledge", "report_progress") else world.monitor)
    said = {f"{name}-on": "20/10/2021", f"{name}-note": "Theo ý kiến mẫu", **values}

    answer = client.post(reverse("record-step", args=["assignment", assignment.code, name]), said)

    assert (answer.status_code, Assignment.objects.get(pk=assignment.pk).state) == (302, after)


def test_the_record_page_needs_evidence_for_a_result(client, world, assignment):
    proof = make_assignment(world.monitor, lead=world.agency)
    client.force_login(world.agency_user)
    step = reverse("record-step", args=["assignment", assignment.code, "report_done"])
    said = {"report_done-on": "20/10/2021", "report_done-note": "Xong"}

    bare, proved = (
        client.post(step, {**said, **more}).status_code for more in ({}, {"report_done-evidence": proof.code})
    )

    assert (bare, proved) == (422, 302)


def test_a_closed_assignment_tells_how_it_was_judged(client, world, assignment):
    walk(assignment, S.CLOSED, lead=world.agency_user, monitor=world.monitor, on=date(2021, 10, 18))
    client.force_login(world.monitor)

    page = client.get(record(assignment)).content.decode()

    assert "muộn so với hạn đang có hiệu lực 15/10/2021" in page
    assert page.count(url("assignment-report", assignment)) == 0


def test_the_section_of_the_record_keeps_lateness_from_those_above(client, world, assignment):
    walk(assignment, S.CLOSED, lead=world.agency_user, monitor=world.monitor, on=date(2021, 10, 18))
    client.force_login(world.leader)

    answer = client.get(record(assignment))

    assert (answer.context["standing"]["label"], answer.context["verdict"]) == ("Đã hoàn thành", "")


def test_who_has_no_work_on_the_board_has_no_line_to_it(client, world):
    client.force_login(make_user(world.office))

    assert all(item["label"] != "Kết luận, nhiệm vụ giao" for item in client.get("/viec-can-lam/").context["rail"])


def test_reminders_are_withheld_from_those_above_as_lateness_is(client, world, assignment):
    urge(assignment=assignment, level=UrgingLevel.DIRECTOR, text="Đã chậm năm ngày", actor=world.monitor, on=DUE)

    seen = {}
    for name in ("leader", "monitor"):
        client.force_login(getattr(world, name))
        seen[name] = client.get(record(assignment)).content.decode()
    release_lateness(assignment=assignment, actor=world.director, at=timezone.now())
    client.force_login(world.leader)

    assert ["Đã chậm năm ngày" in seen[name] for name in ("leader", "monitor")] == [False, True]
    assert "Đã chậm năm ngày" in client.get(record(assignment)).content.decode()


def test_a_form_sent_twice_gives_the_work_once(client, world):
    client.force_login(world.monitor)
    said = form_values(world, **number_of(client.get(reverse("assignment-new"))))

    answers = [client.post(reverse("assignment-new"), said, follow=True) for _ in range(2)]
    answers.append(client.post(reverse("assignment-new"), said | number_of(client.get(reverse("assignment-new")))))

    given = Assignment.objects.order_by("pk")
    assert [answer.redirect_chain[-1][0] for answer in answers[:2]] == [record(given[0])] * 2
    assert "Biểu mẫu này đã gửi trước đó" in answers[1].content.decode()
    assert len(given) == 2


def test_a_report_sent_twice_is_kept_once(client, world, assignment):
    client.force_login(world.agency_user)
    number = number_of(client.get(url("assignment-report", assignment)))

    answers = [report(client, assignment, percent="40", **number) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert assignment.progress.count() == 1


def test_the_number_of_a_form_belongs_to_who_opened_it(client, world, assignment):
    client.force_login(world.monitor)
    said = form_values(world, **number_of(client.get(reverse("assignment-new"))))
    client.post(reverse("assignment-new"), said)
    client.force_login(world.director)

    answer = client.post(reverse("assignment-new"), said)

    assert (answer.status_code, "đã được gửi ở nơi khác" in answer.content.decode()) == (422, True)


def number_of(page):
    return {"lan-gui": page.context["form"]["lan-gui"].value()}


@pytest.mark.parametrize("name", ["coordinating_divisions", "lead_division", "responsible", "lead_organisation"])
def test_numbers_beyond_any_database_stay_on_the_form(client, world, name):
    client.force_login(world.monitor)

    answer = client.post(reverse("assignment-new"), form_values(world, **{name: "9" * 25}))

    assert (answer.status_code, name in answer.context["form"].errors) == (422, True)


def test_those_who_help_are_named_by_line(client, world):
    client.force_login(world.monitor)
    said = form_values(world, coordinating_organisations=f"{world.other_agency.code}\n{world.agency.title}")

    client.post(reverse("assignment-new"), said)

    assert Assignment.objects.get().coordinators_text == "Sở Mẫu Khác; Sở Mẫu Chủ trì"
