"""The page of reference about rules: the values that come with the product, with basis and confidence."""

from __future__ import annotations

from datetime import date

from khcn.kernel.rulebook.kinds import words_of
from khcn.kernel.rulebook.models import Confidence
from khcn.kernel.rulebook.shipped import ShippedRule, shipped_rules
from khcn.kernel.rulebook.uses import uses_of
from khcn.kernel.text.reference import add_reference, table
from khcn.ui import formats

HEAD = """# Bộ quy định kèm theo phần mềm

Giá trị lúc giao phần mềm. Mỗi nơi sửa ở trang *Quản trị → Bộ quy định*, nên giá trị đang áp dụng có thể khác.
Mục «Chưa đối chiếu văn bản» là mục Sở phải đọc văn bản rồi xác nhận.
"""


def rules_page() -> str:
    """Return all shipped rules as one table, and how many of each confidence."""
    rules = sorted(shipped_rules(), key=lambda rule: (rule.key, rule.office, rule.valid_from or date.min))
    counts = [(level.label, sum(rule.confidence == level for rule in rules)) for level in Confidence]
    head = ("Khóa", "Nội dung", "Giá trị", "Hiệu lực", "Căn cứ", "Độ tin cậy", "Nơi dùng", "Ghi chú")
    return "\n\n".join((HEAD.rstrip(), table(("Độ tin cậy", "Số giá trị"), counts), table(head, map(_row, rules))))


def _row(rule: ShippedRule) -> tuple[str, ...]:
    since = f"từ {formats.day(rule.valid_from)}" if rule.valid_from else ""
    until = f"đến hết {formats.day(rule.valid_to)}" if rule.valid_to else ""
    return (
        f"`{rule.key}`",
        rule.label + (f" (riêng {rule.office})" if rule.office else ""),
        words_of(rule.key, rule.value, rule.unit),
        f"{since} {until}".strip(),
        rule.legal_basis,
        str(Confidence(rule.confidence).label),
        "; ".join(uses_of(rule.key)),
        rule.note,
    )


add_reference("rules.md", rules_page)
