"""To whom the pages of period reports open."""

from __future__ import annotations

from functools import partial

from khcn.kernel.access.gates import Gate, add_gates
from khcn.reporting.models import PeriodReport
from khcn.reporting.permissions import DRAFT_WORDS, SIGN_WORDS, may_compare_periods, may_draft_report

READERS = "Ai được biết báo cáo"
COMPARERS = "Cán bộ của Sở, lãnh đạo tỉnh; số liệu khác lúc chốt: trong Sở, hoặc khi lãnh đạo Sở cho xem"

_of_report = partial(Gate, register=PeriodReport.REGISTER)

add_gates(
    Gate("reporting:index", "Người đã đăng nhập; chỉ thấy báo cáo mình được biết"),
    Gate("reporting:draft", DRAFT_WORDS, may=may_draft_report),
    Gate("reporting:comparison", COMPARERS, may=may_compare_periods),
    Gate("reporting:difference", COMPARERS, may=may_compare_periods),
    _of_report("reporting:report", READERS),
    _of_report("reporting:figure", READERS),
    _of_report("reporting:section", DRAFT_WORDS, owned=True),
    _of_report("reporting:submit", DRAFT_WORDS, guards=()),
    _of_report("reporting:sign", SIGN_WORDS, guards=()),
    _of_report("reporting:release", SIGN_WORDS, guards=()),
    _of_report("reporting:paper", READERS),
)
