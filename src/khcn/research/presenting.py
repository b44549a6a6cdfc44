"""What the pages of tasks show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from khcn.kernel.exchange.values import label_of, text_of, value_of
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.records.registry import Column
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.search.engine import IndexMissing
from khcn.kernel.search.visibility import viewer_of
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.research.accounts import Place, total
from khcn.research.financing import shares_by_source
from khcn.research.models import Movement, ResearchTask, TaskApplication, TaskChange, TaskProposal
from khcn.research.papers.kinds import DECISIONS, JOINT
from khcn.research.papers.reading import agreed_changes, annex_words
from khcn.research.part_sheets import MONEY, PROGRESS, SIDES, PartSheet
from khcn.research.permissions import may_decide, may_keep, may_print_joint, may_record_signed, may_report
from khcn.research.selectors import (
    applications_of,
    estimate_lines,
    forms_of,
    labour_check,
    load_of,
    resembling,
    rule_of,
    standing_of,
)
from khcn.research.services.parts import PART_KINDS
from khcn.research.services.selecting import LABOUR_RULE
from khcn.research.states import (
    NEVER_APPROVED,
    Account,
    ApplicationState,
    FundingSource,
    MovementKind,
    ProposalState,
    TaskState,
    TerminationCause,
)
from khcn.ui import formats

BALANCE_COLUMNS = [
    {"label": _("Nguồn")},
    *({"label": one.label, "num": True} for one in Account if one != Account.GRANTED),
]
SHARE_COLUMNS = [{"label": _("Nguồn")}, {"label": _("Dự toán (đồng)"), "num": True}, {"label": _("Tỷ lệ"), "num": True}]
MOVEMENT_COLUMNS = [
    {"label": _("Ngày")},
    {"label": _("Nghiệp vụ")},
    {"label": _("Nguồn")},
    {"label": _("Từ → sang")},
    {"label": _("Số tiền (đồng)"), "num": True},
    {"label": _("Chứng từ")},
]
APPLICATION_COLUMNS = [
    {"label": _("Hồ sơ")},
    {"label": _("Tổ chức, chủ nhiệm")},
    {"label": _("Đề nghị ngân sách (đồng)"), "num": True},
    {"label": _("Trạng thái")},
]
RUNNING_COLUMNS = [{"label": _("Nhiệm vụ", "one")}, {"label": _("Trạng thái")}, {"label": _("Kết thúc")}]
TAKES_APPLICATIONS = (TaskState.CALL_OPEN,)


def task_values(request: Any, task: ResearchTask) -> dict[str, Any]:
    """Return what the task's own part of its record page is drawn with."""
    keeps = may_keep(request.user, task).allowed and task.withdrawn_on is None
    takes = keeps and task.state in TAKES_APPLICATIONS
    dossiers, reports = applications_of(task), hosts_or_keeps(task, request.user)
    return {
        "task": task,
        "task_sides": side_tabs(task, ""),
        "money_facts": list(money_facts(task)),
        "application_columns": APPLICATION_COLUMNS,
        "application_rows": [application_row(one) for one in dossiers],
        "similar": similar_rows(f"{task.title} {task.objectives}", request.user, task)
        if task.state in (TaskState.PROPOSED, TaskState.SCREENED)
        else [],
        **_forms(task, request.today),
        "file_application_url": reverse("task-application-new", args=[task.code]) if takes else "",
        "section_acts": list(task_acts(task, request.user, reports=reports)) if task.withdrawn_on is None else [],
        "task_papers": list(task_papers(task, request.user, reports=reports)),
        "annexes_url": reverse("task-side", args=[task.code, PROGRESS]) if task.contracted_on else "",
    }


def hosts_or_keeps(task: ResearchTask, user: Any) -> bool:
    """Tell whether the user reports on the task, once there is a contract to report on; a host costs a query."""
    return task.state not in NEVER_APPROVED and task.withdrawn_on is None and may_report(user, task).allowed


