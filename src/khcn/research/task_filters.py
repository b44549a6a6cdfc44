"""Filters of the register of tasks that the counters of their desk open."""

from __future__ import annotations

from typing import Any

from khcn.kernel.identity.selectors import acting_day
from khcn.kernel.records.registry import RecordFilter
from khcn.language.words import words as _
from khcn.parties.filters import reader_of
from khcn.research.desk import late_tasks, overdue_tasks
from khcn.research.states import PLANNED, UNDER_WAY, TaskState

STAGE, ALERT = "giai-doan", "canh-bao"
LATE, OVERDUE = "qua-han-hop-dong", "viec-qua-han"
STAGES = (
    ("chon", _("Xác định, tuyển chọn"), PLANNED),
    ("thuc-hien", _("Đang thực hiện"), UNDER_WAY),
    ("kinh-phi", _("Chờ xử lý kinh phí"), (TaskState.NOT_ACCEPTED, TaskState.TERMINATED, TaskState.RISK_REVIEW)),
    ("ung-dung", _("Theo dõi ứng dụng"), (TaskState.TRACKING,)),
)
"""The stages that people speak of: key in the address, words, states."""
ALERTS = ((LATE, _("Hết hạn hợp đồng, chưa nộp hồ sơ")), (OVERDUE, _("Có việc quá hạn")))
_STATES = {key: states for key, _label, states in STAGES}


def _in_stage(rows: Any, value: str) -> Any:
    return rows.filter(state__in=_STATES[value])


def _alarming(rows: Any, value: str) -> Any:
    day = acting_day(reader_of(rows))
    if day is None:
        return rows.none()
    return late_tasks(rows, day) if value == LATE else overdue_tasks(rows, day)


BY_STAGE = RecordFilter(STAGE, _("Giai đoạn"), lambda _user: [one[:2] for one in STAGES], _in_stage)
BY_ALERT = RecordFilter(ALERT, _("Cảnh báo"), lambda _user: ALERTS, _alarming)
