"""Make tasks by walking their steps, with the councils, dossiers, estimates and papers that the steps rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from khcn.councils.judging import REPORT
from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.services import forming, scoring
from khcn.councils.states import ConflictAnswer, Judged, Presence, Purpose, Rating, Regime, SeatRole
from khcn.kernel.access.roles import Role
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.records.record import Record
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.tests.factories import make_division, make_office, make_user
from khcn.parties.models import Organisation, Person
from khcn.parties.tests.factories import make_organisation, make_person
from khcn.research.accounts import ROUTES
from khcn.research.models import (
    BudgetLine,
    Milestone,
    ResearchTask,
    ResultUse,
    RiskFile,
    TaskApplication,
    TaskChange,
    TaskMember,
    TaskProduct,
    Tranche,
)
from khcn.research.selectors import councils_on, paid_of, spent_of, standing_of
from khcn.research.services import accepting, calls, closing, identifying, money, recovering, running, selecting
from khcn.research.services.parts import keep_part
from khcn.research.states import (
    AwardMode,
    ChangeKind,
    CostItem,
    FundingSource,
    LumpSum,
    MemberRole,
    MovementKind,
    Recovery,
    RiskKind,
    TaskState,
    TerminationCause,
    UseForm,
)

S = TaskState
BILLION = 1_000_000_000
ROLES = (
    SeatRole.CHAIR,
    SeatRole.VICE_CHAIR,
    SeatRole.REVIEWER,
    SeatRole.REVIEWER,
    SeatRole.SECRETARY,
    SeatRole.MEMBER,
    SeatRole.MEMBER,
)
TEAM = (SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.REVIEWER, SeatRole.SECRETARY, SeatRole.MEMBER)
TRACK = (
    S.PROPOSED,
    S.SCREENED,
    S.IDENT_COUNCIL,
    S.LISTED,
    S.CALL_OPEN,
    S.SUBMITTED,
    S.ELIGIBILITY,
    S.SELECT_COUNCIL,
    S.REVISING,
    S.BUDGET_APPRAISAL,
    S.APPROVED,
    S.CONTRACTED,
    S.RUNNING,
    S.SELF_EVALUATED,
    S.FINAL_SUBMITTED,
    S.FINAL_COUNCIL,
    S.ACCEPTED,
    S.RESULT_REGISTERED,
    S.SETTLED,
    S.LIQUIDATED,
    S.TRANSFERRED,
    S.TRACKING,
    S.CLOSED,
)


@dataclass
class World:
    """A department with those who keep, sign and decide, a host and its people; `day` moves on with every act."""

    office: Any
    specialist: Any
    head: Any
    director: Any
    host: Organisation
    leader: Person
    members: list[Person]
    day: date
    councils: int = 0

    def later(self, days: int = 1) -> date:
        """Let days pass and return the day."""
        self.day += timedelta(days=days)
        return self.day


def make_world(on: date = date(2024, 1, 8)) -> World:
    """Return a department with its people, and a university that applies."""
    load_shipped_rules()
    office = make_office()
    division = make_division(office, code="QLKH")
    specialist = make_user(Role.SPECIALIST, username="cv", office=office, division=division)
    return World(
        office=office,
        specialist=specialist,
        head=make_user(Role.DIVISION_HEAD, username="tp", office=office, division=division),
        director=make_user(Role.DIRECTOR, username="gd", office=office),
        host=make_organisation("Trường Đại học Mẫu", actor=specialist),
        leader=make_person("Nguyễn Chủ Nhiệm", actor=specialist),
        members=[make_person(f"Ủy viên {number}", actor=specialist) for number in range(len(ROLES))],
        day=on,
    )


def make_task(world: World, state: TaskState = S.PROPOSED, **fields: Any) -> ResearchTask:
    """Return a task led along the main way to the state."""
    said = {"title": "Quy trình nhân giống chè mẫu", **fields}
    task = ResearchTask(office=world.office, division=world.specialist.division, **said)
    identifying.propose_task(task=task, actor=world.specialist, on=world.day)
    return lead(world, task, state)


def lead(world: World, task: ResearchTask, state: TaskState) -> ResearchTask:
    """Lead a task along the main way until it stands in the state."""
    for wanted in TRACK[TRACK.index(TaskState(task.state)) + 1 : TRACK.index(state) + 1]:
        FORWARD[wanted](world, task)
    return task


def convene(world: World, subject: Record, purpose: Purpose) -> Council:
    """Return an established council that has the record before it."""
    world.councils += 1
    council = Council(
        office=world.office,
        division=world.specialist.division,
        title=f"Hội đồng mẫu {world.councils}",
        purpose=purpose,
        regime=Regime.LAW_93 if world.day >= date(2025, 10, 1) else Regime.LAW_29,
    )
    said: dict[str, Any] = {"actor": world.specialist, "on": world.day}
    forming.form_council(council=council, **said)
    for person, role in zip(world.members, TEAM if purpose == Purpose.BUDGET else ROLES, strict=False):
        forming.name_member(seat=Seat(council=council, person=person, role=role), **said)
    matter = Matter(council=council, title=subject.title, subject_register=subject.REGISTER, subject_id=subject.pk)
    forming.add_matter(matter=matter, **said)
    number = f"{world.councils}/QĐ-SKHCN"
    forming.establish(council=council, decision_number=number, decided_on=world.day, actor=world.director, on=world.day)
    return council


def judge(slip: Slip, rating: Rating, said: dict[str, Any]) -> None:
    """Let one member judge every product and the report alike."""
    scoring.declare_interest(slip=slip, answer=ConflictAnswer.NONE, text="", **said)
    judged = dict.fromkeys((Judged.QUANTITY, Judged.VOLUME, Judged.QUALITY), rating)
    judgements: dict[str, Any] = {str(item.pk): judged for item in slip.matter.items.all()}
    scoring.judge_products(slip=slip, judgements={**judgements, REPORT: {Judged.REPORT: rating}}, remarks="", **said)
    scoring.lock_slip(slip=slip, **said)


def meet(world: World, council: Council, days: int = 20) -> dict[str, Any]:
    """Let everybody meet after so many days and open the slips; return who acts, on which day."""
    sent, meets = world.day, world.later(days)
    said: dict[str, Any] = {"actor": world.specialist, "on": meets}
    forming.invite(council=council, documents_sent_on=sent, meets_on=meets, venue="Phòng họp", **said)
    seats = list(council.seats.all())
    for seat in seats:
        seat.council = council
    forming.call_roll(council=council, presences=dict.fromkeys(seats, Presence.PRESENT), **said)
    forming.choose_tellers(council=council, tellers=seats[:3], **said)
    scoring.open_slips(council=council, **said)
    return said


def finish(council: Council, said: dict[str, Any]) -> Council:
    """Count the slips and conclude."""
    scoring.count_slips(council=council, **said)
    for matter in council.matters.all():
        matter.council = council
        forming.record_conclusion(matter=matter, conclusion="Đề nghị thực hiện.", **said)
    return forming.conclude(council=council, **said)


def conclude(world: World, council: Council, rating: Rating | None = None) -> Council:
    """Let the council meet and conclude: rating on slips where it rates, else with its slips set aside."""
    said = meet(world, council)
    for slip in Slip.objects.filter(seat__council=council).select_related("seat__council", "seat__person", "matter"):
        slip.seat.council = council
        if rating is None or not council.is_judged:
            scoring.set_aside_slip(slip=slip, reason="Phiếu giấy, không chấm điểm", **said)
        else:
            judge(slip, rating, said)
    return finish(council, said)


def _by(world: World) -> dict[str, Any]:
    return {"actor": world.specialist, "on": world.later()}


def screen(world: World, task: ResearchTask) -> None:
    """Record that nothing resembles the task."""
    identifying.screen_task(task=task, similarity_note="Không thấy trùng", **_by(world))


def identify(world: World, task: ResearchTask) -> None:
    """Bring the task before a council."""
    convene(world, task, Purpose.IDENTIFY)
    identifying.send_to_identification(task=task, **_by(world))


def put_on_list(world: World, task: ResearchTask) -> None:
    """Let the council conclude, record the list."""
    conclude(world, next(iter(councils_on(task, Purpose.IDENTIFY))))
    said = {"list_number": "100/QĐ-UBND", "listed_on": world.day, "mode": AwardMode.SELECTION}
    identifying.list_task(task=task, **said, **_by(world))


def open_call(world: World, task: ResearchTask) -> None:
    """Publish the notice."""
    said = _by(world)
    closes = world.day + timedelta(days=30)
    days = {"call_opens_on": world.day, "call_closes_on": closes}
    identifying.open_call(task=task, call_number="9/TB-SKHCN", **days, **said)


def apply_for(world: World, task: ResearchTask, **fields: Any) -> TaskApplication:
    """Let the host apply."""
    said = {"host": world.host, "leader": world.leader, "filed_on": world.later(), "months": 24, **fields}
    application = TaskApplication(office=task.office, division=task.division, task=task, state_vnd=BILLION, **said)
    return calls.file_application(application=application, actor=world.specialist, on=world.day)


def close_call(world: World, task: ResearchTask) -> None:
    """Take one dossier, then no more."""
    apply_for(world, task)
    world.later(31)
    identifying.close_call(task=task, **_by(world))


def check(world: World, task: ResearchTask) -> None:
    """Find every dossier valid."""
    for application in task.applications.filter(state="filed"):
        application.task = task
        calls.check_application(application=application, is_valid=True, findings="Đủ", **_by(world))
    selecting.check_eligibility(task=task, **_by(world))


def send_to_selection(world: World, task: ResearchTask) -> None:
    """Bring the dossiers before a council."""
    for application in task.applications.filter(state="valid"):
        convene(world, application, Purpose.SELECT)
    selecting.send_to_selection(task=task, **_by(world))


def select(world: World, task: ResearchTask) -> None:
    """Let the council conclude and choose the first dossier."""
    application = task.applications.filter(state="valid").first()
    conclude(world, next(iter(councils_on(application, Purpose.SELECT))))
    selecting.select_application(task=task, application=application, **_by(world))


def revise(world: World, task: ResearchTask) -> None:
    """Enter estimate, products and people, hand in the revised explanation."""
    lines = ((CostItem.LABOUR, FundingSource.STATE_LOCAL, 600), (CostItem.MATERIALS, FundingSource.STATE_LOCAL, 300))
    for item, source, millions in (*lines, (CostItem.MATERIALS, FundingSource.FIRM, 100)):
        amount = millions * 1_000_000
        line = BudgetLine(task=task, item=item, source=source, year=world.day.year + 1, amount_vnd=amount)
        keep_part(part=line, **_by(world))
    if not task.products.exists():
        keep_part(part=TaskProduct(task=task, name="Quy trình nhân giống", ordered=1), **_by(world))
        member = TaskMember(task=task, person=world.leader, role=MemberRole.LEADER, months=24, share_percent=100)
        keep_part(part=member, **_by(world))
    selecting.file_revision(task=task, revised_on=world.later(), actor=world.specialist, on=world.day)


def approve(world: World, task: ResearchTask, lump_sum: LumpSum = LumpSum.IN_PARTS) -> None:
    """Let the team on the budget conclude, record the approval."""
    conclude(world, convene(world, task, Purpose.BUDGET))
    number = f"{task.pk}/QĐ-UBND"
    said = {"approval_number": number, "approved_on": world.day, "lump_sum": lump_sum}
    selecting.approve_task(task=task, **said, **_by(world))


def plan_tranche(world: World, task: ResearchTask, amount: int) -> None:
    """Plan one payment of the contract."""
    tranche = Tranche(task=task, planned_on=world.day + timedelta(days=30), amount_vnd=amount)
    keep_part(part=tranche, **_by(world))


def contract(world: World, task: ResearchTask) -> None:
    """Plan the tranches, record the contract of two years."""
    for amount in (400_000_000, 500_000_000):
        plan_tranche(world, task, amount)
    said = _by(world)
    ends = world.day + timedelta(days=730)
    days = {"contracted_on": world.day, "starts_on": world.day, "ends_on": ends}
    selecting.sign_contract(task=task, contract_number=f"HĐ-{task.pk}", **days, **said)


def start(world: World, task: ResearchTask) -> None:
    """Declare the task and let it run, with a milestone."""
    due = world.day + timedelta(days=200)
    keep_part(part=Milestone(task=task, title="Chọn cây đầu dòng", due_on=due), **_by(world))
    running.start_task(task=task, declared_on=world.later(), actor=world.specialist, on=world.day)


def self_evaluate(world: World, task: ResearchTask) -> None:
    """Deliver the products, evaluate."""
    world.later(700)
    for product in task.products.all():
        product.task, product.delivered, product.delivered_on = task, 1, world.day
        keep_part(part=product, **_by(world))
    accepting.self_evaluate(task=task, self_evaluated_on=world.later(), actor=world.specialist, on=world.day)


def file_final(world: World, task: ResearchTask) -> None:
    """Hand in the final file."""
    accepting.file_final(task=task, final_filed_on=world.later(), actor=world.specialist, on=world.day)


def send_to_acceptance(world: World, task: ResearchTask) -> None:
    """Bring the file before a council."""
    convene(world, task, Purpose.ACCEPT)
    accepting.send_to_acceptance(task=task, **_by(world))


def accept(world: World, task: ResearchTask, *, needs_fix: bool = False) -> None:
    """Let the council conclude, record that the result passed."""
    conclude(world, next(iter(councils_on(task, Purpose.ACCEPT))), Rating.PASS)
    said = {"rating": None, "accepted_on": world.day, "needs_fix": needs_fix}
    accepting.accept_result(task=task, **said, **_by(world))


def fail(world: World, task: ResearchTask) -> None:
    """Let the council conclude, record that the result failed."""
    conclude(world, next(iter(councils_on(task, Purpose.ACCEPT))), Rating.FAIL)
    said = {"accepted_on": world.day, "note": "Không đạt chất lượng"}
    accepting.refuse_result(task=task, **said, **_by(world))


def register(world: World, task: ResearchTask) -> None:
    """Record the certificate."""
    said = {"certificate_number": f"KQ-{task.pk}", "registered_on": world.later()}
    accepting.register_result(task=task, actor=world.specialist, on=world.day, **said)


def roomiest(task: ResearchTask, source: FundingSource) -> Tranche | None:
    """Return the payment of the contract of which most is left; None where the contract plans none of the source."""
    planned = task.tranches.filter(source=source)
    return max(planned, key=lambda one: one.amount_vnd - paid_of(one), default=None)


def drain(world: World, task: ResearchTask, source: FundingSource, kind: MovementKind) -> None:
    """Move all that stands where that kind of movement begins; the State's money in the halves that its rule allows."""
    origin = ROUTES[kind][0]
    for place, amount in standing_of(task).items():
        if place.source is source and place.account is origin and amount:
            year = place.year or world.day.year
            said: dict[str, Any] = {"document_number": "CT-1", "moved_on": world.later(), "year": year}
            acting = {"actor": world.specialist, "on": world.day}
            money.move_money(task=task, kind=kind, source=source, amount_vnd=amount, **said, **acting)


