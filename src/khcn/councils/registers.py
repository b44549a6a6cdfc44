"""What the module puts into the rulebook."""

from __future__ import annotations

from pathlib import Path

from khcn.councils.sheets import SHEET, SHEETS
from khcn.kernel.rulebook.kinds import declare_kind
from khcn.kernel.rulebook.shipped import add_rule_file
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.language.words import words as _

add_rule_file(Path(__file__).with_name("rules.csv"))
declare_kind(f"{SHEETS}*", SHEET)
declare_use(f"{SHEETS}*", _("Hội đồng tư vấn: tiêu chí, điểm tối đa, ngưỡng đạt và phiếu lệch khi kiểm phiếu"))
name_group("council", _("Hội đồng tư vấn"))
