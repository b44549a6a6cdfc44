"""What became of the conclusions of all sessions: counts, cuts, what nobody may learn, the past, paper and command."""

import json
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from khcn.assignments.services import release_lateness
from khcn.governance import commands
from khcn.governance.following_up import follow_lines
from khcn.governance.models import Attendance
from khcn.governance.overall import (
    CONCLUSION_STATES,
    STATE_CHOICES,
    TASK_STATES,
    Asked,
    OfficePrinter,
    follow_up_report,
)
from khcn.governance.overall_printing import as_values, overall_document
from khcn.governance.selectors import Onlooker
from khcn.governance.services.following import note_conclusion
from khcn.governance.states import AttendancePart
from khcn.governance.tests.factories import (
    READ_ON,
    finish_task,
    make_conclusion,
    make_organisation,
    make_paper,
    make_person,
    make_session,
    make_task,
)
from khcn.governance.waiting import Stuck, stuck_first, waiting_of
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.model import Link, Paragraph, Table
from khcn.kernel.documents.tests.reading import word_text
from khcn.kernel.records.recording import recording

TODAY = date(2021, 12, 1)
LATE = date(2021, 10, 1)
URL = reverse("governance:overall")


def report_for(user, today=TODAY, **asked):
    return follow_up_report(Asked(**asked), Onlooker(user), office=user.office, today=today)


def shown(report):
    return [line.followed.conclusion.title for line in report.lines]


@pytest.fixture
def told(world):
    """Two sessions: in the first one task late, one done and waiting to be noted; in the second one of nobody's."""
    first = make_session(world.specialist, "Buổi thứ nhất", held_on=date(2021, 9, 24))
    second = make_session(world.specialist, "Buổi thứ hai", held_on=date(2021, 10, 20))
    agency = make_organisation(world.specialist, "Sở Tài chính mẫu")
    late = make_conclusion(first, world.specialist, "Việc chậm")
    world.late = make_task(late, world.monitor, lead=agency, title="Báo cáo chậm", due_on=LATE)
    done = make_conclusion(first, world.specialist, "Việc xong")
    task = make_task(done, world.monitor, lead=world.division, title="Báo cáo xong", due_on=date(2021, 11, 30))
    proof = make_paper(world.specialist, "12/BC-ST")
    finish_task(task, lead=world.specialist, monitor=world.monitor, proof=proof, on=date(2021, 10, 5))
    note_conclusion(
        conclusion=make_conclusion(second, world.specialist, "Để biết"),
        why="Chỉ nhắc",
        actor=world.monitor,
        on=READ_ON,
    )
    make_conclusion(second, world.specialist, "Chưa giao ai")
    world.first, world.second, world.agency_named = first, second, agency
    return world


def test_the_totals_are_those_of_the_sessions_and_their_parts_add_up(told):
    counts = report_for(told.monitor).counts

    assert (counts.total, counts.done, counts.to_confirm, counts.under_way, counts.not_given) == (4, 2, 1, 1, 1)
    assert counts.done + counts.under_way + counts.not_given == counts.total
    assert counts.overdue == 1


def test_without_days_the_span_begins_at_the_earliest_session_with_something_open(told):
    make_session(told.specialist, "Không còn gì", held_on=date(2020, 1, 2))

    report = report_for(told.monitor)

    assert (report.first, report.last) == (date(2021, 9, 24), TODAY)
    assert [part.session.title for part in report.parts] == ["Buổi thứ hai", "Buổi thứ nhất"]


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"first": date(2021, 10, 1)}, ["Chưa giao ai", "Để biết"]),
        ({"last": date(2021, 9, 30)}, ["Việc chậm", "Việc xong"]),
        ({"state": "xong"}, ["Để biết", "Việc xong"]),
        ({"state": "dang-thuc-hien"}, ["Việc chậm"]),
        ({"state": "chua-giao"}, ["Chưa giao ai"]),
        ({"state": "qua-han"}, ["Việc chậm"]),
        ({"state": "con-no"}, ["Việc chậm"]),
        ({"state": "da-ket-thuc"}, ["Việc xong"]),
        ({"state": "khong-co"}, ["Chưa giao ai", "Để biết", "Việc chậm", "Việc xong"]),
        ({"session": "LV-0000-0000"}, []),
    ],
)
def test_a_filter_keeps_what_it_says(told, asked, titles):
    assert shown(report_for(told.monitor, **asked)) == titles


def test_each_number_of_the_summary_is_how_many_records_its_state_shows(told):
    counts = report_for(told.monitor).counts
    numbers = {"xong": counts.done, "dang-thuc-hien": counts.under_way, "chua-giao": counts.not_given}

    assert {state: len(shown(report_for(told.monitor, state=state))) for state in numbers} == numbers
    late = report_for(told.monitor, state="qua-han")
    assert sum(len(line.tasks) for line in late.lines) == counts.overdue
    assert late.counts == counts  # the state narrows what is shown, not what is counted
    assert {key for key, _ in STATE_CHOICES} == {*CONCLUSION_STATES, *TASK_STATES}


