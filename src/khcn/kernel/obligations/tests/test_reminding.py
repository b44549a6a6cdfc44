from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.identity.models import RoleGrant
from khcn.kernel.identity.services import delegate
from khcn.kernel.jobs.running import run_pending
from khcn.kernel.notices.models import Notice
from khcn.kernel.obligations import audience, reminding
from khcn.kernel.obligations.models import Reminder
from khcn.kernel.obligations.reminding import remind_due
from khcn.kernel.obligations.selectors import inbox_of
from khcn.kernel.obligations.services import close_obligations, move_due, pause, resume
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.obligations.tests.worlds import DUE, at, make_duty, with_mail
from khcn.kernel.records import registry
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.tests.factories import make_division, make_office, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
L = UrgingLevel
BEFORE = DUE - timedelta(days=7)  # a Monday
NEAR = DUE - timedelta(days=3)  # a Friday
LATE = DUE + timedelta(days=1)
VERY_LATE = DUE + timedelta(days=7)


@pytest.fixture
def people(db):
    load_shipped_rules()
    division, other = make_division(), make_division(code="KHAC")
    return {
        "specialist": make_user(Role.SPECIALIST, division=division),
        "specialist elsewhere": make_user(Role.SPECIALIST, division=other),
        "head": make_user(Role.DIVISION_HEAD, division=division),
        "head elsewhere": make_user(Role.DIVISION_HEAD, division=other),
        "director": make_user(Role.DIRECTOR),
        "monitor": make_user(Role.MONITOR),
        "clerk": make_user(Role.CLERK, division=division),
        "provincial leader": make_user(Role.PROVINCIAL_LEADER),
        "administrator": make_user(Role.ADMINISTRATOR),
        "agency": make_user(Role.ASSIGNED_AGENCY),
        "nobody": make_user(username="khong-vai", division=division),
        "director elsewhere": make_user(Role.DIRECTOR, username="gd-bn", office=make_office("BN")),
    }


def told(people):
    known = {user.pk: name for name, user in people.items()}
    return {known[number] for number in Notice.objects.values_list("user_id", flat=True)}


def division_duty(**values):
    record = make_title(division=make_division(), **values)
    return make_duty(record=record, due_on=DUE)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (BEFORE - timedelta(days=3), set()),  # nothing is near
        (BEFORE, {"specialist"}),  # T-7: who must do it
        (NEAR, {"specialist", "head"}),  # T-3: the head too
        (LATE, {"director"}),  # T+1: the director
        (VERY_LATE, {"director", "monitor"}),  # T+7: marked for the issuer by whoever follows
    ],
)
def test_each_level_reaches_its_people_and_nobody_else(people, day, names):
    division_duty()

    remind_due(now=at(day))

    assert told(people) == names


def test_a_person_named_is_told_instead_of_the_whole_division(people):
    named = people["specialist elsewhere"]
    make_duty(record=make_title(division=make_division(), responsible=named), due_on=DUE)

    remind_due(now=at(BEFORE))

    assert told(people) == {"specialist elsewhere"}


def test_where_no_unit_is_in_charge_whoever_follows_work_is_told(people):
    make_duty(record=make_title(), due_on=DUE)

    remind_due(now=at(BEFORE))

    assert told(people) == {"monitor"}


def test_the_sentence_says_what_on_which_record_due_when_and_leads_there(people):
    duty = division_duty(title="Nhãn hiệu mẫu")

    remind_due(now=at(BEFORE))

    notice = Notice.objects.get()
    code = registry.resolve([duty.ref], everything=True)[duty.ref].code
    assert notice.text == f"Còn 7 ngày đến hạn 11/10/2021: Trả lời, hồ sơ {code} «Nhãn hiệu mẫu»."
    assert notice.url.endswith(f"/{code}/")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (DUE, "Đến hạn hôm nay, 11/10/2021: "),  # the day itself
        (LATE, "Quá hạn 1 ngày (hạn 11/10/2021): "),  # after it
    ],
)
def test_the_sentence_says_how_near_or_late(people, day, words):
    division_duty()

    remind_due(now=at(day))

    assert Notice.objects.first().text.startswith(words)


def test_what_goes_to_the_issuer_says_so_and_is_marked_even_if_nobody_follows_work(people):
    RoleGrant.objects.filter(role__in=(Role.MONITOR, Role.DIRECTOR)).delete()
    division_duty()

    remind_due(now=at(VERY_LATE))

    marked = Reminder.objects.get()
    assert (marked.level, marked.told, marked.due_on, marked.sent_on) == (L.ISSUER, 0, DUE, VERY_LATE)


def test_a_level_is_used_once_for_a_due_date_and_anew_for_another(people):
    duty = division_duty()

    first = [remind_due(now=at(BEFORE)), remind_due(now=at(BEFORE)), remind_due(now=at(BEFORE, 11))]
    move_due(obligation=duty, due_on=DUE + timedelta(days=1), actor=None, why="gia hạn")
    moved = remind_due(now=at(BEFORE + timedelta(days=1)))

    assert (first, moved, Notice.objects.count()) == ([1, 0, 0], 1, 2)


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (BEFORE, 6),  # before seven
        (BEFORE, 17),  # after work
        (date(2021, 10, 9), 9),  # a Saturday
        (date(2021, 10, 10), 9),  # a Sunday
    ],
)
def test_people_are_told_in_the_hours_of_working_days_only(people, day, hour):
    division_duty()

    assert (remind_due(now=at(day, hour)), Notice.objects.count()) == (0, 0)


