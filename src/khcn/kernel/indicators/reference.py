"""The page of reference about indicators: what each counts, in words, and where it comes from."""

from __future__ import annotations

from khcn.kernel.indicators.registry import KIND_LABELS, indicators
from khcn.kernel.text.reference import add_reference, table

HEAD = """# Chỉ số

Chỉ số đếm, cộng là một phép chọn hồ sơ và một phép đo, nên mở được từng hồ sơ phía sau con số. Số liệu được báo cáo do
nơi khác chịu trách nhiệm, kèm văn bản nguồn. Bốn loại không trộn lẫn trên một trang.
"""


def indicators_page() -> str:
    """Return all indicators as one table."""
    rows = [
        (f"`{one.code}`", one.label, KIND_LABELS[one.kind], one.unit, one.definition, one.source)
        for one in indicators()
    ]
    return HEAD + "\n" + table(("Mã", "Chỉ số", "Loại", "Đơn vị", "Định nghĩa", "Sổ, nguồn"), rows)


add_reference("indicators.md", indicators_page)
