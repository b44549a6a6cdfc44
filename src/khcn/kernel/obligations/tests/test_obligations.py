from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.obligations import selectors
from khcn.kernel.obligations.models import Obligation, ObligationPause
from khcn.kernel.obligations.selectors import group_of, inbox_of
from khcn.kernel.obligations.services import (
    close_obligations,
    explain,
    move_due,
    open_obligation,
    pause,
    resume,
)
from khcn.kernel.obligations.states import DueState
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.tests.factories import TODAY, make_division, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
TUESDAY = date(2021, 9, 14)


def make_rule(value="2wd"):
    with recording(actor=None, verb="make", label="lập"):
        Rule(key="mẫu", label="Thời hạn mẫu", value=value, legal_basis="QĐ mẫu").save()


def make_duty(*, record=None, started_on=TUESDAY, **values):
    asked = {"kind": "việc", "action": "Trả lời", "actor": None, **values}
    return open_obligation(record=record or make_title(), started_on=started_on, **asked)


@pytest.mark.parametrize(
    ("limit", "started_on", "due"),
    [
        ("2wd", date(2021, 9, 14), date(2021, 9, 16)),  # the day of the event is not counted
        ("2wd", date(2021, 9, 17), date(2021, 9, 21)),  # over a week-end
        ("1wd", date(2021, 9, 1), date(2021, 9, 6)),  # over National Day and a week-end
    ],
)
def test_a_date_is_reckoned_from_the_rule_in_force(limit, started_on, due):
    make_rule(limit)

    duty = make_duty(rule_key="mẫu", started_on=started_on)

    assert (duty.effective_on, duty.limit, duty.rule.value) == (due, limit, limit)
    assert explain(duty).effective == due


@pytest.mark.parametrize(
    ("rolls", "due"),
    [
        (None, date(2021, 9, 27)),  # no rule: a period that ends on a Saturday ends on Monday
        (True, date(2021, 9, 27)),
        (False, date(2021, 9, 25)),
    ],
)
def test_the_rulebook_says_whether_a_period_ends_on_a_day_off(rolls, due):
    make_rule("11d")
    if rolls is not None:
        with recording(actor=None, verb="make", label="lập"):
            Rule(key="period-end-rolls", label="Lùi qua ngày nghỉ", value=rolls, legal_basis="QĐ mẫu").save()

    duty = make_duty(rule_key="mẫu")

    assert (duty.nominal_on, duty.effective_on) == (date(2021, 9, 25), due)


def test_a_date_set_by_someone_needs_no_explanation():
    assert explain(make_duty(due_on=date(2021, 9, 30))) is None


def test_without_a_rule_in_force_nothing_is_opened():
    with pytest.raises(RuleUnknown):
        make_duty(rule_key="không có")

    assert Obligation.objects.count() == 0


@pytest.mark.parametrize(
    ("spans", "due"),
    [
        ((), date(2021, 9, 16)),
        (((15, 15),), date(2021, 9, 16)),  # a pause that begins and ends on one day counts nothing
        (((15, 17),), date(2021, 9, 20)),  # two days stand still, then a week-end
        (((15, 16), (16, 17)), date(2021, 9, 20)),  # two pauses add up
    ],
)
def test_a_pause_moves_the_date_from_its_first_day_to_the_day_before_its_last(spans, due):
    make_rule()
    duty = make_duty(rule_key="mẫu")

    for first, last in spans:
        pause(obligation=duty, on=date(2021, 9, first), reason="chờ bổ sung", actor=None)
        resume(obligation=duty, on=date(2021, 9, last), actor=None)

    assert (duty.effective_on, explain(duty).effective) == (due, due)


def test_a_clock_that_stands_is_not_stopped_again_even_if_its_pauses_were_fetched_before():
    make_duty()
    duty = Obligation.objects.prefetch_related("pauses").get()
    pause(obligation=duty, on=TUESDAY, reason="chờ", actor=None)

    with pytest.raises(ValueError, match="đang tạm dừng rồi"):
        pause(obligation=duty, on=TUESDAY, reason="chờ", actor=None)


def test_a_clock_that_runs_is_not_started():
    with pytest.raises(ValueError, match="không ở trạng thái tạm dừng"):
        resume(obligation=make_duty(), on=TUESDAY, actor=None)


def test_a_clock_is_not_started_before_the_day_on_which_it_stopped():
    duty = make_duty()
    pause(obligation=duty, on=TUESDAY, reason="chờ", actor=None)

    with pytest.raises(ValueError, match="không sớm hơn"):
        resume(obligation=duty, on=date(2021, 9, 13), actor=None)


def test_a_date_set_by_someone_stays_when_the_clock_runs_again():
    duty = make_duty(due_on=date(2021, 9, 30))
    pause(obligation=duty, on=TUESDAY, reason="chờ", actor=None)

    resume(obligation=duty, on=date(2021, 9, 20), actor=None)

    assert (duty.effective_on, duty.is_paused) == (date(2021, 9, 30), False)


def test_what_is_done_while_the_clock_stands_is_not_late_and_the_pause_ends_with_it():
    make_rule()
    duty = make_duty(rule_key="mẫu")
    pause(obligation=duty, on=date(2021, 9, 15), reason="chờ", actor=None)

    closed = close_obligations(record=make_title(), kinds=["việc"], on=date(2021, 9, 30), actor=None)
    closed_here = close_obligations(
        record=type(make_title()).objects.get(pk=duty.record_id), kinds=["việc"], on=date(2021, 9, 30), actor=None
    )

    found = Obligation.objects.get()
    assert (closed, closed_here, found.state_on(date(2021, 12, 1))) == (0, 1, DueState.DONE)
    assert ObligationPause.objects.get().last_on == date(2021, 9, 30)


