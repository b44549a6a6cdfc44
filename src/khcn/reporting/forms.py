"""Forms of period reports: shape only."""

from __future__ import annotations

from datetime import date

from django import forms

from khcn.kernel.pages.typed_forms import TypedForm
from khcn.kernel.text.dates import DateReadingError, parse_day
from khcn.reporting.outlines import kinds

KIND_LABELS = {"nine-month": "Báo cáo 9 tháng", "six-month": "Báo cáo 6 tháng", "year": "Báo cáo năm"}


class DraftForm(forms.Form):
    """Which report to draft."""

    kind = forms.ChoiceField(
        label="Loại báo cáo", choices=lambda: [(kind, KIND_LABELS.get(kind, kind)) for kind in kinds()]
    )
    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100)


class SectionForm(TypedForm, forms.Form):
    """The text of one section."""

    text = forms.CharField(
        label="Nội dung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Đặt mã chỉ số trong ngoặc nhọn, ví dụ {ip.titles_granted}, để con số tự lấy từ sổ và mở được hồ sơ.",
    )


class SignForm(TypedForm, forms.Form):
    """Number and date as the document system gave them."""

    number = forms.CharField(
        label="Số, ký hiệu", max_length=60, help_text="Do hệ thống quản lý văn bản cấp, ví dụ 123/BC-SKHCN."
    )
    signed_on = forms.CharField(label="Ngày ký", help_text="Ví dụ 16/9/2021.")

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_signed_on(self) -> date:
        """Read the day as Vietnamese users type it."""
        try:
            return parse_day(self.cleaned_data["signed_on"], self.today)
        except DateReadingError as fault:
            raise forms.ValidationError(str(fault)) from fault
