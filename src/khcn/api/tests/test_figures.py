from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from django.utils import timezone

from khcn.api.tests.factories import ask
from khcn.api.v1 import PeriodKey
from khcn.ip.tests.factories import make_title
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.indicators.models import ReportedValue
from khcn.kernel.indicators.periods import KINDS, PARTS, key_of
from khcn.kernel.indicators.registry import _indicators, declare_reported, indicators
from khcn.kernel.indicators.selectors import figure, report_period
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_user
from khcn.reporting.states import ReportState
from khcn.reporting.tests.factories import TITLES, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
VALUE, RECORDS = f"indicators/{TITLES}", f"indicators/{TITLES}/records"
NINE_MONTHS = {"period": "nine-month", "year": 2021}
ADDRESSES = [("indicators", {}), (VALUE, NINE_MONTHS), (RECORDS, NINE_MONTHS)]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        (None, 401),  # a visitor
        ("agency", 403),  # outside the office
        ("leader", 200),  # of the province
        ("specialist", 200),
        ("clerk", 200),
        ("director", 200),
    ],
)
def test_figures_are_read_by_those_who_read_reports(client, world, who, status, address):
    path, asked = address

    assert ask(client, path, who and getattr(world, who), **asked).status_code == status


def test_an_account_of_no_office_reads_no_figure(client, world):
    world.specialist.office = None
    world.specialist.save()

    answer = ask(client, VALUE, world.specialist, **NINE_MONTHS)

    assert (answer.status_code, answer.json()["detail"]) == (403, "Tài khoản chưa thuộc cơ quan nào.")


def test_a_value_says_what_it_speaks_of(client, world):
    said = ask(client, VALUE, world.specialist, **NINE_MONTHS).json()

    assert (said["value"], said["unit"], said["kind"]["code"]) == ("2", "văn bằng", "counted")
    assert (said["period"]["first"], said["period"]["last"]) == ("2020-12-15", "2021-09-14")
    assert said["period"]["rule"]["confidence"]["code"] in {"verified", "secondary", "unchecked"}
    assert said["definition"].startswith("Văn bằng có ngày cấp trong kỳ")
    assert said["records_url"] == f"/api/v1/{RECORDS}?period=nine-month&year=2021"


def test_the_records_behind_a_value_add_up_to_it(client, world):
    value = ask(client, VALUE, world.specialist, **NINE_MONTHS).json()
    records = ask(client, value["records_url"].removeprefix("/api/v1/"), world.specialist).json()

    assert [item["code"] for item in records["items"]] == [title.code for title in world.titles[:2]]
    assert (records["total"], records["hidden"], records["register_key"]) == (2, 0, "protection-title")
    assert Decimal(value["value"]) == records["total"]


def test_records_that_the_caller_may_not_know_of_are_counted_and_not_named(client, world):
    with recording(actor=world.director, verb="correct", label="sửa"):
        world.titles[0].confidentiality = Confidentiality.CONFIDENTIAL
        world.titles[0].save()

    records = ask(client, RECORDS, world.leader, **NINE_MONTHS).json()

    assert (len(records["items"]), records["total"], records["hidden"]) == (1, 2, 1)
    assert ask(client, VALUE, world.leader, **NINE_MONTHS).json()["value"] == "2"


def test_every_period_that_reports_speak_of_can_be_asked_for():
    keys = [key_of(kind, part) for kind in KINDS for part in (range(1, PARTS[kind] + 1) if kind in PARTS else (0,))]

    assert sorted(get_args(PeriodKey)) == sorted(keys)


@pytest.mark.parametrize(
    ("period", "value", "first"),
    [("month-9", "1", "2021-08-15"), ("quarter-3", "1", "2021-06-15"), ("statistics-year", "2", "2021-01-01")],
)
def test_a_month_and_a_quarter_are_read_by_their_own_days(client, world, period, value, first):
    said = ask(client, VALUE, world.specialist, period=period, year=2021).json()

    assert (said["value"], said["period"]["key"], said["period"]["first"]) == (value, period, first)
    assert f"period={period}" in said["records_url"]
    assert ask(client, said["records_url"].removeprefix("/api/v1/"), world.specialist).json()["total"] == int(value)


def test_the_records_are_paged(client, world):
    first = ask(client, RECORDS, world.specialist, limit=1, **NINE_MONTHS).json()
    second = ask(client, first["next_url"].removeprefix("/api/v1/"), world.specialist).json()

    met = [item["code"] for page in (first, second) for item in page["items"]]
    assert met == [title.code for title in world.titles[:2]]
    assert second["next_cursor"] is None


