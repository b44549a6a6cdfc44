"""The page «Thống kê tiềm lực»: rows of the forms, each figure with the list that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from khcn.kernel.access.roles import DIVISION_READERS
from khcn.kernel.exchange.values import short_decimal
from khcn.kernel.pages.addresses import register_url
from khcn.language.words import words as _
from khcn.parties.filters import OWN, OWN_OFFICE, YEAR, years_of
from khcn.parties.models import Equipment, Laboratory, ScienceSpending, ScienceStaffing, ScientistProfile
from khcn.parties.science_selectors import large_cost_vnd
from khcn.parties.states import FigureState, FundingSource, LaboratoryState, ProfileState, Qualification
from khcn.parties.statistics_selectors import (
    FIELD_FILTER,
    Infrastructure,
    PeopleRow,
    SpendingRow,
    infrastructure_of,
    people_rows,
    spending_rows,
    standing_of_year,
)
from khcn.ui import formats

STATE, QUALIFICATION = "trang-thai", "trinh-do"
ITEM, SOURCE, SHARED, COST = "muc", "nguon", "dung-chung", "nguyen-gia"
YES = "co"
UNSAID = "chua-ghi"
DEGREES: tuple[tuple[str, str], ...] = (*Qualification.choices, (UNSAID, _("Chưa ghi")))
YEARS_SHOWN = 6
INDENT = "– "
OURS = "(*)"
"""The mark of rows that the form leaves blank; the page says under the table what it means."""
Pairs = Iterable[tuple[str, str]]
Degrees = Sequence[tuple[str, str]]


def statistics_page(request: Any) -> dict[str, Any]:
    """Return the values of the page for the year asked for, the last one if none was."""
    user, years = request.user, years_of(request.user)
    asked = request.GET.get(YEAR.name, "")
    last = request.today.year - 1
    year = int(asked) if asked.isdecimal() and int(asked) in years else last
    people, spending = people_rows(user, year), spending_rows(user, year)
    private = user.holds(*DIVISION_READERS)
    degrees = [one for one in DEGREES if any(row.profiles.get(_stored(one[0])) for row in people)]
    sources = [one for one in FundingSource if any(row.amounts.get(one) for row in spending)]
    return {
        "year": year,
        "year_tabs": [_tab(one, year) for one in sorted({*years[:YEARS_SHOWN], year}, reverse=True)],
        "people_columns": _people_columns(degrees),
        "people_rows": [_people_row(row, year, degrees, private=private) for row in people],
        "people_standing": _standing(ScienceStaffing, user, year),
        "spending_columns": _spending_columns(sources),
        "spending_rows": [_spending_row(row, year, sources) for row in spending],
        "spending_standing": _standing(ScienceSpending, user, year),
        "infrastructure": _infrastructure(infrastructure_of(user), large_cost_vnd(user)),
        "people_source": people[0].row.source,
        "spending_source": spending[0].row.source,
    }


def keep_qualified(rows: Any, degree: str) -> Any:
    """Keep the CVs of a qualification, or those that say none."""
    return rows.filter(qualification=_stored(degree))


def list_address(key: str, pairs: Pairs) -> str:
    """Return the address of a register's list of the reader's own office, kept to what the pairs say."""
    return f"{register_url(key)}?{urlencode([(OWN_OFFICE.name, OWN), *pairs])}"


def _stored(degree: str) -> str:
    return "" if degree == UNSAID else degree


def _tab(one: int, year: int) -> dict[str, Any]:
    return {
        "label": str(one),
        "url": f"{reverse('potential-statistics')}?{urlencode({YEAR.name: one})}",
        "active": one == year,
    }


def _people_columns(shown: Degrees) -> list[dict[str, Any]]:
    reported = {"label": _("Theo báo cáo của tổ chức"), "num": True}
    profiles = {"label": _("Theo lý lịch, hiện nay"), "num": True}
    degrees = [{"label": label, "num": True} for _degree, label in shown]
    return [{"label": _("Mã số")}, {"label": _("Chỉ tiêu")}, reported, profiles, *degrees]


def _people_row(found: PeopleRow, year: int, shown: Degrees, *, private: bool) -> dict[str, Any]:
    row = found.row
    columns: Pairs = [("cot", "organisation"), *(("cot", field) for field in row.counts)]
    reported = list_address(ScienceStaffing.REGISTER, [(YEAR.name, str(year)), *columns])
    name, _equals, value = row.cut.partition("=")
    opens = private or name in {"", FIELD_FILTER}
    kept = [(STATE, str(ProfileState.KEPT)), *([(name, value)] if name else [])]
    degrees = [
        _figure(
            found.profiles.get(_stored(degree), 0),
            list_address(ScientistProfile.REGISTER, [*kept, (QUALIFICATION, degree)]) if opens else "",
        )
        for degree, _label in shown
    ]
    everyone = list_address(ScientistProfile.REGISTER, kept) if opens else ""
    return {
        "cells": [
            row.code,
            _label(found),
            _figure(found.reported, reported),
            _figure(found.all_profiles, everyone),
            *degrees,
        ]
    }


def _spending_columns(shown: Sequence[FundingSource]) -> list[dict[str, Any]]:
    sources = [{"label": one.label, "num": True} for one in shown]
    return [{"label": _("Mã số")}, {"label": _("Chỉ tiêu")}, {"label": _("Tổng số"), "num": True}, *sources]


def _spending_row(found: SpendingRow, year: int, shown: Sequence[FundingSource]) -> dict[str, Any]:
    row = found.row
    item = [(ITEM, row.counts[0])] if len(row.counts) == 1 else []
    kept = [(YEAR.name, str(year)), *item]
    sources = [
        _figure(found.amounts.get(source, 0), list_address(ScienceSpending.REGISTER, [*kept, (SOURCE, source)]))
        for source in shown
    ]
    return {
        "cells": [
            row.code,
            _label(found),
            _figure(found.total, list_address(ScienceSpending.REGISTER, kept)),
            *sources,
        ]
    }


def _label(found: PeopleRow | SpendingRow) -> dict[str, str]:
    row = found.row
    words = INDENT * row.depth + row.label
    return {"text": f"{words} {OURS}" if row.is_worded_here else words}


def _figure(value: Any, address: str) -> Any:
    """Return a number that opens its records; nothing opens nothing."""
    words = formats.number(short_decimal(Decimal(value)))  # databases write 42.5 as 42.500, or not
    return {"text": words, "url": address, "num": True} if value and address else words


def _standing(model: Any, user: Any, year: int) -> dict[str, str]:
    found = standing_of_year(model, user, year)
    pairs = [(YEAR.name, str(year)), (STATE, str(FigureState.ENTERED))]
    return {
        "text": _("Năm {year} có {entered} dòng số liệu, {unconfirmed} dòng chưa đối chiếu báo cáo.").format(
            year=year, entered=formats.number(found.entered), unconfirmed=formats.number(found.unconfirmed)
        ),
        "url": list_address(model.REGISTER, pairs) if found.unconfirmed else "",
    }


def _infrastructure(found: Infrastructure, cost: int | None) -> list[dict[str, Any]]:
    stats: list[tuple[str, int | None, str]] = [
        (
            _("Phòng thí nghiệm đang hoạt động"),
            found.laboratories,
            list_address(Laboratory.REGISTER, [(STATE, str(LaboratoryState.WORKING))]),
        ),
        (_("Thiết bị chưa thanh lý"), found.equipment, list_address(Equipment.REGISTER, [("con-dung", YES)])),
        (
            _("Thiết bị dùng chung"),
            found.shared,
            list_address(Equipment.REGISTER, [("con-dung", YES), (SHARED, YES)]),
        ),
    ]
    if cost is not None:
        label = _("Thiết bị từ {cost}").format(cost=formats.money(cost, "tỷ"))
        stats.append((label, found.large, list_address(Equipment.REGISTER, [("con-dung", YES), (COST, str(cost))])))
    return [{"label": label, "figure": {"value": value, "url": url if value else ""}} for label, value, url in stats]
