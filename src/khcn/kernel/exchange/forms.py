"""The form of an upload."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.kernel.files.intake import LARGEST
from khcn.kernel.files.reading.limits import MEGABYTE
from khcn.kernel.identity.forms import DayField
from khcn.language.words import words as _

TOO_LARGE_WORDS = _(
    "Tệp nặng quá {value} MB nên không nhận được. Tách thành nhiều tệp nhỏ hơn, hoặc bỏ ảnh khỏi tệp, rồi tải lên lại."
).format(value=LARGEST // MEGABYTE)
NOTHING_WORDS = _("Chọn tệp, hoặc dán các ô của bảng tính vào ô bên dưới.")
LONGEST_PASTE = 600_000
ENDINGS = ".xlsx,.xls,.ods,.csv,.txt"


class UploadForm(forms.Form):
    """A file or pasted cells, and, of those who may say so, since when it was known."""

    file = forms.FileField(
        label=_("Tệp"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
        help_text=_("XLSX, XLS, ODS hoặc CSV, tối đa {value} MB.").format(value=LARGEST // MEGABYTE),
    )
    pasted = forms.CharField(
        label=_("Hoặc dán từ bảng tính"),
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("Chọn các ô trong bảng tính, cả dòng tiêu đề, sao chép rồi dán vào đây."),
        error_messages={"max_length": _("Phần dán dài quá. Lưu bảng tính thành tệp rồi tải lên.")},
    )

    def __init__(self, *args: Any, today: date, may_declare_past: bool, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.too_large = too_large  # the file was dropped on arrival: «nothing chosen» would not be the truth
        if may_declare_past:
            self.fields["known_from"] = self._known_from()

    def _known_from(self) -> forms.Field:
        return DayField(
            today=self.today,
            label=_("Dữ liệu cũ, đã được biết từ ngày"),
            required=False,
            help_text=(
                _(
                    "Để trống nếu là dữ liệu mới. Khai ngày thì sổ xem lại tại các ngày sau đó đã có dữ liệu này; "
                    "lần khai được ghi vào lịch sử."
                )
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse neither and both: it must be plain what is imported."""
        said = self.cleaned_data
        file, pasted = said.get("file"), said.get("pasted", "").strip()
        if "file" in said and not file and not pasted and "pasted" in said:
            self.add_error("file", TOO_LARGE_WORDS if self.too_large else NOTHING_WORDS)
        if file and pasted:
            self.add_error("pasted", _("Chỉ chọn một cách: bỏ tệp, hoặc xóa phần dán."))
        return said

    def clean_known_from(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data["known_from"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("Không thể đã biết từ một ngày chưa tới."))
        return day
