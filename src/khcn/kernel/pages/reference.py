"""The page of reference about permissions: who may do what, and to whom every address opens."""

from __future__ import annotations

from khcn.kernel.pages.permission_tables import STEP_HEADS, gate_rows, register_rights
from khcn.kernel.text.reference import add_reference, table


def permissions_page() -> str:
    """Return the rights in every register with the steps of its workflow, then all addresses."""
    parts = ["# Ai làm được gì"]
    for one in register_rights():
        parts += [f"## {one.label}", "\n".join(f"- {label}: {words}" for label, words in one.acts)]
        parts += [table(STEP_HEADS, one.steps)] if one.steps else []
    return "\n\n".join([*parts, "## Từng địa chỉ của hệ thống", table(("Địa chỉ", "Ai vào được"), gate_rows())])


add_reference("permissions.md", permissions_page)
