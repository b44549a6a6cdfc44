"""The form by which an administrator says what a day of the working calendar is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.kernel.identity.forms import DayField
from khcn.kernel.obligations.correcting import ORDINARY, DaySaid
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.language.words import words as _

DAY_KINDS = {
    "holiday": _("Nghỉ lễ, tết"),
    "compensatory": _("Nghỉ bù"),
    "swap_off": _("Nghỉ hoán đổi"),
    "swap_work": _("Làm bù"),
}


class DayForm(TypedForm, forms.Form):
    """A day, what it becomes, by which text, and why it is changed."""

    day = DayField(today=date.min, label=_("Ngày"))
    kind = forms.ChoiceField(
        label=_("Trở thành"), choices=[*DAY_KINDS.items(), (ORDINARY, _("Ngày bình thường (bỏ khỏi danh sách)"))]
    )
    name = forms.CharField(
        label=_("Tên"),
        required=False,
        max_length=200,
        help_text=_("Ví dụ: Nghỉ bù Quốc khánh. Chỉ bỏ trống khi trở lại ngày bình thường."),
    )
    legal_basis = forms.CharField(
        label=_("Căn cứ"), required=False, max_length=300, help_text=_("Số, ngày của thông báo, quyết định.")
    )
    confirmed = forms.BooleanField(label=_("Đã có văn bản quyết định"), required=False)
    why = forms.CharField(label=_("Lý do sửa"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "ngay"})
        self.fields["day"].today = today  # type: ignore[attr-defined]  # a field of days

    def said(self) -> DaySaid:
        """Return what a valid form says."""
        return DaySaid(**self.cleaned_data)

    def as_sent(self) -> list[dict[str, str]]:
        """Return the pairs by which the same is said again."""
        return [
            {"name": self.add_prefix(name), "value": str(self.data[self.add_prefix(name)])}
            for name in self.fields
            if self.add_prefix(name) in self.data
        ]
