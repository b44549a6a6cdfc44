"""Forms of period reports: shape only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import BadRequest

from khcn.kernel.indicators.periods import KIND_LABELS, MONTH, PARTS, QUARTER, QUARTERS, key_of, kind_and_part
from khcn.kernel.pages.instants import instant_asked
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.kernel.text.dates import DateReadingError, parse_day
from khcn.language.words import words as _
from khcn.reporting.outlines import kinds

FIRST_YEAR, LAST_YEAR = 2000, 2100
GROUPS = {MONTH: _("Tháng"), QUARTER: _("Quý")}


def period_choices() -> list[tuple[str, Any]]:
    """Return every period of a year that has an outline, months and quarters under a title of their own."""
    found: list[tuple[str, Any]] = []
    for kind in kinds():
        if kind in PARTS:
            parts = range(1, PARTS[kind] + 1)
            found.append((GROUPS[kind], [(key_of(kind, part), _part_words(kind, part)) for part in parts]))
        else:
            found.append((kind, KIND_LABELS[kind]))
    return found


def _part_words(kind: str, part: int) -> str:
    return _("Quý {value}").format(value=QUARTERS[part - 1]) if kind == QUARTER else _("Tháng {part}").format(part=part)


class DraftForm(forms.Form):
    """Which report to draft."""

    kind = forms.ChoiceField(label=_("Kỳ báo cáo"), choices=period_choices)
    year = forms.IntegerField(label=_("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    @property
    def asked(self) -> dict[str, Any]:
        """Return kind, part and year as services take them; only of a valid form."""
        kind, part = kind_and_part(self.cleaned_data["kind"])
        return {"kind": kind, "part": part, "year": self.cleaned_data["year"]}


class SectionForm(TypedForm, forms.Form):
    """The text of one section."""

    text = forms.CharField(
        label=_("Nội dung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Chữ trong ngoặc nhọn tự thay khi đọc và in: {period} là tên kỳ, {days} là các ngày tính số liệu, "
            "mã chỉ số là con số lấy từ sổ, mở được hồ sơ."
        ),
    )


class SignForm(TypedForm, forms.Form):
    """Number and date as the document system gave them."""

    number = forms.CharField(
        label=_("Số, ký hiệu"), max_length=60, help_text=_("Do hệ thống quản lý văn bản cấp, ví dụ 123/BC-SKHCN.")
    )
    signed_on = forms.CharField(label=_("Ngày ký"), help_text=_("Ví dụ 16/9/2021."))

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_signed_on(self) -> date:
        """Read the day as Vietnamese users type it."""
        try:
            return parse_day(self.cleaned_data["signed_on"], self.today)
        except DateReadingError as fault:
            raise forms.ValidationError(str(fault)) from fault


class SideForm(forms.Form):
    """One of the two readings to compare: a period, and the instant as known at which it is read."""

    kind = forms.ChoiceField(label=_("Kỳ"), choices=period_choices)
    year = forms.IntegerField(label=_("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    as_of = forms.CharField(
        label=_("Như đã biết lúc"),
        required=False,
        max_length=40,
        help_text=_("Ví dụ 24/9/2021 17:00. Để trống là lúc này."),
    )

    def add_prefix(self, field_name: str) -> str:
        """Name a field as addresses do: `a_kind`."""
        return f"{self.prefix}_{field_name}"

    def clean_kind(self) -> tuple[str, int]:
        """Return the kind and which part of the year."""
        return kind_and_part(self.cleaned_data["kind"])

    def clean_as_of(self) -> datetime | None:
        """Read the instant as people write it."""
        try:
            return instant_asked(self.cleaned_data)
        except BadRequest as fault:
            raise forms.ValidationError(str(fault)) from fault
