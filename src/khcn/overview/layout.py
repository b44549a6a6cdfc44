"""Which four numbers and three charts leaders see: a data file, of the product or of this installation."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from khcn.assignments.states import BoardState
from khcn.language.words import words as _
from khcn.ui.values import Tone

FILE = "overview.toml"
SHIPPED = Path(__file__).with_name(FILE)
AUDIENCES = ("office", "above")
SOURCES = ("leads", "register")
KINDS = ("bars", "columns")
NUMBERS, CHARTS = 4, 3


class LayoutFault(Exception):
    """The data file cannot be used; the message names the file, the entry and what is wrong with it."""


@dataclass(frozen=True)
class Number:
    """One of the four numbers: how many tasks stand in these states of the board."""

    label: str
    states: tuple[str, ...]
    tone: str
    note: str


@dataclass(frozen=True)
class Chart:
    """One of the three charts; `register` and `filter` say whose records are counted by which filter of their list."""

    title: str
    unit: str
    source: str
    kind: str
    heading: str
    register: str = ""
    filter: str = ""


@dataclass(frozen=True)
class Layout:
    """The page: the numbers of each audience, the charts."""

    numbers: dict[str, tuple[Number, ...]]
    charts: tuple[Chart, ...]


def own_file() -> Path:
    """Return where this installation may put a layout of its own."""
    return Path(settings.DATA_DIR) / FILE


def current_layout() -> tuple[Layout, str]:
    """Return the layout in force, and what is wrong with the installation's own file where it cannot be used."""
    own = own_file()
    if not own.exists():
        return read_layout(SHIPPED), ""
    try:
        return read_layout(own), ""
    except LayoutFault as fault:
        return read_layout(SHIPPED), str(fault)


def read_layout(path: Path) -> Layout:
    """Read a layout.

    Raises: LayoutFault.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        numbers = {name: tuple(_number(row) for row in _of(data, name)) for name in AUDIENCES}
        charts = tuple(_chart(row) for row in data["charts"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise LayoutFault(
            _("Tệp {name} của trang tổng quan không dùng được: {fault}").format(name=path.name, fault=fault)
        ) from fault
    wrong = [name for name, found in numbers.items() if len(found) != NUMBERS]
    if wrong or len(charts) != CHARTS:
        raise LayoutFault(
            _("Tệp {name} phải có đúng {numbers} số cho mỗi bên và {charts} biểu đồ.").format(
                name=path.name, numbers=NUMBERS, charts=CHARTS
            )
        )
    return Layout(numbers, charts)


def _of(data: dict[str, Any], audience: str) -> list[dict[str, Any]]:
    return [row for row in data["numbers"] if row["audience"] == audience]


def _number(row: dict[str, Any]) -> Number:
    states = tuple(BoardState(state).value for state in row["states"])
    if not states:
        raise ValueError(_("«{value}» chưa nêu tình trạng nào").format(value=row["label"]))
    return Number(_(row["label"]), states, Tone(row["tone"]).value, _(row.get("note", "")))


def _chart(row: dict[str, Any]) -> Chart:
    found = Chart(**row | {name: _(row[name]) for name in ("title", "heading", "unit") if name in row})
    if found.source not in SOURCES or found.kind not in KINDS:
        raise ValueError(
            _("biểu đồ «{title}»: source là {SOURCES}, kind là {KINDS}").format(
                title=found.title, SOURCES=_(" hoặc ").join(SOURCES), KINDS=_(" hoặc ").join(KINDS)
            )
        )
    if found.source == "register" and not (found.register and found.filter):
        raise ValueError(_("biểu đồ «{title}» thiếu register hoặc filter").format(title=found.title))
    return found
