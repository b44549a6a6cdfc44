from __future__ import annotations

from dataclasses import replace

import pytest

from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.records.history import history_of
from khcn.kernel.records.registry import Column, register
from khcn.kernel.tests.factories import TODAY, make_office
from khcn.kernel.workflow.services import enter

pytestmark = pytest.mark.django_db


def import_one(values, *, actor, on, known_from):
    if values["holders_text"] == "không rõ":
        raise ValueError("chưa biết chủ văn bằng «không rõ».")
    found = register("protection-title")
    record = found.model(office=make_office(), title=values["title"], kind=values["kind"], goods=values["holders_text"])
    return enter(found.workflow, record, actor=actor, on=on)


def load(text, **said):
    found = register("protection-title")
    columns = [
        Column("holders_text", "Chủ văn bằng", importable=True) if c.name == "holders_text" else c
        for c in found.columns
    ]
    own = replace(found, columns=tuple(columns), import_row=import_one)
    table = read_table(f"Đối tượng được bảo hộ;Loại văn bằng;Chủ văn bằng\n{text}".encode(), "a.csv")
    return import_rows(
        own, table, actor=None, on=TODAY, office=make_office(), **{"dry_run": False, "skip_bad": False, **said}
    )


def test_a_module_creates_its_records_itself_from_what_is_no_field_as_well():
    report = load("Nhãn hiệu A;mark;HTX Chè\n")

    record = register("protection-title").model.objects.get()
    assert report.created == 1
    assert (record.goods, record.state) == ("HTX Chè", "filed")
    assert history_of(record)


def test_a_row_the_module_refuses_is_named_with_its_reason():
    report = load("Nhãn hiệu A;mark;HTX Chè\nNhãn hiệu B;mark;không rõ\n")

    assert [(found.row, found.reason) for found in report.bad] == [(3, "chưa biết chủ văn bằng «không rõ»")]
    assert not register("protection-title").model.objects.exists()


def test_the_rows_beside_a_refused_one_are_kept_where_bad_ones_may_be_left_out():
    report = load("Nhãn hiệu A;mark;HTX Chè\nNhãn hiệu B;mark;không rõ\n", skip_bad=True)

    assert (report.created, report.bad_rows) == (1, 1)
    assert register("protection-title").model.objects.get().title == "Nhãn hiệu A"
