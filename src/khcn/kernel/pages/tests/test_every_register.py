from __future__ import annotations

import pytest
from django.core.exceptions import FieldDoesNotExist

from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.values import field_of, with_related
from khcn.kernel.records.registry import registers
from khcn.kernel.tests.factories import make_user
from khcn.ui.icons import known_icons

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]


def is_known(model, name):
    return field_of(model, name) is not None or hasattr(model, name)


def has_relation(model, name):
    try:
        return model._meta.get_field(name).is_relation
    except FieldDoesNotExist:
        return False


def test_every_column_and_fact_names_something_its_rows_have():
    wrong = [
        (one.key, name)
        for one in registers()
        for name in [*(column.name for column in one.columns), *(name for _, names in one.facts for name in names)]
        if not is_known(one.model, name)
    ]

    assert wrong == []


def test_every_part_of_a_register_is_a_relation_of_its_rows():
    assert [(one.key, part) for one in registers() for part in one.parts if not has_relation(one.model, part)] == []


def test_every_date_field_of_a_register_is_stored():
    assert [one.key for one in registers() if one.date_field and field_of(one.model, one.date_field) is None] == []


def importable(one):
    return [column for column in one.columns if column.importable]


def test_every_register_that_takes_files_recognises_its_records():
    assert [
        one.key for one in registers() if importable(one) and not any(column.key for column in importable(one))
    ] == []


def test_every_state_has_an_icon_that_the_sprite_carries():
    wrong = [
        (one.key, info.icon)
        for one in registers()
        if one.workflow is not None
        for info in one.workflow.info.values()
        if info.icon not in known_icons()
    ]

    assert wrong == []


def test_every_register_is_fetched_with_what_its_columns_name():
    assert [len(with_related(one, one.model.objects.all(), one.columns)) for one in registers()] == [0] * len(
        registers()
    )


def test_every_register_has_a_list_an_upload_and_exports(client):
    client.force_login(make_user(Role.ADMINISTRATOR))

    statuses = {
        path: client.get(path).status_code
        for one in registers()
        for path in (
            f"/so/{one.key}/",
            f"/so/{one.key}/xuat/csv/",
            *([f"/so/{one.key}/nhap/"] if importable(one) else []),
        )
    }

    assert {path: status for path, status in statuses.items() if status != 200} == {}