def test_chair_and_agency_narrow_both_cuts(told):
    chair = make_person(told.specialist, "Đoàn Khắc Lương")
    with recording(actor=told.specialist, verb="test", label="ghi người chủ trì"):
        Attendance(session=told.first, person=chair, part=AttendancePart.CHAIR).save()
    key = f"c{told.agency_named.pk}"

    of_chair = report_for(told.monitor, chair=str(chair.pk))
    of_agency = report_for(told.monitor, agency=key)

    assert shown(of_chair) == ["Việc chậm", "Việc xong"]
    assert (shown(of_agency), [one.name for one in of_agency.agencies]) == (["Việc chậm"], ["Sở Tài chính mẫu"])
    assert of_agency.counts.total == 1
    assert of_chair.choices["chair"] == [(str(chair.pk), "Đoàn Khắc Lương")]


def test_the_cut_by_agency_tells_who_owes_what_the_late_first(told):
    first, second = report_for(told.monitor).agencies

    assert (first.name, first.given, first.ended, first.overdue) == ("Sở Tài chính mẫu", 1, 0, 1)
    assert [one.task.task.code for one in first.owed] == [told.late.code]
    assert (second.given, second.ended, second.owed) == (1, 1, ())


def test_lateness_goes_up_only_once_it_is_released(told):
    before = report_for(told.leader)
    release_lateness(assignment=told.late, actor=told.director, at=timezone.make_aware(datetime(2021, 12, 1)))  # noqa: DTZ001 - made aware
    after = report_for(told.leader)

    assert (before.counts.overdue, after.counts.overdue) == (0, 1)
    assert shown(report_for(told.leader, state="qua-han")) == ["Việc chậm"]
    assert all("quá hạn" not in waiting_of(line, None).words(TODAY) for line in before.lines)
    assert sum(part.overdue for part in before.agencies) == 0


def test_a_confidential_session_leaves_no_trace(told, pages):
    hidden = make_session(
        told.director, "Buổi mật danh", held_on=date(2019, 5, 6), confidentiality=Confidentiality.CONFIDENTIAL
    )
    make_conclusion(hidden, told.director, "Điều không ai biết")

    report = report_for(told.leader)
    page = pages("leader").get(URL).content.decode()

    assert (report.first, report.counts.total) == (date(2021, 9, 24), 4)
    assert hidden.code not in dict(report.choices["session"])
    assert "mật danh" not in page
    assert hidden.code not in page
    assert report_for(told.director).counts.total == 5


def test_as_of_an_instant_nothing_recorded_later_is_known(told):
    instant = timezone.now()
    make_conclusion(told.first, told.specialist, "Ghi sau")
    later = report_for(told.monitor)

    then = report_for(told.monitor, today=timezone.localdate(), as_of=instant, last=date(2021, 12, 31))

    assert "Ghi sau" in shown(later)
    assert "Ghi sau" not in shown(then)
    assert then.counts.total == 4
    assert then.day == timezone.localdate(instant)


def test_before_anything_was_known_the_report_is_empty(told, pages):
    past = datetime.combine(date(2001, 1, 1), time(12), tzinfo=timezone.get_current_timezone())

    assert report_for(told.monitor, as_of=past).parts == ()
    assert "Không có ý kiến kết luận nào" in pages("monitor").get(URL, {"as_of": "2001-01-01"}).content.decode()


def test_what_is_stuck_stands_first_with_whom_it_waits_for_and_since_when(told):
    lines = stuck_first(follow_lines(told.first, Onlooker(told.monitor), TODAY), told.first.held_on)
    waits = [waiting_of(line, told.first.held_on) for line in lines]

    assert [wait.stuck for wait in waits] == [Stuck.OVERDUE, Stuck.TO_CONFIRM]
    assert waits[0].words(TODAY) == "Chờ Sở Tài chính mẫu hoàn thành (quá hạn), từ 1/10/2021, 61 ngày"
    (not_given, noted) = stuck_first(follow_lines(told.second, Onlooker(told.monitor), TODAY), told.second.held_on)
    assert waiting_of(not_given, told.second.held_on).since == told.second.held_on
    assert waiting_of(noted, None).words(TODAY) == ""


def test_work_where_we_only_advise_waits_for_its_paper(told):
    conclusion = make_conclusion(told.first, told.specialist, "Tham mưu")
    make_task(conclusion, told.monitor, lead=told.agency_named, advise_only=True)

    found = {line.followed.conclusion.title: line for line in report_for(told.monitor).lines}["Tham mưu"]

    assert waiting_of(found, None).stuck is Stuck.WITHOUT_PAPER


def test_who_has_not_signed_in_is_asked_to_and_an_agency_sees_no_session(told, pages):
    assert Client().get(URL).status_code == 302
    page = pages("agency").get(URL).content.decode()

    assert "Việc chậm" not in page
    assert told.first.code not in page


@pytest.mark.parametrize("who", ["specialist", "head", "monitor", "director", "clerk", "leader"])
def test_everyone_who_reads_sessions_reads_the_report_and_its_papers(told, pages, who):
    client = pages(who)

    answers = [client.get(address) for address in (URL, reverse("governance:overall-paper", args=["docx"]))]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "Việc chậm" in answers[0].content.decode()


