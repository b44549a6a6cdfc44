"""Hold a council while members and dossiers change, and refuse where they may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from khcn.councils.models import Council
from khcn.councils.permissions import may_run
from khcn.councils.states import CHANGEABLE, CouncilState
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _


@contextmanager
def changing(council: Council, label: str, actor: Any, on: date, *, verb: str, words: str, why: str) -> Iterator[None]:
    """Let members and dossiers change while the council is held; once it was decided on, only with the reason.

    Raises: NotPermitted; NotPossible.
    """
    may_run(actor, council).enforce()
    with recording(actor=actor, verb=verb, label=words, why=why, on=on):
        hold(council, label)
        if council.state not in CHANGEABLE:
            raise NotPossible(council, label, [_("Phiếu đã mở; thành viên và hồ sơ không đổi được nữa.")])
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
