from __future__ import annotations

from datetime import date

import pytest

from khcn.ip.models import ProtectionTitle
from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.stored import is_stored, stored_slices
from khcn.kernel.exchange.values import value_of
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import instant, make_granted_title, make_title, make_user


def test_only_fields_of_the_record_itself_are_read_so():
    titles, foreign = register("protection-title"), register("foreign-registration")

    assert is_stored(titles, titles.column("kind"))
    assert not is_stored(titles, titles.column("holders_text"))
    assert not is_stored(foreign, foreign.column("owner"))


@pytest.mark.django_db
@pytest.mark.parametrize("past", [False, True])
@pytest.mark.parametrize("size", [1, 500])
def test_both_readings_show_the_same(past, size):
    titles = register("protection-title")
    columns = [column for column in titles.columns if is_stored(titles, column)]
    make_granted_title("Một", number="4-1", granted_on=date(2021, 9, 24), actor=make_user(Role.SPECIALIST))
    make_title("Hai")
    rows = ProtectionTitle.objects.as_of(instant(date(2099, 1, 1))) if past else ProtectionTitle.objects.all()

    slices = list(stored_slices(titles, rows.order_by("pk"), columns, size))

    quick = [list(row) for cells in slices for row in zip(*cells, strict=True)]
    assert quick == [[value_of(titles, row, column) for column in columns] for row in rows.order_by("pk")]
    assert len(slices) == (2 if size == 1 else 1)
