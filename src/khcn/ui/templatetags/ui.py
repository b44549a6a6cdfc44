"""Tags and filters of the interface: icons, bundles, charts, and Vietnamese ways of writing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal

import segno
from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from khcn.ui import assets as bundles
from khcn.ui import charts, formats, tables
from khcn.ui.icons import checked
from khcn.ui.values import FIGURE_KIND_LABELS, TONE_ICONS

register = template.Library()

SPRITE = "ui/dist/icons.svg"


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """Return a decorative icon; the word beside it carries the meaning.

    Raises: UnknownIcon.
    """
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css_class,
        static(SPRITE),
        checked(name),
    )


@register.simple_tag
def assets(entry: str = "app") -> SafeString:
    """Return the links to the styles and scripts of an entry of the front-end build."""
    bundle = bundles.bundle(entry)
    if bundle is None:
        return mark_safe("<!-- Chưa có gói giao diện: chạy make assets -->")
    styles = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(p),) for p in bundle.styles))
    scripts = format_html_join("\n", '<script type="module" src="{}"></script>', ((static(p),) for p in bundle.scripts))
    return format_html("{}\n{}", styles, scripts)


@register.simple_tag
def bar_chart(points: Sequence[Any], kind: str = "bars", decimals: int | Literal[""] | None = None) -> SafeString:
    """Draw labelled values from a zero baseline as inline SVG: `bars` lie, `columns` stand.

    `points`: mappings or objects with `label`, `value` (a number or None) and optionally `tone`.
    """
    return charts.draw(points, kind=kind, decimals=None if decimals == "" else decimals)


@register.simple_tag
def number(value: formats.Number | None, decimals: int | Literal[""] | None = None) -> str:
    """Write a number as `vn_number` does, where how many decimals may be unsaid (a filter cannot take that)."""
    return formats.number(value, None if decimals == "" else decimals)


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """Draw the text as a QR code of error level M, as inline SVG without styles."""
    drawing = segno.make(text, error="m", micro=False)
    return mark_safe(drawing.svg_inline(scale=4, border=2, svgclass="qr__code", lineclass=None, omitsize=True))  # noqa: S308 - segno writes shapes only


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Return the input of a form field with the classes and descriptions the page needs."""
    described = [f"{field.auto_id}_help"] * bool(field.help_text) + [f"{field.auto_id}_error"] * bool(field.errors)
    attrs: dict[str, Any] = {"class": f"{_widget_class(field)} {field.field.widget.attrs.get('class', '')}".strip()}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


def _widget_class(field: BoundField) -> str:
    kind = field.field.widget
    if isinstance(kind, (CheckboxSelectMultiple, RadioSelect)):
        return "choice"
    if isinstance(kind, CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(kind, Select) else "form-control"


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Tell whether the field is a single box, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Tell whether the field is a set of boxes, which a legend names instead of a label."""
    return isinstance(field.field.widget, (CheckboxSelectMultiple, RadioSelect))


@register.filter
def zipped(first: Iterable[Any], second: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Pair the items of two lists of one length, such as columns and cells.

    Raises: ValueError when the lengths differ.
    """
    return list(zip(first, second, strict=True))


@register.filter
def written(value: Any, is_number: bool) -> str:  # noqa: FBT001 - a filter's argument has no name
    """Write the plain value of a table cell: with dots in a column of numbers, so that a year stays a year."""
    return tables.written(value, is_number=is_number)


register.filter("ready_columns", tables.ready_columns)
register.filter("ready_rows", tables.ready_rows)


@register.filter
def tone_icon(tone: str) -> str:
    """Return the icon that always goes with a tone."""
    return TONE_ICONS[tone]


@register.filter
def kind_label(kind: str) -> str:
    """Return the Vietnamese word for the kind of a figure."""
    return FIGURE_KIND_LABELS[kind]


@register.filter
def vn_number(value: formats.Number | None, decimals: int | None = None) -> str:
    """Write 1234567.89 as `1.234.567,89`."""
    return formats.number(value, decimals)


@register.filter
def vn_money(value: formats.Number | None, unit: str = "") -> str:
    """Write an amount of đồng as `1.234.567 đồng`, or in the unit given (nghìn, triệu, tỷ)."""
    return formats.money(value, unit)


@register.filter
def vn_percent(value: formats.Number | None, decimals: int | None = None) -> str:
    """Write 12.5 (already in per cent) as `12,5%`."""
    return formats.percent(value, decimals)


@register.filter
def vn_date(value: date | None) -> str:
    """Write a day as `24/9/2021`."""
    return formats.day(value)


@register.filter(expects_localtime=True)
def vn_datetime(value: datetime | None) -> str:
    """Write an instant in local time as `14/9/2021 09:12`."""
    return formats.instant(value)
