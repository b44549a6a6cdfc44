"""Write the pages of `docs/reference` that are made from the product itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from khcn.kernel.pages.permission_tables import STEP_HEADS, gate_rows, register_rights

PERMISSIONS = Path("docs/reference/permissions.md")


def permissions_text() -> str:
    """Return the page of who may do what, as Markdown."""
    parts = ["# Ai làm được gì", "Sinh từ mã nguồn bằng `khcn reference permissions`; không sửa tay."]
    for one in register_rights():
        parts += [f"## {one.label}", "\n".join(f"- {label}: {words}" for label, words in one.acts)]
        parts += [_table(STEP_HEADS, one.steps)] if one.steps else []
    parts += ["## Từng địa chỉ của hệ thống", _table(("Địa chỉ", "Ai vào được"), gate_rows())]
    return "\n\n".join(parts) + "\n"


def write_permissions(arguments: list[str]) -> int:
    """Write the page into the checkout that is the working directory, or to the path given."""
    target = Path(arguments[0]) if arguments else PERMISSIONS
    if not target.parent.is_dir():
        sys.stderr.write(f"Không có thư mục {target.parent}. Chạy lệnh này tại thư mục mã nguồn.\n")
        return 1
    target.write_text(permissions_text(), encoding="utf-8")
    return 0


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
