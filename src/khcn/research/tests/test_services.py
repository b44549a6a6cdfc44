"""What is known of the acts on a task: what they write, start and end, and what they refuse, with the reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.indicators.periods import Period
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.records.history import history_of
from khcn.kernel.workflow.services import NotPossible
from khcn.research.accounts import total
from khcn.research.models import BudgetLine, Milestone, ProgressReport, ResearchTask, ResultUse, TaskMember, Tranche
from khcn.research.selectors import standing_of
from khcn.research.services import accepting, calls, closing, identifying, money, running, selecting
from khcn.research.services.parts import drop_part, keep_part
from khcn.research.states import (
    Account,
    AwardMode,
    CostItem,
    FundingSource,
    LumpSum,
    MemberRole,
    MovementKind,
    ReportKind,
    TaskState,
    UseForm,
)
from khcn.research.tests import factories as make

pytestmark = pytest.mark.django_db
S, K = TaskState, MovementKind
LOCAL, FIRM = FundingSource.STATE_LOCAL, FundingSource.FIRM
MILLION = 1_000_000


@pytest.fixture
def world():
    return make.make_world()


def by(world, actor=None) -> dict[str, Any]:
    return {"actor": actor or world.specialist, "on": world.day}


def moved(world, task, kind, amount, **said):
    asked = {"document_number": "CT-1", "moved_on": world.day, "year": world.day.year, "source": LOCAL, **said}
    if kind is K.DISBURSE:
        asked.setdefault("tranche", make.roomiest(task, asked["source"]))
    return money.move_money(task=task, kind=kind, amount_vnd=amount, **asked, **by(world))


def open_clocks(task):
    return set(Obligation.objects.about(task.ref).open().values_list("kind", flat=True))


def test_a_list_cannot_be_dated_before_the_screening_it_rests_on_nor_after_today(world):
    task = make.make_task(world, S.IDENT_COUNCIL)
    make.conclude(world, make.councils_on(task, "identify")[0])
    said = {"list_number": "1/QĐ", "mode": AwardMode.DIRECT}

    with pytest.raises(NotPossible, match="sớm hơn ngày rà soát"):
        identifying.list_task(task=task, listed_on=date(2023, 1, 1), **said, **by(world))
    with pytest.raises(NotPossible, match="chưa đến"):
        identifying.list_task(task=task, listed_on=world.day + timedelta(days=1), **said, **by(world))


def test_a_task_goes_to_no_list_before_its_council_concluded(world):
    task = make.make_task(world, S.IDENT_COUNCIL)

    with pytest.raises(NotPossible, match="Hội đồng xác định nhiệm vụ đã kết luận"):
        identifying.list_task(task=task, list_number="1/QĐ", listed_on=world.day, mode=AwardMode.DIRECT, **by(world))


def test_dossiers_are_taken_to_the_end_of_the_last_day(world):
    task = make.make_task(world, S.CALL_OPEN)
    make.apply_for(world, task)
    world.day = task.call_closes_on

    with pytest.raises(NotPossible, match="đóng từ ngày hôm sau"):
        identifying.close_call(task=task, **by(world))
    world.later()
    identifying.close_call(task=task, **by(world))

    assert task.state == S.SUBMITTED


@pytest.mark.parametrize(
    ("filed", "words"), [(date(2024, 1, 1), "ngoài thời gian nhận hồ sơ"), (date(2030, 1, 1), "chưa đến")]
)
def test_a_dossier_outside_the_time_of_the_notice_is_refused(world, filed, words):
    task = make.make_task(world, S.CALL_OPEN)

    with pytest.raises(NotPossible, match=words):
        make.apply_for(world, task, filed_on=filed)


def test_a_host_applies_once_in_a_round_and_again_in_the_next(world):
    task = make.make_task(world, S.CALL_OPEN)
    first = make.apply_for(world, task)

    with pytest.raises(NotPossible, match=first.code):
        make.apply_for(world, task)
    identifying.call_again(task=task, note="Chỉ có một hồ sơ", **by(world, world.head))
    make.open_call(world, task)

    assert make.apply_for(world, task).pk != first.pk


def test_the_host_of_the_chosen_dossier_becomes_the_host_and_the_others_are_passed_over(world):
    task = make.make_task(world, S.CALL_OPEN)
    other = make.make_organisation("Viện Mẫu", actor=world.specialist)
    loser = make.apply_for(world, task, host=other, leader=make.make_person("Trần Khác", actor=world.specialist))
    make.lead(world, task, S.SELECT_COUNCIL)
    winner = task.applications.get(host=world.host)
    make.conclude(world, make.councils_on(winner, "select")[0])

    selecting.select_application(task=task, application=winner, **by(world))

    loser.refresh_from_db()
    assert (task.host, task.leader, loser.state) == (world.host, world.leader, "not_chosen")
    assert open_clocks(task) == {"revise"}


def test_a_dossier_no_council_concluded_on_is_not_chosen(world):
    task = make.make_task(world, S.SELECT_COUNCIL)

    with pytest.raises(NotPossible, match="chưa kết luận"):
        selecting.select_application(task=task, application=task.applications.get(), **by(world))


@pytest.mark.parametrize(("approved", "regime"), [(date(2025, 9, 30), "law29"), (date(2025, 10, 1), "law93")])
def test_the_law_of_the_day_of_approval_governs_the_task(approved, regime):
    world = make.make_world(on=date(2025, 4, 1))
    task = make.make_task(world, S.BUDGET_APPRAISAL)
    make.conclude(world, make.convene(world, task, "budget"))
    world.day = date(2025, 10, 20)
    said = {"approval_number": "1/QĐ", "approved_on": approved, "lump_sum": LumpSum.IN_PARTS}

    selecting.approve_task(task=task, **said, **by(world))

    assert task.regime == regime


def test_an_approval_is_not_dated_before_the_revised_explanation(world):
    task = make.make_task(world, S.BUDGET_APPRAISAL)
    make.conclude(world, make.convene(world, task, "budget"))
    earlier = task.revised_on - timedelta(days=1)
    said = {"approval_number": "1/QĐ", "approved_on": earlier, "lump_sum": LumpSum.IN_PARTS}

    with pytest.raises(NotPossible, match="sớm hơn ngày nộp thuyết minh"):
        selecting.approve_task(task=task, **said, **by(world))


def test_a_lump_sum_to_the_final_product_is_refused_with_the_rule_where_too_much_is_outside(world):
    task = make.make_task(world, S.REVISING)
    line = BudgetLine(task=task, item=CostItem.EQUIPMENT, source=LOCAL, year=2025, amount_vnd=400 * MILLION)
    keep_part(part=line, **by(world))
    make.revise(world, task)

    with pytest.raises(NotPossible, match=r"vượt 15% ngân sách nhà nước.*TTLT 27/2015"):
        make.approve(world, task, LumpSum.FINAL_PRODUCT)


def test_an_approval_grants_the_estimate_source_by_source(world):
    task = make.make_task(world, S.APPROVED)

    standing = standing_of(task)

    assert total(standing, Account.UNALLOCATED, [LOCAL]) == 900 * MILLION
    assert total(standing, Account.UNALLOCATED, [FIRM]) == 100 * MILLION


def test_tranches_above_the_estimate_are_refused_with_both_sums(world):
    task = make.make_task(world, S.APPROVED)
    tranche = Tranche(task=task, planned_on=world.day, amount_vnd=901 * MILLION)

    with pytest.raises(NotPossible, match=r"901\.000\.000 đồng, vượt dự toán được duyệt 900\.000\.000 đồng"):
        keep_part(part=tranche, **by(world))


def test_a_contract_needs_tranches_that_meet_the_estimate(world):
    task = make.make_task(world, S.APPROVED)
    keep_part(part=Tranche(task=task, planned_on=world.day, amount_vnd=100 * MILLION), **by(world))
    days = {"contracted_on": world.day, "starts_on": world.day, "ends_on": world.day + timedelta(days=365)}

    with pytest.raises(NotPossible, match="bằng đúng dự toán"):
        selecting.sign_contract(task=task, contract_number="HĐ-1", **days, **by(world))


def test_more_than_a_tranche_is_not_paid(world):
    task = make.make_task(world, S.RUNNING)
    tranche = task.tranches.first()
    moved(world, task, K.ALLOCATE, 900 * MILLION)
    moved(world, task, K.DISBURSE, 399 * MILLION, tranche=tranche)

    with pytest.raises(NotPossible, match=r"chỉ còn 1\.000\.000 đồng"):
        moved(world, task, K.DISBURSE, 2 * MILLION, tranche=tranche)


def test_the_first_advance_is_at_most_half_and_the_next_waits_for_accepted_work(world):
    task = make.make_task(world, S.RUNNING)
    moved(world, task, K.ALLOCATE, 900 * MILLION)

    with pytest.raises(NotPossible, match=r"vượt 50% kinh phí được duyệt.*TTLT 27/2015"):
        moved(world, task, K.DISBURSE, 451 * MILLION)
    moved(world, task, K.DISBURSE, 450 * MILLION)
    with pytest.raises(NotPossible, match="chưa đủ 50% để cấp tiếp"):
        moved(world, task, K.DISBURSE, 100 * MILLION)
    moved(world, task, K.VERIFY, 225 * MILLION)
    moved(world, task, K.DISBURSE, 100 * MILLION)

    assert total(standing_of(task), Account.ADVANCED) == 325 * MILLION


def test_money_of_the_state_is_paid_by_a_tranche_of_the_contract_only(world):
    task = make.make_task(world, S.RUNNING)
    moved(world, task, K.ALLOCATE, 100 * MILLION)

    with pytest.raises(NotPossible, match="Chọn đợt cấp theo hợp đồng"):
        moved(world, task, K.DISBURSE, MILLION, tranche=None)
    with pytest.raises(NotPossible, match="Ghi số chứng từ"):
        moved(world, task, K.DISBURSE, MILLION, document_number=" ")


def test_nothing_is_paid_before_the_contract_nor_while_the_work_stands_still(world):
    task = make.make_task(world, S.APPROVED)
    moved(world, task, K.ALLOCATE, 100 * MILLION)
    with pytest.raises(NotPossible, match="«Đã phê duyệt»: chỉ giải ngân khi hợp đồng đã ký"):
        moved(world, task, K.DISBURSE, MILLION, source=LOCAL)
    make.lead(world, task, S.RUNNING)
    said = {"stop_number": "6/QĐ", "stopped_on": world.day, "note": "Chờ làm rõ"}
    running.suspend_task(task=task, **said, **by(world, world.head))

    with pytest.raises(NotPossible, match="«Tạm dừng»: chỉ giải ngân"):
        moved(world, task, K.DISBURSE, MILLION)


@pytest.mark.parametrize("kind", [K.ALLOCATE, K.DISBURSE, K.CARRY_OVER])
def test_a_task_that_was_stopped_is_given_no_more_money(world, kind):
    task = make.make_task(world, S.RUNNING)
    moved(world, task, K.ALLOCATE, 500 * MILLION)
    make.terminate(world, task)

    with pytest.raises(NotPossible, match="«Chấm dứt»: không giao, không giải ngân thêm"):
        moved(world, task, kind, MILLION, to_year=world.day.year + 1)


def test_the_last_payment_waits_for_the_result_to_be_accepted(world):
    task, year = make.make_task(world, S.RUNNING), world.day.year
    moved(world, task, K.ALLOCATE, 900 * MILLION)
    moved(world, task, K.DISBURSE, 400 * MILLION, tranche=task.tranches.first())
    moved(world, task, K.VERIFY, 400 * MILLION)

    with pytest.raises(NotPossible, match=r"Lần cấp cuối cùng.*TTLT 27/2015"):
        moved(world, task, K.DISBURSE, 500 * MILLION, year=year)
    make.lead(world, task, S.ACCEPTED)
    moved(world, task, K.DISBURSE, 500 * MILLION, year=year)

    assert total(standing_of(task), Account.ADVANCED) == 500 * MILLION


def test_more_than_was_allotted_is_not_paid(world):
    task = make.make_task(world, S.RUNNING)
    moved(world, task, K.ALLOCATE, 100 * MILLION)

    with pytest.raises(NotPossible, match=r"chỉ còn 100\.000\.000 đồng"):
        moved(world, task, K.DISBURSE, 101 * MILLION)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"moved_on": date(2023, 1, 1)}, "sau quyết định phê duyệt"),
        ({"moved_on": date(2035, 1, 1)}, "chưa đến"),
        ({"kind": K.APPROVE}, "do quyết định phê duyệt ghi"),
    ],
)
def test_money_that_cannot_have_moved_is_refused(world, said, words):
    task = make.make_task(world, S.RUNNING)
    kind = said.pop("kind", K.ALLOCATE)

    with pytest.raises(NotPossible, match=words):
        moved(world, task, kind, MILLION, **said)


def test_a_movement_is_undone_once_by_its_opposite_and_both_stay(world):
    task = make.make_task(world, S.RUNNING)
    movement = moved(world, task, K.ALLOCATE, 10 * MILLION)

    money.reverse_movement(movement=movement, document_number="CT-2", why="Ghi nhầm", **by(world))

    assert total(standing_of(task), Account.ALLOCATED) == 0
    assert task.movements.count() == 4
    with pytest.raises(NotPossible, match="đã được đảo"):
        money.reverse_movement(movement=movement, document_number="CT-3", why="Lần nữa", **by(world))


def test_money_that_moved_on_is_not_undone_behind_it(world):
    task = make.make_task(world, S.RUNNING)
    movement = moved(world, task, K.ALLOCATE, 10 * MILLION)
    moved(world, task, K.DISBURSE, 10 * MILLION)

    with pytest.raises(NotPossible, match="chỉ còn 0 đồng"):
        money.reverse_movement(movement=movement, document_number="CT-2", why="Ghi nhầm", **by(world))


def test_labour_above_the_norm_is_not_approved_and_the_rule_is_named(world):
    task = make.make_task(world, S.BUDGET_APPRAISAL)
    member = task.members.get()
    member.task, member.months = task, 14
    keep_part(part=member, **by(world))

    with pytest.raises(NotPossible, match=r"600\.000\.000 đồng vượt định mức 560\.000\.000.*TT 03/2023/TT-BTC"):
        make.approve(world, task)


def test_the_monthly_update_falls_due_again_and_again_where_the_law_asks_for_it(world):
    world.day = date(2025, 3, 3)
    task = make.make_task(world, S.BUDGET_APPRAISAL)
    world.day = max(world.day, date(2025, 10, 6))
    task = make.lead(world, task, S.RUNNING)
    assert (task.regime, "monthly" in open_clocks(task)) == ("law93", True)
    said = {"kind": ReportKind.MONTHLY, "percent": 10, "content": "Đang làm"}

    keep_part(part=ProgressReport(task=task, reported_on=world.later(20), **said), **by(world))

    due = Obligation.objects.about(task.ref).open().get(kind="monthly").effective_on
    assert due >= world.day + timedelta(days=28)


def test_a_report_on_money_that_is_advanced_asks_for_its_volume_until_it_is_confirmed(world):
    task = make.make_task(world, S.RUNNING)
    said = {"kind": ReportKind.PERIODIC, "percent": 30, "content": "Đã làm"}
    keep_part(part=ProgressReport(task=task, reported_on=world.later(), **said), **by(world))
    assert "verify" not in open_clocks(task)
    moved(world, task, K.ALLOCATE, 400 * MILLION)
    moved(world, task, K.DISBURSE, 400 * MILLION)

    for _turn in range(2):
        keep_part(part=ProgressReport(task=task, reported_on=world.later(), **said), **by(world))
    assert Obligation.objects.about(task.ref).open().filter(kind="verify").count() == 1
    moved(world, task, K.VERIFY, 400 * MILLION)

    assert "verify" not in open_clocks(task)


def test_a_final_file_is_answered_in_time(world):
    task = make.make_task(world, S.FINAL_SUBMITTED)
    assert "validity" in open_clocks(task)

    accepting.return_final(task=task, note="Thiếu biên bản", **by(world))

    assert "validity" not in open_clocks(task)


def test_only_a_registered_result_is_recognised(world):
    task = make.make_task(world, S.RUNNING)

    with pytest.raises(NotPossible, match="Kết quả chưa đăng ký"):
        accepting.recognise_result(task=task, recognition_number="3/QĐ", recognised_on=world.day, **by(world))


def test_a_contract_ends_after_its_result_was_recognised_and_that_is_done_once(world):
    task = make.make_task(world, S.SETTLED)
    said = {"recognition_number": "3/QĐ"}
    days = {"liquidation_number": "1/BB", "liquidated_on": world.day}
    with pytest.raises(NotPossible, match="đã có quyết định công nhận"):
        closing.liquidate_task(task=task, **days, **by(world))
    accepting.recognise_result(task=task, **{**said, "recognised_on": world.day}, **by(world))

    assert "recognise" not in open_clocks(task)
    with pytest.raises(NotPossible, match="Kết quả đã được công nhận theo 3/QĐ"):
        accepting.recognise_result(task=task, **{**said, "recognised_on": world.day}, **by(world))


def test_a_council_that_meets_too_soon_after_the_notice_chooses_nobody(world):
    task = make.make_task(world, S.SELECT_COUNCIL)
    dossier = task.applications.get()
    council = make.councils_on(dossier, "select")[0]
    make.conclude(world, council)
    task.call_opens_on = council.meets_on - timedelta(days=29)

    with pytest.raises(NotPossible, match=r"phải từ ngày .* trở đi.*TT 33/2014"):
        selecting.select_application(task=task, application=dossier, **by(world))


def test_a_year_without_use_is_reported_with_its_reason_and_counts_as_no_use(world):
    task = make.make_task(world, S.TRACKING)
    said = {"year": world.day.year, "form": UseForm.NOT_USED, "reported_on": world.day}
    with pytest.raises(NotPossible, match="ghi vướng mắc"):
        keep_part(part=ResultUse(task=task, **said), **by(world))

    keep_part(part=ResultUse(task=task, obstacles="Thiếu vốn nhân rộng", **said), **by(world))

    assert f"use-{world.day.year}" not in open_clocks(task)
    assert not ResearchTask.objects.used_within(Period("month", world.day.year, world.day, world.day), None).exists()


def test_a_file_is_closed_only_when_every_year_was_reported(world):
    task = make.make_task(world, S.TRACKING)

    with pytest.raises(NotPossible, match="phiếu ứng dụng của mọi năm"):
        closing.close_task(task=task, note="Đủ", **by(world, world.head))


def test_a_started_task_owes_its_reports_its_milestones_and_its_final_file(world):
    task = make.make_task(world, S.RUNNING)

    milestone = task.milestones.get()
    assert open_clocks(task) == {"report", "final-file", "clear", f"milestone-{milestone.pk}"}
    final = Obligation.objects.about(task.ref).get(kind="final-file")
    assert final.nominal_on == task.ends_on + timedelta(days=30)


def test_a_periodic_report_ends_its_period_and_begins_the_next(world):
    task = make.make_task(world, S.RUNNING)
    world.later(300)
    said = {"kind": ReportKind.PERIODIC, "percent": 40, "content": "Đã chọn giống"}

    keep_part(part=ProgressReport(task=task, reported_on=world.day, **said), **by(world))

    clocks = Obligation.objects.about(task.ref).filter(kind="report").order_by("pk")
    assert [one.closed_on is not None for one in clocks] == [True, False]
    assert clocks[1].started_on == world.day


def test_a_milestone_that_is_done_is_over_and_one_that_moved_falls_due_anew(world):
    task = make.make_task(world, S.RUNNING)
    milestone = task.milestones.get()
    milestone.task, milestone.due_on = task, world.day + timedelta(days=400)
    keep_part(part=milestone, **by(world))

    kind = f"milestone-{milestone.pk}"
    assert Obligation.objects.about(task.ref).open().get(kind=kind).effective_on == milestone.due_on
    milestone.done_on = world.later()
    keep_part(part=milestone, **by(world))

    assert kind not in open_clocks(task)


def test_an_extension_must_be_later_and_moves_the_final_file(world):
    task = make.make_task(world, S.RUNNING)
    said = {"number": "1/QĐ", "decided_on": world.day}

    with pytest.raises(NotPossible, match="phải sau ngày kết thúc hiện nay"):
        running.extend_task(task=task, extended_to=task.ends_on, **said, **by(world))
    running.extend_task(task=task, extended_to=task.ends_on + timedelta(days=180), **said, **by(world))

    final = Obligation.objects.about(task.ref).open().get(kind="final-file")
    assert (task.state, final.started_on) == (S.EXTENDED, task.extended_to)
    assert task.changes.get().outcome == "approved"


def test_what_falls_due_stands_still_while_a_task_is_suspended(world):
    task = make.make_task(world, S.RUNNING)
    stop = {"stop_number": "1/QĐ", "stopped_on": world.day, "note": "Chờ làm rõ"}
    running.suspend_task(task=task, **stop, **by(world, world.head))

    paused = [one.pauses.filter(last_on=None).exists() for one in Obligation.objects.about(task.ref).open()]
    world.later(30)
    running.resume_task(task=task, **by(world, world.head))

    assert all(paused)
    assert not Obligation.objects.about(task.ref).open().filter(pauses__last_on=None, pauses__isnull=False).exists()
    assert task.state == S.RUNNING


def test_a_specialist_does_not_stop_a_task(world):
    task = make.make_task(world, S.RUNNING)

    with pytest.raises(NotPermitted, match="Chỉ lãnh đạo phòng hoặc lãnh đạo Sở"):
        running.suspend_task(task=task, stop_number="1", stopped_on=world.day, note="Dừng", **by(world))


def test_a_change_is_decided_before_another_is_asked_for(world):
    task = make.make_task(world, S.RUNNING)
    make.ask_change(world, task)

    assert "change" in open_clocks(task)
    running.refuse_change(task=task, note="Không đủ căn cứ", **by(world, world.head))

    assert (task.state, task.changes.get().outcome) == (S.RUNNING, "refused")
    assert "change" not in open_clocks(task)


def test_a_stopped_task_owes_nothing_more_and_its_risk_needs_a_file(world):
    task = make.make_task(world, S.RUNNING)
    make.terminate(world, task)

    assert open_clocks(task) == {"cause", "clear"}
    with pytest.raises(NotPossible, match="Có hồ sơ chấp nhận rủi ro"):
        running.review_risk(task=task, **by(world))
    make.rest(world, task)
    with pytest.raises(NotPossible, match="đã có quyết định về rủi ro"):
        closing.settle_task(task=task, settled_on=world.day, **by(world))


def test_a_final_file_needs_delivered_products_and_shares_that_make_the_whole(world):
    task = make.make_task(world, S.RUNNING)
    member = TaskMember(task=task, person=world.members[0], role=MemberRole.KEY)
    keep_part(part=member, **by(world))
    accepting.self_evaluate(task=task, self_evaluated_on=world.later(), **by(world))

    with pytest.raises(NotPossible) as refused:
        accepting.file_final(task=task, final_filed_on=world.day, **by(world))

    assert "Mọi sản phẩm đã ghi số lượng và ngày giao nộp." in str(refused.value)
    assert "cộng lại bằng 100%" in str(refused.value)


def test_a_certificate_stands_for_one_result():
    world = make.make_world(on=date(2018, 1, 8))
    first = make.make_task(world, S.RESULT_REGISTERED)
    second = make.make_task(world, S.ACCEPTED)

    with pytest.raises(NotPossible, match=f"đã ghi cho {first.code}"):
        accepting.register_result(
            task=second, certificate_number=first.certificate_number, registered_on=world.day, **by(world)
        )


def test_a_result_that_needs_fixing_is_registered_only_after_it(world):
    task = make.make_task(world, S.FINAL_COUNCIL)
    make.accept(world, task, needs_fix=True)

    with pytest.raises(NotPossible, match="không làm được bước này"):
        make.register(world, task)
    accepting.confirm_fix(task=task, fixed_on=world.later(), **by(world))
    make.register(world, task)

    assert task.state == S.RESULT_REGISTERED


def test_the_use_of_a_result_falls_due_every_year_and_a_report_ends_its_year(world):
    task = make.make_task(world, S.TRACKING)
    years = [task.accepted_on.year + number for number in range(1, 6)]
    assert open_clocks(task) == {f"use-{year}" for year in years}
    world.day = date(years[0], 12, 1)

    make.use(world, task)

    assert open_clocks(task) == {f"use-{year}" for year in years[1:]}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"organisation_text": " "}, "Ghi tổ chức hoặc người sử dụng"),
        ({"year": 2020}, "trước khi kết quả được nghiệm thu"),
        ({"year": 2040}, "chưa đến"),
    ],
)
def test_a_use_nobody_could_have_had_is_refused(world, said, words):
    task = make.make_task(world, S.TRACKING)
    known = {"year": world.day.year, "organisation_text": "Hợp tác xã Mẫu", "form": UseForm.PRODUCTION, **said}

    with pytest.raises(NotPossible, match=words):
        keep_part(part=ResultUse(task=task, reported_on=world.day, evidence="Biên bản", **known), **by(world))


def test_a_second_leader_and_shares_above_the_whole_are_refused(world):
    task = make.make_task(world, S.BUDGET_APPRAISAL)
    member = TaskMember(task=task, person=world.members[0], role=MemberRole.LEADER, share_percent=1)

    with pytest.raises(NotPossible) as refused:
        keep_part(part=member, **by(world))

    assert "Nhiệm vụ đã có chủ nhiệm." in str(refused.value)
    assert "cộng lại 101%" in str(refused.value)


def test_a_part_is_taken_out_with_its_reason_and_history_keeps_it(world):
    task = make.make_task(world, S.RUNNING)
    part = task.milestones.get()
    part.task = task

    with pytest.raises(NotPossible, match="Ghi lý do bỏ"):
        drop_part(part=part, why=" ", **by(world))
    drop_part(part=part, why="Nhập nhầm", **by(world))

    assert not Milestone.objects.filter(task=task).exists()
    assert "Nhập nhầm" in {entry.why for entry in history_of(task, ("milestones",))}
    assert open_clocks(task) == {"report", "final-file", "clear"}


def test_what_was_reported_is_corrected_but_never_taken_out(world):
    task = make.make_task(world, S.RUNNING)
    part = ProgressReport(task=task, reported_on=world.day, percent=1, content="Bắt đầu", kind=ReportKind.MONTHLY)
    keep_part(part=part, **by(world))

    with pytest.raises(NotPossible, match="bằng chứng đã báo cáo"):
        drop_part(part=part, why="Thôi", **by(world))


def test_a_tranche_that_was_paid_stays(world):
    task = make.make_task(world, S.RUNNING)
    tranche = task.tranches.first()
    tranche.task = task
    moved(world, task, K.ALLOCATE, 900 * MILLION)
    moved(world, task, K.DISBURSE, MILLION, tranche=tranche)

    with pytest.raises(NotPossible, match="đã giải ngân"):
        drop_part(part=tranche, why="Thôi", **by(world))
    tranche.amount_vnd = 1
    with pytest.raises(NotPossible, match="đã giải ngân"):
        keep_part(part=tranche, **by(world))


def test_the_estimate_of_an_approved_task_stands(world):
    task = make.make_task(world, S.APPROVED)
    line = BudgetLine(task=task, item=CostItem.LABOUR, source=LOCAL, year=2025, amount_vnd=1)

    with pytest.raises(NotPossible, match="không ghi ở bước ấy"):
        keep_part(part=line, **by(world))


def test_a_task_withdrawn_after_its_approval_gives_its_money_back(world):
    task = make.make_task(world, S.APPROVED)

    identifying.withdraw_task(task=task, note="Chủ trì rút", **by(world))

    assert set(standing_of(task).values()) == {0}


def test_the_same_proposal_by_the_same_proposer_for_the_same_year_is_refused_with_the_first(world):
    first = make_proposal(world)

    with pytest.raises(NotPossible, match=f"Trùng với đề xuất {first.code}"):
        make_proposal(world, title="  Nuôi CÁ lồng  mẫu ")
    assert make_proposal(world, plan_year=2026).pk
    assert make_proposal(world, proposer_text="Hợp tác xã Khác").pk


def test_signs_in_a_title_and_impossible_years_make_no_new_proposal(world):
    first = make_proposal(world)

    with pytest.raises(NotPossible, match=f"Trùng với đề xuất {first.code}"):
        make_proposal(world, title="Nuôi cá, lồng mẫu.")
    with pytest.raises(NotPossible, match="quá sớm cho kế hoạch năm 2025"):
        calls.receive_proposal(proposal=too_early(world), **by(world))


def too_early(world):
    said = {"title": "Khác", "plan_year": 2025, "proposer_text": "Hợp tác xã Mẫu", "proposer_kind": "firm"}
    return calls.TaskProposal(office=world.office, received_on=date(1990, 1, 1), **said)


def make_proposal(world, **fields):
    said = {"title": "Nuôi cá lồng mẫu", "plan_year": 2025, "proposer_text": "Hợp tác xã Mẫu", **fields}
    proposal = calls.TaskProposal(office=world.office, received_on=world.day, proposer_kind="firm", **said)
    return calls.receive_proposal(proposal=proposal, **by(world))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"proposer_text": " "}, "Ghi tổ chức hoặc người đề xuất"),
        ({"budget_vnd": 1, "outside_vnd": 2}, "lớn hơn tổng kinh phí"),
    ],
)
def test_a_proposal_that_cannot_stand_is_refused(world, said, words):
    with pytest.raises(NotPossible, match=words):
        make_proposal(world, **said)


def test_a_proposal_outside_its_notice_is_refused(world):
    call = calls.TaskCall(office=world.office, title="Nhận đề xuất 2025", plan_year=2025)
    calls.draft_call(call=call, **by(world))
    with pytest.raises(NotPossible, match="không nhận đề xuất"):
        make_proposal(world, call=call)
    calls.open_notice(call=call, number="1/TB", opens_on=world.day, closes_on=world.day, **by(world))

    assert make_proposal(world, call=call).call == call


def test_several_proposals_go_into_one_task_until_a_council_has_it(world):
    first, second = make_proposal(world), make_proposal(world, proposer_text="Hợp tác xã Khác")
    for proposal in (first, second):
        calls.screen_proposal(proposal=proposal, similarity_note="Không trùng", **by(world))
    task = calls.task_from(proposal=first, **by(world))
    calls.group_proposal(proposal=second, task=task, **by(world))

    assert {one.pk for one in task.proposals.all()} == {first.pk, second.pk}
    make.lead(world, task, S.IDENT_COUNCIL)
    late = make_proposal(world, proposer_text="Hợp tác xã Chậm")
    calls.screen_proposal(proposal=late, similarity_note="Gần giống", **by(world))
    with pytest.raises(NotPossible, match="không còn nhận thêm đề xuất"):
        calls.group_proposal(proposal=late, task=task, **by(world))


def test_who_leads_or_works_for_the_host_does_not_judge_the_dossier(world):
    task = make.make_task(world, S.ELIGIBILITY)
    world.members[3] = world.leader

    with pytest.raises(NotPossible, match="là chủ nhiệm"):
        make.convene(world, task.applications.get(), "select")
