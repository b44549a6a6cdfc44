"""What is asked once for an act on many records, and the records it is to be done with."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from khcn.kernel.identity.forms import DayField
from khcn.kernel.pages.bulk import MOST_AT_ONCE, BulkAct, Said
from khcn.kernel.pages.fields import Asking, form_field
from khcn.kernel.pages.forms import not_to_come
from khcn.kernel.pages.typed_forms import SUBMISSION, TypedForm
from khcn.kernel.records.refs import LARGEST_NUMBER
from khcn.kernel.records.registry import Register
from khcn.kernel.workflow.table import Note
from khcn.language.words import words as _

CHOSEN = "da-chon"
VALUE = "gia-tri"
BROKEN = _("Biểu mẫu bị hỏng phần ẩn. Quay lại danh sách rồi chọn lại.")
PAIRS = re.compile(r"\d{1,18}-\d{1,18}(,\d{1,18}-\d{1,18})*")


class ChosenField(forms.CharField):
    """Numbers of records with the stamps of the versions that were seen: «12-345,13-346»."""

    def clean(self, value: Any) -> Any:
        """Return number → stamp.

        Raises: ValidationError, for what was not written here, or too many.
        """
        text = str(super().clean(value))
        pairs = [pair.split("-") for pair in text.split(",")] if PAIRS.fullmatch(text) else []
        found = {min(int(key), LARGEST_NUMBER): int(stamp) for key, stamp in pairs}
        if not found or len(found) > MOST_AT_ONCE:
            raise forms.ValidationError(BROKEN)
        return found


class BulkForm(TypedForm, forms.Form):
    """The day and the note of a step, or what is handed over and why; the hidden number tells sendings apart."""

    def __init__(self, *args: Any, register: Register, act: BulkAct, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if act.transition is not None:
            self.fields["on"] = DayField(
                today=today, label=_("Ngày thực hiện"), initial=f"{today.day}/{today.month}/{today.year}"
            )
            self._ask_note(_("Lý do, nội dung"), required=act.transition.note is Note.REQUIRED)
        else:
            self.fields[VALUE] = form_field(act.field, Asking(register, user, today), None)
            self.fields[VALUE].required = True
            self._ask_note(_("Lý do sửa"), required=True)
        hidden: dict[str, Any] = {
            "widget": forms.HiddenInput,
            "error_messages": {"invalid": BROKEN, "required": BROKEN},
        }
        self.fields[CHOSEN] = ChosenField(label=_("Các hồ sơ"), **hidden)
        self.fields[SUBMISSION] = forms.UUIDField(label=_("Lần gửi"), initial=uuid4, **hidden)

    def _ask_note(self, label: str, *, required: bool) -> None:
        self.fields["note"] = forms.CharField(
            label=label,
            required=required,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Ghi vào lịch sử của từng hồ sơ."),
        )

    def clean_on(self) -> date:
        """Return the day of the step.

        Raises: ValidationError, for a day still to come.
        """
        return not_to_come(self.cleaned_data["on"], self.today)

    @property
    def said(self) -> Said:
        """Return what was said once for all records."""
        clean = self.cleaned_data
        return Said(on=clean.get("on", self.today), note=clean["note"], value=clean.get(VALUE))
