"""Two people write one row: what each changed stays, what both changed is told."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from khcn.kernel.access.roles import Role
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.records.tracked import ChangedMeanwhile, StateAssignedDirectly
from khcn.kernel.tests.factories import TITLES, TODAY, make_office, make_title, make_user
from khcn.kernel.workflow.services import NotPossible, perform

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@contextmanager
def act():
    with recording(actor=None, verb="edit", label="sửa"):
        yield


def write(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    with act():
        row.save()


@pytest.fixture
def two():
    title = make_title(actor=make_user(Role.DIRECTOR), goods="chè")
    model = register(TITLES).model
    return model.objects.get(pk=title.pk), model.objects.get(pk=title.pk)


def test_what_another_wrote_in_other_fields_stays(two):
    first, second = two

    write(first, goods="chè búp")
    write(second, source_note="đơn gốc")

    found = type(first).objects.get(pk=first.pk)
    assert (found.goods, found.source_note, second.goods) == ("chè búp", "đơn gốc", "chè búp")


def test_a_field_that_both_changed_is_refused_and_named(two):
    first, second = two

    write(first, goods="chè búp")
    with pytest.raises(ChangedMeanwhile, match="«Sản phẩm, dịch vụ, lĩnh vực bảo hộ» vừa được người khác sửa"):
        write(second, goods="chè xanh")

    assert type(first).objects.get(pk=first.pk).goods == "chè búp"


def test_saying_the_same_as_another_is_no_clash(two):
    first, second = two

    write(first, goods="chè búp")
    write(second, goods="chè búp")

    assert type(first).objects.get(pk=first.pk).goods == "chè búp"


def test_a_step_on_a_row_read_before_its_withdrawal_does_not_undo_it(two):
    first, second = two
    write(first, withdrawn_on=TODAY, withdrawal_reason="nhập trùng")

    with pytest.raises(NotPossible, match="đã thu hồi ngày"):
        perform(register(TITLES).workflow, "refuse", second, actor=make_user(Role.SPECIALIST), on=TODAY, note="có")

    assert type(first).objects.get(pk=first.pk).withdrawn_on == TODAY


def test_no_step_is_taken_on_a_withdrawn_record(two):
    first, _ = two
    write(first, withdrawn_on=TODAY, withdrawal_reason="nhập trùng")

    with pytest.raises(NotPossible, match="đã thu hồi ngày"):
        perform(register(TITLES).workflow, "refuse", first, actor=make_user(Role.SPECIALIST), on=TODAY, note="có")


def test_a_step_asks_its_conditions_again_of_what_another_changed(two):
    first, second = two
    second.title_number, second.granted_on = "4-1", date(2021, 5, 1)
    write(first, title_number="4-2")

    with pytest.raises(NotPossible, match="«Số văn bằng» vừa được người khác sửa"):
        perform(register(TITLES).workflow, "grant", second, actor=make_user(Role.SPECIALIST), on=TODAY)


def test_a_write_rolled_back_may_be_tried_again_with_the_same_row(two):
    first, _ = two
    with transaction.atomic():
        write(first, goods="chè búp")
        transaction.set_rollback(True)

    write(first, source_note="lần hai")

    found = type(first).objects.get(pk=first.pk)
    assert (found.goods, found.source_note) == ("chè búp", "lần hai")


def test_a_state_set_by_hand_is_refused_also_after_another_write(two):
    first, _ = two
    write(first, goods="chè búp")
    first.state = "granted"

    with pytest.raises(StateAssignedDirectly), act():
        first.save()


def test_a_value_that_the_database_writes_otherwise_is_nobody_elses_change():
    row = register("working-session").model(office=make_office(), title="Buổi", state="held")
    with recording(actor=None, verb="import", label="nhập", imported=True):
        row.save()
        figure = type(row).figures.rel.related_model(session=row, value="12.34567", what="số")
        figure.save()

    write(figure, value=Decimal(5))

    assert type(figure).objects.get(pk=figure.pk).value == 5