def settle(world: World, task: ResearchTask) -> None:
    """Bring the money to rest, record the settlement."""
    rest(world, task)
    closing.settle_task(task=task, settled_on=world.later(), actor=world.specialist, on=world.day)


def rest(world: World, task: ResearchTask) -> None:
    """Give back what was not spent: allotted money is released, granted money taken back, advances returned."""
    for source in FundingSource:
        for kind in (MovementKind.RELEASE, MovementKind.RETURN, MovementKind.SETTLE, MovementKind.REDUCE):
            drain(world, task, source, kind)


def liquidate(world: World, task: ResearchTask) -> None:
    """Record the decision that recognises the result where there is one, and the minutes that end the contract."""
    if task.was_accepted:
        recognised = {"recognition_number": "3/QĐ-SKHCN", "recognised_on": world.later()}
        accepting.recognise_result(task=task, actor=world.specialist, on=world.day, **recognised)
    said = {"liquidation_number": "1/BB-TL", "liquidated_on": world.later()}
    closing.liquidate_task(task=task, actor=world.specialist, on=world.day, **said)


def transfer(world: World, task: ResearchTask) -> None:
    """Give the rights to the host."""
    said = {"owner": world.host, "ownership_number": "2/QĐ", "transferred_on": world.later()}
    closing.transfer_result(task=task, actor=world.specialist, on=world.day, **said)


