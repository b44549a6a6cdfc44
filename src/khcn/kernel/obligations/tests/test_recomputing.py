from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.calendar import CalendarDay as Day
from khcn.kernel.calendar import CalendarUnknown, DayKind, InvalidCalendar, Span, load_shipped_calendar
from khcn.kernel.notices.models import Notice
from khcn.kernel.obligations.correcting import ORDINARY, DayNotCorrected, DaySaid, correct_day, moves_of_day
from khcn.kernel.obligations.models import CalendarDay, Obligation
from khcn.kernel.obligations.reckoned import Terms, calendar_with, calendar_without, dates_of
from khcn.kernel.obligations.recomputing import recheck
from khcn.kernel.obligations.selectors import dues_moved
from khcn.kernel.obligations.services import close_obligations, open_obligation, pause, resume
from khcn.kernel.obligations.tests.worlds import make_duty, make_rule
from khcn.kernel.obligations.work_calendar import load_shipped_days, work_calendar
from khcn.kernel.records.history import history_of
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import resolve
from khcn.kernel.rulebook.kinds import UnreadableValue
from khcn.kernel.rulebook.services import replace_rule
from khcn.kernel.tests.factories import TODAY, instant, make_division, make_title, make_user

STARTED = date(2021, 9, 14)  # a Tuesday; two working days end on Thursday the 16th
WEDNESDAY, THURSDAY, FRIDAY = date(2021, 9, 15), date(2021, 9, 16), date(2021, 9, 17)
SATURDAY = date(2021, 9, 18)


@pytest.fixture
def administrator(db):
    return make_user(Role.ADMINISTRATOR)


def off(day=WEDNESDAY, **values):
    asked = {"kind": "holiday", "name": "Nghỉ mẫu", "legal_basis": "TB 1/TB", "why": "Có thông báo", **values}
    return DaySaid(day=day, **asked)


def change_rule(rule, value, valid_from, actor):
    return replace_rule(
        rule=rule,
        value=value,
        valid_from=valid_from,
        legal_basis="QĐ mới",
        confidence="verified",
        actor=actor,
        why="đổi",
    )


def test_a_day_said_twice_is_the_last_that_was_said():
    shipped = load_shipped_calendar()
    once = calendar_with(shipped, Day(WEDNESDAY, "Nghỉ", DayKind.HOLIDAY))

    assert [one.is_working(WEDNESDAY) for one in (shipped, once, calendar_without(once, WEDNESDAY))] == [
        True,
        False,
        True,
    ]


days = st.dates(date(2021, 2, 1), date(2021, 11, 30))
limits = st.one_of(
    st.integers(1, 30).map(lambda n: f"{n}wd"),
    st.integers(1, 60).map(lambda n: f"{n}d"),
    st.integers(1, 3).map(lambda n: f"{n}m"),
)


@st.composite
def terms(draw):
    first = draw(days)
    pauses = draw(st.lists(st.tuples(days, st.integers(0, 9)), max_size=2))
    spans = tuple(Span(start, start + timedelta(days=length)) for start, length in pauses)
    return Terms(first, draw(limits), spans, draw(st.booleans()))


@given(terms(), days)
def test_a_day_outside_start_and_due_date_moves_nothing_so_that_only_those_between_are_asked(what, day):
    before = load_shipped_calendar()
    kind = DayKind.HOLIDAY if day.weekday() < 5 else DayKind.SWAP_WORK
    found = dates_of(what, before)
    after = dates_of(what, calendar_with(before, Day(day, "Mẫu", kind)))

    assert found == after or what.started_on < day <= found.effective_on


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_day_off_moves_what_is_reckoned_over_it_and_history_says_why(administrator):
    make_rule("2wd")
    duty = make_duty(rule_key="mẫu")

    moved = correct_day(said=off(), actor=administrator, on=TODAY)

    duty.refresh_from_db()
    entry = history_of(duty)[0]
    assert (moved, duty.nominal_on, duty.effective_on) == (1, FRIDAY, FRIDAY)
    assert "Do ngày 15/9/2021 thành ngày nghỉ lễ theo TB 1/TB: Có thông báo" in entry.why


