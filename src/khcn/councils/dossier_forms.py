"""The forms over one dossier of a council."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from khcn.councils.forms import LONGEST_TEXT, ReasonedForm
from khcn.councils.models import Matter, MatterItem, Seat
from khcn.councils.states import KnownFact
from khcn.kernel.identity.forms import DayField
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.kernel.text.numbers import NumberReadingError, format_number, parse_number
from khcn.language.words import words as _


class AmountField(forms.DecimalField):
    """An amount as people write it: 1.250.000.000 or 2,5."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, min_value=0, widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """Read the number.

        Raises: ValidationError.
        """
        if value in self.empty_values:
            return None
        try:
            return parse_number(str(value))
        except NumberReadingError as fault:
            raise forms.ValidationError(str(fault)) from fault

    def prepare_value(self, value: Any) -> Any:
        """Write a kept number with points between thousands."""
        if not isinstance(value, Decimal):
            return value
        return format_number(value.quantize(Decimal(1)) if value == value.to_integral_value() else value)


def _amount(label: str, least: str) -> AmountField:
    return AmountField(label=label, max_digits=18, decimal_places=3, help_text=least)


class ItemForm(ReasonedForm):
    """A product that was promised."""

    field_order = ("name", "unit", "ordered", "delivered", "has_kind", "why")

    name = forms.CharField(label=_("Sản phẩm"), max_length=300)
    unit = forms.CharField(label=_("Đơn vị tính"), max_length=60, required=False)
    ordered = _amount(_("Số lượng đặt hàng"), _("Theo hợp đồng; để trống nếu không đếm được."))
    delivered = _amount(_("Số lượng giao nộp"), _("Theo hồ sơ nghiệm thu."))
    has_kind = forms.BooleanField(label=_("Có yêu cầu về chủng loại"), required=False)

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, council=matter.council, **kwargs)
        self.matter = matter

    def clean_ordered(self) -> Any:
        """Refuse an order of nothing.

        Raises: ValidationError.
        """
        if self.cleaned_data["ordered"] == 0:
            raise forms.ValidationError(_("Số lượng đặt hàng phải lớn hơn 0; không đếm được thì để trống."))
        return self.cleaned_data["ordered"]

    def item(self) -> MatterItem:
        """Return the product as typed."""
        names = ("name", "unit", "ordered", "delivered", "has_kind")
        return MatterItem(matter=self.matter, **{name: self.cleaned_data[name] for name in names})


class LeavingForm(ReasonedForm):
    """Why a dossier or a product is taken out; the reason is asked once the council was decided on."""


class FilingForm(ReasonedForm):
    """Whether the file came too late."""

    field_order = ("filed_late", "why")

    filed_late = forms.BooleanField(
        label=_("Hồ sơ nộp quá thời hạn cho phép"),
        required=False,
        help_text=_("Hồ sơ nộp quá thời hạn thì xếp loại «Không đạt», dù sản phẩm thế nào."),
    )


class StandingForm(ReasonedForm):
    """By what a dossier is put in order beside its points."""

    field_order = ("asked_vnd", "host_proposed", "led_excellent", "why")

    asked_vnd = AmountField(
        label=_("Ngân sách nhà nước đề nghị (đồng)"),
        max_digits=15,
        decimal_places=0,
        help_text=_("Đồng điểm thì hồ sơ đề nghị ít hơn xếp trước."),
    )
    host_proposed = forms.BooleanField(
        label=_("Tổ chức chủ trì đã đề xuất nhiệm vụ"),
        required=False,
        help_text=_("Được cộng điểm theo phiếu chấm khi đạt ngưỡng."),
    )
    led_excellent = forms.ChoiceField(
        label=_("Chủ nhiệm có nhiệm vụ xếp loại xuất sắc trong 5 năm"), choices=KnownFact, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        said = {name: getattr(matter, name) for name in ("asked_vnd", "host_proposed", "led_excellent")}
        super().__init__(*args, council=matter.council, initial=said, **kwargs)

    @property
    def standing(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        said = {name: self.cleaned_data[name] for name in ("asked_vnd", "host_proposed")}
        return {**said, "led_excellent": KnownFact(self.cleaned_data["led_excellent"]), "why": self.reason}


class QuestionForm(TypedForm, forms.Form):
    """What a member asks in writing; who runs the council chooses for which member without account."""

    text = forms.CharField(label=_("Câu hỏi"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {str(seat.pk): seat for seat in seats}
        self.fields["seat"] = forms.ChoiceField(
            label=_("Người hỏi"),
            choices=[(key, str(seat)) for key, seat in self.seats.items()],
            initial=next(iter(self.seats), None),
        )
        self.order_fields(["seat", "text"])

    @property
    def seat(self) -> Seat:
        """Return the member who asks."""
        return self.seats[self.cleaned_data["seat"]]


class AnswerForm(TypedForm, forms.Form):
    """What the side of the dossier answered."""

    answer = forms.CharField(label=_("Trả lời"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered_on"] = DayField(today=today, label=_("Trả lời ngày"))
