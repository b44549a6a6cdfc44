"""Tell a person what others changed of a record since the person began to write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.utils import timezone

from khcn.kernel.pages.forms import SEEN, StepForm
from khcn.kernel.pages.models import Submission
from khcn.kernel.pages.record_page import sentence_of
from khcn.kernel.records.corrections import version_stamp
from khcn.kernel.records.history import HistoryEntry, history_of, part_relation
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register, register
from khcn.kernel.records.tracked import Tracked
from khcn.language.words import words as _
from khcn.ui import formats

Watched = TypeVar("Watched", bound=forms.BaseForm)

NOT_YET = _("Hồ sơ đã đổi nên chưa ghi gì. Xem lại rồi gửi lần nữa:")
CHANGED = _(
    "Hồ sơ {code} đã đổi sau khi bạn mở trang này. Những gì bạn gõ vẫn còn dưới đây; xem lại rồi bấm xác nhận lần nữa."
)


def changes_since(found: Register, record: Record, stamp: int, reader: Any) -> list[str]:
    """Return what was done to the record and its parts after that version, the latest first, a sentence each.

    Nothing where the stamp is not of this record. Other records that the reader may not know of stay unnamed.
    """
    began = type(record).Version._base_manager.select_related("change").filter(pk=stamp, id=record.pk).first()
    if began is None:
        return []
    state_label = found.workflow.state_label if found.workflow else str
    entries = history_of(record, found.parts, state_label, reader=reader)
    return _told(entry for entry in entries if entry.at > began.change.at)


def tell(form: Any, words: Iterable[str]) -> None:
    """Show on the form what others changed, under a heading that blames nothing the person typed."""
    form.errors_title = NOT_YET
    for sentence in words:
        form.add_error(None, sentence)


def stale_step(found: Register, record: Record, form: StepForm, reader: Any) -> list[str]:
    """Return what to tell whoever takes a step on a record that changed since they looked; nothing where it did not."""
    seen = form.cleaned_data.get(SEEN)
    if seen is None or seen == version_stamp(record):
        return []
    told = changes_since(found, record, seen, reader)
    return [CHANGED.format(code=record.code), *told] if told else []


def watching(form: Watched, row: Tracked) -> Watched:
    """Return the form, carrying how much had been written to the row and its parts when it was opened.

    For the forms of modules over a record or a part of one: `settled` then tells what others wrote meanwhile.
    """
    form.fields[SEEN] = forms.IntegerField(
        required=False,
        min_value=0,
        initial=_written(row),
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("invalid", "min_value"), _("Biểu mẫu bị hỏng phần ẩn. Tải lại trang rồi làm lại.")
        ),
    )
    return form


def settled(form: Any, row: Tracked, reader: Any) -> bool:
    """Tell whether the form is well and nobody wrote to the row or its parts since the form was opened.

    Where somebody did, the form says what, holds all that was typed, and does the act when it is sent once more. A form
    that was done before is well: who sent it twice is told so by `entered_once`.
    """
    if not form.is_valid():
        return False
    seen, now = form.cleaned_data.pop(SEEN, None), _written(row)
    if seen is None or seen >= now or _done_before(form):
        return True
    form.data = form.data.copy()
    form.data[form.add_prefix(SEEN)] = str(now)
    found = register(row.REGISTER) if isinstance(row, Record) else None
    state_label = found.workflow.state_label if found is not None and found.workflow else str
    entries = history_of(row, _parts(row), state_label, reader=reader)[: now - seen]
    tell(form, (CHANGED.format(code=row.code if isinstance(row, Record) else row), *_told(entries)))
    return False


def _written(row: Tracked) -> int:
    """Return how often the row and its parts were written; unlike the number of the last change it never stands still.

    A change that began before another may become known after it.
    """
    relations = [part_relation(row, name) for name in _parts(row)]
    tables = [(type(row), "id"), *relations]
    return sum(table.Version._base_manager.filter(**{column: row.pk}).count() for table, column in tables)


def _parts(row: Tracked) -> tuple[str, ...]:
    return tuple(register(row.REGISTER).parts) if isinstance(row, Record) else ()


def _done_before(form: Any) -> bool:
    token = getattr(form, "token", None)
    return token is not None and Submission.objects.filter(token=token, record_id__isnull=False).exists()


def _told(entries: Iterable[HistoryEntry]) -> list[str]:
    return [f"{one.actor}, {formats.instant(timezone.localtime(one.at))}: {sentence_of(one)}." for one in entries]
