"""What indicators tell the mechanisms below; discovered at start as the registers of the modules are."""

from khcn.kernel.indicators.period_rules import KEY, PART_PERIOD_RULE, PERIOD_RULE
from khcn.kernel.indicators.periods import PARTS
from khcn.kernel.rulebook.kinds import declare_kind
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.language.words import words as _

for part in PARTS:
    declare_kind(f"{KEY}{part}", PART_PERIOD_RULE)
declare_kind("report.period.*", PERIOD_RULE)
declare_use("report.period.*", _("Kỳ số liệu của báo cáo kỳ và của mọi chỉ số tính theo kỳ ấy"))
name_group("report", _("Báo cáo kỳ"))
