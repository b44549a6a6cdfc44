"""The form of an upload."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.kernel.files.intake import LARGEST
from khcn.kernel.files.reading.limits import MEGABYTE
from khcn.kernel.identity.forms import DayField

MODES = (("all", "Chỉ nhập khi mọi dòng đều đúng"), ("skip", "Bỏ qua dòng lỗi, nhập các dòng còn lại"))
TOO_LARGE_WORDS = (
    f"Tệp nặng quá {LARGEST // MEGABYTE} MB nên không nhận được. Tách thành nhiều tệp nhỏ hơn, hoặc bỏ ảnh khỏi tệp, "
    "rồi tải lên lại."
)
ENDINGS = ".xlsx,.xls,.ods,.csv,.txt"


class UploadForm(forms.Form):
    """A file, what to do with bad rows, and, of those who may say so, since when old data was known."""

    file = forms.FileField(
        label="Tệp",
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
        help_text=f"XLSX, XLS, ODS hoặc CSV, tối đa {LARGEST // MEGABYTE} MB.",
    )
    mode = forms.ChoiceField(label="Khi có dòng lỗi", choices=MODES, initial="all", widget=forms.RadioSelect)

    def __init__(self, *args: Any, today: date, may_declare_past: bool, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if too_large:  # the file was dropped on arrival: «required» would not be the truth
            self.fields["file"].error_messages["required"] = TOO_LARGE_WORDS
        if may_declare_past:
            self.fields["known_from"] = self._known_from()

    def _known_from(self) -> forms.Field:
        return DayField(
            today=self.today,
            label="Dữ liệu cũ, đã được biết từ ngày",
            required=False,
            help_text=(
                "Để trống nếu là dữ liệu mới. Khai ngày thì sổ xem lại tại các ngày sau đó đã có dữ liệu này; "
                "lần khai được ghi vào lịch sử."
            ),
        )

    def clean_known_from(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data["known_from"]
        if day is not None and day > self.today:
            raise forms.ValidationError("Không thể đã biết từ một ngày chưa tới.")
        return day
