"""The registers of sessions, conclusions, recommendations and readings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from khcn.governance.forms import AnswerStepForm, StudyStepForm
from khcn.governance.models import Conclusion, Recommendation, SessionReading, WorkingSession
from khcn.governance.permissions import may_record_session
from khcn.governance.record_pages import answer_step, confirm_step, rail_children, record_links, study_step
from khcn.governance.shared_page import shared_follow_up
from khcn.governance.states import ConclusionState, Outcome, RecommendationState, SessionState
from khcn.governance.workflow import CONCLUSION_WORKFLOW, READING_WORKFLOW, RECOMMENDATION_WORKFLOW, SESSION_WORKFLOW
from khcn.kernel.pages.rail import RailItem, add_rail_item, reads_registers
from khcn.kernel.pages.steps import add_step
from khcn.kernel.records.registry import Column, RecordFilter, Register, add_register
from khcn.kernel.rulebook.shipped import add_rule_file
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.kernel.sharing.registry import add_shareable
from khcn.kernel.workflow.table import add_workflow
from khcn.language.words import words as _

GROUP = _("Buổi làm việc và kết luận")


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


SESSIONS = Register(
    model=WorkingSession,
    label=_("Buổi làm việc"),
    label_one=_("Buổi làm việc", "one"),
    group=GROUP,
    description=_("Các buổi lãnh đạo làm việc với Sở."),
    date_field="held_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Nội dung"), importable=True, required=True),
        Column("held_on", _("Ngày họp"), importable=True),
        Column("venue", _("Địa điểm"), importable=True),
        Column("state", _("Trạng thái")),
    ),
    filters=(RecordFilter("state", _("Trạng thái"), lambda _user: SessionState.choices, _by("state")),),
    workflow=SESSION_WORKFLOW,
    facts=((_("Buổi làm việc"), ("held_on", "part_of_day", "venue", "host", "agenda", "groups_present", "byline")),),
    # The history of figures tells why they differ: their own page shows it, to who may see differences.
    parts=("attendances", "discussion_points", "photos"),
    related=("host",),
    create_url="governance:session-plan",
    may_create=may_record_session,
    editable=("title", "part_of_day", "venue", "host", "agenda", "groups_present", "byline", "source_note"),
    may_edit=may_record_session,
    search_text=lambda row: f"{row.venue} {row.agenda} {row.groups_present}",
    page_template="governance/_record_links.html",
    page_context=record_links,
)
CONCLUSIONS = Register(
    model=Conclusion,
    label=_("Ý kiến chỉ đạo"),
    label_one=_("Ý kiến chỉ đạo", "one"),
    group=GROUP,
    description=_("Từng ý kiến kết luận, gắn với câu nguồn và nhiệm vụ giao."),
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Nội dung"), importable=True, required=True),
        Column("session", _("Buổi làm việc"), importable=True, required=True),
        Column("addressed_to", _("Giao cho, như đã nói"), importable=True),
        Column("deadline_text", _("Thời hạn, như đã nói"), importable=True),
        Column("due_on", _("Hạn"), importable=True),
        Column("topic", _("Chủ đề"), wide=False, importable=True),
        Column("state", _("Trạng thái")),
    ),
    filters=(RecordFilter("state", _("Trạng thái"), lambda _user: ConclusionState.choices, _by("state")),),
    workflow=CONCLUSION_WORKFLOW,
    facts=(
        (_("Ý kiến chỉ đạo"), ("session", "sentence", "addressed_to", "deadline_text", "due_on", "topic", "section")),
    ),
    related=("session",),
    search_text=lambda row: f"{row.sentence} {row.addressed_to} {row.topic}",
    page_template="governance/_record_links.html",
    page_context=record_links,
)
RECOMMENDATIONS = Register(
    model=Recommendation,
    label=_("Kiến nghị, đề xuất"),
    label_one=_("Kiến nghị, đề xuất", "one"),
    group=GROUP,
    description=_("Kiến nghị nêu tại buổi làm việc; mỗi kiến nghị phải có trả lời."),
    date_field="raised_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Nội dung"), importable=True, required=True),
        Column("raised_by", _("Bên kiến nghị"), importable=True, required=True),
        Column("raised_on", _("Ngày nêu"), importable=True),
        Column("studied_by", _("Cơ quan xem xét"), importable=True),
        Column("outcome", _("Kết quả")),
        Column("answered_on", _("Trả lời ngày")),
        Column("state", _("Trạng thái")),
    ),
    filters=(
        RecordFilter("state", _("Trạng thái"), lambda _user: RecommendationState.choices, _by("state")),
        RecordFilter("ket-qua", _("Kết quả"), lambda _user: Outcome.choices, _by("outcome")),
    ),
    workflow=RECOMMENDATION_WORKFLOW,
    facts=(
        (_("Kiến nghị"), ("session", "raised_by", "raised_on", "addressed_to", "sentence", "response_said")),
        (_("Trả lời"), ("competence", "studied_by", "outcome", "answer", "answered_on")),
    ),
    related=("session", "studied_by"),
    search_text=lambda row: f"{row.sentence} {row.answer}",
    page_template="governance/_record_links.html",
    page_context=record_links,
)
READINGS = Register(
    model=SessionReading,
    label=_("Bài đọc"),
    label_one=_("Bài đọc", "one"),
    group=GROUP,
    description=_("Bài viết, thông báo đã đưa vào đọc; chỉ những gì được xác nhận mới vào sổ."),
    date_field="received_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True),
        Column("title", _("Tiêu đề")),
        Column("received_on", _("Ngày đọc")),
        Column("session", _("Buổi làm việc")),
        Column("state", _("Trạng thái")),
    ),
    workflow=READING_WORKFLOW,
    facts=((_("Bài đọc"), ("received_on", "filename", "session", "warnings")),),
    parts=("items",),
    related=("session",),
    search_text=lambda row: row.text,
    page_template="governance/_record_links.html",
    page_context=record_links,
)
for _register in (SESSIONS, CONCLUSIONS, RECOMMENDATIONS, READINGS):
    add_register(_register)
    add_workflow(_register.workflow)
add_shareable(shared_follow_up())
add_rule_file(Path(__file__).with_name("rules.csv"))
add_step(READINGS.key, "confirm", confirm_step)
add_step(RECOMMENDATIONS.key, "study", study_step, StudyStepForm)
add_step(RECOMMENDATIONS.key, "answer", answer_step, AnswerStepForm)
add_rail_item(
    RailItem(
        _("Buổi làm việc"),
        "governance:sessions",
        "calendar-event",
        20,
        reads_registers,
        rail_children,
        short=_("Kết luận"),
    )
)
declare_use("governance.stuck.*", _("Trang tổng quan: kết luận chưa chuyển động được nêu sau bao nhiêu ngày"))
name_group("governance", _("Buổi làm việc, kết luận"))
