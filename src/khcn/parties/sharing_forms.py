"""The forms over bookings of shared equipment: shape only, no rule."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from khcn.kernel.exchange.cells import number_cell
from khcn.kernel.identity.forms import DayField
from khcn.kernel.pages.dong_field import DongField
from khcn.kernel.pages.fields import CellField
from khcn.kernel.pages.record_fields import RecordField
from khcn.kernel.pages.typed_forms import EnteringForm
from khcn.language.words import words as _
from khcn.parties.selectors import organisations_known

TIMES = ("%H:%M", "%Hh%M", "%Hh", "%H")
BAD_TIME = {"invalid": _("Ghi giờ như 8:30, 8h30 hoặc 14h.")}
SPAN = ("first_on", "first_at", "last_on", "last_at")


class BookingForm(EnteringForm, forms.Form):
    """Who wants the equipment, when and what for."""

    user_name = forms.CharField(label=_("Người sử dụng"), max_length=200)
    first_at = forms.TimeField(label=_("Từ giờ"), input_formats=TIMES, error_messages=BAD_TIME)
    last_at = forms.TimeField(label=_("Đến giờ"), input_formats=TIMES, error_messages=BAD_TIME)
    purpose = forms.CharField(label=_("Mục đích sử dụng"), widget=forms.Textarea(attrs={"rows": 3}))
    task_code = forms.CharField(
        label=_("Mã nhiệm vụ phục vụ"),
        max_length=60,
        required=False,
        help_text=_("Để trống nếu không phục vụ nhiệm vụ."),
    )

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_on"] = DayField(today=today, label=_("Từ ngày"))
        self.fields["last_on"] = DayField(
            today=today, label=_("Đến ngày"), required=False, help_text=_("Để trống nếu trong cùng một ngày.")
        )
        self.fields["organisation"] = RecordField(
            label=_("Tổ chức sử dụng"), rows=organisations_known(user), what=_("tổ chức"), required=False
        )
        self.fields["user_name"].initial = str(user)
        self.order_fields(("user_name", "organisation", *SPAN, "purpose", "task_code"))

    def said(self) -> dict[str, Any]:
        """Return what a valid form says of a booking, by the names of its columns."""
        answers = {name: value for name, value in self.cleaned_data.items() if name not in SPAN}
        first_on, first_at, last_on, last_at = (self.cleaned_data[name] for name in SPAN)
        return answers | {"starts_at": _instant(first_on, first_at), "ends_at": _instant(last_on or first_on, last_at)}


class UseFields(forms.Form):
    """How long the equipment was used, and what was charged."""

    hours_used = CellField(
        label=_("Số giờ đã dùng"),
        reader=number_cell,
        empty=None,
        help_text=_("Ví dụ 3,5. Không dùng thì hủy lượt này."),
    )
    fee_vnd = DongField(label=_("Phí sử dụng, đồng"), help_text=_("Ghi 0 nếu không thu phí."))


def _instant(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
