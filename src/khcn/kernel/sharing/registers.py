"""Let the default length of links be a row of the rulebook."""

from __future__ import annotations

from pathlib import Path

from khcn.kernel.rulebook.shipped import add_rule_file
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.language.words import words as _

add_rule_file(Path(__file__).with_name("rules.csv"))
declare_use("sharing.link-days", _("Liên kết đọc, mã QR: hết hạn sau số ngày nếu người mở không nói khác"))
name_group("sharing", _("Liên kết đọc"))
