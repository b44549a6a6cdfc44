"""The filter of the report on all conclusions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.governance.overall import STATE_CHOICES
from khcn.kernel.identity.forms import DayField
from khcn.language.words import words as _

OFFERED = {"buoi": "session", "chu_tri": "chair", "co_quan": "agency", "tinh_trang": "state"}


class FollowUpFilter(forms.Form):
    """Which sessions, whose conclusions, in which state; as known when."""

    buoi = forms.CharField(label=_("Buổi làm việc"), required=False, widget=forms.Select)
    chu_tri = forms.CharField(label=_("Người chủ trì"), required=False, widget=forms.Select)
    co_quan = forms.CharField(label=_("Cơ quan chủ trì nhiệm vụ"), required=False, widget=forms.Select)
    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=[("", _("Tất cả")), *STATE_CHOICES])
    as_of = forms.CharField(
        label=_("Như đã biết lúc"),
        required=False,
        help_text=_("Để trống: lúc này. Ví dụ 24/9/2021 hoặc 24/9/2021 17:00."),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tu"] = DayField(label=_("Họp từ ngày"), today=today, required=False)
        self.fields["den"] = DayField(label=_("Đến ngày"), today=today, required=False)
        self.order_fields(["tu", "den", *OFFERED, "as_of"])

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins."""
        said = super().clean() or self.cleaned_data
        first, last = said.get("tu"), said.get("den")
        if first and last and last < first:
            self.add_error(
                "den", _("Ngày cuối phải từ {first:%d/%m/%Y} trở đi. Sửa một trong hai ngày.").format(first=first)
            )
        return said

    def offer(self, choices: dict[str, list[tuple[str, str]]]) -> None:
        """Offer what can be chosen in this span."""
        for name, key in OFFERED.items():
            self.fields[name].widget.choices = [("", _("Tất cả")), *choices[key]]