def test_a_figure_of_the_past_does_not_move(client, world):
    before = timezone.now().isoformat()
    make_title(world.office, world.director, granted_on=date(2021, 9, 1), number="9")

    then = ask(client, VALUE, world.specialist, as_of=before, **NINE_MONTHS).json()
    now = ask(client, VALUE, world.specialist, **NINE_MONTHS).json()
    records = ask(client, RECORDS, world.specialist, as_of=before, **NINE_MONTHS).json()

    assert (then["value"], now["value"], records["total"]) == ("2", "3", 2)
    assert ask(client, then["records_url"].removeprefix("/api/v1/"), world.specialist).json() == records


def test_beside_a_frozen_figure_that_of_today_is_internal_until_released(client, world):
    report = make_report(world, ReportState.SIGNED)
    inside = ask(client, VALUE, world.specialist, **NINE_MONTHS)
    outside = [ask(client, path, world.leader, **NINE_MONTHS) for path in (VALUE, RECORDS)]
    with recording(actor=world.director, verb="release", label="cho xem chênh lệch"):
        report.released_on = date(2021, 10, 1)
        report.save()

    assert inside.status_code == 200
    assert [answer.status_code for answer in outside] == [403, 403]
    assert "lưu hành nội bộ" in outside[0].json()["detail"]
    assert ask(client, VALUE, world.leader, **NINE_MONTHS).status_code == 200


def test_each_office_reads_its_own_figures(client, world):
    assert ask(client, VALUE, world.stranger, **NINE_MONTHS).json()["value"] == "0"


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"period": "nine-month"}, ["year"]),
        ({"year": 2021}, ["period"]),
        ({"period": "tuần", "year": 2021}, ["period"]),
        ({"period": "nine-month", "year": 1066}, ["year"]),
        ({"period": "nine-month", "year": "x"}, ["year"]),
    ],
)
def test_a_period_that_is_none_is_refused_by_name(client, world, asked, named):
    answer = ask(client, VALUE, world.specialist, **asked)

    assert answer.status_code == 422
    assert [error["name"] for error in answer.json()["errors"]] == named


def test_a_period_without_a_rule_is_refused_with_the_rules_words(client, db):
    specialist = make_user(Role.SPECIALIST)

    answer = ask(client, VALUE, specialist, **NINE_MONTHS)

    assert (answer.status_code, answer.json()["errors"][0]["name"]) == (422, "period")


def test_an_indicator_that_is_none_is_not_found(client, world):
    assert ask(client, "indicators/khong.co", world.specialist, **NINE_MONTHS).status_code == 404


@pytest.fixture
def reported(world):
    code = "mau.gia_tri"
    declare_reported(code, label="Mẫu", unit="tỷ đồng", definition="Do đơn vị khác báo.", source="Sở khác")
    yield code
    del _indicators[code]


def test_a_reported_value_has_no_records_and_none_where_nobody_stated_one(client, world, reported):
    nothing = ask(client, f"indicators/{reported}", world.specialist, **NINE_MONTHS).json()
    with recording(actor=world.director, verb="state", label="ghi số liệu"):
        ReportedValue(
            office=world.office,
            indicator=reported,
            period_kind="nine-month",
            year=2021,
            value=Decimal("12.5000"),
            source="BC 5",
        ).save()

    stated = ask(client, f"indicators/{reported}", world.specialist, **NINE_MONTHS).json()
    records = ask(client, f"indicators/{reported}/records", world.specialist, **NINE_MONTHS).json()

    assert (nothing["value"], nothing["records_url"]) == (None, None)
    assert (stated["value"], stated["source"], stated["kind"]["code"]) == ("12.5", "BC 5", "reported")
    assert (records["items"], records["total"], records["register_key"]) == ([], 0, None)


def test_every_indicator_answers_as_the_selector_does(client, world):
    period, _ = report_period("nine-month", 2021, office=world.office)
    listed = ask(client, "indicators", world.specialist).json()["items"]

    for item in listed:
        value = ask(client, item["url"].removeprefix("/api/v1/"), world.specialist, **NINE_MONTHS).json()["value"]
        assert Decimal(value) == figure(item["code"], period=period, office=world.office).value
    assert [item["code"] for item in listed] == [found.code for found in indicators()]