@pytest.mark.django_db
@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("limit", "day", "kind", "due"),
    [
        ("2wd", WEDNESDAY, "holiday", FRIDAY),  # a day less is worked
        ("2wd", FRIDAY, "holiday", THURSDAY),  # after the due date: nothing
        ("2wd", STARTED, "holiday", THURSDAY),  # the first day is not counted anyway
        ("4wd", SATURDAY, "swap_work", SATURDAY),  # a Saturday worked: sooner
        ("3d", FRIDAY, "holiday", date(2021, 9, 20)),  # ends on the day off: rolls over the week-end
        ("4d", SATURDAY, "swap_work", SATURDAY),  # ended on a Saturday and rolled; now it does not
        ("3d", THURSDAY, "holiday", FRIDAY),  # calendar days pass over a holiday
    ],
)
def test_recomputing_equals_opening_anew_and_twice_changes_nothing(administrator, limit, day, kind, due):
    make_rule(limit)
    duty = make_duty(rule_key="mẫu")

    correct_day(said=off(day, kind=kind), actor=administrator, on=TODAY)
    versions = Obligation.Version._base_manager.count()
    again = correct_day(said=off(day, kind=kind), actor=administrator, on=TODAY)

    duty.refresh_from_db()
    anew = make_duty(rule_key="mẫu")
    assert (duty.effective_on, duty.nominal_on) == (anew.effective_on, anew.nominal_on)
    assert (duty.effective_on, again) == (due, 0)
    assert Obligation.Version._base_manager.count() == versions + 1  # the one opened anew


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_day_made_ordinary_again_moves_the_dates_back(administrator):
    make_rule("2wd")
    duty = make_duty(rule_key="mẫu")
    correct_day(said=off(), actor=administrator, on=TODAY)

    moved = correct_day(said=off(kind=ORDINARY), actor=administrator, on=TODAY)

    duty.refresh_from_db()
    assert (moved, duty.effective_on, work_calendar().is_working(WEDNESDAY)) == (1, THURSDAY, True)


@pytest.mark.django_db
@pytest.mark.postgresql
def test_pauses_count_and_what_is_done_or_dated_by_someone_stays(administrator):
    make_rule("2wd")
    paused, done, dated = make_duty(rule_key="mẫu"), make_duty(rule_key="mẫu"), make_duty(due_on=THURSDAY)
    pause(obligation=paused, on=WEDNESDAY, reason="chờ", actor=None)
    resume(obligation=paused, on=FRIDAY, actor=None)  # due on Monday the 20th
    close_obligations(record=resolve([done.ref], everything=True)[done.ref], kinds=["việc"], on=THURSDAY, actor=None)

    moved = correct_day(said=off(FRIDAY), actor=administrator, on=TODAY)

    for duty in (paused, done, dated):
        duty.refresh_from_db()
    assert (moved, paused.effective_on) == (1, date(2021, 9, 21))
    assert (done.effective_on, dated.effective_on) == (THURSDAY, THURSDAY)


@pytest.mark.django_db
@pytest.mark.postgresql
def test_the_first_correction_keeps_the_shipped_calendar_and_the_day_enters_history(administrator):
    correct_day(said=off(), actor=administrator, on=TODAY)
    correct_day(said=off(name="Tên khác"), actor=administrator, on=TODAY)

    row = CalendarDay.objects.get(day=WEDNESDAY)
    assert CalendarDay.objects.count() == len(load_shipped_calendar().special_days(date.min, date.max)) + 1
    assert (row.name, len(history_of(row))) == ("Tên khác", 2)
    assert work_calendar().is_working(WEDNESDAY) is False


@pytest.mark.django_db
@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        ({"why": "  "}, DayNotCorrected, "nêu lý do"),  # without a reason
        ({"name": ""}, DayNotCorrected, "ghi tên ngày"),  # without a name
        ({"kind": ORDINARY}, DayNotCorrected, "không có gì để bỏ"),  # it is ordinary already
        ({"kind": "swap_work"}, InvalidCalendar, "không rơi vào cuối tuần"),  # a weekday cannot be made up
    ],
)
def test_a_day_that_cannot_be_so_is_refused_and_nothing_is_written(administrator, values, error, words):
    load_shipped_days()
    before = CalendarDay.Version._base_manager.count()

    with pytest.raises(error, match=words):
        correct_day(said=off(**values), actor=administrator, on=TODAY)

    assert CalendarDay.Version._base_manager.count() == before


@pytest.mark.django_db
def test_the_last_special_day_of_a_year_is_not_taken_away(administrator, monkeypatch):
    monkeypatch.setattr(
        "khcn.kernel.obligations.correcting.work_calendar", lambda: calendar_of_one_day(date(2029, 9, 3))
    )

    with pytest.raises(DayNotCorrected, match="chỉ có ngày này"):
        moves_of_day(off(date(2029, 9, 3), kind=ORDINARY))


