from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Count, Exists, OuterRef, Sum

from khcn.kernel.identity.models import Office
from khcn.kernel.obligations.models import Obligation, ObligationPause
from khcn.kernel.records.compiler import PastCannotBeWritten
from khcn.kernel.records.recording import UnrecordedChange, recording
from khcn.kernel.records.tracked import HistoryWouldBeLost, PastIsReadOnly

pytestmark = pytest.mark.django_db

MONDAY = datetime(2021, 9, 20, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture
def office():
    return Office.objects.create(code="TN", name="Sở", short_name="Sở", symbol="SKHCN", parent_name="UBND", seat="TN")


def known(instant):
    return recording(actor=None, verb="test", label="thử", known_from=instant)


def make(office, instant, **values):
    row = Obligation(
        office=office, register="r", record_id=1, kind="k", action="Việc", started_on=date(2021, 9, 1), **values
    )
    with known(instant):
        row.save()
    return row


def change(row, instant, **values):
    for name, value in values.items():
        setattr(row, name, value)
    with known(instant):
        row.save()


def test_a_row_is_read_as_it_was_known_at_the_instant(office):
    row = make(office, MONDAY)
    change(row, WEDNESDAY, action="Việc khác")

    at = [
        Obligation.objects.as_of(t).values_list("action", flat=True)
        for t in (MONDAY - timedelta(1), MONDAY, TUESDAY, WEDNESDAY)
    ]

    assert [list(rows) for rows in at] == [[], ["Việc"], ["Việc"], ["Việc khác"]]


def test_joins_subqueries_and_aggregates_follow_the_instant(office):
    row = make(office, MONDAY)
    with known(WEDNESDAY):
        ObligationPause(obligation=row, first_on=date(2021, 9, 2), reason="chờ").save()
    paused = ObligationPause.objects.filter(obligation=OuterRef("pk"))

    before, after = Obligation.objects.as_of(TUESDAY), Obligation.objects.as_of(WEDNESDAY)

    assert before.filter(pauses__reason="chờ").count() == 0
    assert after.filter(pauses__reason="chờ").count() == 1
    assert before.exclude(pauses__reason="chờ").count() == 1
    assert after.exclude(pauses__reason="chờ").count() == 0
    assert before.filter(Exists(paused)).count() == 0
    assert after.filter(Exists(paused)).count() == 1
    assert before.annotate(n=Count("pauses")).get().n == 0
    assert after.aggregate(total=Sum("record_id"))["total"] == 1


def test_related_rows_of_a_past_row_are_past_too(office):
    row = make(office, MONDAY)
    with known(WEDNESDAY):
        ObligationPause(obligation=row, first_on=date(2021, 9, 2), reason="chờ").save()

    then = Obligation.objects.as_of(TUESDAY).get()
    prefetched = Obligation.objects.as_of(TUESDAY).prefetch_related("pauses").get()
    pause = ObligationPause.objects.as_of(WEDNESDAY).select_related("obligation").get()
    change(row, WEDNESDAY + timedelta(1), action="Đổi")

    assert list(then.pauses.all()) == []
    assert list(prefetched.pauses.all()) == []
    assert pause.obligation.action == "Việc"
    assert ObligationPause.objects.as_of(WEDNESDAY).get().obligation.action == "Việc"


def test_the_past_cannot_be_written(office):
    make(office, MONDAY)
    then = Obligation.objects.as_of(TUESDAY).get()

    with known(WEDNESDAY), pytest.raises(PastIsReadOnly):
        then.save()
    with pytest.raises(HistoryWouldBeLost):
        Obligation.objects.as_of(TUESDAY).update(action="x")
    with pytest.raises(PastCannotBeWritten):
        Obligation.objects.as_of(TUESDAY)._raw_delete("default")


def test_nothing_is_saved_outside_a_recorded_change(office):
    row = Obligation(office=office, register="r", record_id=1, kind="k", action="Việc", started_on=date(2021, 9, 1))

    with pytest.raises(UnrecordedChange):
        row.save()

    assert Obligation.objects.count() == 0


def test_two_saves_in_one_change_make_one_version(office):
    row = Obligation(office=office, register="r", record_id=1, kind="k", action="Việc", started_on=date(2021, 9, 1))

    with known(MONDAY):
        row.save()
        row.action = "Sửa ngay"
        row.save()

    assert [v.action for v in Obligation.Version.objects.all()] == ["Sửa ngay"]


def test_a_removed_part_stays_in_the_past(office):
    row = make(office, MONDAY)
    with known(MONDAY):
        pause = ObligationPause(obligation=row, first_on=date(2021, 9, 2), reason="nhầm")
        pause.save()

    with recording(actor=None, verb="remove", label="bỏ", known_from=None):
        pause.remove()

    assert ObligationPause.objects.count() == 0
    assert ObligationPause.objects.as_of(TUESDAY).count() == 1


def test_the_parts_of_a_past_record_are_found_by_an_index():
    indexed = {tuple(index.fields) for index in ObligationPause.Version._meta.indexes}

    assert ("obligation_id", "recorded_to") in indexed