def test_every_number_of_the_page_leads_to_a_page_that_opens(told, pages):
    client = pages("monitor")
    answer = client.get(URL, {"tu": "1/9/2021"})

    addresses = [number["url"] for number in answer.context["numbers"]]
    addresses += [number["url"] for agency in answer.context["agencies"] for number in agency["numbers"]]

    assert len(addresses) >= 8
    assert all("tu=1%2F9%2F2021" in address for address in addresses)
    assert {client.get(address).status_code for address in addresses} == {200}


def test_a_span_that_ends_before_it_begins_is_told_at_the_day(told, pages):
    answer = pages("monitor").get(URL, {"tu": "1/10/2021", "den": "1/9/2021"})

    assert answer.status_code == 422
    assert "Ngày cuối phải từ 01/10/2021 trở đi" in answer.content.decode()


@pytest.mark.parametrize(("style", "heading"), [("", "CỘNG HÒA XÃ HỘI"), ("party", "ĐẢNG CỘNG SẢN VIỆT NAM")])
@pytest.mark.parametrize("name", ["overall-paper", "follow-up-paper"])
def test_the_papers_are_printed_in_either_style(told, pages, style, heading, name):
    arguments = ["docx"] if name == "overall-paper" else [told.first.code, "docx"]

    answer = pages("monitor").get(reverse(f"governance:{name}", args=arguments), {"kieu": style})

    assert heading in word_text(answer.content)
    assert ("-dang.docx" in answer["Content-Disposition"]) == (style == "party")


def test_the_paper_holds_each_conclusion_and_links_each_number(told):
    report = report_for(told.monitor)
    document = overall_document(
        report, office=told.office, address_of=lambda **asked: f"https://e.example/?{asked}", produced_at=timezone.now()
    )

    summary = next(block for block in document.body if isinstance(block, Paragraph))
    tables = [block for block in document.body if isinstance(block, Table)]
    assert [run.text for run in summary.runs if isinstance(run, Link)] == ["4", "2", "1", "1", "1"]
    assert len(tables[0].rows) == len(report.parts) + 4
    text = word_text(to_docx(document))
    assert all(title in text for title in ("Việc chậm", "Báo cáo xong", "12/BC-ST", "Sở Tài chính mẫu: 1 nhiệm vụ"))


@pytest.mark.parametrize("count", [1, 6])
def test_the_page_costs_the_same_however_many_sessions(world, pages, django_assert_max_num_queries, count):
    for number in range(count):
        session = make_session(world.specialist, held_on=date(2021, 9, 1) + timedelta(days=number))
        for title in ("một", "hai"):
            task = make_task(
                make_conclusion(session, world.specialist, title),
                world.monitor,
                lead=make_organisation(world.specialist, f"Cơ quan {number} {title}"),
            )
            assert task.pk
    client = pages("monitor")
    client.get(URL)

    with django_assert_max_num_queries(20):
        assert client.get(URL).status_code == 200


def test_the_command_says_the_same_as_the_page_without_unreleased_lateness(told, settings, capsys, tmp_path):
    settings.OFFICE = told.office.code

    status = commands.follow_up(["--json", "--to", "2021-12-01"])
    said = json.loads(capsys.readouterr().out)
    commands.follow_up(["--json", "--internal"])
    internal = json.loads(capsys.readouterr().out)
    written = commands.follow_up(["--out", str(tmp_path), "--style", "party"])

    assert (status, written) == (0, 0)
    assert (said["counts"]["total"], said["counts"]["overdue_tasks"], internal["counts"]["overdue_tasks"]) == (4, 0, 1)
    assert {row["code"] for row in said["sessions"]} == {told.first.code, told.second.code}
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".pdf"]


def test_the_command_names_nothing_that_is_or_became_confidential(told):
    instant = timezone.now()
    with recording(actor=told.director, verb="test", label="thành mật"):
        told.first.confidentiality = Confidentiality.CONFIDENTIAL
        told.first.save()
    printer = OfficePrinter(told.monitor, holds_key=True)

    now, then = (
        as_values(follow_up_report(Asked(as_of=at, last=TODAY), printer, office=told.office, today=TODAY))
        for at in (None, instant)
    )

    assert [row["code"] for row in now["sessions"]] == [told.second.code]
    assert [row["code"] for row in then["sessions"]] == [told.second.code]


@pytest.mark.parametrize("arguments", [[], ["--json", "--from", "la"], ["--json", "--as-of", "la"]])
def test_a_command_that_cannot_be_understood_says_why(told, arguments, capsys):
    with pytest.raises(SystemExit):
        commands.follow_up(arguments)

    assert capsys.readouterr().err


def test_a_command_of_days_the_wrong_way_round_or_of_no_office_is_refused(told, settings, capsys):
    settings.OFFICE = told.office.code
    assert commands.follow_up(["--json", "--from", "2021-10-02", "--to", "2021-10-01"]) == 1
    settings.OFFICE = "KHONG"
    assert commands.follow_up(["--json"]) == 1
    assert "khcn demo" in capsys.readouterr().err
