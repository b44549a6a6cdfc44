from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.recomputing import moves_by_rule
from khcn.kernel.obligations.tests.worlds import make_duty, make_rule
from khcn.kernel.records.changes import Change
from khcn.kernel.records.history import history_of
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import last_changes, rule_in_force
from khcn.kernel.rulebook.services import (
    NewValue,
    confirm_rule,
    correct_rule,
    plan_correcting,
    plan_replacing,
    replace_rule,
)
from khcn.kernel.rulebook.timeline import RuleNotChanged, Said, after_correcting, after_replacing, applying, gaps
from khcn.kernel.tests.factories import make_office, make_user

FIRST, SECOND = date(2020, 1, 1), date(2022, 1, 1)
STARTED = date(2021, 9, 14)  # a Tuesday; two working days end on Thursday the 16th, five on Tuesday the 21st
THURSDAY, NEXT_TUESDAY = date(2021, 9, 16), date(2021, 9, 21)
spans = st.lists(st.dates(date(2015, 1, 1), date(2027, 12, 31)), min_size=1, max_size=5, unique=True)


def timeline(firsts):
    """Return values that follow one another without gap, the last one open."""
    firsts = sorted(firsts)
    lasts = [*(day - timedelta(days=1) for day in firsts[1:]), None]
    return [Said(n, n, first, last) for n, (first, last) in enumerate(zip(firsts, lasts, strict=True), start=1)]


def new(value="5wd", valid_from=SECOND, **values):
    asked = {"legal_basis": "QĐ mới", "confidence": "verified", "why": "đổi", **values}
    return NewValue(value, valid_from, **asked)


@given(spans, st.data())
def test_replacing_changes_no_reading_of_a_day_before_and_leaves_no_gap(firsts, data):
    rows = timeline(firsts)
    old = data.draw(st.sampled_from(rows))
    valid_from = data.draw(st.dates(old.first + timedelta(days=1), min(old.last, date(2028, 12, 31))))
    assume(old.first < valid_from)

    plan = after_replacing(rows, old, 99, valid_from)

    day = data.draw(st.dates(date(2014, 1, 1), date(2029, 12, 31)))
    before, after = applying(rows, on=day, office=None), applying(plan.after, on=day, office=None)
    replaced = valid_from <= day <= old.last
    assert (after and after.value) == (99 if replaced else before and before.value)
    assert gaps(plan.after) == []


def test_two_values_of_one_day_and_place_are_refused_and_days_without_value_are_named():
    rows = timeline([FIRST, SECOND])
    hole = [Said(1, 1, None, date(2020, 12, 31)), Said(2, 2, SECOND, None)]

    with pytest.raises(RuleNotChanged, match="trùng thời gian với giá trị có hiệu lực từ 01/01/2022 không thời hạn"):
        after_correcting(rows, rows[0], Said(1, 1, FIRST, SECOND))
    with pytest.raises(RuleNotChanged, match="phải sau ngày bắt đầu"):
        after_correcting(rows, rows[0], Said(1, 1, SECOND, FIRST))

    assert gaps(hole) == [(date(2021, 1, 1), date(2021, 12, 31))]
    assert not Said(1, 1, None, None).meets(Said(2, 2, None, None, office=7))


def test_the_value_before_ends_with_the_corrected_beginning():
    rows = timeline([FIRST, SECOND])
    later = date(2022, 3, 1)

    plan = after_correcting(rows, rows[1], Said(2, 2, later, None))

    assert (plan.touched, gaps(plan.after)) == ({1, 2}, [])
    assert applying(plan.after, on=date(2022, 2, 28), office=None).value == 1


