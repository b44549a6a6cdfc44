"""To whom the pages of tasks open."""

from __future__ import annotations

from functools import partial

from khcn.kernel.access.gates import Gate, add_gates
from khcn.language.words import words as _
from khcn.research.models import ResearchTask, TaskProposal
from khcn.research.permissions import (
    DECIDER_WORDS,
    EXPORT_WORDS,
    HOST_WORDS,
    JOINT_WORDS,
    KEEPER_WORDS,
    PROPOSER_WORDS,
    SIGNED_WORDS,
    STAFF_WORDS,
    STATISTICS_WORDS,
    may_decide,
    may_export,
    may_keep,
    may_open_desk,
    may_print_joint,
    may_propose,
    may_read_statistics,
    may_record_signed,
    may_report,
)

OWN_EXPORT = _("Người đã yêu cầu tệp, khi còn được xuất mọi hồ sơ trong tệp")
READERS = _("Ai được biết nhiệm vụ")
_of_task = partial(Gate, register=ResearchTask.REGISTER, own_office=True)

add_gates(
    Gate("task-desk", STAFF_WORDS, may=may_open_desk),
    Gate("task-estimate", STAFF_WORDS, may=may_open_desk),
    _of_task("task-side", READERS),
    _of_task("task-part-new", HOST_WORDS, may=may_report),
    _of_task("task-part", HOST_WORDS, owned=True),
    _of_task("task-part-drop", KEEPER_WORDS, owned=True),
    _of_task("task-money-move", KEEPER_WORDS, may=may_keep),
    _of_task("task-money-reverse", KEEPER_WORDS, owned=True),
    _of_task("task-risk-decide", DECIDER_WORDS, owned=True),
    _of_task("task-recovery-decide", DECIDER_WORDS, may=may_decide),
    _of_task("task-recognise", SIGNED_WORDS, may=may_record_signed),
    _of_task("task-decision-paper", SIGNED_WORDS, may=may_record_signed),
    _of_task("task-joint-paper", JOINT_WORDS, may=may_print_joint),
    _of_task("task-annex-paper", JOINT_WORDS, owned=True),
    _of_task("task-application-new", KEEPER_WORDS, may=may_keep),
    Gate("task-proposing", PROPOSER_WORDS, may=may_propose),
    Gate("task-proposal-send", PROPOSER_WORDS, may=may_propose),
    Gate("task-statistics", STATISTICS_WORDS, may=may_read_statistics),
    Gate("task-statistics-records", STATISTICS_WORDS, may=may_read_statistics),
    Gate("task-statistics-download", STATISTICS_WORDS, may=may_read_statistics),
    Gate("task-exports", EXPORT_WORDS, may=may_export),
    Gate("task-export-download", EXPORT_WORDS, may=may_export),
    Gate("task-export-prepare", EXPORT_WORDS, may=may_export),
    Gate("task-export-file", OWN_EXPORT, owned=True),
    Gate("task-export-fetch", OWN_EXPORT, owned=True),
    Gate("task-from-proposal", KEEPER_WORDS, may=may_keep, register=TaskProposal.REGISTER, own_office=True),
)
