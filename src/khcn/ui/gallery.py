"""What the gallery shows: each component with sample values, so that its every state can be seen and tested."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from khcn.ui import gallery_forms as forms
from khcn.ui import gallery_records as records
from khcn.ui import gallery_reports as reports
from khcn.ui import gallery_samples as samples

TOKEN = "khong-dung-de-gui"  # noqa: S105 - fills the place of a form token in samples


@dataclass(frozen=True, slots=True)
class Variant:
    """One state of a component: a caption and the parameters that bring it about."""

    caption: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One component and all its states; `wraps` is the element its parts need around them."""

    component: str
    variants: tuple[Variant, ...]
    wraps: str = "div"

    def shown(self) -> list[dict[str, SafeString | str]]:
        """Return the caption and the rendered HTML of each state."""
        name = f"ui/components/{self.component}.html"
        return [
            {"caption": v.caption, "html": render_to_string(name, {"csrf_token": TOKEN, **v.values})}
            for v in self.variants
        ]


def entries() -> list[Entry]:
    """Return every component of the kit, in the order of the gallery."""
    parts: Iterable[tuple[str, list[tuple[str, dict[str, Any]]]]] = (
        *samples.COMPONENTS.items(),
        *records.COMPONENTS.items(),
        *reports.COMPONENTS.items(),
        *forms.components().items(),
    )
    return [
        Entry(name, tuple(Variant(*v) for v in variants), samples.WRAPS.get(name, "div")) for name, variants in parts
    ]


def page() -> dict[str, Any]:
    """Return the context of the gallery."""
    shown = [{"component": e.component, "wraps": e.wraps, "variants": e.shown()} for e in entries()]
    return {**samples.FRAME, "heading": "Bộ thành phần giao diện", "breadcrumb": samples.BREADCRUMB, "entries": shown}


def record_page() -> dict[str, Any]:
    """Return the context of the sample record."""
    return {
        **samples.FRAME,
        "heading": "Tuyển chọn giống lúa chịu mặn cho vùng ven biển",
        "breadcrumb": [*samples.BREADCRUMB[:2], {"label": "NV-014"}],
        "state": samples.STATES["sắp đến hạn"],
        "due": samples.DUE_SOON,
        "facts": records.FACT_GROUPS,
        "next": dict(records.COMPONENTS["requirements"][0][1]),
        "papers": records.COMPONENTS["papers"][0][1]["items"],
        "people": records.COMPONENTS["people"][0][1]["items"],
        "outgoing": records.RELATIONS,
        "incoming": records.ORIGINS,
        "history": records.HISTORY,
        "tabs": samples.COMPONENTS["tabs"][0][1]["items"],
        "csrf_token": TOKEN,
    }


def list_page() -> dict[str, Any]:
    """Return the context of the sample register list."""
    rows = [{**row, "url": "/ui/gallery/record/", "selected": False} for row in records.ROWS]
    return {
        **samples.FRAME,
        "heading": "Nhiệm vụ khoa học và công nghệ",
        "breadcrumb": [samples.BREADCRUMB[0], {"label": "Nhiệm vụ khoa học và công nghệ"}],
        "counters": [variant[1] for variant in samples.COMPONENTS["counter"]],
        "filters": records.COMPONENTS["filter_bar"][0][1],
        "columns": records.COLUMNS,
        "rows": rows * 4,
    }


def public_page() -> dict[str, Any]:
    """Return the context of the public sample page."""
    return {**samples.FRAME, "heading": "Tra cứu và nộp hồ sơ khoa học, công nghệ", "doors": samples.DOORS}


def sign_in_page() -> dict[str, Any]:
    """Return the context of the sign-in sample, with a form that was refused."""
    return {**samples.FRAME, "heading": "Đăng nhập", "form": forms.refused_sign_in(), "csrf_token": TOKEN}


def drawer_page() -> dict[str, Any]:
    """Return the context of the sample page behind a figure."""
    return {**samples.FRAME, "heading": "Hồ sơ làm nên số này", "behind": records.BEHIND}


def confirmation_page() -> dict[str, Any]:
    """Return the context of the sample page that asks once."""
    return {**samples.FRAME, "heading": "Trả lại hồ sơ mẫu 014", "confirm": forms.confirmation(), "csrf_token": TOKEN}
