"""To whom the pages of councils open."""

from __future__ import annotations

from functools import partial

from khcn.councils.models import Council
from khcn.councils.permissions import RUNNER_WORDS, SEAT_WORDS, may_form, may_read_slips, may_run
from khcn.kernel.access.gates import Gate, add_gates
from khcn.language.words import words as _

READERS = _("Thành viên hội đồng; phòng phụ trách và lãnh đạo Sở")
_of_council = partial(Gate, register=Council.REGISTER, own_office=True)

add_gates(
    Gate("council-new", RUNNER_WORDS, may=may_form),
    _of_council("council-seat", RUNNER_WORDS, may=may_run),
    _of_council("council-seat-drop", RUNNER_WORDS, owned=True),
    _of_council("council-matter", RUNNER_WORDS, may=may_run),
    _of_council("council-dossier", READERS, owned=True),
    _of_council("council-matter-drop", RUNNER_WORDS, owned=True),
    _of_council("council-item", RUNNER_WORDS, owned=True),
    _of_council("council-item-drop", RUNNER_WORDS, owned=True),
    _of_council("council-filing", RUNNER_WORDS, owned=True),
    _of_council("council-standing", RUNNER_WORDS, owned=True),
    _of_council("council-ranking", READERS, may=may_read_slips),
    _of_council("council-conclusion", RUNNER_WORDS, owned=True),
    _of_council("council-result", READERS, owned=True),
    _of_council("council-presence", RUNNER_WORDS, may=may_run),
    _of_council("council-tellers", RUNNER_WORDS, may=may_run),
    _of_council("council-question", READERS, owned=True),
    _of_council("council-answer", RUNNER_WORDS, owned=True),
    _of_council("council-fees", RUNNER_WORDS, may=may_run),
    _of_council("council-fee-paper", RUNNER_WORDS, may=may_run),
    _of_council("council-slips", READERS, may=may_read_slips),
    _of_council("council-slip", SEAT_WORDS, owned=True),
    _of_council("council-decision", RUNNER_WORDS, may=may_run),
    _of_council("council-minutes", READERS, may=may_read_slips),
    _of_council("council-slip-paper", READERS, owned=True),
    _of_council("council-slip-void", RUNNER_WORDS, owned=True),
)
