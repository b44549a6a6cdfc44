"""To whom the pages of period reports open."""

from __future__ import annotations

from functools import partial

from khcn.kernel.access.gates import Gate, add_gates
from khcn.language.words import words as _
from khcn.reporting.models import PeriodReport
from khcn.reporting.permissions import (
    DESIGN_WORDS,
    DRAFT_WORDS,
    SIGN_WORDS,
    may_compare_periods,
    may_design_reports,
    may_draft_report,
    may_read_designs,
)

READERS = _("Ai được biết báo cáo")
COMPARERS = _("Cán bộ của Sở, lãnh đạo tỉnh; số liệu khác lúc chốt: trong Sở, hoặc khi lãnh đạo Sở cho xem")

_of_report = partial(Gate, register=PeriodReport.REGISTER)

STAFF = _("Cán bộ của Sở")
DESIGNED = (
    "design-begin",
    "design-drop",
    "design-act",
    "design-general",
    "design-add-section",
    "design-section",
    "design-add-table",
    "design-table",
    "design-adopt",
    "design-shipped",
)

add_gates(
    Gate("reporting:index", _("Người đã đăng nhập; chỉ thấy báo cáo mình được biết")),
    Gate("reporting:draft", DRAFT_WORDS, may=may_draft_report),
    Gate("reporting:comparison", COMPARERS, may=may_compare_periods),
    Gate("reporting:difference", COMPARERS, may=may_compare_periods),
    *(Gate(f"reporting:{name}", STAFF, may=may_read_designs) for name in ("designs", "design", "design-tried")),
    *(Gate(f"reporting:{name}", DESIGN_WORDS, may=may_design_reports) for name in DESIGNED),
    _of_report("reporting:report", READERS),
    _of_report("reporting:figure", READERS),
    _of_report("reporting:section", DRAFT_WORDS, owned=True),
    _of_report("reporting:submit", DRAFT_WORDS, guards=()),
    _of_report("reporting:sign", SIGN_WORDS, guards=()),
    _of_report("reporting:release", SIGN_WORDS, guards=()),
    _of_report("reporting:paper", READERS),
)
