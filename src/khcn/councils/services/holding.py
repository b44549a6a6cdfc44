"""Hold a council while members and dossiers change, and refuse where they may not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from khcn.councils.models import Council
from khcn.councils.permissions import may_run
from khcn.councils.states import CHANGEABLE, CouncilState
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _

CLOSED = _("Phiếu đã mở; thành viên và hồ sơ không đổi được nữa.")
ENDED = _("Hội đồng đã kết thúc; không ghi thêm được nữa.")


@contextmanager
def changing(
    council: Council,
    label: str,
    actor: Any,
    on: date,
    *,
    verb: str,
    words: str,
    why: str,
    while_in: Collection[str] = CHANGEABLE,
) -> Iterator[None]:
    """Let members and dossiers change while the council is held; once it was decided on, only with the reason.

    `while_in`: the states in which this may change.

    Raises: NotPermitted; NotPossible.
    """
    may_run(actor, council).enforce()
    with recording(actor=actor, verb=verb, label=words, why=why, on=on):
        hold(council, label)
        if council.state not in while_in:
            raise NotPossible(council, label, [CLOSED if while_in == CHANGEABLE else ENDED])
        if council.state != CouncilState.FORMING and not why.strip():
            raise NotPossible(council, label, [_("Hội đồng đã có quyết định: ghi lý do thay đổi, căn cứ văn bản nào.")])
        yield


def hold(council: Council, label: str) -> None:
    """Hold the council as it stands now until the change ends, and stop for one that was withdrawn.

    Raises: NotPossible.
    """
    council.settle()
    if council.withdrawn_on is not None:
        raise NotPossible(council, label, [_("Hội đồng đã thu hồi.")])