def track(world: World, task: ResearchTask) -> None:
    """Begin to follow the use."""
    closing.track_use(task=task, **_by(world))


def use(world: World, task: ResearchTask) -> ResultUse:
    """Report a use of the result this year."""
    said = {"year": world.day.year, "organisation_text": "Hợp tác xã Mẫu", "form": UseForm.PRODUCTION}
    part = ResultUse(task=task, evidence="Biên bản mẫu", reported_on=world.day, revenue_vnd=50_000_000, **said)
    keep_part(part=part, actor=world.specialist, on=world.day)
    return part


def close(world: World, task: ResearchTask) -> None:
    """Report the use of every year that had to be followed, close the file."""
    due = Obligation.objects.about(task.ref).open().filter(kind__startswith="use-").order_by("effective_on")
    for clock in due:
        world.day = max(world.day, clock.nominal_on)
        use(world, task)
    closing.close_task(task=task, actor=world.head, on=world.later(), note="Đã theo dõi đủ")


def ask_change(world: World, task: ResearchTask) -> None:
    """Ask for a change and bring it before who decides."""
    part = TaskChange(task=task, kind=ChangeKind.CONTENT, asked_on=world.later(), reason="Đổi giống")
    keep_part(part=part, actor=world.specialist, on=world.day)
    running.ask_change(task=task, **_by(world))


