"""What a browser sends of a form on a page."""

from __future__ import annotations

from typing import Any


def form_of(answer: Any) -> dict[str, Any]:
    """Return what the form on a page would send as it stands."""
    values = {one.html_name: one.value() for one in answer.context["form"] if one.value() is not None}
    return {name: value() if callable(value) else value for name, value in values.items()}
