"""The circle in the department's words: registers, report, session, conclusions, tasks, registers again."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from tests.marking import stored_texts

from khcn.assignments.models import Assignment
from khcn.assignments.services import close_assignment, report_done, report_progress
from khcn.correspondence.models import Paper
from khcn.correspondence.services import register_incoming_paper
from khcn.governance.selectors import Onlooker, comparisons_of, follow_up_of
from khcn.governance.services.confirming import confirm_reading
from khcn.governance.services.following import answer_recommendation, carry_out_finished, give_task, match_figure
from khcn.governance.services.reading import GivenText, accept_remaining, start_reading
from khcn.governance.states import ConclusionState, Outcome, RecommendationState
from khcn.ip.tests.factories import make_title
from khcn.kernel.access.roles import Role
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.tests.factories import make_division, make_office, make_user
from khcn.kernel.workflow.services import NotPossible
from khcn.parties.models import Organisation
from khcn.parties.services import enter_organisation, link_account
from khcn.reporting.differing import since_freeze
from khcn.reporting.selectors import lines_of, report_lines
from khcn.reporting.services.drafting import draft_report, sign_report, submit_report

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]

ARTICLE = """Lãnh đạo tỉnh Ví Dụ làm việc với Sở Khoa học và Công nghệ

Sáng 20/10/2026, đồng chí Trần Văn Mẫu, Phó Chủ tịch UBND tỉnh làm việc với Sở Khoa học và Công nghệ.
Báo cáo tại buổi làm việc, đồng chí Lê Thị Thử, Giám đốc Sở Khoa học và Công nghệ cho biết trong 9 tháng đầu năm 2026, \
tổ chức, cá nhân trên địa bàn được cấp 2 văn bằng bảo hộ.
Kết luận buổi làm việc, đồng chí Phó Chủ tịch UBND tỉnh yêu cầu Sở Khoa học và Công nghệ hoàn thiện cơ sở dữ liệu sáng kiến, \
hoàn thành trước ngày 30/11/2026; giao Cơ quan Thử Nghiệm chủ trì, phối hợp với các đơn vị liên quan rà soát thủ tục hỗ trợ doanh nghiệp.
Các kiến nghị, đề xuất của Sở Khoa học và Công nghệ sẽ được tổng hợp, xem xét giải quyết theo quy định.
"""
SESSION_DAY, TASK_DAY = date(2026, 10, 21), date(2026, 10, 22)


@pytest.fixture
def office():
    load_shipped_rules()
    return make_office()


@pytest.fixture
def people(office):
    division = make_division(office)
    people = {
        "specialist": make_user(Role.SPECIALIST, division=division),
        "clerk": make_user(Role.CLERK),
        "director": make_user(Role.DIRECTOR),
        "monitor": make_user(Role.MONITOR, division=division),
        "agency": make_user(Role.ASSIGNED_AGENCY),
        "leader": make_user(Role.PROVINCIAL_LEADER),
        "administrator": make_user(Role.ADMINISTRATOR),
    }
    return {name: person.act_on(date(2026, 11, 1)) for name, person in people.items()}


@pytest.fixture
def agency(office, people):
    organisation = Organisation(office=office, title="Cơ quan Thử Nghiệm", confidentiality="public")
    enter_organisation(organisation=organisation, actor=people["specialist"], on=date(2026, 1, 5))
    link_account(
        user=people["agency"], organisation=organisation, valid_from=date(2026, 1, 5), actor=people["administrator"]
    )
    return organisation


def test_the_circle_from_registers_to_a_task_proved_done(office, people, agency):
    """
    1. Two titles are granted in the nine months; the report counts two and is signed.
    2. A third grant of the period becomes known afterwards: the signed figure stays, the difference names the record.
    3. An article on the session is read and confirmed; its figure agrees with the registers as of that day.
    4. A conclusion becomes a task of an agency; done without evidence is refused; with evidence the monitor closes it.
    5. The follow-up shows sentence, task, agency, evidence and state to the provincial leader.
    6. A recommendation is answered by a paper.
    """
    report = nine_month_report_with_two_titles(office, people)
    session = read_and_confirm_the_article(office, people)
    task = give_the_agency_its_task(office, people, agency, session)

    paper = carry_the_task_out(office, people, agency, task)

    carry_out_finished(session=session, actor=people["monitor"], on=date(2026, 11, 20))
    proved = [row for row in follow_up_of(session, Onlooker(people["leader"])) if row.tasks]
    assert [row.conclusion.state for row in proved] == [ConclusionState.CARRIED_OUT]
    assert [found.code for found in proved[0].tasks[0].evidence] == [paper.code]
    assert answer_the_recommendation(session, people, paper).state == RecommendationState.ANSWERED
    assert titles_line(lines_of(report)).value == 2


@pytest.mark.usefixtures("marking")
def test_people_who_read_english_leave_vietnamese_in_the_registers(office, people, agency):
    with translation.override("en"):
        test_the_circle_from_registers_to_a_task_proved_done(office, people, agency)

    assert [text for text in stored_texts() if "⟦" in text] == []


def titles_line(lines):
    return next(line for line in lines if line.indicator == "ip.titles_granted")


def nine_month_report_with_two_titles(office, people):
    for number, day in (("1", date(2026, 3, 2)), ("2", date(2026, 9, 14))):
        make_title(office, people["specialist"], granted_on=day, number=number, on=day)
    report = draft_report(office=office, kind="nine-month", year=2026, actor=people["specialist"], on=date(2026, 9, 15))
    submit_report(report=report, actor=people["specialist"], on=date(2026, 9, 15))
    sign_report(
        report=report, number="12/BC-SKHCN", signed_on=date(2026, 9, 16), actor=people["director"], on=date(2026, 9, 16)
    )
    assert titles_line(lines_of(report)).value == 2

    late = make_title(office, people["specialist"], granted_on=date(2026, 9, 10), number="3", on=date(2026, 9, 25))

    assert titles_line(lines_of(report)).value == 2
    assert [record.code for row in since_freeze(report) for record in row.added] == [late.code]
    again = report_lines("nine-month", 2026, office=office, as_of=report.frozen_at)
    assert list(titles_line(again).records) == list(titles_line(lines_of(report)).records)
    return report


def read_and_confirm_the_article(office, people):
    monitor = people["monitor"]
    reading = start_reading(office=office, given=GivenText(text=ARTICLE), actor=monitor, on=SESSION_DAY)
    with pytest.raises(NotPossible):
        confirm_reading(reading=reading, actor=monitor, on=SESSION_DAY)
    accept_remaining(reading=reading, actor=monitor, on=SESSION_DAY)
    session = confirm_reading(reading=reading, actor=monitor, on=SESSION_DAY)
    assert session.held_on == date(2026, 10, 20)
    assert {str(row.person) for row in session.attendances.all()} == {"Trần Văn Mẫu", "Lê Thị Thử"}

    figure = session.figures.get()
    match_figure(
        figure=figure, indicator="ip.titles_granted", actor=monitor, on=SESSION_DAY, period=("nine-month", 2026)
    )

    compared = comparisons_of(session)[0]
    assert (compared.reported.value, compared.now.value) == (2, 3)
    return session


def give_the_agency_its_task(office, people, agency, session):
    conclusion = session.conclusions.get(addressed_to__contains="Cơ quan Thử Nghiệm")
    task = Assignment(
        office=office,
        title=conclusion.title,
        lead_organisation=agency,
        assigned_on=TASK_DAY,
        due_on=date(2026, 11, 30),
        precision="day",
    )
    return give_task(conclusion=conclusion, assignment=task, actor=people["monitor"], on=TASK_DAY)


def carry_the_task_out(office, people, agency, task):
    report_progress(assignment=task, text="Đã làm một nửa.", percent=50, on=date(2026, 11, 2), actor=people["agency"])
    with pytest.raises(NotPossible, match="minh chứng"):
        report_done(assignment=task, text="Xong.", on=date(2026, 11, 16), actor=people["agency"], evidence=[])
    task.refresh_from_db()
    paper = Paper(
        office=office,
        title="Báo cáo kết quả rà soát",
        number="45/BC-CQTN",
        issued_on=date(2026, 11, 16),
        received_on=date(2026, 11, 16),
        issuer=agency,
    )
    register_incoming_paper(paper=paper, actor=people["clerk"], on=date(2026, 11, 16))
    report_done(
        assignment=task, text="Đã rà soát xong.", on=date(2026, 11, 17), actor=people["agency"], evidence=[paper]
    )
    close_assignment(assignment=task, on=date(2026, 11, 18), actor=people["monitor"])
    assert not task.is_done_late
    return paper


def answer_the_recommendation(session, people, paper):
    recommendation = session.recommendations.get()
    return answer_recommendation(
        recommendation=recommendation,
        outcome=Outcome.ACCEPTED,
        answer="Đồng ý bố trí.",
        answered_on=date(2026, 11, 19),
        papers=[paper],
        actor=people["monitor"],
        on=date(2026, 11, 19),
    )
