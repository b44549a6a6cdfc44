"""Tell a person what others changed of a record since the person began to write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from khcn.kernel.pages.forms import SEEN, StepForm
from khcn.kernel.pages.record_page import sentence_of
from khcn.kernel.records.corrections import version_stamp
from khcn.kernel.records.history import history_of
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _
from khcn.ui import formats

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
    later = [entry for entry in entries if entry.at > began.change.at]
    return [f"{entry.actor}, {formats.instant(timezone.localtime(entry.at))}: {sentence_of(entry)}." for entry in later]


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
