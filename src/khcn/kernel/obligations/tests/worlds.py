"""What the tests of reminders, feeds and recomputation share: duties, rules, people, addresses by mail."""

from __future__ import annotations

from datetime import date

from khcn.kernel.obligations.services import open_obligation
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.tests.factories import instant, make_title

DUE = date(2021, 10, 11)  # a Monday
MORNING = 8


def make_rule(value="2wd", key="mẫu", **fields):
    asked = {"label": "Thời hạn mẫu", "legal_basis": "QĐ mẫu", **fields}
    with recording(actor=None, verb="make", label="lập"):
        rule = Rule(key=key, value=value, **asked)
        rule.save()
    return rule


def make_duty(*, record=None, started_on=date(2021, 9, 14), **values):
    asked = {"kind": "việc", "action": "Trả lời", "actor": None, **values}
    return open_obligation(record=record or make_title(), started_on=started_on, **asked)


def at(day, hour=MORNING):
    return instant(day, hour)


def with_mail(user):
    user.email = f"{user.username}@example.vn"
    user.save()
    return user
