"""The few steps of a party."""

from __future__ import annotations

from khcn.kernel.workflow.table import Note, StateInfo, Tone, Transition, Workflow
from khcn.parties.permissions import STAFF_WORDS, may_edit_party
from khcn.parties.states import PartyState

INFO = {
    PartyState.ACTIVE: StateInfo(Tone.DONE, "building", "Chính tổ chức, cá nhân đó", "Đang hoạt động."),
    PartyState.ENDED: StateInfo(
        Tone.PAUSED, "archive", "Không còn", "Đã chấm dứt: giải thể, hợp nhất, nghỉ.", final=True
    ),
}
END = Transition(
    "end",
    frozenset({PartyState.ACTIVE}),
    PartyState.ENDED,
    "Ghi nhận chấm dứt",
    "ghi nhận đã chấm dứt",
    may_edit_party,
    STAFF_WORDS,
    note=Note.REQUIRED,
)
ORGANISATION_WORKFLOW = Workflow("organisation", "Tổ chức", PartyState, PartyState.ACTIVE, INFO, (END,))
PERSON_WORKFLOW = Workflow("person", "Cá nhân", PartyState, PartyState.ACTIVE, INFO, (END,))
