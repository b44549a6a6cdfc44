from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest

from khcn.councils.rules import sheet_from
from khcn.councils.sheets import SHEETS, sheet_in_force
from khcn.kernel.rulebook.kinds import kind_of, words_of
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.rulebook.shipped import shipped_rules

TODAY = date(2026, 11, 28)
SHIPPED = {rule.key.removeprefix(SHEETS): rule for rule in shipped_rules() if rule.key.startswith(SHEETS)}


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_shipped_sheet_has_a_hundred_points_and_names_its_text(name):
    rule = SHIPPED[name]

    assert sheet_from(name, rule.value).most == 100
    assert rule.legal_basis
    assert rule.confidence in {"secondary", "unchecked"}


def test_the_shipped_sheets_say_what_the_published_ones_say(shared_data):
    published: dict[str, list[tuple[str, Decimal]]] = {}
    with (shared_data / "score_sheets.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            published.setdefault(row["sheet"], []).append((row["criterion_vi"], Decimal(row["max_points"])))

    assert published == {
        name: [(one.label, one.most) for one in sheet_from(name, rule.value).criteria] for name, rule in SHIPPED.items()
    }


@pytest.mark.django_db
def test_a_sheet_is_found_on_the_days_it_is_in_force():
    load_shipped_rules()

    sheet, rule = sheet_in_force("NAT-APPLIED-2023", on=TODAY)

    assert (sheet.threshold, len(sheet.criteria)) == (70, 6)
    assert rule.doubt == "Theo nguồn thứ cấp"
    with pytest.raises(RuleUnknown, match=r"council\.sheet\.NAT-APPLIED-2023"):
        sheet_in_force("NAT-APPLIED-2023", on=date(2023, 11, 26))


def test_a_sheet_is_a_kind_of_its_own_and_is_read_in_words():
    value = {"criteria": [["Tổng quan", 40], ["Sản phẩm", 60]], "threshold": 70}

    assert kind_of(f"{SHEETS}X", value).fault({"criteria": []}) != ""
    assert words_of(f"{SHEETS}X", value, "") == "1. Tổng quan (40); 2. Sản phẩm (60) · đạt từ 70 điểm"
