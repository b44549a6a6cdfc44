from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from khcn.kernel.obligations.models import Obligation, ObligationPause
from khcn.kernel.records.changes import Change
from khcn.kernel.records.clock import FOREVER, LATEST, settled_instant
from khcn.kernel.records.recording import UnrecordedChange, current_recording, recording
from khcn.kernel.records.tracked import HistoryWouldBeLost, PastIsReadOnly, StateAssignedDirectly, write_hooks
from khcn.kernel.tests.factories import make_office, make_title

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
MONDAY = datetime(2021, 9, 20, tzinfo=UTC)


def act(**values):
    return recording(**{"actor": None, "verb": "test", "label": "thử", **values})


def duty(action="Việc"):
    office = make_office()
    return Obligation(office=office, register="r", record_id=1, kind="k", action=action, started_on=date(2021, 9, 1))


def test_a_nested_act_has_its_own_words_and_the_day_and_instant_of_the_outer_one():
    with act(on=date(2021, 9, 1), known_from=MONDAY) as outer, act(verb="inner", label="trong") as inner:
        duty().save()

    assert (inner.at, inner.on, inner.known_from) == (outer.at, date(2021, 9, 1), MONDAY)
    assert [change.verb for change in Change.objects.all()] == ["inner"]


def test_an_act_inside_an_import_is_an_import_but_not_inside_a_transition_a_transition():
    with act(imported=True), act() as inside_import:
        pass
    with act(transition=True), act() as inside_transition:
        pass

    assert (inside_import.imported, inside_transition.transition) == (True, False)


def test_after_an_act_nothing_is_recorded_any_more_even_if_it_failed():
    with pytest.raises(ZeroDivisionError), act():
        raise ZeroDivisionError

    with pytest.raises(UnrecordedChange):
        current_recording()


def test_an_act_that_fails_leaves_neither_rows_nor_versions_nor_change():
    with act():
        duty().save()
        transaction.set_rollback(True)

    assert (Obligation.objects.count(), Obligation.Version.objects.count(), Change.objects.count()) == (0, 0, 0)


def test_an_act_that_writes_nothing_leaves_no_change():
    with act():
        pass

    assert Change.objects.count() == 0


def test_legacy_data_counts_as_known_since_the_declared_instant():
    with act(known_from=MONDAY):
        duty().save()

    assert Obligation.objects.as_of(MONDAY).count() == 1
    assert Obligation.objects.as_of(MONDAY - timedelta(microseconds=1)).count() == 0
    assert Change.objects.get().known_from == MONDAY


def test_nothing_is_declared_known_before_its_time_has_come():
    with pytest.raises(ValueError, match="chưa đến"), act(known_from=timezone.now() + timedelta(days=1)):
        duty().save()


def test_a_later_declaration_of_earlier_knowledge_does_not_rewrite_what_was_recorded():
    row = duty()
    with act(known_from=MONDAY):
        row.save()
    row.action = "Khai muộn"
    with act(known_from=MONDAY - timedelta(days=3)):
        row.save()

    versions = list(Obligation.Version.objects.order_by("recorded_from"))

    assert [version.action for version in versions] == ["Việc", "Khai muộn"]
    assert versions[0].recorded_to == versions[1].recorded_from > versions[0].recorded_from
    assert versions[1].recorded_to == FOREVER


def test_a_save_of_some_columns_writes_the_whole_row_so_that_history_and_row_agree():
    row = duty()
    with act():
        row.save()
    row.action, row.kind = "Đổi", "khác"
    with act():
        row.save(update_fields=["kind"])

    live, version = Obligation.objects.get(), Obligation.objects.as_of(LATEST).get()

    assert (live.action, live.kind) == (version.action, version.kind) == ("Đổi", "khác")


def test_the_state_of_a_record_is_not_assigned():
    title = make_title()
    title.state = "granted"

    with act(), pytest.raises(StateAssignedDirectly, match=title.code):
        title.save()


def test_only_an_import_may_bring_a_state_along():
    title = make_title()
    title.state = "refused"

    with act(imported=True):
        title.save()

    assert type(title).objects.get().state == "refused"


def test_rows_are_neither_deleted_nor_changed_past_history():
    row = make_title()

    for attempt in (row.delete, type(row).objects.all().delete, lambda: type(row).objects.bulk_create([row])):
        with pytest.raises(HistoryWouldBeLost):
            attempt()
    with pytest.raises(HistoryWouldBeLost):
        type(row).objects.bulk_update([row], ["title"])


def part(**values):
    row = duty()
    stop = ObligationPause(obligation=row, first_on=date(2021, 9, 2), reason="nhầm")
    with act(**values):
        row.save()
        stop.save()
    return stop


def test_a_part_removed_in_the_act_that_made_it_was_hardly_ever_known():
    row = duty()
    with act():
        row.save()
        stop = ObligationPause(obligation=row, first_on=date(2021, 9, 2), reason="nhầm")
        stop.save()
        stop.remove()

    assert ObligationPause.objects.count() == 0
    assert ObligationPause.objects.as_of(timezone.now()).count() == 0


def test_a_removal_is_told_in_history_with_its_reason_and_never_seen_from_then_on():
    stop = part(known_from=MONDAY)
    with act(verb="remove", label="bỏ phần nhập nhầm", why="nhập trùng"):
        stop.remove()

    change = Change.objects.get(verb="remove")

    assert (change.why, ObligationPause.Version.objects.filter(change=change).count()) == ("nhập trùng", 1)
    assert ObligationPause.objects.as_of(change.at - timedelta(microseconds=1)).count() == 1
    assert ObligationPause.objects.as_of(change.at).count() == 0
    assert ObligationPause.objects.as_of(MONDAY).get().reason == "nhầm"


def test_a_removal_is_told_to_the_hooks_while_the_row_still_has_its_number(monkeypatch):
    stop, heard = part(), []
    monkeypatch.setattr(
        "khcn.kernel.records.tracked.write_hooks", [*write_hooks, lambda rows, _: heard.append(rows[0].pk)]
    )
    number = stop.pk

    with act():
        stop.remove()

    assert heard == [number]


def test_a_part_read_from_the_past_is_not_removed():
    part(known_from=MONDAY)
    then = ObligationPause.objects.as_of(MONDAY).get()

    with act(), pytest.raises(PastIsReadOnly):
        then.remove()


@pytest.mark.django_db(transaction=True)
def test_figures_are_settled_only_inside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        settled_instant()
    with transaction.atomic():
        assert settled_instant() <= timezone.now()


def test_an_instant_without_a_time_zone_reads_nothing():
    with pytest.raises(ValueError, match="múi giờ"):
        Obligation.objects.as_of(datetime(2021, 9, 24))  # noqa: DTZ001 (the case itself)
