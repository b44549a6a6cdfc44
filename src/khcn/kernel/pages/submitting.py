"""Do what a form asks once, however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from khcn.kernel.pages.models import Submission
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import register
from khcn.language.words import words as _


class FormSentBefore(Exception):
    """The number of the form belongs to another person or register."""


@dataclass(frozen=True)
class Entered:
    """The record a form made or wrote on, and whether this sending did it."""

    record: Any
    made: bool

    def words(self, made: str) -> str:
        """Return what to tell the person: `made`, or that the form came before."""
        return made if self.made else _("Biểu mẫu này đã gửi trước đó; hồ sơ là {code}.").format(code=self.record.code)


def entered_once(key: str, act: Callable[[], Record], *, actor: Any, token: UUID | None) -> Entered:
    """Do the act unless a form with this number did it before; the record of that time is returned then.

    `key`: the register of the record that the act returns. Raises: FormSentBefore, where the number belongs to another
    person or register; whatever the act refuses with, and then the number may be used again.
    """
    if token is None:
        return Entered(act(), made=True)
    with transaction.atomic():
        # The unique number makes the second of two sendings wait for the first, then find what it made.
        sent, first = Submission.objects.get_or_create(token=token, defaults={"user": actor, "register": key})
        if not first:
            return Entered(_made_before(sent, key, actor), made=False)
        record = act()
        sent.record_id = record.pk
        sent.save(update_fields=["record_id"])
    return Entered(record, made=True)


def _made_before(sent: Submission, key: str, actor: Any) -> Record:
    if sent.user_id != actor.pk or sent.register != key or sent.record_id is None:
        raise FormSentBefore(_("Biểu mẫu này đã được gửi ở nơi khác. Mở lại trang rồi nhập lại."))
    record: Record = register(key).model.objects.get(pk=sent.record_id)
    return record