def test_only_open_obligations_of_the_kind_are_closed_and_what_is_dropped_says_so():
    record = make_title()
    for kind in ("một", "hai"):
        make_duty(record=record, kind=kind)

    first = close_obligations(record=record, kinds=["một"], on=TUESDAY, actor=None, cancelled=True)
    again = close_obligations(record=record, kinds=["một"], on=date(2021, 9, 30), actor=None)

    dropped = Obligation.objects.get(kind="một")
    assert (first, again, dropped.closed_on, dropped.state_on(TODAY)) == (1, 0, TUESDAY, DueState.CANCELLED)
    assert Obligation.objects.open().get().kind == "hai"


def test_a_moved_date_replaces_the_one_before():
    duty = move_due(obligation=make_duty(due_on=TUESDAY), due_on=date(2021, 10, 1), actor=None, why="gia hạn")

    assert (duty.nominal_on, duty.effective_on) == (date(2021, 10, 1), date(2021, 10, 1))


def test_overdue_is_what_is_open_past_its_date_and_whose_clock_runs():
    late, stopped, ended, today, done = (make_duty(due_on=day) for day in (TUESDAY, TUESDAY, TUESDAY, TODAY, TUESDAY))
    for duty in (stopped, ended):
        pause(obligation=duty, on=TUESDAY, reason="chờ", actor=None)
    resume(obligation=ended, on=date(2021, 9, 15), actor=None)
    done.closed_on = TUESDAY
    with recording(actor=None, verb="close", label="xong"):
        done.save()

    overdue = set(Obligation.objects.overdue(TODAY).values_list("pk", flat=True))

    assert overdue == {late.pk, ended.pk}
    assert today.pk not in overdue


def test_the_inbox_holds_what_hurts_first_on_top_and_says_in_which_group():
    user = make_user(Role.SPECIALIST)
    record = make_title(responsible=user)
    days = {"mai": 25, "muộn": 20, "hôm nay": 24, "sau": 30, "dừng": 21}
    for action, day in days.items():
        make_duty(record=record, action=action, due_on=date(2021, 9, day))
    make_duty(record=record, action="xa", due_on=date(2021, 10, 2))
    make_duty(record=record, action="không hạn")
    pause(obligation=Obligation.objects.get(action="dừng"), on=TUESDAY, reason="chờ", actor=None)

    items = inbox_of(user, TODAY)

    assert [(item.obligation.action, group_of(item, TODAY), item.days_left) for item in items] == [
        ("muộn", "Quá hạn", -4),
        ("dừng", "Sau đó", -3),
        ("hôm nay", "Hôm nay", 0),
        ("mai", "Trong tuần", 1),
        ("sau", "Trong tuần", 6),
        ("xa", "Sau đó", 8),
        ("không hạn", "Không đặt hạn", None),
    ]


@pytest.mark.parametrize(
    ("roles", "in_division", "seen"),
    [
        ((Role.SPECIALIST,), True, 1),  # of the division
        ((Role.DIVISION_HEAD,), True, 1),  # its head
        ((Role.SPECIALIST,), False, 0),  # of no division
        ((Role.DIRECTOR,), False, 1),  # sees the office's
        ((Role.PROVINCIAL_LEADER,), False, 0),  # has no duties here
        ((), True, 0),  # a place in the division without a role
    ],
)
def test_the_inbox_is_that_of_the_persons_divisions_and_office(roles, in_division, seen):
    division = make_division()
    make_duty(record=make_title(division=division))

    assert len(inbox_of(make_user(*roles, division=division if in_division else None), TODAY)) == seen


def test_a_duty_on_a_record_that_may_not_be_seen_is_not_in_the_inbox():
    user = make_user(Role.SPECIALIST)
    duty = make_duty(record=make_title(confidentiality=Confidentiality.CONFIDENTIAL))
    duty.person = user
    with recording(actor=None, verb="give", label="giao"):
        duty.save()

    assert inbox_of(user, TODAY) == []


def test_what_a_party_must_do_is_in_the_inbox_of_those_who_act_for_it_and_not_of_the_division(monkeypatch):
    division, party = make_division(), make_title("bên", confidentiality=Confidentiality.PUBLIC)
    make_duty(record=make_title(division=division, confidentiality=Confidentiality.PUBLIC), holder=party)
    outside = make_user(Role.ASSIGNED_AGENCY)
    monkeypatch.setattr(selectors, "holder_resolvers", [lambda user: [party.ref] if user == outside else []])

    counts = [len(inbox_of(user, TODAY)) for user in (outside, make_user(Role.SPECIALIST, division=division))]

    assert counts == [1, 0]


def test_the_inbox_costs_the_same_however_long_it_is(django_assert_max_num_queries):
    user = make_user(Role.SPECIALIST)
    for _ in range(15):
        make_duty(record=make_title(responsible=user), due_on=TUESDAY)

    with django_assert_max_num_queries(6):
        items = inbox_of(user, TODAY)
        states = {item.state for item in items}

    assert (len(items), states) == (15, {DueState.OVERDUE})