def test_what_fell_on_a_day_off_is_said_on_the_next_working_morning(people):
    make_duty(record=make_title(division=make_division()), due_on=date(2021, 10, 9) + timedelta(days=7))

    assert (remind_due(now=at(date(2021, 10, 9))), remind_due(now=at(date(2021, 10, 11)))) == (0, 1)


def test_what_rests_is_done_or_was_withdrawn_is_silent(people):
    resting, done, withdrawn = division_duty(), division_duty(), division_duty()
    pause(obligation=resting, on=BEFORE, reason="chờ bổ sung", actor=None)
    records = registry.resolve([done.ref, withdrawn.ref], everything=True)
    close_obligations(record=records[done.ref], kinds=["việc"], on=BEFORE, actor=None)
    gone = records[withdrawn.ref]
    gone.withdrawn_on, gone.withdrawal_reason = BEFORE, "nhập trùng"
    with recording(actor=None, verb="withdraw", label="thu hồi"):
        gone.save()

    silent = remind_due(now=at(BEFORE))
    resume(obligation=resting, on=BEFORE, actor=None)

    assert (silent, remind_due(now=at(BEFORE))) == (0, 1)


def test_nobody_is_told_of_a_record_they_may_not_see_and_the_level_waits_for_someone_who_may(people):
    hidden = make_title(confidentiality=Confidentiality.CONFIDENTIAL)
    duty = make_duty(record=hidden, due_on=DUE)
    duty.person = people["specialist"]
    with recording(actor=None, verb="give", label="giao"):
        duty.save()

    kept = remind_due(now=at(BEFORE))
    hidden.responsible = people["specialist"]
    with recording(actor=None, verb="give", label="giao"):
        hidden.save()

    assert (kept, remind_due(now=at(BEFORE)), told(people)) == (0, 1, {"specialist"})


def test_who_stands_in_is_told_as_well_as_the_absent_and_only_while_it_lasts(people):
    deputy = people["head elsewhere"]
    delegate(
        actor=people["head"].act_on(NEAR), role=Role.DIVISION_HEAD, to=deputy, valid_from=NEAR, valid_to=NEAR, on=NEAR
    )
    division_duty()

    remind_due(now=at(NEAR))
    division_duty()
    remind_due(now=at(DUE))

    heads = Notice.objects.filter(user__in=[people["head"], deputy])
    assert heads.filter(user=deputy).get().text.endswith(f"Bạn làm thay {people['head']}.")
    assert heads.filter(user=people["head"]).count() == 2


def test_who_stands_in_finds_the_work_of_the_absent_in_the_inbox(people):
    head, deputy = people["head"], people["head elsewhere"]
    delegate(actor=head.act_on(NEAR), role=Role.DIVISION_HEAD, to=deputy, valid_from=NEAR, valid_to=NEAR, on=NEAR)
    make_duty(record=make_title(responsible=head), due_on=DUE)

    counts = [len(inbox_of(deputy.act_on(day), day)) for day in (NEAR, DUE)]

    assert counts == [1, 0]


def test_an_outside_party_is_reminded_through_its_accounts(people, monkeypatch):
    party = make_title("bên", confidentiality=Confidentiality.PUBLIC)
    monkeypatch.setattr(audience, "holder_accounts", [lambda ref, _day: [people["agency"]] if ref == party.ref else []])
    make_duty(record=make_title(confidentiality=Confidentiality.PUBLIC), holder=party, due_on=DUE)

    remind_due(now=at(BEFORE))

    assert told(people) == {"agency"}


def test_an_account_that_was_closed_is_told_nothing(people):
    people["specialist"].is_active = False
    people["specialist"].save()
    make_duty(record=make_title(division=make_division(), responsible=people["specialist"]), due_on=DUE)

    remind_due(now=at(BEFORE))

    assert told(people) == {"head"}


def test_a_morning_with_several_reminders_is_one_message(people):
    with_mail(people["specialist"])
    division_duty()
    division_duty()

    remind_due(now=at(BEFORE))
    run_pending(now=at(BEFORE))

    (message,) = mail.outbox
    assert message.subject == "Nhắc việc: 2 việc"
    assert message.body.count("Mở tại: ") == Notice.objects.count() == 2


def test_one_reminder_is_its_own_subject(people):
    with_mail(people["specialist"])
    division_duty()

    remind_due(now=at(BEFORE))
    run_pending(now=at(BEFORE))

    assert [message.subject for message in mail.outbox] == [Notice.objects.get().text]


def test_lateness_is_not_told_to_whom_it_is_not_released(people, monkeypatch):
    kept = registry.register("protection-title")
    monkeypatch.setitem(
        registry._registers,
        "protection-title",
        type(kept)(**{**vars(kept), "may_see_lateness": lambda user, _record: user != people["director"]}),
    )
    division_duty()

    counts = [remind_due(now=at(day)) for day in (BEFORE, LATE)]

    assert (counts, told(people)) == ([1, 0], {"specialist"})


def test_upper_modules_hear_of_each_level_used(people, monkeypatch):
    heard = []
    monkeypatch.setattr(reminding, "urged_hooks", [lambda duty, level, _text, on: heard.append((duty.pk, level, on))])
    duty = division_duty()

    remind_due(now=at(VERY_LATE))

    assert heard == [(duty.pk, L.DIRECTOR, VERY_LATE), (duty.pk, L.ISSUER, VERY_LATE)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(people):
    division_duty()
    counts = []

    def work():
        counts.append(remind_due(now=at(BEFORE)))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sorted(counts), Notice.objects.count()) == ([0, 1], 1)