def task_papers(task: ResearchTask, user: Any, *, reports: bool) -> Iterable[dict[str, Any]]:
    """Yield the papers that the task allows where it stands, each with its files, to whom they open."""
    signed = may_record_signed(user, task).allowed
    groups = (
        ("task-decision-paper", DECISIONS if signed else {}),
        ("task-joint-paper", JOINT if signed or reports else {}),
    )
    for name, kinds in groups:
        for kind in kinds.values():
            if task.withdrawn_on is None and kind.listed(task):
                yield {"label": kind.label, "files": paper_files(name, task.code, kind.key)}


def paper_files(name: str, *parts: Any) -> list[dict[str, str]]:
    """Return the files of one paper: Word and PDF."""
    return [
        {"label": label, "url": reverse(name, args=[*parts, suffix])}
        for label, suffix in (("Word", "docx"), ("PDF", "pdf"))
    ]


def _forms(task: ResearchTask, on: date) -> dict[str, Any]:
    names, rule = forms_of(task, on)
    return {"form_names": names, "form_rule": rule}


def application_values(request: Any, dossier: TaskApplication) -> dict[str, Any]:
    """Return what a dossier's own part of its record page is drawn with: what its leader does besides, what is late.

    Tasks that the reader may not know of are not even counted.
    """
    running = load_of(dossier.leader, besides=dossier.task)
    visible = ResearchTask.objects.visible_to(request.user).filter(pk__in=[one.pk for one in running])
    known = set(visible.values_list("pk", flat=True))
    shown = [one for one in running if one.pk in known]
    return {
        "leader": dossier.leader.listed_name,
        "running_columns": RUNNING_COLUMNS,
        "running_rows": [running_row(one, request.today) for one in shown],
        "late": sum(_is_late(one, request.today) for one in shown),
        "section_acts": [],
    }


def running_row(task: ResearchTask, today: date) -> dict[str, Any]:
    """Return a task that somebody works on as a row, with whether its contract ended."""
    state = TaskState(task.state).label
    words = _("đã quá ngày kết thúc") if _is_late(task, today) else ""
    last = {"text": formats.day(task.last_day) if task.last_day else "", "sub": words}
    return {"cells": [{"text": task.title, "url": record_url(task), "sub": task.code}, state, last]}


def _is_late(task: ResearchTask, today: date) -> bool:
    return task.last_day is not None and task.last_day < today and task.final_filed_on is None


def task_acts(task: ResearchTask, user: Any, *, reports: bool) -> Iterable[dict[str, str]]:
    """Yield what is most often done on a task where it stands now, beside the steps of its workflow."""
    if task.state in (TaskState.RUNNING, TaskState.EXTENDED) and reports:
        yield {"label": _("Ghi báo cáo"), "url": reverse("task-part-new", args=[task.code, "bao-cao"])}
    if task.state == TaskState.RISK_REVIEW and may_decide(user, task):
        yield {"label": _("Quyết định về rủi ro"), "url": reverse("task-risk-decide", args=[task.code])}
    if _awaits_money_decision(task) and may_decide(user, task):
        yield {"label": _("Quyết định về kinh phí"), "url": reverse("task-recovery-decide", args=[task.code])}
    if task.registered_on and not task.recognised_on and may_record_signed(user, task):
        yield {"label": _("Ghi quyết định công nhận"), "url": reverse("task-recognise", args=[task.code])}
    if task.state == TaskState.TRACKING and reports:
        yield {"label": _("Ghi phiếu ứng dụng"), "url": reverse("task-part-new", args=[task.code, "ung-dung"])}


def _awaits_money_decision(task: ResearchTask) -> bool:
    failed = task.state in (TaskState.TERMINATED, TaskState.NOT_ACCEPTED)
    return failed and not task.recovery and task.termination_cause != TerminationCause.RISK


def side_tabs(task: ResearchTask, active: str) -> list[dict[str, Any]]:
    """Return the sides of a task as tabs; "" is the record page itself."""
    own = {"label": _("Hồ sơ"), "url": record_url(task), "active": not active}
    sides = [
        {"label": label, "url": reverse("task-side", args=[task.code, side]), "active": side == active}
        for side, (label, _sheets) in SIDES.items()
    ]
    return [own, *sides]