@pytest.mark.django_db
@pytest.mark.postgresql
@pytest.mark.parametrize("started_on", [date(2021, 9, 13), STARTED])  # before the new value, and on its first day
def test_what_a_preview_says_is_what_happens_and_equals_opening_anew(started_on):
    rule, administrator = make_rule("2wd"), make_user(Role.ADMINISTRATOR)
    duty = make_duty(rule_key="mẫu", started_on=started_on)
    asked = new(valid_from=STARTED)

    foreseen = {move.obligation.pk: move.after.effective_on for move in moves_by_rule(plan_replacing(rule, asked))}
    assert Obligation.objects.get(pk=duty.pk).limit == "2wd"  # nothing is written
    replace_rule(
        rule=rule,
        value="5wd",
        valid_from=STARTED,
        legal_basis="QĐ mới",
        confidence="verified",
        actor=administrator,
        why="đổi",
    )

    was = duty.effective_on
    duty.refresh_from_db()
    assert duty.effective_on == foreseen.get(duty.pk, was)
    assert duty.effective_on == make_duty(rule_key="mẫu", started_on=started_on).effective_on


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_mistake_put_right_moves_what_it_dated_and_stays_readable_as_it_was_believed():
    rule, administrator = make_rule("2wd", valid_from=FIRST), make_user(Role.ADMINISTRATOR)
    duty = make_duty(rule_key="mẫu", started_on=STARTED)
    believed = history_of(rule)[0].at
    asked = new("5wd", FIRST, why="gõ nhầm")
    foreseen = [move.after.effective_on for move in moves_by_rule(plan_correcting(rule, asked))]

    correct_rule(rule=rule, new=asked, actor=administrator)

    duty.refresh_from_db()
    assert (duty.effective_on, foreseen) == (NEXT_TUESDAY, [NEXT_TUESDAY])
    assert rule_in_force("mẫu", on=STARTED, as_of=believed).value == "2wd"
    assert rule_in_force("mẫu", on=STARTED).value == "5wd"
    assert last_changes([rule])[rule.pk].why == "gõ nhầm"


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_beginning_put_right_takes_the_value_before_along_and_the_work_between():
    administrator = make_user(Role.ADMINISTRATOR)
    make_rule("2wd", valid_from=FIRST, valid_to=date(2021, 9, 12))
    late = make_rule("5wd", valid_from=date(2021, 9, 13))
    duty = make_duty(rule_key="mẫu", started_on=STARTED)

    correct_rule(rule=late, new=new("5wd", date(2021, 10, 1)), actor=administrator)

    duty.refresh_from_db()
    assert (duty.effective_on, duty.limit, duty.rule.valid_to) == (THURSDAY, "2wd", date(2021, 9, 30))
    assert "vẫn là 5 ngày làm việc, đổi ngày hiệu lực" in history_of(duty)[0].why


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (new(why=" "), "nêu lý do"),
        (new(legal_basis=" "), "nêu căn cứ"),
        (new("hai ngày"), "Không hiểu thời hạn"),
        (new("2wd", FIRST, legal_basis="QĐ mẫu", confidence="unchecked"), "không khác giá trị đang ghi"),
        (new(valid_to=FIRST), "phải sau ngày bắt đầu"),
    ],
)
def test_a_correction_that_says_nothing_readable_is_refused_and_nothing_is_written(asked, words):
    rule = make_rule("2wd", valid_from=FIRST)

    with pytest.raises(ValueError, match=f"«Thời hạn mẫu».*{words}"):
        correct_rule(rule=rule, new=asked, actor=make_user(Role.ADMINISTRATOR))

    assert Rule.objects.get().value == "2wd"
    assert Change.objects.count() == 1


@pytest.mark.django_db
def test_a_new_value_needs_its_first_day():
    with pytest.raises(RuleNotChanged, match="ghi ngày"):
        plan_replacing(make_rule(), new(valid_from=None))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "confidence", "basis"),
    [
        ({"document": "NĐ 1/2026/NĐ-CP", "article": "điều 3"}, "verified", "NĐ 1/2026/NĐ-CP, điều 3"),
        ({"document": "Quy chế của Sở", "article": "", "local": True}, "local", "Quy chế của Sở"),
    ],
)
def test_a_value_read_in_its_text_says_which_by_whom(said, confidence, basis):
    rule, administrator = make_rule(), make_user(Role.ADMINISTRATOR)

    confirm_rule(rule=rule, actor=administrator, **said)

    change = last_changes([rule])[rule.pk]
    assert (rule.confidence, rule.legal_basis, rule.value) == (confidence, basis, "2wd")
    assert (change.actor_id, basis in change.why) == (administrator.pk, True)


@pytest.mark.django_db
@pytest.mark.parametrize("said", [{"document": " ", "article": "điều 3"}, {"document": "NĐ 1", "article": ""}])
def test_nothing_is_checked_without_a_document_and_an_article(said):
    with pytest.raises(RuleNotChanged, match="nêu văn bản đã đọc"):
        confirm_rule(rule=make_rule(), actor=make_user(Role.ADMINISTRATOR), **said)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_correct_and_confirm(role):
    rule, user = make_rule(), make_user(role)

    with pytest.raises(NotPermitted):
        correct_rule(rule=rule, new=new(), actor=user)
    with pytest.raises(NotPermitted):
        confirm_rule(rule=rule, document="NĐ 1", article="điều 1", actor=user)


@pytest.mark.django_db
def test_the_own_value_of_an_office_is_changed_by_its_own_administrator():
    rule = make_rule(office=make_office("BK"))

    with pytest.raises(NotPermitted, match="cơ quan khác"):
        correct_rule(rule=rule, new=new(), actor=make_user(Role.ADMINISTRATOR))
