from __future__ import annotations

from datetime import date

import pytest

from khcn.ip.models import ProtectionTitle
from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.stored import is_stored, stored_cells
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
def test_both_readings_show_the_same(past):
    titles = register("protection-title")
    columns = [column for column in titles.columns if is_stored(titles, column)]
    make_granted_title("Một", number="4-1", granted_on=date(2021, 9, 24), actor=make_user(Role.SPECIALIST))
    make_title("Hai")
    rows = ProtectionTitle.objects.as_of(instant(date(2099, 1, 1))) if past else ProtectionTitle.objects.all()

    quick = stored_cells(titles, rows, columns)

    assert quick == {row.pk: [value_of(titles, row, column) for column in columns] for row in rows}
    assert len(quick) == 2
