"""Who may declare since when old data was known, and for what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.declaring import PastRefused
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.records.models import RegisterOpening
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TODAY, instant, make_office, make_title, make_user

pytestmark = pytest.mark.django_db

THEN = instant(date(2020, 1, 1))
NEW = "Đối tượng được bảo hộ;Loại văn bằng;Số văn bằng\nNhãn hiệu A;mark;4-1\n"


def load(actor=None, *, known_from=THEN, text=NEW):
    table = read_table(text.encode(), "a.csv")
    return import_rows(
        register("protection-title"),
        table,
        actor=actor,
        on=TODAY,
        dry_run=False,
        skip_bad=False,
        known_from=known_from,
        office=make_office(),
    )


@pytest.mark.parametrize(
    ("role", "office", "allowed"),
    [
        (Role.SPECIALIST, "TN", False),  # may import, but past figures are not theirs to move
        (Role.DIRECTOR, "TN", False),
        (Role.ADMINISTRATOR, "TN", True),
        (Role.ADMINISTRATOR, "XX", False),  # an administrator elsewhere
    ],
)
def test_who_may_declare_since_when_data_was_known(role, office, allowed):
    actor = make_user(role, office=make_office(office))

    try:
        done = load(actor).created == 1
    except NotPermitted:
        done = False

    assert done is allowed


def test_the_system_itself_may_declare_it():
    assert load().created == 1
    assert register("protection-title").model.objects.as_of(THEN).count() == 1


def test_a_record_whose_past_is_known_is_not_changed_in_the_past():
    record = make_title("Tên cũ", title_number="4-1")

    report = load()

    record.refresh_from_db()
    assert record.title == "Tên cũ"
    assert record.code in report.bad[0].reason
    assert "quá khứ của nó đã được ghi" in report.bad[0].reason


def test_what_is_declared_lies_before_the_register_was_opened_here():
    RegisterOpening.objects.create(office=make_office(), register="protection-title", opened_at=THEN)

    with pytest.raises(PastRefused, match="đã mở tại đây lúc 1/1/2020 12:00"):
        load()
    assert load(known_from=THEN - timedelta(days=1)).created == 1


def test_nothing_is_known_from_an_instant_to_come():
    with pytest.raises(PastRefused, match="chưa tới"):
        load(known_from=timezone.now() + timedelta(days=400))
