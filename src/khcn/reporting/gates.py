"""To whom the pages of period reports open."""

from __future__ import annotations

from functools import partial

from khcn.kernel.access.gates import Gate, add_gates
from khcn.reporting.models import PeriodReport
from khcn.reporting.permissions import DRAFT_WORDS, SIGN_WORDS, may_draft_report

READERS = "Ai được biết báo cáo"

_of_report = partial(Gate, register=PeriodReport.REGISTER)

add_gates(
    Gate("reporting:index", "Người đã đăng nhập; chỉ thấy báo cáo mình được biết"),
    Gate("reporting:draft", DRAFT_WORDS, may=may_draft_report),
    _of_report("reporting:report", READERS),
    _of_report("reporting:figure", READERS),
    _of_report("reporting:section", DRAFT_WORDS, owned=True),
    _of_report("reporting:submit", DRAFT_WORDS, guards=()),
    _of_report("reporting:sign", SIGN_WORDS, guards=()),
    _of_report("reporting:paper", READERS),
)
