"""Targets and values that come in with a sheet obey what binds those entered one by one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.records.registry import register
from khcn.policies.models import ProgrammeTarget, TargetReport
from khcn.policies.rules import wanted_years
from khcn.policies.services import accept_report, import_report, import_target
from khcn.policies.states import ProgrammeState, TargetReportState
from khcn.policies.tests.factories import make_office, make_programme, make_report, make_target, make_user

pytestmark = pytest.mark.django_db
END = date(2021, 12, 31)
HEADINGS = "Nội dung;Chỉ tiêu;Kỳ;Năm;Giá trị;Số liệu đến ngày;Ngày báo cáo;Minh chứng;Trạng thái"


@pytest.fixture
def administrator(world):
    return make_user(world.office, Role.ADMINISTRATOR)


@pytest.fixture
def target(world):
    return make_target(make_programme(world.director, ProgrammeState.CARRIED_OUT), world.director)


def load(key, headings, line, actor):
    table = read_table(f"{headings}\n{line}\n".encode(), "a.csv")
    return import_rows(register(key), table, actor=actor, on=END, office=actor.office, dry_run=False, skip_bad=False)


def load_value(target, actor, value="7,5", said="Công văn mẫu"):
    line = f"Số năm;{target.code};Cả năm;2021;{value};14/12/2021;20/12/2021;{said};Đã chấp nhận"
    return load("target-report", HEADINGS, line, actor)


def test_a_target_comes_in_with_what_it_wants_each_year(world, administrator, target):
    line = f'Số bằng;{target.programme.code};"2025: 1.250; 2026: 62,5; 2030"'
    found = load("programme-target", "Chỉ tiêu;Chương trình;Đích từng năm", line, administrator)

    made = ProgrammeTarget.objects.get(title="Số bằng")
    assert (found.created, made.years_text, made.state) == (1, "2025: 1.250; 2026: 62,5; 2030", "followed")
    assert wanted_years(made.years_text) == {2025: 1250, 2026: Decimal("62.5"), 2030: None}


def test_a_year_that_cannot_be_read_is_told_and_nothing_comes_in(administrator, target):
    line = f"Số bằng;{target.programme.code};2025 là năm chục"
    found = load("programme-target", "Chỉ tiêu;Chương trình;Đích từng năm", line, administrator)

    assert "Không hiểu «2025 là năm chục»" in found.bad[0].reason
    assert not ProgrammeTarget.objects.filter(title="Số bằng").exists()


def test_a_value_of_a_sheet_waits_to_be_accepted_whatever_state_the_sheet_says(administrator, target):
    assert load_value(target, administrator).created == 1

    report = TargetReport.objects.get()
    assert (report.state, report.reported_on, report.reported_by) == (
        TargetReportState.REPORTED,
        date(2021, 12, 20),
        administrator,
    )


def test_a_sheet_leaves_an_accepted_value_and_brings_another_beside_it(world, administrator, target):
    first = make_report(target, world.specialist, "7.5")
    accept_report(report=first, actor=world.director, on=END)

    same, other = load_value(target, administrator), load_value(target, administrator, "9")

    first.refresh_from_db()
    assert (same.unchanged + same.updated, other.created) == (1, 1)
    assert (first.value, first.state) == (Decimal("7.5"), TargetReportState.ACCEPTED)


def test_a_value_the_registers_count_does_not_come_in(world, administrator):
    programme = make_programme(world.director, ProgrammeState.CARRIED_OUT)
    counted = make_target(programme, world.director, indicator="policies.programmes_issued")

    assert "lấy từ sổ" in load_value(counted, administrator).bad[0].reason
    assert not TargetReport.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "elsewhere"])
def test_others_bring_in_neither_targets_nor_values(world, target, who):
    actor = world.clerk if who == "clerk" else make_user(make_office("BN"), Role.ADMINISTRATOR)

    with pytest.raises(NotPermitted):
        import_target({"title": "Số bằng", "programme": target.programme}, actor=actor, on=END)
    with pytest.raises(NotPermitted):
        import_report({"target": target, "year": 2021}, actor=actor, on=END)
