"""The demonstration's tasks: published ones with their sources, and invented ones, marked, over both laws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from khcn.config.demo.facts import day, known_since, rows
from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.services import forming, scoring
from khcn.councils.states import Presence, Purpose, Regime, SeatRole
from khcn.kernel.classifications.selectors import RESEARCH_FIELD, class_named
from khcn.kernel.identity.models import Office, User
from khcn.kernel.records.record import Provenance
from khcn.parties.models import Organisation, Person
from khcn.parties.services import enter_organisation, enter_person
from khcn.parties.states import OrganisationKind
from khcn.research.models import (
    BudgetLine,
    Inspection,
    Milestone,
    ProgressReport,
    ResearchTask,
    ResultUse,
    RiskFile,
    TaskCall,
    TaskMember,
    TaskProduct,
    TaskProposal,
    Tranche,
)
from khcn.research.services import calls, money, running, selecting
from khcn.research.services.importing import Held, import_money, import_task
from khcn.research.services.parts import keep_part
from khcn.research.states import (
    CostItem,
    FundingSource,
    LumpSum,
    MemberRole,
    MovementKind,
    ProductKind,
    ProposerKind,
    ReportKind,
    RiskKind,
    Schedule,
    TaskForm,
    TaskState,
    TaskTrack,
    TerminationCause,
    UseForm,
)

INVENTED = "Dữ liệu minh hoạ: nhiệm vụ, người, số tiền đều do nhóm phát triển đặt ra."
MILLION = 1_000_000
DAYS = ("listed_on", "approved_on", "contracted_on", "starts_on", "ends_on", "accepted_on", "registered_on")
WORDS = (
    *("title", "form", "level", "state", "regime", "number", "rating", "certificate_number", "provenance"),
    *("objectives", "lump_sum"),
)
NUMBERS = ("months",)
SPENT = {
    TaskState.RUNNING: (60, 45, 20, 0),
    TaskState.ADJUSTING: (60, 45, 25, 0),
    TaskState.SUSPENDED: (50, 40, 30, 0),
    TaskState.EXTENDED: (100, 85, 60, 0),
    TaskState.SELF_EVALUATED: (100, 80, 80, 0),
    TaskState.FINAL_SUBMITTED: (100, 85, 80, 0),
    TaskState.FINAL_COUNCIL: (100, 85, 85, 0),
    TaskState.ACCEPTED_AFTER_FIX: (100, 90, 90, 0),
    TaskState.RESULT_REGISTERED: (100, 100, 100, 0),
    TaskState.NOT_ACCEPTED: (100, 80, 70, 0),
    TaskState.TERMINATED: (70, 60, 40, 0),
    TaskState.SETTLED: (100, 100, 100, 100),
    TaskState.LIQUIDATED: (100, 100, 100, 100),
    TaskState.TRANSFERRED: (100, 100, 100, 100),
    TaskState.TRACKING: (100, 100, 100, 100),
    TaskState.CLOSED: (100, 100, 100, 100),
}
"""Where an invented task stands: how much of its money was allotted, paid, accounted for, settled, in per cent."""
HOSTS = (("Trường đại học minh hoạ", OrganisationKind.UNIVERSITY), ("Viện nghiên cứu minh hoạ", OrganisationKind.OTHER))
TEAM = (SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.SECRETARY, SeatRole.MEMBER, SeatRole.MEMBER)
Said = dict[str, Any]


def load(office: Office, people: Mapping[str, User]) -> None:
    """Load hosts, tasks, proposals and the parts by which the pages show something."""
    staff = people["chuyen-vien"]
    with known_since(date(2015, 1, 5), "nhập tổ chức chủ trì minh hoạ"):
        for title, kind in HOSTS:
            host = Organisation(office=office, title=title, kind=kind, provenance=Provenance.ILLUSTRATIVE)
            host.source_note = INVENTED
            enter_organisation(organisation=host, actor=staff, on=date(2015, 1, 5))
    load_tasks(office, staff)
    load_uses(ResearchTask.objects.get(office=office, number="MH-02"), staff)
    load_proposals(office, staff)
    load_running(office, people)
    load_risk(office, people)


def load_tasks(office: Office, staff: User) -> None:
    """Enter the tasks of the data file in the states that it says."""
    hosts = {one.title: one for one in Organisation.objects.of_office(office)}
    leaders = {one.title: one for one in Person.objects.of_office(office)}
    for row in rows("research_tasks.csv"):
        known_on = date.fromisoformat(row["known_on"])
        values: Said = {name: row[name] for name in WORDS}
        values |= {name: day(row[name]) for name in DAYS} | _more(row["more"])
        values |= {"host": hosts.get(row["host"]), "source_note": row["source"] or INVENTED}
        values |= {"leader": leaders.get(row["leader"]), "track": row["track"] or TaskTrack.RESEARCH}
        if row["field"]:
            values["field"] = class_named(RESEARCH_FIELD, row["field"], values["approved_on"] or known_on)
        with known_since(known_on, "nhập nhiệm vụ"):
            task = import_task({"office": office, "division": staff.division, **values}, actor=None, on=known_on)
            load_money(task, row, known_on)


def load_money(task: ResearchTask, row: Mapping[str, str], on: date) -> None:
    """Enter what an invented task was granted, and how far its money went where it stands."""
    if not row["state_mdong"]:
        return
    year = (task.starts_on or task.approved_on or on).year
    sources = (("state_mdong", FundingSource.STATE_LOCAL), ("other_mdong", FundingSource.FIRM))
    held = []
    for name, source in sources:
        granted = int(row[name] or 0) * MILLION
        if granted:
            went = [granted * part // 100 for part in SPENT.get(TaskState(task.state), (0, 0, 0, 0))]
            held.append(Held(source, year, granted, *went))
    import_money(task=task, held=held, document_number=task.approval_number or "MH/QĐ-UBND", actor=None, on=on)


def _more(said: str) -> Said:
    """Return the rarer facts of a row: written `name=value`, parted by semicolons."""
    found: Said = {}
    for name, _equals, value in (one.partition("=") for one in said.split(";") if one):
        if name.endswith("_on"):
            found[name] = date(*map(int, value.split("-")))
        else:
            found[name] = int(value) if name in NUMBERS else value
    return found


def load_uses(task: ResearchTask, staff: User) -> None:
    """Enter two years of use of one result."""
    for year, revenue in ((2024, 320 * MILLION), (2025, 610 * MILLION)):
        on = date(year, 11, 28)
        said: Said = {"organisation_text": "Hợp tác xã chè minh hoạ", "form": UseForm.PRODUCTION}
        use = ResultUse(task=task, year=year, revenue_vnd=revenue, jobs=6, reported_on=on, **said)
        use.scale, use.evidence = f"{year - 2021} xưởng", "Biên bản xác nhận (minh hoạ)"
        with known_since(on, "nhập phiếu ứng dụng minh hoạ"):
            keep_part(part=use, actor=staff, on=on)


def load_proposals(office: Office, staff: User) -> None:
    """Enter a notice that is open, with proposals in several states."""
    on = date(2026, 10, 5)
    said: Said = {"actor": staff, "on": on}
    kept: Said = {"office": office, "division": staff.division, "plan_year": 2027}
    kept |= {"provenance": Provenance.ILLUSTRATIVE, "source_note": INVENTED}
    with known_since(on, "nhận đề xuất minh hoạ"):
        call = TaskCall(title="Nhận đề xuất nhiệm vụ năm 2027 (minh hoạ)", **kept)
        calls.draft_call(call=call, **said)
        calls.open_notice(call=call, number="MH/TB-SKHCN", opens_on=on, closes_on=date(2026, 12, 31), **said)
        for title, who, kind in (
            ("Truy xuất nguồn gốc chè bằng mã QR (minh hoạ)", "Hợp tác xã chè minh hoạ", ProposerKind.FIRM),
            ("Máy sấy nông sản dùng điện mặt trời (minh hoạ)", "Ông Minh Hoạ", ProposerKind.CITIZEN),
            ("Mô hình nuôi cá lồng tuần hoàn (minh hoạ)", "Cơ quan minh hoạ A", ProposerKind.AGENCY),
        ):
            proposal = TaskProposal(title=title, proposer_text=who, proposer_kind=kind, received_on=on, **kept)
            proposal.call, proposal.budget_vnd, proposal.objectives = (
                call,
                900 * MILLION,
                f"{title}: làm chủ quy trình.",
            )
            calls.receive_proposal(proposal=proposal, **said)
        note = "Gần với nhiệm vụ MH-02, khác ở đối tượng sấy (minh hoạ)."
        second = TaskProposal.objects.get(office=office, title__startswith="Máy sấy")
        calls.screen_proposal(proposal=second, similarity_note=note, **said)


def load_running(office: Office, people: Mapping[str, User]) -> None:
    """Lead one task from the appraisal of its money to a year of work, with every kind of part."""
    staff, on = people["chuyen-vien"], date(2025, 11, 3)
    said: Said = {"actor": staff, "on": on}
    host = Organisation.objects.get(office=office, title="Trường đại học minh hoạ")
    values: Said = {"title": "Chuỗi chè hữu cơ có kiểm soát (nhiệm vụ minh hoạ 9)", "form": TaskForm.PROJECT}
    values |= {"state": TaskState.BUDGET_APPRAISAL, "host": host, "months": 24, "number": "MH-09"}
    values |= {"provenance": Provenance.ILLUSTRATIVE, "source_note": INVENTED, "revised_on": on}
    with known_since(on, "nhập nhiệm vụ minh hoạ"):
        leader = Person(office=office, title="Đỗ Chủ Nhiệm Minh Hoạ", degree="TS.", provenance=Provenance.ILLUSTRATIVE)
        leader.source_note = INVENTED
        enter_person(person=leader, **said)
        kept: Said = {"office": office, "division": staff.division, "leader": leader}
        task = import_task({**kept, **values}, actor=None, on=on)
        _enter_parts(task, leader, said)
        _appraise(task, people, on)
    _approve(task, staff)
    _work(task, staff)


def load_risk(office: Office, people: Mapping[str, User]) -> None:
    """Stop one task whose hypothesis did not hold, and bring its file before who decides."""
    head, on = people["truong-phong"], date(2026, 9, 14)
    values: Said = {"title": "Chế phẩm phòng bệnh cá từ lá ổi (nhiệm vụ minh hoạ 10)", "state": TaskState.RUNNING}
    values |= {"approved_on": date(2024, 9, 9), "contracted_on": date(2024, 10, 1), "starts_on": date(2024, 10, 1)}
    values |= {"ends_on": date(2026, 12, 31), "number": "MH-10", "provenance": Provenance.ILLUSTRATIVE}
    with known_since(date(2024, 10, 1), "nhập nhiệm vụ minh hoạ"):
        kept: Said = {"office": office, "division": head.division, "source_note": INVENTED}
        task = import_task({**kept, **values}, actor=None, on=date(2024, 10, 1))
    stop: Said = {"stop_number": "MH/QĐ-UBND", "stopped_on": on, "termination_cause": TerminationCause.RISK}
    with known_since(on, "chấm dứt nhiệm vụ minh hoạ"):
        note = "Chế phẩm không có hiệu lực ở liều an toàn (minh hoạ)."
        running.terminate_task(task=task, actor=head, on=on, note=note, **stop)
        risk = RiskFile(task=task, kind=RiskKind.HYPOTHESIS, reported_on=on, process_followed=True, is_honest=True)
        risk.process_evidence = "Nhật ký thí nghiệm, ba lần lặp lại (minh hoạ)."
        keep_part(part=risk, actor=head, on=on)
        running.review_risk(task=task, actor=head, on=on)


def _enter_parts(task: ResearchTask, leader: Person, said: Said) -> None:
    for item, source, millions in (
        (CostItem.LABOUR, FundingSource.STATE_LOCAL, 520),
        (CostItem.MATERIALS, FundingSource.STATE_LOCAL, 380),
        (CostItem.MATERIALS, FundingSource.FIRM, 450),
    ):
        line = BudgetLine(task=task, item=item, source=source, year=2026, amount_vnd=millions * MILLION)
        # An imported task stands where its estimate is appraised already.
        keep_part(part=line, **said)
    product = TaskProduct(task=task, kind=ProductKind.METHOD, name="Quy trình canh tác chè hữu cơ", unit="quy trình")
    product.ordered = 1
    keep_part(part=product, **said)
    keep_part(part=TaskMember(task=task, person=leader, role=MemberRole.LEADER, months=15, share_percent=100), **said)
    for planned_on, millions in ((date(2026, 1, 15), 430), (date(2027, 1, 15), 470)):
        keep_part(part=Tranche(task=task, planned_on=planned_on, amount_vnd=millions * MILLION), **said)


def _appraise(task: ResearchTask, people: Mapping[str, User], on: date) -> None:
    """Let a team of five conclude on the estimate."""
    staff = people["chuyen-vien"]
    said: Said = {"actor": staff, "on": on}
    council = Council(office=task.office, division=staff.division, title="Tổ thẩm định kinh phí (minh hoạ)")
    council.purpose, council.regime, council.provenance = Purpose.BUDGET, Regime.LAW_93, Provenance.ILLUSTRATIVE
    forming.form_council(council=council, **said)
    members: Sequence[Person] = list(
        Person.objects.of_office(task.office).filter(title__endswith="Minh Hoạ")[: len(TEAM)]
    )
    for person, role in zip(members, TEAM, strict=True):
        forming.name_member(seat=Seat(council=council, person=person, role=role), **said)
    matter = Matter(council=council, title=task.title, subject_register=task.REGISTER, subject_id=task.pk)
    forming.add_matter(matter=matter, **said)
    forming.establish(council=council, decision_number="MH/QĐ", decided_on=on, actor=people["giam-doc"], on=on)
    meets: Said = {"actor": staff, "on": date(2025, 11, 12)}
    forming.invite(council=council, documents_sent_on=on, meets_on=meets["on"], venue="Phòng họp số 2", **meets)
    seats = list(council.seats.all())
    for seat in seats:
        seat.council = council
    forming.call_roll(council=council, presences=dict.fromkeys(seats, Presence.PRESENT), **meets)
    forming.choose_tellers(council=council, tellers=seats[:3], **meets)
    scoring.open_slips(council=council, **meets)
    for slip in Slip.objects.filter(seat__council=council).select_related("seat__council", "matter"):
        scoring.set_aside_slip(slip=slip, reason="Tổ thẩm định kết luận bằng biên bản (minh hoạ)", **meets)
    scoring.count_slips(council=council, **meets)
    matter.refresh_from_db()
    forming.record_conclusion(matter=matter, conclusion="Đồng ý dự toán (minh hoạ).", **meets)
    forming.conclude(council=matter.council, **meets)


def _approve(task: ResearchTask, staff: User) -> None:
    approved, signed = date(2025, 11, 24), date(2025, 12, 10)
    with known_since(approved, "phê duyệt nhiệm vụ minh hoạ"):
        decision: Said = {"approval_number": "MH-09/QĐ-UBND", "approved_on": approved, "lump_sum": LumpSum.IN_PARTS}
        selecting.approve_task(task=task, actor=staff, on=approved, **decision)
    with known_since(signed, "ký hợp đồng nhiệm vụ minh hoạ"):
        days: Said = {"contracted_on": signed, "starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31)}
        selecting.sign_contract(task=task, contract_number="MH-09/HĐ", actor=staff, on=signed, **days)
        for title, due_on in (("Chọn vùng trồng", date(2026, 4, 30)), ("Vụ thu đầu tiên", date(2026, 12, 15))):
            keep_part(part=Milestone(task=task, title=f"{title} (minh hoạ)", due_on=due_on), actor=staff, on=signed)
        running.start_task(task=task, declared_on=signed, actor=staff, on=signed)


def _report(task: ResearchTask, staff: User) -> None:
    """Report half a year, have it inspected and its volume confirmed, then go on reporting by month."""
    on = date(2026, 7, 6)
    with known_since(on, "báo cáo, kiểm tra minh hoạ"):
        report = ProgressReport(task=task, kind=ReportKind.PERIODIC, reported_on=on, percent=35)
        report.content, report.spent_vnd = "Đã chọn vùng trồng, tập huấn 42 hộ (minh hoạ).", 260 * MILLION
        keep_part(part=report, actor=staff, on=on)
        check = Inspection(task=task, inspected_on=on, number="MH/BB", schedule=Schedule.LATE)
        check.findings, check.requests = "Chậm một tháng so với mốc (minh hoạ).", "Bù tiến độ trong quý III (minh hoạ)."
        keep_part(part=check, actor=staff, on=on)
    verified: Said = {"kind": MovementKind.VERIFY, "source": FundingSource.STATE_LOCAL, "millions": 120}
    _move(task, staff, date(2026, 7, 31), **verified)
    on = date(2026, 11, 9)
    with known_since(on, "cập nhật hằng tháng minh hoạ"):
        update = ProgressReport(task=task, kind=ReportKind.MONTHLY, reported_on=on, percent=70)
        update.content = "Đang thu vụ đầu tiên (minh hoạ)."
        keep_part(part=update, actor=staff, on=on)


def _move(
    task: ResearchTask, staff: User, on: date, *, kind: MovementKind, source: FundingSource, millions: int, **more: Any
) -> None:
    said: Said = {"document_number": f"MH-{on:%d%m}", "moved_on": on, "year": on.year, **more}
    with known_since(on, "ghi kinh phí minh hoạ"):
        amount = millions * MILLION
        money.move_money(task=task, kind=kind, source=source, amount_vnd=amount, actor=staff, on=on, **said)


def _work(task: ResearchTask, staff: User) -> None:
    tranche = task.tranches.earliest("planned_on")
    local, firm = FundingSource.STATE_LOCAL, FundingSource.FIRM
    for on, kind, source, millions, paid in (
        (date(2026, 1, 20), MovementKind.ALLOCATE, local, 430, None),
        (date(2026, 1, 28), MovementKind.DISBURSE, local, 430, tranche),
        (date(2026, 6, 30), MovementKind.VERIFY, local, 260, None),
        (date(2026, 7, 1), MovementKind.ALLOCATE, firm, 200, None),
        (date(2026, 7, 2), MovementKind.DISBURSE, firm, 200, None),
    ):
        _move(task, staff, on, kind=kind, source=source, millions=millions, tranche=paid)
    _report(task, staff)
