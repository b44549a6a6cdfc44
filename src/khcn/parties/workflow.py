"""The few steps of a party."""

from __future__ import annotations

from khcn.kernel.workflow.table import Note, StateInfo, Tone, Transition, Workflow
from khcn.language.words import words as _
from khcn.parties.permissions import STAFF_WORDS, may_edit_party
from khcn.parties.states import PartyState

INFO = {
    PartyState.ACTIVE: StateInfo(Tone.DONE, "building", _("Chính tổ chức, cá nhân đó"), _("Đang hoạt động.")),
    PartyState.ENDED: StateInfo(
        Tone.PAUSED, "archive", _("Không còn"), _("Đã chấm dứt: giải thể, hợp nhất, nghỉ."), final=True
    ),
}
END = Transition(
    "end",
    frozenset({PartyState.ACTIVE}),
    PartyState.ENDED,
    _("Ghi nhận chấm dứt"),
    _("ghi nhận đã chấm dứt"),
    may_edit_party,
    STAFF_WORDS,
    note=Note.REQUIRED,
)
ORGANISATION_WORKFLOW = Workflow("organisation", _("Tổ chức"), PartyState, PartyState.ACTIVE, INFO, (END,))
PERSON_WORKFLOW = Workflow("person", _("Cá nhân"), PartyState, PartyState.ACTIVE, INFO, (END,))
