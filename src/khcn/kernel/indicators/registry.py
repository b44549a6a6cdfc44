"""Indicators: a counted or summed one is a selection of records and a measure, never a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import models

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import Period
from khcn.language.words import words as _


class Kind(StrEnum):
    """The four kinds of figures."""

    COUNTED = "counted"
    SUMMED = "summed"
    REPORTED = "reported"
    TARGET = "target"


KIND_LABELS = {
    Kind.COUNTED: _("Đếm từ sổ"),
    Kind.SUMMED: _("Cộng từ sổ"),
    Kind.REPORTED: _("Số liệu được báo cáo"),
    Kind.TARGET: _("Chỉ tiêu"),
}


@dataclass(frozen=True)
class Count:
    """Count the records."""

    name: str = "count"


@dataclass(frozen=True)
class Sum:
    """Add up one numeric field of the records."""

    column: str
    name: str = "sum"


Selection = Callable[[Period, datetime | None, Office], models.QuerySet[Any]]


@dataclass(frozen=True)
class Indicator:
    """One figure the department answers for; `select` is None for a reported one.

    `order`: the stored column by which its records are walked page by page; with an index that the selection enters
    too, a page costs the same however many records there are.
    `tells_lateness`: whether value or records say what is late, which stays inside the office until it is released.
    """

    code: str
    label: str
    unit: str
    definition: str
    source: str
    measure: Count | Sum | None
    select: Selection | None
    rounded_wording: bool = False
    order: str = "code"
    tells_lateness: bool = False

    @property
    def kind(self) -> Kind:
        """Return the kind of figure that this indicator yields."""
        if self.select is None:
            return Kind.REPORTED
        return Kind.SUMMED if isinstance(self.measure, Sum) else Kind.COUNTED


class UnknownIndicator(Exception):
    """No indicator has this code."""


_indicators: dict[str, Indicator] = {}


def indicator(
    code: str,
    *,
    label: str,
    unit: str,
    source: str,
    measure: Count | Sum | None = None,
    rounded_wording: bool = False,
    order: str = "code",
    tells_lateness: bool = False,
) -> Callable[[Selection], Selection]:
    """Declare a counted or summed indicator; the selection's docstring is its definition.

    It selects each record once: a row is a record, and the drill-down lists the rows.
    """

    def declare(select: Selection) -> Selection:
        _indicators[code] = Indicator(
            code=code,
            label=label,
            unit=unit,
            definition=_(" ".join((select.__doc__ or "").split())),
            source=source,
            measure=measure or Count(),
            select=select,
            rounded_wording=rounded_wording,
            order=order,
            tells_lateness=tells_lateness,
        )
        return select

    return declare


def declare_reported(code: str, *, label: str, unit: str, definition: str, source: str) -> Indicator:
    """Declare an indicator whose values someone else answers for."""
    _indicators[code] = Indicator(code, label, unit, definition, source, None, None)
    return _indicators[code]


def indicators() -> list[Indicator]:
    """Return all indicators by code."""
    return [_indicators[code] for code in sorted(_indicators)]


def find_indicator(code: str) -> Indicator:
    """Return one indicator.

    Raises: UnknownIndicator.
    """
    if code not in _indicators:
        raise UnknownIndicator(_("Không có chỉ số «{code}».").format(code=code))
    return _indicators[code]
