"""What the pages of given work show, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.http import QueryDict
from django.urls import reverse

from khcn.assignments.models import Assignment, Extension, ProgressEntry
from khcn.assignments.permissions import (
    may_accept,
    may_decide_extension,
    may_give,
    may_monitor,
    may_release_lateness,
    may_report,
    may_request_extension,
    may_see_lateness,
    may_urge,
)
from khcn.assignments.selectors import (
    board_conditions,
    board_counts,
    board_leads,
    board_rows,
    board_state,
    chain_of,
    evidence_of,
    sees_all_lateness,
    soon_days,
)
from khcn.assignments.states import OPEN_STATES, AssignmentState, BoardState, DeadlinePrecision, ExtensionOutcome
from khcn.kernel.access.roles import Role
from khcn.kernel.files.models import Attachment
from khcn.kernel.files.selectors import attachments_of
from khcn.kernel.pages.addresses import record_url, with_parameters
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import resolve
from khcn.language.words import in_source, joined, with_capital
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.ui import formats
from khcn.ui.values import Tone

PAGE = 50
LONGEST_PAGE_NUMBER = 8
"""Digits of a page number, beyond which it is taken for a mistake."""
ORDER = (
    BoardState.OVERDUE,
    BoardState.DUE_SOON,
    BoardState.AWAITING,
    BoardState.UNDER_WAY,
    BoardState.NOT_DUE,
    BoardState.NO_DEADLINE,
    BoardState.SUSPENDED,
    BoardState.DONE_LATE,
    BoardState.DONE,
    BoardState.FINISHED,
    BoardState.CANCELLED,
)
ALWAYS_COUNTED = (BoardState.OVERDUE, BoardState.DUE_SOON, BoardState.DONE)
"""Shown even at nought; to those from whom lateness is withheld a nought would be a false statement."""
TONES = {
    BoardState.NO_DEADLINE: Tone.NOT_DUE,
    BoardState.AWAITING: Tone.DUE_SOON,
    BoardState.SUSPENDED: Tone.PAUSED,
    BoardState.UNDER_WAY: Tone.NOT_DUE,
    BoardState.FINISHED: Tone.DONE,
    BoardState.CANCELLED: Tone.PAUSED,
}
COLUMNS = (
    {"label": _("Nhiệm vụ")},
    {"label": _("Chủ trì")},
    {"label": _("Hạn")},
    {"label": _("Tình trạng")},
)


def may_open_board(user: Any) -> bool:
    """Tell whether the person has work to see on the board: staff, those above, assigned agencies."""
    return bool(user.is_office_staff or user.holds(Role.PROVINCIAL_LEADER, Role.ASSIGNED_AGENCY))


def tone_of(state: BoardState) -> Tone:
    """Return the colour of a board state."""
    return TONES[state] if state in TONES else Tone(str(state.value))


@dataclass(frozen=True)
class _Asked:
    """What the address asks of the board; whatever it says wrongly is left out."""

    agency: str
    states: tuple[str, ...]
    page: int


def board_values(user: Any, today: date, query: QueryDict) -> dict[str, Any]:
    """Return the board: counters by state, chosen rows with what hurts first on top, the agencies to choose from.

    `query`: `trang-thai` board states with commas between them, `co-quan` a lead as `board_leads` names it, `trang` a
    page; anything else is left out.
    """
    soon, withheld = soon_days(today, user.office), not sees_all_lateness(user)
    visible = board_rows(user)
    agencies = board_leads(user)
    conditions = board_conditions(today, soon=soon, withheld=withheld)
    asked = _asked(query, {key for key, _ in agencies}, conditions)
    rows = visible.led_by(asked.agency) if asked.agency else visible
    counts = board_counts(rows, today, soon=soon, withheld=withheld)
    found = _page(_sorted(_chosen(rows, conditions, asked.states), conditions), asked.page)
    return {
        "counters": _counters(counts, asked.states, query, always=() if withheld else ALWAYS_COUNTED),
        "columns": COLUMNS,
        "rows": [_row(row, board_state(row, today, soon=soon, withheld=withheld)) for row in found[:PAGE]],
        "agencies": [{"key": key, "label": label, "chosen": key == asked.agency} for key, label in agencies],
        "chosen": ",".join(asked.states),
        "chosen_label": joined(", ", [BoardState(state).label for state in asked.states]),
        "clear_url": reverse("assignments-board"),
        "create_url": reverse("assignment-new") if may_give(user) else "",
        **_pager(query, asked.page, more=len(found) > PAGE),
    }


def _asked(query: QueryDict, agencies: set[str], states: Iterable[str]) -> _Asked:
    agency, state, page = (query.get(name, "") for name in ("co-quan", "trang-thai", "trang"))
    number = int(page) if page.isascii() and page.isdigit() and len(page) < LONGEST_PAGE_NUMBER else 1
    known = tuple(dict.fromkeys(one for one in state.split(",") if one in states))
    return _Asked(agency if agency in agencies else "", known, max(number, 1))


def _chosen(rows: Any, conditions: dict[BoardState, Any], states: tuple[str, ...]) -> Any:
    if not states:
        return rows.exclude(state=AssignmentState.CANCELLED)
    return rows.filter(reduce(or_, (conditions[BoardState(state)] for state in states)))


def _pager(query: QueryDict, page: int, *, more: bool) -> dict[str, str]:
    return {
        "previous_url": with_parameters("", query, trang=page - 1) if page > 1 else "",
        "next_url": with_parameters("", query, trang=page + 1) if more else "",
    }


def _page(rows: QuerySet[Assignment], page: int) -> list[Assignment]:
    related = rows.select_related("lead_organisation", "lead_division")
    return list(related[(page - 1) * PAGE : page * PAGE + 1])


def _sorted(rows: Any, conditions: dict[BoardState, Any]) -> Any:
    ranks = [When(conditions[state], then=Value(rank)) for rank, state in enumerate(ORDER) if state in conditions]
    ranked = rows.annotate(rank=Case(*ranks, default=Value(len(ORDER)), output_field=IntegerField()))
    return ranked.order_by("rank", F("due_on").asc(nulls_last=True), "pk")


def lead_choices(user: Any) -> list[tuple[str, str]]:
    """Return the organisations that lead work the user may see, as choices; those the user may know of."""
    led = Assignment.objects.visible_to(user).exclude(lead_organisation=None)
    rows = Organisation.objects.visible_to(user).filter(pk__in=led.order_by().values("lead_organisation_id"))
    return [(str(key), str(title)) for key, title in rows.order_by("title").values_list("pk", "title")]


def _counters(
    counts: dict[BoardState, int], chosen: tuple[str, ...], query: QueryDict, *, always: Iterable[BoardState]
) -> list[dict[str, Any]]:
    live = sum(number for state, number in counts.items() if state != BoardState.CANCELLED)
    first = {"label": _("Tất cả"), "value": live, "url": _filtered(query, ""), "tone": "", "active": not chosen}
    return [first] + [
        {
            "label": state.label,
            "value": counts[state],
            "url": _filtered(query, state.value),
            "tone": tone_of(state),
            "active": state in chosen,
        }
        for state in ORDER
        if counts.get(state) or state in chosen or state in always
    ]


def _filtered(query: QueryDict, state: str) -> str:
    address = with_parameters("", query, trang="", **{"trang-thai": state})
    return address or "?"


def _row(row: Assignment, state: BoardState) -> dict[str, Any]:
    url = record_url(row)
    due = formats.day(row.due_on) if row.due_on else row.deadline_text or row.get_precision_display()
    original = (
        _("hạn ban đầu {original_due_on}").format(original_due_on=formats.day(row.original_due_on))
        if row.was_extended and row.original_due_on
        else ""
    )
    return {
        "url": url,
        "cells": [
            {"text": row.title, "url": url, "sub": row.code},
            row.lead_text,
            {"text": due, "sub": original},
            {"state": {"tone": tone_of(state), "label": state.label, "icon": ""}},
        ],
    }


def section_values(request: Any, assignment: Assignment) -> dict[str, Any]:
    """Return what the record's page shows beside the kernel's own: the chain, reports, extensions, reminders, acts."""
    user, today = request.user, request.today
    withheld = not may_see_lateness(user, assignment)
    asked = assignment.extensions.select_related("requested_by", "decided_by")
    state = board_state(assignment, today, soon=soon_days(today, assignment.office), withheld=withheld)
    return {
        "standing": {"tone": tone_of(state), "label": state.label, "icon": ""},
        "verdict": "" if withheld else _verdict(assignment),
        "closing_rule": assignment.closing_rule,
        "review_on": assignment.review_on,
        "chain": [_chain_step(step) for step in chain_of(assignment, user)],
        "progress_rows": _progress_rows(assignment, user),
        "extension_rows": [_extension_row(one, assignment, user) for one in asked],
        "urging_rows": [] if withheld else _urging_rows(assignment),
        "evidence": [{"label": str(one), "url": record_url(one)} for one in evidence_of(assignment, user)],
        "files": [{"label": one.title, "url": one.url, "on": one.attached_on} for one in attachments_of(assignment)],
        "section_acts": _acts(assignment, user),
        "may_release": bool(may_release_lateness(user, assignment)) and assignment.lateness_released_at is None,
        "release_url": reverse("assignment-release-lateness", args=[assignment.code]),
    }


def result_values(assignment: Assignment, user: Any) -> dict[str, Any]:
    """Return what whoever accepts a result must see: what was asked, what is reported, what proves it."""
    reports = [row for row in _progress_rows(assignment, user) if row["says_done"]]
    asked = assignment.origin_text or assignment.title
    return {
        "asked": with_capital(asked),
        "product": assignment.product,
        "lead": assignment.lead_text,
        "due": assignment.due_on,
        "verdict": _verdict(assignment),
        "report": reports[0] if reports else None,
        "waits": assignment.state == AssignmentState.REPORTED_DONE,
    }


def _urging_rows(assignment: Assignment) -> list[dict[str, Any]]:
    return [
        {
            "on": one.urged_on,
            "level": one.get_level_display(),
            "text": one.text,
            "who": str(one.urged_by or _("Hệ thống")),
        }
        for one in assignment.urgings.select_related("urged_by")
    ]


def _verdict(assignment: Assignment) -> str:
    if assignment.completed_on is None or assignment.due_on is None:
        return ""
    judged = _("muộn") if assignment.is_done_late else _("đúng hạn")
    words = _("Báo cáo hoàn thành ngày {completed_on}, {judged} so với hạn đang có hiệu lực ").format(
        completed_on=formats.day(assignment.completed_on), judged=judged
    )
    words += formats.day(assignment.due_on)
    if assignment.was_extended and assignment.original_due_on:
        first = _("muộn") if assignment.is_past_its_original_deadline else _("đúng hạn")
        words += _("; so với hạn ban đầu {original_due_on}: {first}").format(
            original_due_on=formats.day(assignment.original_due_on), first=first
        )
    return f"{words}."


def _chain_step(step: Any) -> dict[str, Any]:
    missing = step.record is None and in_source(step.text).startswith("Chưa")
    return {
        "label": f"{step.role}: {step.text}",
        "state": "todo" if missing else "done",
        "url": record_url(step.record) if step.record is not None else "",
    }


def _progress_rows(assignment: Assignment, user: Any) -> list[dict[str, Any]]:
    entries = list(assignment.progress.select_related("reported_by"))
    refs = {ref for entry in entries for ref in entry.evidence}
    proofs = {ref: {"label": str(row), "url": record_url(row)} for ref, row in resolve(refs, user).items()}
    proofs |= _file_proofs(ref for ref in refs if ref.register == "attachment")
    return [_progress_row(entry, proofs) for entry in reversed(entries)]


def _file_proofs(refs: Iterable[RecordRef]) -> dict[RecordRef, dict[str, str]]:
    files = Attachment.objects.standing().in_bulk([ref.id for ref in refs])
    return {RecordRef("attachment", key): {"label": file.title, "url": file.url} for key, file in files.items()}


def _progress_row(entry: ProgressEntry, proofs: dict[RecordRef, dict[str, str]]) -> dict[str, Any]:
    return {
        "on": entry.reported_on,
        "who": str(entry.reported_by),
        "text": entry.text,
        "percent": entry.percent,
        "says_done": entry.says_done,
        "proofs": [proofs[ref] for ref in entry.evidence if ref in proofs],
    }


def _extension_row(asked: Extension, assignment: Assignment, user: Any) -> dict[str, Any]:
    waiting = asked.outcome == ExtensionOutcome.PENDING
    decides = waiting and bool(may_decide_extension(user, asked))
    address = reverse("assignment-extension-decision", args=[assignment.code, asked.pk])
    return {
        "on": asked.requested_on,
        "reason": asked.reason,
        "previous": asked.previous_due_on,
        "wanted": asked.requested_due_on,
        "waits": waiting,
        "outcome": asked.get_outcome_display(),
        "granted": asked.granted_due_on,
        "note": asked.decision_note,
        "asker": str(asked.requested_by),
        "decider": str(asked.decided_by or ""),
        "decided_on": asked.decided_on,
        "decide_url": address if decides else "",
    }


def _acts(assignment: Assignment, user: Any) -> list[dict[str, str]]:
    if assignment.withdrawn_on is not None:
        return []
    is_open = assignment.state in OPEN_STATES
    awaits = assignment.state == AssignmentState.REPORTED_DONE
    continuous = assignment.precision == DeadlinePrecision.CONTINUOUS
    kinds = {"assignment-result": "primary"}
    offered = (
        (_("Xem kết quả, xác nhận"), "assignment-result", "eye", awaits and may_accept(user, assignment)),
        (_("Báo cáo tiến độ, kết quả"), "assignment-report", "report", is_open and may_report(user, assignment)),
        (_("Xin gia hạn"), "assignment-extension", "hourglass", is_open and may_request_extension(user, assignment)),
        (_("Đôn đốc", "step"), "assignment-urge", "speakerphone", is_open and may_urge(user, assignment)),
        (_("Đặt quy tắc kết thúc"), "assignment-closing-rule", "flag", continuous and may_monitor(user, assignment)),
    )
    return [
        {
            "label": label,
            "url": reverse(name, args=[assignment.code]),
            "icon": icon,
            "kind": kinds.get(name, "secondary"),
        }
        for label, name, icon, possible in offered
        if possible
    ]
