"""What is known of the desk of tasks: what it counts, lists, forecasts and plans backwards."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from khcn.kernel.records.recording import recording
from khcn.research import desk
from khcn.research.desk_presenting import desk_values
from khcn.research.models import Movement, ResearchTask, TaskProposal, Tranche
from khcn.research.states import AFTER_FILING, BEFORE_APPROVAL, FundingSource, MovementKind, TaskState
from khcn.research.task_filters import ALERT, LATE, _alarming
from khcn.research.tests.factories import make_world
from khcn.research.tests.imported import bring_in

pytestmark = pytest.mark.django_db
S = TaskState
TODAY = date(2026, 11, 28)
LAW29 = {"regime": "law29", "contracted_on": date(2024, 1, 5)}
ENDED = {**LAW29, "ends_on": date(2026, 6, 30)}


@pytest.fixture
def world():
    return make_world(on=date(2026, 1, 5))


def tasks_late(world, day=TODAY):
    return list(ResearchTask.objects.of_office(world.office).late_on(day).order_by("pk"))


def desk_of(world, today=TODAY):
    world.specialist.act_on(today)
    return desk_values(world.specialist, today)


@pytest.mark.parametrize("state", AFTER_FILING)
def test_an_imported_task_beyond_its_file_is_not_late_though_nobody_knows_the_day(world, state):
    said = {"rating": "pass"} if state not in {S.FINAL_SUBMITTED, S.FINAL_COUNCIL} else {}
    bring_in(world, "Đã nộp", state=state, **ENDED, **said)
    running = bring_in(world, "Chưa nộp", **ENDED)

    assert tasks_late(world) == [running]


def test_a_file_that_came_later_does_not_undo_that_the_task_was_late_before(world):
    filed = bring_in(world, "Nộp muộn", state=S.FINAL_SUBMITTED, final_filed_on=date(2026, 10, 1), **ENDED)

    assert tasks_late(world, date(2026, 9, 30)) == [filed]
    assert tasks_late(world, date(2026, 10, 1)) == []


def test_every_counter_opens_exactly_the_tasks_it_counts(world, client):
    late = bring_in(world, "Quá hạn", **ENDED)
    bring_in(world, "Đang chọn", state=S.LISTED, listed_on=date(2026, 8, 14))
    bring_in(world, "Đang làm", **LAW29, ends_on=date(2030, 1, 1))
    bring_in(world, "Chấm dứt", state=S.TERMINATED, regime="law29", termination_cause="objective")
    bring_in(world, "Theo dõi", state=S.TRACKING, regime="law29", rating="pass")
    client.force_login(world.specialist)

    counters = client.get(reverse("task-desk")).context["counters"]
    opened = [client.get(one["url"]).context for one in counters]

    assert [one["value"] for one in counters][:4] == [1, 2, 1, 1]
    assert [len(one["rows"]) for one in opened] == [one["value"] for one in counters]
    assert late.title in str(opened[4]["rows"])
    assert f"{ALERT}={LATE}" in counters[4]["url"]


def test_what_is_late_is_not_asked_without_a_reader_and_a_day():
    assert list(_alarming(ResearchTask.objects.all(), LATE)) == []


def test_a_result_nobody_uses_stands_once_with_how_long(world):
    for title, accepted in (("Cũ", date(2024, 5, 28)), ("Vừa", date(2025, 11, 28)), ("Mới", date(2025, 11, 29))):
        bring_in(world, title, state=S.TRACKING, regime="law29", rating="pass", accepted_on=accepted)

    unused = desk_of(world)["unused"]

    assert [(row["cells"][0]["text"], row["cells"][3]) for row in unused["rows"]] == [
        ("Cũ", "30 tháng"),
        ("Vừa", "12 tháng"),
    ]
    assert unused["counts"] == "2 nhiệm vụ từ 12 tháng · 1 nhiệm vụ từ 24 tháng"


def test_without_a_rule_nothing_is_called_unused(world, monkeypatch):
    monkeypatch.setattr(desk, "UNUSED_MONTHS", "research.unused.never")

    assert desk_of(world)["unused"] == {}


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2025, 1, 31), date(2025, 2, 27), 0),
        (date(2024, 11, 29), date(2026, 11, 28), 23),
        (date(2024, 11, 28), date(2026, 11, 28), 24),
    ],
)
def test_whole_months_are_counted_as_the_calendar_adds_them(since, until, months):
    assert desk.whole_months(since, until) == months


def pay(task, source, amount, day, *, reverses=None):
    """Plan a tranche and pay it on the same day; a reversal only takes back."""
    with recording(actor=None, verb="add", label="ghi kinh phí", on=day, imported=True):
        if reverses is None:
            Tranche(task=task, source=source, planned_on=day, amount_vnd=amount).save()
        moved = Movement(task=task, kind=MovementKind.DISBURSE, source=source, amount_vnd=amount, moved_on=day)
        moved.reverses = reverses
        moved.from_account, moved.to_account, moved.document_number = "granted", "advanced", "1"
        moved.save()
    return moved


def test_the_forecast_is_of_the_states_money_and_keeps_the_months_that_have_any(world):
    task = bring_in(world, "Có tiền", **LAW29)
    first = pay(task, FundingSource.STATE_LOCAL, 3_000_000, date(2026, 3, 2))
    pay(task, FundingSource.FIRM, 9_000_000, date(2026, 4, 2))
    pay(task, FundingSource.STATE_LOCAL, 3_000_000, date(2026, 7, 2), reverses=first)

    found = desk_of(world)

    assert [row["cells"] for row in found["month_rows"]] == [
        ["Tháng 3", 3_000_000, 3_000_000],
        ["Tháng 7", 0, -3_000_000],
    ]
    assert found["month_totals"] == ["Cả năm", 3_000_000, 0]
    assert [one["title"] for one in found["month_charts"]] == [
        "Hợp đồng dự kiến cấp, triệu đồng"
    ]  # no chart below zero


def test_a_year_without_money_has_neither_rows_nor_charts(world):
    found = desk_of(world)

    assert (found["month_rows"], found["month_charts"]) == ([], [])


def proposed(world, year, received_on, **said):
    values = {"title": "Đề xuất", "plan_year": year, "proposer_text": "Hợp tác xã Mẫu", "proposer_kind": "firm"}
    with recording(actor=None, verb="add", label="ghi đề xuất", on=received_on):
        TaskProposal(office=world.office, received_on=received_on, **values, **said).save()


def test_a_plan_whose_day_is_over_says_by_which_step_it_was_missed_and_how_late(world):
    proposed(world, 2027, date(2026, 2, 1), similarity_on=date(2026, 3, 1))
    bring_in(world, "Muộn", state=S.LISTED, listed_on=date(2026, 8, 14))

    plan = desk_of(world)["plan"]

    assert plan["year"] == 2028
    assert [one["tone"] for one in plan["passed"]] == ["warning"]
    assert plan["passed"][0]["text"] == (
        "Đã lỡ dự toán năm 2027, gửi chậm nhất 20/7/2026: bước «Trình, phê duyệt danh mục» phải xong 6/7/2026, đến "
        "14/8/2026 mới xong, chậm 39 ngày."
    )


def test_a_plan_that_never_came_beyond_its_proposals_says_so(world):
    proposed(world, 2027, date(2026, 2, 1))

    text = desk_of(world)["plan"]["passed"][0]["text"]

    assert "bước «Rà soát trùng lặp, gộp đề xuất» phải xong" in text
    assert "đến nay chưa xong, chậm " in text


def test_a_plan_whose_list_came_in_time_was_not_missed(world):
    bring_in(world, "Kịp", state=S.LISTED, listed_on=date(2026, 6, 1))

    assert desk_of(world)["plan"]["passed"] == [
        {"tone": "info", "text": "Dự toán năm 2027 đã qua ngày gửi 20/7/2026; danh mục được phê duyệt kịp."}
    ]
    assert desk_of(world, date(2026, 7, 1))["plan"]["passed"] == []


def test_a_plan_beyond_the_calendar_says_so_below_what_was_missed(world):
    plan = desk_of(world, date(2027, 11, 28))["plan"]

    assert "bảng ngày làm việc chưa có năm 2028" in plan["fault"]
    assert len(plan["passed"]) == 1


def test_no_state_is_both_before_approval_and_after_the_file():
    assert not set(AFTER_FILING) & set(BEFORE_APPROVAL)