def money_facts(task: ResearchTask) -> Iterable[dict[str, str]]:
    """Yield where the money of a task is, in words; nothing before it is approved."""
    standing = standing_of(task)
    granted = -total(standing, Account.GRANTED)
    if not granted:
        return
    paid = sum(total(standing, one) for one in (Account.ADVANCED, Account.VERIFIED, Account.SETTLED))
    yield {"label": _("Được phê duyệt"), "value": formats.money(granted)}
    yield {"label": _("Đã giải ngân"), "value": formats.money(paid)}
    yield {"label": _("Đã quyết toán"), "value": formats.money(total(standing, Account.SETTLED))}


def application_row(dossier: Any) -> dict[str, Any]:
    """Return one dossier as a row."""
    people = joined(" · ", [dossier.host.listed_name, dossier.leader.listed_name])
    state = ApplicationState(dossier.state).label
    return {
        "url": record_url(dossier),
        "cells": [{"text": dossier.code, "url": record_url(dossier)}, people, dossier.state_vnd, state],
    }


def side_values(task: ResearchTask, side: str, user: Any) -> dict[str, Any]:
    """Return one side of a task: its parts in tables, and of its money where it is."""
    label, sheets = SIDES[side]
    annexes = list(annex_papers(task, user)) if side == PROGRESS else []
    values: dict[str, Any] = {
        "task": task,
        "side_label": label,
        "task_sides": side_tabs(task, side),
        "sections": [section(task, sheet, user, annexes) for sheet in sheets],
        "annexes": annexes,
        "back": record_url(task),
    }
    return values | (money_values(task, user) if side == MONEY else {})


def annex_papers(task: ResearchTask, user: Any) -> Iterable[dict[str, Any]]:
    """Yield the annexes to the contract in their order, one for each agreed change, to whom they open."""
    if task.withdrawn_on is not None or not may_print_joint(user, task):
        return
    for number, change in enumerate(agreed_changes(task), start=1):
        yield {
            "key": f"phu-luc-{number:02d}",
            "change": change.pk,
            "name": annex_words(number),
            "label": joined(": ", [annex_words(number), change.get_kind_display()]),
            "files": paper_files("task-annex-paper", task.code, change.pk),
        }


