from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, models, transaction

from khcn.kernel.records import tracked
from khcn.kernel.records.bulk import write_changed, write_new
from khcn.kernel.records.clock import LATEST
from khcn.kernel.records.inserting import _ready
from khcn.kernel.records.recording import UnrecordedChange, recording
from khcn.kernel.records.registry import register
from khcn.kernel.records.tracked import PastIsReadOnly, StateAssignedDirectly
from khcn.kernel.tests.factories import TITLES, make_office, make_title

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
MONDAY = datetime(2021, 9, 20, tzinfo=UTC)


def act(**values):
    return recording(**{"actor": None, "verb": "test", "label": "thử", "on": date(2021, 1, 4), **values})


def fresh(count, office="TN"):
    model = register(TITLES).model
    return [
        model(office=make_office(office), title=f"T{n}", kind="mark", state="filed", filed_on=date(2021, 1, n % 28 + 1))
        for n in range(count)
    ]


def told(model, office):
    """What rows and versions say, but for numbers and instants."""
    columns = ("code", "title", "state", "goods", "filed_on")
    live = model.objects.filter(office__code=office).order_by("code")
    numbers = [row.pk for row in live]
    versions = model.Version.objects.filter(id__in=numbers).order_by("code", "recorded_from")
    return list(live.values_list(*columns)), list(versions.values_list(*columns, "change__verb_label"))


@pytest.fixture
def heard(monkeypatch):
    lines = []
    monkeypatch.setattr(tracked, "write_hooks", [lambda rows, _: lines.extend(row.title for row in rows)])
    return lines


def test_keys_of_a_bulk_write_ascend_and_are_never_given_again():
    together, undone, later = fresh(3), fresh(2), fresh(2)

    with act():
        write_new(together)
    with act(), transaction.atomic():
        write_new(undone)
        transaction.set_rollback(True)
    with act():
        later[0].save()
        write_new(later[1:])

    keys = [row.pk for row in (*together, *later)]
    model = type(together[0])
    assert keys == sorted(set(keys))
    assert keys == list(model.objects.order_by("pk").values_list("pk", flat=True))
    assert [model.objects.get(pk=row.pk).title for row in together] == ["T0", "T1", "T2"]


def test_the_bulk_writer_does_what_single_saves_do(heard):
    one_by_one, together = fresh(3, "TN"), fresh(3, "BK")
    model = type(together[0])

    with act():
        for row in one_by_one:
            row.save()
    with act():
        write_new(together)
    singles, bulk = heard[:3], heard[3:]

    assert told(model, "TN") == told(model, "BK")
    assert singles == bulk


def test_a_bulk_change_does_what_single_saves_do():
    one_by_one, together = fresh(3, "TN"), fresh(3, "BK")
    with act():
        write_new(one_by_one)
        write_new(together)
    for row in one_by_one + together:
        row.goods = f"hàng {row.title}"

    with act(label="sửa"):
        for row in one_by_one:
            row.save()
    with act(label="sửa"):
        write_changed(together, ["goods"])

    assert told(type(together[0]), "TN") == told(type(together[0]), "BK")


def test_a_bulk_change_writes_only_the_named_columns_to_row_and_version_alike():
    title = make_title()
    title.goods, title.title = "có", "không ghi"

    with act():
        write_changed([title], ["goods"])

    live, version = (type(title).objects.as_of(at).get() for at in (None, LATEST))
    assert (live.goods, live.title) == (version.goods, version.title) == ("có", "Nhãn hiệu mẫu")


def test_rows_written_in_bulk_are_read_as_of_an_instant():
    rows = fresh(2)
    with act(known_from=MONDAY):
        write_new(rows)
    rows[0].title = "Đổi"
    with act():
        write_changed(rows[:1], ["title"])

    then = type(rows[0]).objects.as_of(MONDAY).order_by("code")

    assert [row.title for row in then] == ["T0", "T1"]


def test_states_are_not_changed_in_bulk_but_by_an_import():
    title = make_title()
    title.state = "refused"

    with act(), pytest.raises(StateAssignedDirectly):
        write_changed([title], ["state"])
    with act(imported=True):
        write_changed([title], ["state"])

    assert type(title).objects.get().state == "refused"


def test_rows_of_the_past_are_not_written_in_bulk():
    make_title(known_from=MONDAY)
    then = register(TITLES).model.objects.as_of(MONDAY).get()

    with act(), pytest.raises(PastIsReadOnly):
        write_changed([then], ["title"])


def test_nothing_is_written_in_bulk_outside_an_act():
    with pytest.raises(UnrecordedChange):
        write_new(fresh(1))


def test_a_bulk_write_takes_a_query_for_many_rows_not_one_for_each(django_assert_max_num_queries):
    rows = fresh(300)

    with django_assert_max_num_queries(60), act():
        write_new(rows)
    with django_assert_max_num_queries(60), act():
        write_changed(rows, ["goods"])

    assert type(rows[0]).Version.objects.count() == 600


@pytest.mark.parametrize(
    ("field", "values"),
    [
        (models.JSONField(), [True, 1, 1.0, {"a": [1, "ữ"]}, None, "1"]),  # equal values that are not the same
        (models.DecimalField(max_digits=9, decimal_places=2), [Decimal("1.5"), None, Decimal("1.5")]),
        (models.BooleanField(), [1, True, 0, False]),
        (models.DateTimeField(), [datetime(2021, 9, 20, tzinfo=UTC), datetime(2021, 9, 20, tzinfo=UTC)]),
    ],
)
def test_a_value_is_made_ready_as_its_field_does_it(field, values):
    ready = _ready(connection, field, values)

    assert repr(ready) == repr([field.get_db_prep_save(value, connection) for value in values])