def terminate(world: World, task: ResearchTask, cause: TerminationCause = TerminationCause.RISK) -> None:
    """Stop the task for good."""
    said = {"stop_number": "7/QĐ-UBND", "stopped_on": world.later(), "termination_cause": cause}
    running.terminate_task(task=task, actor=world.head, on=world.day, note="Giống không chịu hạn", **said)


def open_risk_file(world: World, task: ResearchTask, *, followed: bool = True) -> RiskFile:
    """Open the file of a risk that came true."""
    said = {"reported_on": world.day, "process_followed": followed, "is_honest": True}
    part = RiskFile(task=task, kind=RiskKind.HYPOTHESIS, process_evidence="Nhật ký thí nghiệm", **said)
    keep_part(part=part, actor=world.head, on=world.day)
    return part


def decide_recovery(world: World, task: ResearchTask, amount: int | None = None) -> None:
    """Decide what of the money comes back: all of it, if not told otherwise."""
    whole = spent_of(task).whole if amount is None else amount
    part = (Recovery.FULL if amount is None else Recovery.PARTIAL) if whole else Recovery.NONE
    asked = recovering.Asked(part, whole, "9/QĐ-UBND", world.later())
    cause = None if task.termination_cause else TerminationCause.OBJECTIVE
    said: dict[str, Any] = {"actor": world.head, "on": world.day, "why": "Theo kết luận"}
    recovering.decide_recovery(task=task, cause=cause, asked=asked, **said)


FORWARD = {
    S.SCREENED: screen,
    S.IDENT_COUNCIL: identify,
    S.LISTED: put_on_list,
    S.CALL_OPEN: open_call,
    S.SUBMITTED: close_call,
    S.ELIGIBILITY: check,
    S.SELECT_COUNCIL: send_to_selection,
    S.REVISING: select,
    S.BUDGET_APPRAISAL: revise,
    S.APPROVED: approve,
    S.CONTRACTED: contract,
    S.RUNNING: start,
    S.SELF_EVALUATED: self_evaluate,
    S.FINAL_SUBMITTED: file_final,
    S.FINAL_COUNCIL: send_to_acceptance,
    S.ACCEPTED: accept,
    S.RESULT_REGISTERED: register,
    S.SETTLED: settle,
    S.LIQUIDATED: liquidate,
    S.TRANSFERRED: transfer,
    S.TRACKING: track,
    S.CLOSED: close,
}
