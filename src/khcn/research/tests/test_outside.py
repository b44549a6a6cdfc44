"""What is known of results done without the State's money: who may ask, how they are voted on, until when, and why not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcn.councils.models import Seat, Slip
from khcn.councils.services import forming
from khcn.councils.states import Purpose, Vote
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.selectors import figure
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.records.corrections import CorrectionRefused, correct_record, version_stamp
from khcn.kernel.records.history import history_of
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force
from khcn.kernel.tests.factories import make_user
from khcn.kernel.workflow.services import NotPossible
from khcn.parties.models import PersonRole
from khcn.research.evaluating import complete_results, concluded_on, overdue_results, vote_passed
from khcn.research.models import OutsideResult
from khcn.research.outside_workflow import LIMIT
from khcn.research.permissions import may_decide, may_enter, may_keep, may_record_signed
from khcn.research.services import accepting, outside
from khcn.research.states import OutsideState, TaskState
from khcn.research.tests import factories as tasks
from khcn.research.tests import outside as make
from khcn.research.tests.imported import field_coded
from khcn.research.tests.outside import by

pytestmark = pytest.mark.django_db
S = OutsideState
INDICATOR = "research.outside_results_evaluated"


@pytest.fixture
def world():
    return make.make_outside_world()


def clock_of(result):
    return Obligation.objects.about(result.ref).get(kind="outside-evaluation")


def test_a_result_goes_from_its_receipt_to_its_registration(world):
    result = make.make_result(world, S.REGISTERED)

    result.refresh_from_db()
    assert result.state == S.REGISTERED
    assert result.code.startswith("KQNNS-2026-")
    assert (result.council_number, result.evaluated_on) == ("1/QĐ-SKHCN", result.certified_on - timedelta(days=1))
    assert "cấp giấy chứng nhận" in [one.label for one in history_of(result)]


def test_the_time_to_answer_is_28_days_from_the_day_the_dossier_was_valid_not_from_its_entry(world):
    result = make.receive(world)
    valid, entered = world.later(), world.later(3)

    outside.find_valid(result=result, complete_on=valid, actor=world.specialist, on=entered)

    clock, rule = clock_of(result), rule_in_force(LIMIT, on=valid, office=world.office)
    assert (clock.started_on, clock.limit, clock.rule) == (valid, "28d", rule)
    assert clock.nominal_on == valid + timedelta(days=28)
    assert (rule.confidence, rule.legal_basis) == ("secondary", "NĐ 268/2025/NĐ-CP điều 64; TTHC 1.014444")


@given(waited=st.integers(0, 60))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_was_asked_for_before_a_dossier_was_valid_takes_nothing_of_the_time(world, waited):
    result = make.receive(world, title=f"Kết quả chờ {waited} ngày, nhận {world.day}")
    outside.ask_supplement(result=result, note="Thiếu báo cáo kiểm thử", **by(world))
    outside.receive_supplement(result=result, supplemented_on=world.later(waited), actor=world.specialist, on=world.day)
    assert not Obligation.objects.about(result.ref).exists()

    make.find_valid(world, result)

    assert clock_of(result).nominal_on == result.complete_on + timedelta(days=28)
    assert result.supplement_text == "Thiếu báo cáo kiểm thử"


def test_the_certificate_ends_the_time_on_its_own_day_however_late_it_is_entered(world):
    result = make.make_result(world, S.COUNCIL)
    make.vote(world, tasks.councils_on(result, Purpose.EVALUATE)[0])
    signed = world.later()

    said = {"certificate_number": "1/GCN", "certified_on": signed}
    outside.certify(result=result, actor=world.specialist, on=world.later(60), **said)

    rows = [OutsideResult.objects.get(pk=result.pk)]
    complete_results(rows)
    assert clock_of(result).closed_on == signed
    assert (rows[0].due_on, rows[0].lateness) == (clock_of(result).effective_on, "Đúng hạn")


def test_an_answer_after_its_day_is_told_as_late(world):
    result = make.make_result(world, S.COUNCIL)
    council = tasks.councils_on(result, Purpose.EVALUATE)[0]
    world.later(40)
    late = list(overdue_results(OutsideResult.objects.all(), world.day))
    make.vote(world, council)
    make.certify(world, result)

    rows = [OutsideResult.objects.get(pk=result.pk)]
    complete_results(rows)

    assert late == [result]
    assert rows[0].lateness == "Muộn"
    assert not overdue_results(OutsideResult.objects.all(), world.day).exists()


def test_before_the_decree_no_rule_says_how_long(world):
    world.day = date(2025, 9, 1)
    result = make.receive(world)

    with pytest.raises(RuleUnknown):
        make.find_valid(world, result)
    assert OutsideResult.objects.get(pk=result.pk).state == S.RECEIVED


@pytest.mark.parametrize(("passed", "may"), [(5, True), (4, False)])
def test_a_certificate_takes_two_thirds_of_the_members_present(world, passed, may):
    result = make.make_result(world, S.COUNCIL)
    make.vote(world, tasks.councils_on(result, Purpose.EVALUATE)[0], passed)

    assert vote_passed(result) is may
    if may:
        with pytest.raises(NotPossible, match="5 trên 7 thành viên có mặt bỏ phiếu «Đạt», từ 2/3 trở lên"):
            outside.refuse(result=result, refused_on=world.day, note="Không", actor=world.head, on=world.day)
        make.certify(world, result)
    else:
        with pytest.raises(NotPossible, match="4 trên 7 thành viên có mặt bỏ phiếu «Đạt», chưa đủ 2/3"):
            make.certify(world, result)
    assert (OutsideResult.objects.get(pk=result.pk).state == S.CERTIFIED) is may


def test_no_certificate_is_recorded_before_the_council_concluded(world):
    result = make.make_result(world, S.COUNCIL)

    with pytest.raises(NotPossible, match="Hội đồng đánh giá kết quả đã kết luận"):
        make.certify(world, result)
    assert (concluded_on(result), vote_passed(result)) == (None, False)


def test_a_slip_changed_behind_the_product_certifies_nothing(world):
    result = make.make_result(world, S.COUNCIL)
    make.vote(world, tasks.councils_on(result, Purpose.EVALUATE)[0])
    models.QuerySet(Slip).filter(vote=Vote.FAIL).update(vote=Vote.PASS)

    with pytest.raises(NotPossible, match="Phiếu bị đổi sau khi khóa"):
        make.certify(world, result)


def test_a_refusal_says_why_and_ends_the_time(world):
    result = make.make_result(world, S.COUNCIL)
    make.vote(world, tasks.councils_on(result, Purpose.EVALUATE)[0], 2)
    said = {"refused_on": world.later(), "actor": world.head, "on": world.day}

    with pytest.raises(NotPossible, match="Ghi lý do"):
        outside.refuse(result=OutsideResult.objects.get(pk=result.pk), note=" ", **said)
    outside.refuse(result=result, note="Số liệu kiểm thử chưa đủ", **said)

    result.refresh_from_db()
    assert (result.state, result.refusal_reason) == (S.REFUSED, "Số liệu kiểm thử chưa đủ")
    assert clock_of(result).closed_on == result.refused_on
    assert result.evaluated_on is not None


def test_a_dossier_that_is_never_completed_is_given_back_with_the_reason(world):
    result = make.receive(world)
    outside.ask_supplement(result=result, note="Thiếu báo cáo", **by(world))

    outside.turn_down(result=result, note="Quá lâu không bổ sung", **by(world, world.head))

    result.refresh_from_db()
    assert (result.state, result.refusal_reason, result.evaluated_on) == (S.REFUSED, "Quá lâu không bổ sung", None)


def test_what_was_taken_back_owes_nothing_more(world):
    result = make.make_result(world, S.COUNCIL)

    outside.withdraw(result=result, note="Bên đề nghị xin rút", **by(world))

    rows = [result]
    complete_results(rows)
    assert clock_of(result).cancelled
    assert (result.due_on, result.lateness) == (None, "")


def test_a_result_goes_to_a_council_only_once_one_considers_it(world):
    result = make.make_result(world, S.VALID)

    with pytest.raises(NotPossible, match="Thêm kết quả vào hồ sơ xem xét của hội đồng"):
        outside.send_to_council(result=result, **by(world))


def test_a_number_of_a_certificate_stands_once(world):
    first = make.make_result(world, S.CERTIFIED)
    second = make.make_result(world, S.COUNCIL, title="Kết quả khác")
    make.vote(world, tasks.councils_on(second, Purpose.EVALUATE)[0])

    with pytest.raises(NotPossible, match=f"đã ghi cho {first.code}; mỗi số một lần"):
        make.certify(world, second, number=f" {first.certificate_number} ")
    said = {"certificate_number": first.certificate_number, "title": "Ba", "received_on": world.day}
    with pytest.raises(IntegrityError), recording(actor=None, verb="import", label="nhập", imported=True):
        OutsideResult(office=world.office, state=S.RECEIVED, **said).save()


def test_a_registration_number_stands_for_one_result_of_a_task_or_not(world):
    world.day = date(2018, 1, 8)
    task = tasks.make_task(world, TaskState.RESULT_REGISTERED)
    other = tasks.make_task(world, TaskState.ACCEPTED, title="Nhiệm vụ hai")
    world.day = date(2026, 3, 2)
    result = make.make_result(world, S.CERTIFIED)
    said = {"actor": world.specialist, "on": world.day, "registered_on": world.day}

    with pytest.raises(NotPossible, match=f"đã ghi cho {task.code}"):
        outside.register(result=result, registration_number=task.certificate_number, **said)
    outside.register(result=result, registration_number="KQ-9", **said)
    with pytest.raises(NotPossible, match=f"đã ghi cho {result.code}"):
        accepting.register_result(task=other, certificate_number="KQ-9", **said)


def test_who_asks_is_named_the_day_has_come_and_nothing_is_brought_twice(world):
    first = make.receive(world)

    with pytest.raises(NotPossible, match="Ghi tổ chức hoặc cá nhân đề nghị"):
        make.receive(world, applicant=None)
    with pytest.raises(NotPossible, match="chưa đến"):
        make.receive(world, title="Khác", received_on=world.day + timedelta(days=1))
    with pytest.raises(NotPossible, match=f"Trùng với {first.code}"):
        make.receive(world, title=" máy sấy chè MẪU")
    outside.withdraw(result=first, note="Rút", **by(world))
    assert make.receive(world).code != first.code
    assert make.receive(world, applicant=None, applicant_text="Hộ ông Mẫu").applicant_name == "Hộ ông Mẫu"


def test_days_of_a_dossier_follow_each_other(world):
    result = make.receive(world)
    world.later(5)

    with pytest.raises(NotPossible, match="sớm hơn ngày nhận"):
        outside.find_valid(
            result=result, complete_on=world.day - timedelta(days=9), actor=world.specialist, on=world.day
        )
    with pytest.raises(NotPossible, match="chưa đến"):
        outside.find_valid(
            result=result, complete_on=world.day + timedelta(days=1), actor=world.specialist, on=world.day
        )


def test_a_field_is_held_against_the_list_of_the_day_the_dossier_came(world):
    old = field_coded("401", valid_to=date(2020, 1, 1))

    with pytest.raises(NotPossible, match="401"):
        make.receive(world, field=old)
    result = make.receive(world)
    said = {"why": "ghi nhầm", "seen": version_stamp(result), "actor": world.specialist, "on": world.day}
    with pytest.raises(CorrectionRefused, match="đến hết 1/1/2020"):
        correct_record(record=result, values={"field": old}, **said)
    assert correct_record(record=result, values={"title": "Máy sấy chè hai"}, **said) == ("title",)


def test_who_asks_or_holds_a_post_with_who_asks_keeps_out_of_the_council(world):
    result = make.receive(world, person=world.leader)
    with recording(actor=world.specialist, verb="post", label="ghi chức vụ"):
        PersonRole(person=world.members[0], organisation=world.host, role="Trưởng khoa", valid_from=world.day).save()
    council = tasks.Council(office=world.office, title="Hội đồng", purpose=Purpose.EVALUATE, regime="law93")
    said = {"actor": world.specialist, "on": world.day}
    forming.form_council(council=council, **said)
    matter = tasks.Matter(council=council, title="KQ", subject_register=result.REGISTER, subject_id=result.pk)
    forming.add_matter(matter=matter, **said)

    for person, why in ((world.leader, "là người đề nghị"), (world.members[0], "«Trưởng khoa» tại")):
        with pytest.raises(NotPossible, match=why):
            forming.name_member(seat=Seat(council=council, person=person, role="member"), **said)
    forming.name_member(seat=Seat(council=council, person=world.members[1], role="member"), **said)


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (Role.SPECIALIST, (True, True, False, True)),
        (Role.DIVISION_HEAD, (True, True, True, True)),
        (Role.DIRECTOR, (True, True, True, True)),
        (Role.CLERK, (False, False, False, True)),  # records what was signed
        (Role.MONITOR, (False, False, False, False)),
        (Role.COUNCIL_MEMBER, (False, False, False, False)),
        (Role.PROVINCIAL_LEADER, (False, False, False, False)),
    ],
)
def test_who_enters_keeps_decides_on_a_result_and_records_what_was_signed(world, role, acts):
    result = make.receive(world)
    person = make_user(role, username="ai", office=world.office, division=world.specialist.division)

    decided = (may_enter(person), *(may(person, result) for may in (may_keep, may_decide, may_record_signed)))
    assert tuple(one.allowed for one in decided) == acts


def test_a_step_is_refused_to_whom_it_is_not_given(world):
    result = make.receive(world)
    clerk = make_user(Role.CLERK, username="vt", office=world.office)
    fields = {"title": "Khác", "applicant": world.host, "received_on": world.day}

    with pytest.raises(NotPermitted):
        outside.receive_result(result=OutsideResult(office=world.office, **fields), actor=clerk, on=world.day)
    with pytest.raises(NotPermitted):
        outside.turn_down(result=result, note="Thiếu", **by(world))
    with pytest.raises(NotPermitted):
        outside.ask_supplement(result=result, note="Thiếu", **by(world, clerk))


def test_a_result_counts_in_the_period_of_its_meeting_certified_or_not(world):
    certified = make.make_result(world, S.CERTIFIED)
    refused = make.make_result(world, S.COUNCIL, title="Kết quả hai")
    make.vote(world, tasks.councils_on(refused, Purpose.EVALUATE)[0], 0)
    outside.refuse(result=refused, refused_on=world.later(), note="Chưa đạt", actor=world.head, on=world.day)
    make.make_result(world, S.COUNCIL, title="Kết quả ba")

    def counted(first, last):
        period = Period("year", last.year, first, last)
        return figure(INDICATOR, period=period, office=world.office).value

    assert counted(certified.evaluated_on, refused.evaluated_on) == 2
    assert counted(certified.evaluated_on, certified.evaluated_on) == 1
    assert counted(certified.certified_on, certified.certified_on) == 0