def calendar_of_one_day(day):
    return calendar_with(calendar_without(load_shipped_calendar(), day), Day(day, "Nghỉ", DayKind.HOLIDAY))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "allowed"),
    [(role, role == Role.ADMINISTRATOR) for role in Role],  # administrators and nobody else
)
def test_only_administrators_correct_the_calendar(role, allowed):
    actor = make_user(role)

    if not allowed:
        with pytest.raises(NotPermitted):
            correct_day(said=off(), actor=actor, on=TODAY)

    assert (correct_day(said=off(), actor=actor, on=TODAY) == 0) if allowed else not CalendarDay.objects.exists()


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_new_rule_is_taken_by_what_started_under_it_and_by_nothing_before(administrator):
    old = make_rule("2wd")
    before, on_the_day = make_duty(rule_key="mẫu", started_on=date(2021, 9, 13)), make_duty(rule_key="mẫu")

    fresh = change_rule(old, "5wd", STARTED, administrator)

    before.refresh_from_db()
    on_the_day.refresh_from_db()
    anew = make_duty(rule_key="mẫu")
    assert (before.rule_id, before.limit, before.effective_on) == (old.pk, "2wd", WEDNESDAY)
    assert (on_the_day.rule_id, on_the_day.limit) == (fresh.pk, "5wd")
    assert (on_the_day.effective_on, on_the_day.nominal_on) == (anew.effective_on, anew.nominal_on)
    assert "«Thời hạn mẫu» đổi từ 2 ngày làm việc thành 5 ngày làm việc, theo QĐ mới" in history_of(on_the_day)[0].why


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_new_rule_of_the_same_length_is_taken_without_telling_anyone(administrator):
    make_user(Role.SPECIALIST, division=make_division())
    duty = make_duty(record=make_title(division=make_division()), rule_key=make_rule("2wd").key)

    fresh = change_rule(duty.rule, "2wd", STARTED, administrator)

    duty.refresh_from_db()
    assert (duty.rule_id, duty.effective_on, Notice.objects.count()) == (fresh.pk, THURSDAY, 0)


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_rule_that_is_no_limit_is_refused_where_work_is_reckoned_by_it(administrator):
    rule = make_rule("2wd")
    make_duty(rule_key="mẫu")

    with pytest.raises(UnreadableValue, match="Không hiểu thời hạn “hai ngày”"):
        change_rule(rule, "hai ngày", STARTED, administrator)

    rule.refresh_from_db()
    assert rule.valid_to is None


@pytest.mark.django_db
@pytest.mark.postgresql
def test_whoever_is_concerned_is_told_once_however_many_dates_moved(administrator):
    make_rule("2wd")
    division = make_division()
    people = [make_user(Role.SPECIALIST, division=division), make_user(Role.DIVISION_HEAD, division=division)]
    make_user(Role.SPECIALIST, division=make_division(code="KHAC"))
    for _ in range(2):
        open_obligation(
            record=make_title(division=division),
            kind="v",
            action="Trả lời",
            started_on=STARTED,
            actor=None,
            rule_key="mẫu",
        )

    correct_day(said=off(), actor=administrator, on=TODAY)

    notices = list(Notice.objects.order_by("pk"))
    assert [notice.user for notice in notices] == people
    assert {notice.text for notice in notices} == {
        "2 việc đổi hạn. Do ngày 15/9/2021 thành ngày nghỉ lễ theo TB 1/TB: Có thông báo"
    }


@pytest.mark.django_db
@pytest.mark.postgresql
def test_what_moved_is_listed_with_both_dates_and_the_reason_for_those_who_may_see_the_record(administrator):
    make_rule("2wd")
    make_duty(record=make_title(confidentiality=Confidentiality.CONFIDENTIAL), rule_key="mẫu")
    correct_day(said=off(), actor=administrator, on=TODAY)

    (seen,) = dues_moved(make_user(Role.DIRECTOR))
    assert (seen.before, seen.after, seen.who) == (THURSDAY, FRIDAY, str(administrator))
    assert seen.why.startswith("Do ngày 15/9/2021")
    assert dues_moved(make_user(Role.SPECIALIST)) == []


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_preview_counts_what_would_move_and_writes_nothing(administrator):
    make_rule("2wd")
    duty = make_duty(rule_key="mẫu")

    (move,) = moves_of_day(off())

    duty.refresh_from_db()
    assert (move.before.effective_on, move.after.effective_on, duty.effective_on) == (THURSDAY, FRIDAY, THURSDAY)
    assert not CalendarDay.objects.exists()


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_day_that_came_without_a_correction_is_followed_once():
    load_shipped_days()
    make_rule("2wd")
    duty = make_duty(rule_key="mẫu")
    with recording(actor=None, verb="load", label="nạp"):
        CalendarDay(day=WEDNESDAY, name="Nghỉ", kind="holiday").save()

    counts = [recheck(at=instant(TODAY)), recheck(at=instant(TODAY))]

    duty.refresh_from_db()
    assert (counts, duty.effective_on) == ([1, 0], FRIDAY)
    assert history_of(duty)[0].why == "Do lịch làm việc được bổ sung"


@pytest.mark.django_db
def test_a_period_that_ends_in_a_year_not_decreed_yet_keeps_its_day_until_the_year_is_known():
    load_shipped_days()
    make_rule("24m")
    last = max(work_calendar().years)
    saturday = next(day for day in (date(last + 1, 1, number) for number in range(1, 8)) if day.weekday() == 5)
    duty = make_duty(rule_key="mẫu", started_on=saturday.replace(year=last - 1))

    before = duty.effective_on
    with recording(actor=None, verb="load", label="nạp"):
        CalendarDay(day=date(last + 1, 1, 1), name="Tết Dương lịch", kind="holiday").save()
    recheck(at=instant(TODAY))

    duty.refresh_from_db()
    assert before == saturday
    assert duty.effective_on > saturday


def test_working_days_of_a_year_not_decreed_yet_are_never_guessed():
    calendar = load_shipped_calendar()
    last_day = date(max(calendar.years), 12, 30)

    with pytest.raises(CalendarUnknown):
        dates_of(Terms(last_day, "20wd"), calendar)
