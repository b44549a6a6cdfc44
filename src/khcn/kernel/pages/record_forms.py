"""The forms by which records are entered, corrected and withdrawn, made from what their register declares."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms

from khcn.kernel.exchange.values import text_of, value_of
from khcn.kernel.pages.fields import Asking, form_field
from khcn.kernel.pages.forms import SEEN
from khcn.kernel.pages.locks import locked_names
from khcn.kernel.pages.typed_forms import SUBMISSION, TypedForm
from khcn.kernel.records.corrections import differing, record_at_stamp, version_stamp
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Column, Register
from khcn.language.words import words as _

WHY = "ly-do"
WHOLE = "id_%s"
"""How a form that asks for all of a record names its fields on the page."""


class RecordForm(TypedForm, forms.Form):
    """What a register asks, each as people type it."""

    def __init__(
        self,
        *args: Any,
        register: Register,
        names: tuple[str, ...],
        user: Any,
        today: date,
        record: Record | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        asking = Asking(register, user, today)
        for name in names:
            self.fields[name] = form_field(name, asking, record)

    @property
    def values(self) -> dict[str, Any]:
        """Return what was asked for; of a form that is not valid, what could be read."""
        return {name: self.cleaned_data[name] for name in self.names if name in self.cleaned_data}


class EntryForm(RecordForm):
    """A new record; the hidden number tells a form sent twice from two records."""

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, register=register, names=register.entered or register.editable, **kwargs)
        self.fields[SUBMISSION] = forms.UUIDField(
            label=_("Lần gửi"),
            initial=uuid.uuid4,
            widget=forms.HiddenInput,
            error_messages={"required": _("Biểu mẫu bị thiếu phần ẩn. Tải lại trang rồi nhập lại.")},
        )


class CorrectionForm(RecordForm):
    """The facts of a record that may be corrected, why, and the version that the person began from."""

    def __init__(
        self,
        *args: Any,
        register: Register,
        record: Record,
        stamp: int,
        names: tuple[str, ...] | None = None,
        **kwargs: Any,
    ) -> None:
        self.record = record
        self.stamp = stamp
        asked = names if names is not None else open_names(register, record)
        super().__init__(*args, register=register, names=asked, record=record, **kwargs)
        self.fields[WHY] = forms.CharField(
            label=_("Lý do sửa"),
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Ví dụ: nhập nhầm ngày so với văn bằng. Lý do được ghi vào lịch sử hồ sơ."),
        )
        self.fields[SEEN] = forms.IntegerField(
            label=_("Phiên bản"),
            initial=stamp,
            widget=forms.HiddenInput,
            error_messages={"required": _("Biểu mẫu bị thiếu phần ẩn. Tải lại trang rồi sửa lại.")},
        )

    @property
    def changed(self) -> dict[str, Any]:
        """Return what the person changed of the version they began from."""
        return differing(self.record, self.values)


class WithdrawalForm(TypedForm, forms.Form):
    """Why a record is withdrawn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[WHY] = forms.CharField(
            label=_("Lý do thu hồi"),
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Ví dụ: nhập trùng với VB-2021-0007. Lý do hiện trên trang hồ sơ."),
        )


def open_names(register: Register, record: Record) -> tuple[str, ...]:
    """Return what may be corrected of the record now: what its register names and no step of its workflow writes."""
    locked = locked_names(register, record)
    return tuple(name for name in register.editable if name not in locked)


def correction_form(
    register: Register, record: Record, *, user: Any, today: date, data: Any = None, fact: str = ""
) -> CorrectionForm:
    """Return the form over the record, or over the version of it that a sent form began from.

    `fact`: the only thing it asks for; without it the form asks for all that may be corrected.
    """
    stamp = version_stamp(record)
    record.refresh_from_db()  # after the stamp: what is shown may be newer than it, never older
    seen = str(data.get(SEEN, "")) if data is not None else ""
    began = record_at_stamp(record, int(seen)) if seen.isdecimal() else None
    options: dict[str, Any] = {"register": register, "stamp": stamp, "user": user, "today": today, **_only(fact)}
    form = CorrectionForm(data, record=began or record, **options)
    if fact and data is None:
        form.fields[fact].widget.attrs["autofocus"] = True
    return form


def _only(fact: str) -> dict[str, Any]:
    """Return how a form asks for one fact: several may be open on one page, each with identifiers of its own."""
    return {"names": (fact,), "auto_id": f"sua-{fact}-%s"} if fact else {}


def rebased(form: CorrectionForm, register: Register, record: Record, *, user: Any, today: date) -> CorrectionForm:
    """Return the form over the record of now: what the person changed stays, the rest follows the record."""
    mine = form.changed
    fact = form.names[0] if form.auto_id != WHOLE else ""
    fresh = correction_form(register, record, user=user, today=today, fact=fact)
    data: Any = dict(form.data.items())
    for name in set(fresh.names) - set(mine):
        _type_in(data, name, fresh[name].field.initial)
    data[SEEN] = str(fresh.stamp)
    options: dict[str, Any] = {"register": register, "stamp": fresh.stamp, "user": user, "today": today, **_only(fact)}
    found = CorrectionForm(data, record=record, **options)
    found.is_valid()
    for name in mine.keys() & fresh.fields.keys():
        if fresh.fields[name].initial != form.fields[name].initial:
            found.add_error(
                name,
                _("Hiện nay hồ sơ ghi «{register}»; bạn đang ghi khác.").format(
                    register=_shown(register, record, name)
                ),
            )
    return found


def _type_in(data: Any, name: str, initial: Any) -> None:
    data.pop(name, None)
    if initial is not None and initial is not False:
        data[name] = "on" if initial is True else str(getattr(initial, "pk", initial))


def _shown(register: Register, record: Record, name: str) -> str:
    if (question := register.question(name)) is not None:
        return question.read(record) or "—"
    column = next((one for one in register.columns if one.name == name), Column(name))
    return text_of(value_of(register, record, column), column) or "—"