def section(task: ResearchTask, sheet: PartSheet, user: Any, annexes: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """Return one kind of parts as a table, with the acts that the user may do now.

    `annexes`: as `annex_papers`; the row of an agreed change leads to its own.
    """
    kind = PART_KINDS[sheet.key]
    open_now = task.withdrawn_on is None and task.state in kind.states and kind.may(user, task).allowed
    found: Any = sheet.register
    columns = [found.column(name) for name in sheet.shown]
    related = [name for name in sheet.shown if kind.model._meta.get_field(name).is_relation]
    parts: Any = kind.model.objects
    rows = parts.filter(task=task).select_related(*related)
    led = {one["change"]: one for one in annexes} if kind.model is TaskChange else {}
    return {
        "heading": sheet.heading,
        "empty": sheet.empty,
        "columns": [{"label": label_of(found, one), "num": one.numeric} for one in columns],
        "rows": [part_row(task, sheet, row, columns, editable=open_now, annex=led.get(row.pk)) for row in rows],
        "add_url": reverse("task-part-new", args=[task.code, sheet.key]) if open_now else "",
        "add_label": sheet.add,
    }


def part_row(
    task: ResearchTask,
    sheet: PartSheet,
    row: Any,
    columns: list[Column],
    *,
    editable: bool,
    annex: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return one part as a row; its first cell opens the form that corrects it, its outcome leads to its annex."""
    cells: list[Any] = [_cell(sheet, row, column) for column in columns]
    if editable:
        address = reverse("task-part", args=[task.code, sheet.key, row.pk])
        cells[0] = {"text": cells[0] or _("Sửa"), "url": address, "sub": _("Sửa")}
    if annex is not None:
        place = [column.name for column in columns].index("outcome")
        cells[place] = {"text": cells[place], "url": f"#{annex['key']}", "sub": annex["name"]}
    return {"cells": cells}


def _cell(sheet: PartSheet, row: Any, column: Column) -> Any:
    value = value_of(sheet.register, row, column)
    if column.numeric:
        return value
    return text_of(value, column) if value is not None else ""


def money_values(task: ResearchTask, user: Any) -> dict[str, Any]:
    """Return where the money of a task is, by source, what moved it, and each source's share."""
    movements = list(task.movements.select_related("tranche").order_by("-moved_on", "-pk"))
    undone = {one.reverses_id for one in movements}
    keeps = may_keep(user, task).allowed and task.withdrawn_on is None
    standing = standing_of(task)
    shares = shares_by_source(estimate_lines(task.budget_lines.all()))
    return {
        "share_columns": SHARE_COLUMNS,
        "share_rows": [
            {"cells": [source.label, amount, formats.percent(float(share * 100), 1)]}
            for source, (amount, share) in shares.items()
        ],
        "labour": labour_values(task, user.acting_on),
        "balance_columns": BALANCE_COLUMNS,
        "balance_rows": balance_rows(standing),
        "movement_columns": MOVEMENT_COLUMNS,
        "movement_rows": [movement_row(task, one, reversible=keeps and one.pk not in undone) for one in movements],
        "move_url": reverse("task-money-move", args=[task.code]) if keeps and task.approved_on else "",
    }


def labour_values(task: ResearchTask, on: date) -> dict[str, Any]:
    """Return how the labour that the State pays stands against the norm, with the rule; {} where there is none."""
    try:
        rule = rule_of(task, LABOUR_RULE, on)
    except RuleUnknown:
        return {}
    found = labour_check(task, rule)
    if not found.asked:
        return {}
    asked, most = formats.money(found.asked), formats.money(found.most)
    words = _("Công lao động ngân sách nhà nước trả {asked}; định mức theo vai trò và tháng quy đổi {most}.")
    return {"words": joined(" ", found.faults) or words.format(asked=asked, most=most), "rule": rule}


def balance_rows(standing: dict[Place, int]) -> list[dict[str, Any]]:
    """Return what stands in every account, a row for each source."""
    sources = sorted({place.source for place in standing}, key=list(FundingSource).index)
    accounts = [one for one in Account if one != Account.GRANTED]
    return [{"cells": [one.label, *(total(standing, account, [one]) for account in accounts)]} for one in sources]


def movement_row(task: ResearchTask, movement: Movement, *, reversible: bool) -> dict[str, Any]:
    """Return one movement as a row; where it may be undone its day opens that."""
    route = " → ".join(
        joined(" ", [Account(account).label, str(year) if year else ""])
        for account, year in (
            (movement.from_account, movement.from_year),
            (movement.to_account, movement.to_year),
        )
    )
    day: Any = formats.day(movement.moved_on)
    if reversible and movement.reverses_id is None and movement.kind != MovementKind.APPROVE:
        address = reverse("task-money-reverse", args=[task.code, movement.pk])
        day = {"text": day, "url": address, "sub": _("Đảo bút toán")}
    kind: Any = movement.get_kind_display()
    if movement.reverses_id is not None:
        kind = {"text": kind, "sub": _("Đảo")}
    source = FundingSource(movement.source).label
    return {"cells": [day, kind, source, route, movement.amount_vnd, movement.document_number]}


def proposal_values(request: Any, proposal: TaskProposal) -> dict[str, Any]:
    """Return what the proposal's own part of its record page is drawn with: what resembles it, and how."""
    keeps = may_keep(request.user, proposal).allowed and proposal.withdrawn_on is None
    groups = keeps and proposal.state == ProposalState.SCREENED
    return {
        "similar": similar_rows(f"{proposal.title} {proposal.objectives}", request.user, proposal),
        "task_from_url": reverse("task-from-proposal", args=[proposal.code]) if groups else "",
        "section_acts": [],
        "csrf_token": request.META.get("CSRF_COOKIE", ""),
    }


def similar_rows(text: str, user: Any, besides: Any) -> list[dict[str, Any]]:
    """Return the records most like a text with the passages that they share; none while nothing is indexed."""
    try:
        hits = resembling(text, viewer_of(user), besides=besides.ref)
    except IndexMissing:
        return []
    return [
        {"code": hit.record.code, "title": hit.title, "passage": hit.passage, "url": hit.url, "label": hit.label}
        for hit in hits
    ]
