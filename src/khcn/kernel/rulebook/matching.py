"""Tell whether a shipped row was ever said here, and which value of this place it meets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import said
from khcn.kernel.rulebook.shipped import ShippedRule
from khcn.kernel.rulebook.timeline import Said


def digest_of(row: ShippedRule) -> str:
    """Return a short digest of all that a shipped row says of the law."""
    return hashlib.sha256(json.dumps(_content(row, row.office), ensure_ascii=False).encode()).hexdigest()[:24]


def said_ever() -> set[str]:
    """Return all that was ever said here of any rule, each as `key_of` gives it."""
    return {_key(_content(version, version.office_id)) for version in Rule.Version._base_manager.all()}


def key_of(one: ShippedRule, office: int | None) -> str:
    """Return a shipped row in the words of `said_ever`."""
    return _key(_content(one, office))


def met_by(one: ShippedRule, office: int | None, rows: Iterable[Rule]) -> Rule | None:
    """Return the row here that says something of the same days and place, the one of the same start first."""
    asked = Said(None, one.value, one.valid_from, one.valid_to, office)
    met = [row for row in rows if row.key == one.key and said(row).meets(asked)]
    return next((row for row in met if row.valid_from == one.valid_from), met[0] if met else None)


def _content(row: Any, place: Any) -> list[Any]:
    days = [day.isoformat() if day else "" for day in (row.valid_from, row.valid_to)]
    return [row.key, place, *days, row.value, row.legal_basis, row.confidence]


def _key(content: list[Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
