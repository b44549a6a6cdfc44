"""How the value of a rule is asked for: the fields of each kind, and the value they say."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from khcn.kernel.calendar import CalendarDays, Months, WorkingDays, parse_limit
from khcn.kernel.identity.forms import DayField
from khcn.kernel.indicators.period_rules import MONTH_WORDS, YEAR_WORDS
from khcn.language.words import words as _
from khcn.ui import formats

LIMIT_UNITS = {
    "wd": WorkingDays.UNIT,
    "d": _("{unit} (kể cả ngày nghỉ)").format(unit=CalendarDays.UNIT),
    "m": Months.UNIT,
}
MONTHS = [(month, _("tháng {month}").format(month=month)) for month in range(1, 13)]
YES_NO = [("co", _("Có")), ("khong", _("Không"))]
LAST_DAY = 31
Fields = dict[str, forms.Field]


@dataclass(frozen=True)
class Asking:
    """One kind of value in a form. `fields`: the value now → fields; `read`: what they were answered → the value."""

    fields: Callable[[Any, str], Fields]
    read: Callable[[Mapping[str, Any]], Any]


def asking(kind: str, value: Any) -> Asking:
    """Return how values of the kind are asked for; one that a module declared for itself is asked by its shape."""
    shape = "table" if isinstance(value, dict) else "list" if isinstance(value, list) else "text"
    return _ASKINGS.get(kind) or _ASKINGS[shape]


def _limit_fields(value: Any, _unit: str) -> Fields:
    code = parse_limit(value).code
    unit = code.lstrip("0123456789")
    return {
        "so": forms.IntegerField(label=_("Thời hạn"), min_value=1, initial=code.removesuffix(unit)),
        "don_vi": forms.ChoiceField(label=_("Tính bằng"), choices=[*LIMIT_UNITS.items()], initial=unit),
    }


def _period_fields(value: Any, _unit: str) -> Fields:
    fields: Fields = {}
    for name, label, parts in (("dau", _("Ngày đầu kỳ"), value["from"]), ("cuoi", _("Ngày cuối kỳ"), value["to"])):
        offset, month, day = parts
        fields |= {
            f"{name}_ngay": forms.IntegerField(
                label=_("{label}: ngày").format(label=label), min_value=1, max_value=LAST_DAY, initial=day
            ),
            f"{name}_thang": forms.TypedChoiceField(
                label=_("{label}: tháng").format(label=label), coerce=int, choices=MONTHS, initial=month
            ),
            f"{name}_nam": forms.TypedChoiceField(
                label=_("{label}: của năm nào").format(label=label),
                coerce=int,
                choices=[*YEAR_WORDS.items()],
                initial=offset,
            ),
        }
    return fields


def _period_read(said: Mapping[str, Any]) -> Any:
    return {key: [said[f"{name}_{part}"] for part in ("nam", "thang", "ngay")] for key, name in _ENDS.items()}


def _part_period_fields(value: Any, _unit: str) -> Fields:
    fields: Fields = {}
    for name, label, parts in (("dau", _("Ngày đầu kỳ"), value["from"]), ("cuoi", _("Ngày cuối kỳ"), value["to"])):
        offset, day = parts
        fields |= {
            f"{name}_ngay": forms.IntegerField(
                label=_("{label}: ngày").format(label=label), min_value=1, max_value=LAST_DAY, initial=day
            ),
            f"{name}_thang": forms.TypedChoiceField(
                label=_("{label}: của tháng nào").format(label=label),
                coerce=int,
                choices=[*MONTH_WORDS.items()],
                initial=offset,
            ),
        }
    return fields


def _part_period_read(said: Mapping[str, Any]) -> Any:
    return {key: [said[f"{name}_{part}"] for part in ("thang", "ngay")] for key, name in _ENDS.items()}


_ENDS = {"from": "dau", "to": "cuoi"}


def _one(make: Callable[[Any, str], forms.Field]) -> Callable[[Any, str], Fields]:
    return lambda value, unit: {"gia_tri": make(value, unit)}


def _label(unit: str) -> str:
    return _("Giá trị ({unit})").format(unit=unit) if unit else _("Giá trị")


def _text_area(initial: str, help_text: str) -> forms.Field:
    return forms.CharField(label=_("Giá trị"), initial=initial, help_text=help_text, widget=forms.Textarea)


def _list_read(said: Mapping[str, Any]) -> list[Any]:
    return [_typed(line) for line in said["gia_tri"].splitlines() if line.strip()]


def _table_read(said: Mapping[str, Any]) -> dict[str, Any]:
    pairs = [line.partition(":") for line in said["gia_tri"].splitlines() if line.strip()]
    return {name.strip(): _typed(value) for name, colon, value in pairs if colon}


def _typed(text: str) -> Any:
    """Return a number or a list where one is written, else the text: a table keeps the kinds of what it holds."""
    try:
        found = json.loads(text)
    except ValueError:
        return text.strip()
    return found if isinstance(found, int | float | list | dict) else text.strip()


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _amount_read(said: Mapping[str, Any]) -> int | float:
    amount: Decimal = said["gia_tri"]
    return int(amount) if amount == amount.to_integral_value() else float(amount)


_ASKINGS = {
    "limit": Asking(_limit_fields, lambda said: f"{said['so']}{said['don_vi']}"),
    "period": Asking(_period_fields, _period_read),
    "part-period": Asking(_part_period_fields, _part_period_read),
    "whole": Asking(
        _one(lambda value, unit: forms.IntegerField(label=_label(unit), initial=value)), lambda said: said["gia_tri"]
    ),
    "amount": Asking(_one(lambda value, unit: forms.DecimalField(label=_label(unit), initial=value)), _amount_read),
    "flag": Asking(
        _one(
            lambda value, _unit: forms.ChoiceField(
                label=_("Giá trị"), choices=YES_NO, initial="co" if value else "khong"
            )
        ),
        lambda said: said["gia_tri"] == "co",
    ),
    "day": Asking(
        _one(
            lambda value, _unit: DayField(
                today=date.min, label=_("Giá trị"), initial=formats.day(date.fromisoformat(value))
            )
        ),
        lambda said: said["gia_tri"].isoformat(),
    ),
    "list": Asking(
        _one(lambda value, _unit: _text_area("\n".join(map(_written, value)), _("Mỗi dòng một mục."))), _list_read
    ),
    "table": Asking(
        _one(
            lambda value, _unit: _text_area(
                "\n".join(f"{name}: {_written(one)}" for name, one in value.items()),
                _("Mỗi dòng một mục: tên: giá trị."),
            )
        ),
        _table_read,
    ),
    "text": Asking(
        _one(lambda value, unit: forms.CharField(label=_label(unit), initial=_written(value))),
        lambda said: said["gia_tri"],
    ),
}
