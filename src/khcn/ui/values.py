"""Values that components show: what a page hands to a template, never a record.

A mapping with the same keys is as good as these classes; the classes exist so that callers are checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from khcn.language.words import words as _


class Tone(StrEnum):
    """The meanings a colour may have."""

    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"
    PAUSED = "paused"
    UNCHECKED = "unchecked"


TONE_ICONS: Mapping[str, str] = MappingProxyType(
    {
        Tone.NOT_DUE: "circle",
        Tone.DUE_SOON: "clock",
        Tone.OVERDUE: "alert-circle",
        Tone.DONE: "circle-check",
        Tone.DONE_LATE: "clock-check",
        Tone.PAUSED: "player-pause",
        Tone.UNCHECKED: "help-circle",
    }
)


class FigureKind(StrEnum):
    """Where a figure comes from; the kinds are never mixed in one sum."""

    COUNT = "count"
    SUM = "sum"
    REPORTED = "reported"
    TARGET = "target"


FIGURE_KIND_LABELS: Mapping[str, str] = MappingProxyType(
    {
        FigureKind.COUNT: _("đếm"),
        FigureKind.SUM: _("cộng"),
        FigureKind.REPORTED: _("báo cáo"),
        FigureKind.TARGET: _("chỉ tiêu"),
    }
)


@dataclass(frozen=True, slots=True)
class State:
    """Where a thing stands: a tone, a word, and an icon (the tone's own when empty)."""

    tone: str
    label: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """When a thing is due, said in a sentence, with the lines that explain the clock."""

    on: date
    sentence: str
    tone: str = Tone.NOT_DUE
    explanation: tuple[str, ...] = ()
