"""What the module puts into the rulebook."""

from __future__ import annotations

from pathlib import Path

from khcn.councils.ratings import name_rating_rules
from khcn.kernel.rulebook.shipped import add_rule_file
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.language.words import words as _

RATING_RULE = "research.rating."

add_rule_file(Path(__file__).with_name("rules.csv"))
declare_use(f"{RATING_RULE}*", _("Nghiệm thu nhiệm vụ: từ đánh giá sản phẩm đến xếp loại của thành viên và hội đồng"))
name_rating_rules(RATING_RULE, _("Nhiệm vụ khoa học và công nghệ"))
name_group("research", _("Nhiệm vụ khoa học và công nghệ"))
