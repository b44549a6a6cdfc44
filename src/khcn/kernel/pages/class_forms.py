"""The form by which an administrator brings the codes of a classification from a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from khcn.kernel.classifications.schemes import importable_schemes, scheme_to_import
from khcn.kernel.exchange.class_imports import Stated
from khcn.kernel.exchange.class_sheets import STATABLE
from khcn.kernel.exchange.forms import ENDINGS, TOO_LARGE_WORDS
from khcn.kernel.identity.forms import DayField
from khcn.kernel.pages.rule_forms import ConfirmedForm
from khcn.language.words import words as _

FINGERPRINT = "tep"
"""Under this name the preview sends back which file it showed."""


class ClassImportForm(ConfirmedForm):
    """A file, the classification it belongs to, and what the officer says of all its rows."""

    scheme = forms.ChoiceField(label=_("Bảng phân loại"))
    file = forms.FileField(
        label=_("Tệp"),
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
        help_text=_("XLSX, XLS, ODS hoặc CSV; dòng tiêu đề có «Mã» và «Tên»."),
    )
    legal_basis = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        max_length=300,
        help_text=_("Số, ký hiệu văn bản, phụ lục. Để trống: văn bản của bảng."),
    )
    confidence = forms.ChoiceField(
        label=_("Độ tin cậy"),
        choices=[(one.value, one.label) for one in STATABLE],
        help_text=_("Chỉ chọn «Đã đối chiếu văn bản» khi đã đọc tệp cạnh phụ lục của văn bản."),
    )
    is_whole = forms.BooleanField(
        label=_("Tệp là toàn bộ bảng"),
        required=False,
        help_text=_("Mã đang có hiệu lực mà tệp không có sẽ kết thúc trước ngày hiệu lực; không mã nào bị xóa."),
    )

    def __init__(self, *args: Any, today: date, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_words = TOO_LARGE_WORDS if too_large else _("Chọn tệp bảng mã.")
        self.fields["file"].error_messages["required"] = self.asked_words
        self.fields["file"].required = FINGERPRINT not in self.data  # what was previewed is kept, and comes no more
        self.fields["scheme"].choices = [(one.key, one.label) for one in importable_schemes()]  # type: ignore[attr-defined]  # a choice
        self.fields["valid_from"] = DayField(
            today=today,
            label=_("Hiệu lực từ"),
            required=False,
            help_text=_("Của các dòng không ghi ngày riêng. Để trống: ngày có hiệu lực của bảng."),
        )
        self.order_fields(("scheme", "file", "valid_from", "legal_basis", "confidence", "is_whole"))

    def said(self) -> Stated:
        """Return what a valid form says of the file."""
        answers = self.cleaned_data
        return Stated(
            scheme=scheme_to_import(answers["scheme"]),
            valid_from=answers["valid_from"],
            legal_basis=answers["legal_basis"],
            confidence=answers["confidence"],
            is_whole=answers["is_whole"],
        )

    def ask_again(self) -> None:
        """Say that the file that was previewed is no longer kept."""
        self.add_error("file", self.asked_words)
