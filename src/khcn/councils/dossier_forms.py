"""The forms over one dossier of a council."""

from __future__ import annotations

from typing import Any

from django import forms

from khcn.councils.forms import ReasonedForm
from khcn.councils.models import Matter, MatterItem
from khcn.language.words import words as _


def _amount(label: str, least: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=3,
        localize=True,
        help_text=least,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


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
