from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.records.changes import Change
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook import services, shipped
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force, rule_value
from khcn.kernel.rulebook.services import load_shipped_rules, replace_rule
from khcn.kernel.rulebook.shipped import RuleFileFault, ShippedRule, add_rule_file, shipped_rules
from khcn.kernel.tests.factories import make_office, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
KEY = "mẫu.thời-hạn"


def make_rule(value, valid_from=None, valid_to=None, office=None):
    rule = Rule(
        key=KEY,
        label="Thời hạn mẫu",
        value=value,
        office=office,
        valid_from=valid_from,
        valid_to=valid_to,
        legal_basis="QĐ mẫu",
    )
    with recording(actor=None, verb="make", label="lập"):
        rule.save()
    return rule


@pytest.mark.parametrize("valid_from", [None, date(2021, 1, 1)])
def test_a_value_of_the_country_is_said_once_for_its_beginning(valid_from):
    make_rule(1, valid_from)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(2, valid_from)


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2020, 12, 31), 1),  # the last day of the first value
        (date(2021, 1, 1), 2),  # the first day of the second
        (date(2021, 12, 31), 2),  # its last
        (date(2022, 1, 1), 3),  # and from then on
    ],
)
def test_the_value_in_force_is_that_of_the_day_asked_for(on, value):
    make_rule(1, None, date(2020, 12, 31))
    make_rule(2, date(2021, 1, 1), date(2021, 12, 31))
    make_rule(3, date(2022, 1, 1))

    assert rule_value(KEY, on=on) == value


def test_of_two_values_in_force_the_later_one_counts_and_one_without_beginning_is_the_earliest():
    make_rule("luôn có")
    make_rule("từ 2021", date(2021, 1, 1))

    assert rule_value(KEY, on=date(2021, 9, 14)) == "từ 2021"


def test_an_office_has_its_own_value_before_that_of_the_country_even_if_older():
    office = make_office()
    make_rule("riêng", date(2019, 1, 1), office=office)
    make_rule("cả nước", date(2021, 1, 1))

    values = [rule_value(KEY, on=date(2021, 9, 14), office=who) for who in (office, make_office("BK"), None)]

    assert values == ["riêng", "cả nước", "cả nước"]


def test_without_a_value_in_force_the_key_and_the_day_are_named():
    make_rule(1, date(2022, 1, 1))

    with pytest.raises(RuleUnknown, match=rf"«{KEY}» cho ngày 14/09/2021"):
        rule_in_force(KEY, on=date(2021, 9, 14))


def replaced(rule, **values):
    said = {"value": 9, "valid_from": date(2022, 1, 1), "legal_basis": "QĐ mới", "confidence": "verified", "why": "đổi"}
    return replace_rule(rule=rule, **{**said, "actor": make_user(Role.ADMINISTRATOR), **values})


def test_a_replaced_value_stays_readable_for_its_time_and_the_reason_is_kept():
    old = make_rule(1, date(2020, 1, 1))

    fresh = replaced(old, why="thông tư mới")

    assert [rule_value(KEY, on=date(year, 6, 1)) for year in (2021, 2022)] == [1, 9]
    assert (old.valid_to, fresh.valid_to, fresh.is_unchecked) == (date(2021, 12, 31), None, False)
    assert Change.objects.get(verb="replace-rule").why == "thông tư mới"


def test_a_new_value_in_the_middle_ends_where_the_old_one_would_have():
    old = make_rule(1, date(2020, 1, 1), date(2023, 12, 31))
    make_rule(2, date(2024, 1, 1))

    replaced(old)

    assert [rule_value(KEY, on=date(year, 6, 1)) for year in (2021, 2023, 2024)] == [1, 9, 2]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"why": "  "}, "nêu lý do"),
        ({"valid_from": date(2020, 1, 1)}, "sau ngày 01/01/2020"),
        ({"valid_from": date(2024, 1, 1)}, "hết hiệu lực ngày 31/12/2023"),
    ],
)
def test_a_value_is_not_replaced_without_reason_or_outside_its_validity(values, reason):
    old = make_rule(1, date(2020, 1, 1), date(2023, 12, 31))

    with pytest.raises(ValueError, match=reason):
        replaced(old, **values)

    assert Rule.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_replaces_a_value(role):
    with pytest.raises(NotPermitted):
        replaced(make_rule(1), actor=make_user(role))


def test_a_value_not_compared_with_the_text_says_so():
    assert make_rule(1).is_unchecked
    assert all(rule.confidence == "unchecked" for rule in shipped_rules() if rule.key.startswith("report.period"))


def test_shipped_values_are_entered_once_and_what_was_changed_stays():
    added = load_shipped_rules()
    period = Rule.objects.get(key="report.period.nine-month")
    replaced(period, value={"from": [0, 1, 1], "to": [0, 9, 30]})

    assert (added, load_shipped_rules()) == (len(shipped_rules()), 0)
    assert rule_value("report.period.nine-month", on=date(2022, 6, 1))["to"] == [0, 9, 30]


def test_the_rule_of_an_office_that_is_not_here_does_not_become_the_countrys(monkeypatch):
    row = ShippedRule(KEY, "Mẫu", 1, "", "XA", None, None, "QĐ mẫu", "unchecked", "")
    monkeypatch.setattr(services, "shipped_rules", lambda: [row])

    assert (load_shipped_rules(), Rule.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("value", "day", "fault"), [("{", "", "dòng 2"), ("1", "2021-02-30", "dòng 2"), ("1", "14/9/2021", "dòng 2")]
)
def test_a_shipped_row_that_cannot_be_read_is_named_with_file_and_line(tmp_path, monkeypatch, value, day, fault):
    path = tmp_path / "mau.csv"
    path.write_text(
        "key,label,value,unit,office,valid_from,valid_to,legal_basis,confidence,note\n"
        f'k,l,"{value}",,,{day},,căn cứ,unchecked,\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(shipped, "_files", [])
    add_rule_file(path)

    with pytest.raises(RuleFileFault, match=f"mau.csv, {fault}"):
        shipped_rules()
