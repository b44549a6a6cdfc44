"""Pages of reference written from the product's own tables: who builds which page, and how tables are written.

A mechanism adds its page in its `reference.py`, discovered as the registers are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

_pages: dict[str, Callable[[], str]] = {}
GENERATED = "Trang này sinh từ bảng của phần mềm bằng `khcn reference docs/reference`; không sửa tay."


def add_reference(name: str, build: Callable[[], str]) -> None:
    """Enter a page: its file name, and what returns its Markdown below the notice that it is generated."""
    _pages[name] = build


def reference_pages() -> dict[str, str]:
    """Return every page: file name → Markdown. Built of registrations alone, so that it is the same everywhere."""
    return {name: _page(build()) for name, build in sorted(_pages.items())}


def stale_pages(folder: Path) -> list[str]:
    """Return the names of the pages whose file is missing or says something else."""
    return [name for name, text in reference_pages().items() if _read(folder / name) != text]


def write_pages(folder: Path) -> list[str]:
    """Write the pages that changed; returns their names."""
    folder.mkdir(parents=True, exist_ok=True)
    pages, changed = reference_pages(), stale_pages(folder)
    for name in changed:
        (folder / name).write_text(pages[name], encoding="utf-8", newline="\n")
    return changed


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; an empty cell is a dash."""
    lines = [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: object) -> str:
    text = " ".join(str(value if value is not None else "").split())
    return text.replace("|", "\\|") or "—"


def _page(text: str) -> str:
    title, _, rest = text.strip().partition("\n")
    return f"{title}\n\n{GENERATED}\n{rest}\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
