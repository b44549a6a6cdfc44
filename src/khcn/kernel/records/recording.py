"""Open a change, so that what is saved inside it enters history with who, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import override

from khcn.kernel.records.changes import Change
from khcn.kernel.records.clock import recording_instant
from khcn.language.words import SOURCE_LANGUAGE
from khcn.language.words import words as _

LONGEST_NAME = 160


class UnrecordedChange(Exception):
    """Something tried to write to a register outside a recorded change."""


@dataclass
class Recording:
    """The change under way. Its row is written with the first row it changes."""

    at: datetime
    actor: Any
    verb: str
    label: str
    why: str
    on: date | None
    known_from: datetime | None
    transition: bool = False
    imported: bool = False
    instead_of: Any = None
    _change: Change | None = field(default=None, repr=False)

    @property
    def change(self) -> Change:
        """Return the row of this change, written when first asked for."""
        if self._change is None:
            self._change = Change.objects.create(
                at=self.at,
                actor=self.actor,
                actor_name=self.actor_words[:LONGEST_NAME],
                verb=self.verb,
                verb_label=self.label,
                why=self.why,
                on=self.on,
                known_from=self.known_from,
            )
        return self._change

    @property
    def actor_words(self) -> str:
        """Return who acts, and for whom where that was handed to them."""
        if not self.actor:
            return _("Hệ thống")
        return f"{self.actor} (thay {self.instead_of})" if self.instead_of else str(self.actor)

    @property
    def recorded_from(self) -> datetime:
        """Return the instant from which what is written counts as known."""
        return self.known_from or self.at


_current: ContextVar[Recording | None] = ContextVar("khcn_recording", default=None)


@contextmanager
def recording(
    *,
    actor: Any,
    verb: str,
    label: str,
    why: str = "",
    on: date | None = None,
    known_from: datetime | None = None,
    imported: bool = False,
    transition: bool = False,
    instead_of: Any = None,
) -> Iterator[Recording]:
    """Record as one change whatever is saved inside, in one transaction.

    `actor`: a user, or None for the system itself; `instead_of`: the absent person whose role they act in.
    `verb`: a short code; `label`: the same as words of history
    ("chuyển sang Đã thẩm định"). `on`: the business date. `known_from`: what an import of legacy data declares
    to have been known since then; `imported` lets it enter records in any state.
    Raises: ValueError, if `known_from` is still to come.
    """
    with transaction.atomic():
        outer = _current.get()
        opened = Recording(
            at=outer.at if outer else recording_instant(),
            actor=actor,
            verb=verb,
            label=label,
            why=why,
            on=on or (outer.on if outer else None),
            known_from=known_from or (outer.known_from if outer else None),
            transition=transition,
            imported=imported or bool(outer and outer.imported),
            instead_of=instead_of or (outer.instead_of if outer else None),
        )
        if opened.recorded_from > opened.at:
            raise ValueError(
                _("Không khai được là đã biết từ {recorded_from}: thời điểm ấy chưa đến.").format(
                    recorded_from=opened.recorded_from
                )
            )
        token = _current.set(opened)
        try:
            with override(SOURCE_LANGUAGE):  # what is composed while recording enters registers
                yield opened
        finally:
            _current.reset(token)


def current_recording() -> Recording:
    """Return the change under way.

    Raises: UnrecordedChange, if none is open: every write to a register is part of a recorded change.
    """
    found = _current.get()
    if found is None:
        raise UnrecordedChange(_("Mọi thay đổi trong sổ phải nằm trong một lần ghi có người thực hiện và lý do."))
    return found
