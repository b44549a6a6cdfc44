"""What the record page of a paper shows besides the register's own facts, as values of the interface."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from khcn.correspondence.models import Paper
from khcn.correspondence.permissions import may_draft, may_register
from khcn.correspondence.selectors import registration_due, thread_of
from khcn.correspondence.states import PaperState
from khcn.kernel.calendar import CalendarError
from khcn.kernel.files.selectors import attachments_of
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.language.words import words as _
from khcn.ui import formats


def paper_page(request: Any, paper: Paper) -> dict[str, Any]:
    """Return the instruction, the signed copies, the papers around this one, and the next page for this person."""
    return {
        "instruction_facts": _instruction(paper),
        "registration": _registration(paper),
        "copies": [_copy(one) for one in attachments_of(paper)],
        "thread": [
            {"label": str(other), "url": reverse("record", args=[other.REGISTER, other.code])}
            for other in thread_of(paper, request.user)
        ],
        "acts": [] if request.GET.get("as_of") else _acts(paper, request.user),
    }


def _instruction(paper: Paper) -> list[dict[str, Any]]:
    if not paper.instruction:
        return []
    facts = [
        {"label": _("Nội dung"), "value": paper.instruction},
        {
            "label": _("Người bút phê"),
            "value": str(paper.instructed_by or ""),
            "note": formats.day(paper.instructed_on),
        },
        {"label": _("Giao"), "value": " · ".join(str(one) for one in (paper.division, paper.responsible) if one)},
        {"label": _("Hạn xử lý"), "value": formats.day(paper.due_on)},
    ]
    if paper.handled_on:
        facts.append({"label": _("Xử lý xong"), "value": formats.day(paper.handled_on)})
    return [{"heading": _("Bút phê"), "facts": facts}]


def _registration(paper: Paper) -> str:
    """Say whether an incoming paper was registered in time; nothing where the rule or the calendar cannot tell."""
    if not paper.is_incoming or paper.registered_on is None:
        return ""
    try:
        due = registration_due(paper)
    except (RuleUnknown, CalendarError):
        return ""
    if due is None or paper.registered_on <= due.effective:
        return ""
    return _("Vào sổ chậm: đến {received_on}, hạn vào sổ {effective}.").format(
        received_on=formats.day(paper.received_on), effective=formats.day(due.effective)
    )


def _copy(attachment: Any) -> dict[str, Any]:
    return {
        "title": attachment.title,
        "on": attachment.attached_on,
        "file_url": attachment.url,
        "kind": attachment.get_kind_display(),
    }


def _acts(paper: Paper, user: Any) -> list[dict[str, str]]:
    offers = (
        (_("Ghi số, kèm bản đã ký"), "paper-number", "upload", PaperState.SUBMITTED, may_register),
        (_("Sửa dự thảo"), "paper-edit", "pencil", PaperState.DRAFT, may_draft),
    )
    return [
        {"label": label, "icon": icon, "url": reverse(name, args=[paper.code])}
        for label, name, icon, state, may in offers
        if paper.state == state and may(user, paper)
    ]
