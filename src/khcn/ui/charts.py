"""Draw small bar charts as SVG whose looks come from classes: no style attribute, no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from khcn.language.words import words as _
from khcn.ui import formats

WIDTH = 640
LABEL_WIDTH = 240
VALUE_WIDTH = 120
ROW_HEIGHT = 30
BAR_HEIGHT = 16
COLUMN_HEIGHT = 160
COLUMN_TOP = 24
WIDEST_COLUMN = 56
LONGEST_LABEL = 32


@dataclass(frozen=True, slots=True)
class Point:
    """One labelled value; a missing value is drawn as words, never as zero."""

    label: str
    value: float | None
    tone: str = ""

    def written(self, decimals: int | None) -> str:
        """Return the value as people read it."""
        return _("chưa có số liệu") if self.value is None else formats.number(self.value, decimals)

    def share_of(self, top: float) -> float:
        """Return the value as a fraction of the longest bar."""
        return float(self.value or 0) / float(top)


def draw(points: Sequence[Any], *, kind: str, decimals: int | None = None) -> SafeString:
    """Return the chart of the points; `kind` is `bars` (lying) or `columns` (standing, for years).

    Points are mappings or objects with `label`, `value`, `tone`. Negative values are outside what these charts show.
    Raises: ValueError for a negative value; KeyError for another kind.
    """
    read = [_point(p) for p in points]
    if any(p.value is not None and p.value < 0 for p in read):
        raise ValueError(_("Biểu đồ cột chỉ vẽ số không âm: dùng bảng cho số âm."))
    top = max((p.value or 0 for p in read), default=0) or 1
    return {"bars": _bars, "columns": _columns}[kind](read, top, decimals)


def _point(given: Any) -> Point:
    if isinstance(given, dict):
        return Point(str(given["label"]), given["value"], given.get("tone", ""))
    return Point(str(given.label), given.value, getattr(given, "tone", ""))


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _text(words: str, *, x: float, y: float, role: str, anchor: str = "start") -> SafeString:
    return format_html('<text class="chart__{}" x="{}" y="{}" text-anchor="{}">{}</text>', role, x, y, anchor, words)


def _bar(point: Point, *, x: float, y: float, width: float, height: float, decimals: int | None) -> SafeString:
    return format_html(
        '<rect class="chart__bar{}" x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>',
        f" chart__bar--{point.tone}" if point.tone else "",
        x,
        y,
        width,
        height,
        point.label,
        point.written(decimals),
    )


def _bars(points: list[Point], top: float, decimals: int | None) -> SafeString:
    room = WIDTH - LABEL_WIDTH - VALUE_WIDTH
    drawn = []
    for row, point in enumerate(points):
        y = row * ROW_HEIGHT
        long = round(room * point.share_of(top), 1)
        drawn += [
            _text(_shortened(point.label), x=LABEL_WIDTH - 10, y=y + 20, role="label", anchor="end"),
            _bar(point, x=LABEL_WIDTH, y=y + 7, width=long, height=BAR_HEIGHT, decimals=decimals),
            _text(point.written(decimals), x=LABEL_WIDTH + long + 8, y=y + 20, role="value"),
        ]
    height = ROW_HEIGHT * len(points) + 4
    axis = format_html('<line class="chart__axis" x1="{0}" x2="{0}" y1="0" y2="{1}"/>', LABEL_WIDTH, height)
    return _svg(height, [*drawn, axis])


def _columns(points: list[Point], top: float, decimals: int | None) -> SafeString:
    step = WIDTH / max(len(points), 1)
    wide = round(min(step * 0.6, WIDEST_COLUMN), 1)
    base = COLUMN_TOP + COLUMN_HEIGHT
    drawn = []
    for place, point in enumerate(points):
        middle = round(step * (place + 0.5), 1)
        tall = round(COLUMN_HEIGHT * point.share_of(top), 1)
        value = formats.MISSING if point.value is None else point.written(decimals)
        drawn += [
            _bar(point, x=middle - wide / 2, y=base - tall, width=wide, height=tall, decimals=decimals),
            _text(value, x=middle, y=base - tall - 7, role="value", anchor="middle"),
            _text(_shortened(point.label), x=middle, y=base + 20, role="label", anchor="middle"),
        ]
    axis = format_html('<line class="chart__axis" x1="0" x2="{}" y1="{}" y2="{}"/>', WIDTH, base, base)
    return _svg(base + 30, [*drawn, axis])


def _svg(height: int, shapes: list[SafeString]) -> SafeString:
    inside = format_html_join("", "{}", ((shape,) for shape in shapes))
    return format_html(
        '<svg class="chart__drawing" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>',
        WIDTH,
        height,
        WIDTH,
        height,
        inside,
    )
