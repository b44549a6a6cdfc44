"""The demonstration's working sessions: one from published facts, one invented and followed, one waiting for review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from khcn.assignments.models import Assignment
from khcn.assignments.services import acknowledge_assignment, close_assignment, report_done, report_progress
from khcn.assignments.states import IssuerLevel
from khcn.config.demo.facts import known_since, text
from khcn.governance.models import Conclusion, WorkingSession
from khcn.governance.services.confirming import confirm_reading
from khcn.governance.services.following import carry_out_finished, give_task, match_figure, present_report
from khcn.governance.services.reading import GivenText, accept_remaining, start_reading
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.identity.models import Office, User
from khcn.kernel.records.record import Provenance, Record
from khcn.parties.models import Organisation
from khcn.policies.models import Programme
from khcn.reporting.models import PeriodReport

HELD_2021 = date(2021, 9, 24)
NOTICE_2026 = date(2026, 10, 16)
CONFIRMED_2026 = date(2026, 11, 12)
REVIEW_2026 = date(2026, 11, 19)
INDICATOR_OF_VALUE = {
    3: "policies.legal_documents_issued",
    11: "policies.programmes_issued",
    14: "transfer.projects_appraised",
    60: "ip.titles_granted",
}
PUBLISHED = "Dữ kiện theo bài trên trang thông tin của Sở về buổi làm việc ngày 24/9/2021; lời văn của nhóm phát triển."
INVENTED = "Dữ liệu minh hoạ: người, cơ quan, số liệu và tiến độ đều do nhóm phát triển đặt ra."


def load(office: Office, people: Mapping[str, User]) -> None:
    """Load the three."""
    load_session_of_2021(office, people["theo-doi"])
    load_followed_session(office, people)
    with known_since(REVIEW_2026, "đọc bài viết minh hoạ"):
        given = GivenText(text=text("bai-viet-minh-hoa.txt"), filename="bai-viet-minh-hoa.txt")
        reading = start_reading(office=office, given=given, actor=people["theo-doi"], on=REVIEW_2026)
        reading.provenance, reading.source_note = Provenance.ILLUSTRATIVE, INVENTED
        reading.save()


def read_and_confirm(
    office: Office, name: str, actor: User, on: date, *, provenance: Provenance, note: str
) -> WorkingSession:
    """Read one of the demonstration's texts, accept all that was read, and write it into the registers."""
    reading = start_reading(office=office, given=GivenText(text=text(name), filename=name), actor=actor, on=on)
    reading.provenance, reading.source_note, reading.confidentiality = provenance, note, Confidentiality.INTERNAL
    reading.save()
    accept_remaining(reading=reading, actor=actor, on=on)
    return confirm_reading(reading=reading, actor=actor, on=on)


def load_session_of_2021(office: Office, actor: User) -> None:
    """Enter the session of 24/9/2021 as an article of our own words tells it, with its report beside it."""
    with known_since(HELD_2021, "ghi buổi làm việc theo nguồn công bố"):
        session = read_and_confirm(
            office,
            "bai-viet-2021-09-24.txt",
            actor,
            HELD_2021,
            provenance=Provenance.PUBLISHED,
            note=PUBLISHED,
        )
        session.host = Organisation.objects.get(title="Sở Khoa học và Công nghệ tỉnh Thái Nguyên")
        report = PeriodReport.objects.get(office=office, kind="nine-month", year=2021)
        present_report(session=session, report=report, actor=actor, on=HELD_2021, period_kind="nine-month", year=2021)
        for figure in session.figures.all():
            code = INDICATOR_OF_VALUE.get(int(figure.value), "")
            match_figure(figure=figure, indicator=code, actor=actor, on=HELD_2021, period=("nine-month", 2021))


def load_followed_session(office: Office, people: Mapping[str, User]) -> None:
    """Enter an invented session whose conclusions are at every stage of being carried out."""
    monitor, agency_user = people["theo-doi"], people["co-quan"]
    agencies = {row.title: row for row in Organisation.objects.filter(title__startswith="Cơ quan minh hoạ")}
    with known_since(NOTICE_2026, "ghi buổi làm việc minh hoạ"):
        session = read_and_confirm(
            office,
            "thong-bao-minh-hoa.txt",
            monitor,
            NOTICE_2026,
            provenance=Provenance.ILLUSTRATIVE,
            note=INVENTED,
        )
        given = [give_from(conclusion, agencies, monitor) for conclusion in session.conclusions.all()]
    by_agency = [task for task in given if task.lead_organisation == agencies["Cơ quan minh hoạ A"]]
    proof = Programme.objects.filter(office=office, kind="plan").order_by("code").first()
    carry_out(by_agency, proof, agency_user, monitor)
    with known_since(CONFIRMED_2026, "ghi nhận kết luận đã thực hiện (minh hoạ)"):
        carry_out_finished(session=session, actor=monitor, on=CONFIRMED_2026)


def give_from(conclusion: Conclusion, agencies: Mapping[str, Organisation], actor: User) -> Assignment:
    """Give a task from a conclusion: to the agency it names, else to the division that follows conclusions."""
    lead = next((row for title, row in agencies.items() if title in conclusion.addressed_to), None)
    task = Assignment(
        office=conclusion.office,
        title=conclusion.title,
        issuer_level=IssuerLevel.PEOPLES_COMMITTEE,
        given_by="Lãnh đạo tỉnh (minh hoạ)",
        assigned_on=NOTICE_2026,
        lead_organisation=lead,
        lead_division=None if lead else actor.division,
        deadline_text=conclusion.deadline_text,
        due_on=conclusion.due_on,
        precision=conclusion.deadline_precision,
        closing_rule="Rà soát mỗi quý" if conclusion.deadline_precision == "continuous" else "",
        provenance=Provenance.ILLUSTRATIVE,
        source_note=INVENTED,
    )
    return give_task(conclusion=conclusion, assignment=task, actor=actor, on=NOTICE_2026)


def carry_out(tasks: list[Assignment], proof: Record | None, agency_user: User, monitor: User) -> None:
    """Let the invented agency work on its tasks: report progress, report the result with evidence, be accepted."""
    steps = [NOTICE_2026 + timedelta(days=days) for days in (3, 12, 24, 26)]
    for task in tasks[:1]:
        with known_since(steps[0], "nhận việc (minh hoạ)"):
            acknowledge_assignment(assignment=task, actor=agency_user, on=steps[0])
        with known_since(steps[1], "báo cáo tiến độ (minh hoạ)"):
            report_progress(
                assignment=task,
                text="Đã rà soát một nửa số thủ tục (minh hoạ).",
                percent=50,
                on=steps[1],
                actor=agency_user,
            )
        if proof is None:
            continue
        with known_since(steps[2], "báo cáo hoàn thành (minh hoạ)"):
            report_done(
                assignment=task,
                text="Đã hoàn thành rà soát (minh hoạ).",
                on=steps[2],
                actor=agency_user,
                evidence=[proof],
            )
        with known_since(steps[3], "xác nhận hoàn thành (minh hoạ)"):
            close_assignment(assignment=task, on=steps[3], actor=monitor)
