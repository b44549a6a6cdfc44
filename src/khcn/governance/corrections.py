"""What reviewers made of the reader's proposals, as test material that `khcn session evaluate` reads."""

from __future__ import annotations

import hashlib
from typing import Any

from khcn.governance.models import ReadingItem, SessionReading
from khcn.governance.permissions import may_take_corrections
from khcn.governance.states import ItemDecision, ItemKind, ReadingState
from khcn.kernel.access.roles import Confidentiality

FIELDS = {
    "people": (ItemKind.PERSON, ("name", "roles", "organisation", "part")),
    "figures": (ItemKind.FIGURE, ("value", "unit", "comparator", "what", "period")),
    "directives": (ItemKind.DIRECTIVE, ("to", "action", "deadline", "topic")),
    "petitions": (ItemKind.PETITION, ("from", "content", "response")),
}
"""List of an annotation → the kind of its items and the values that are annotated."""
LISTS = frozenset({"roles"})


def readings_to_learn_from(user: Any) -> list[SessionReading]:
    """Return the confirmed readings the user may know of, oldest first; none that is confidential or withdrawn.

    A text of a confidential session is left out too, and also for who may know of it: an exported file has no guard.
    Raises: NotPermitted.
    """
    may_take_corrections(user).enforce()
    hidden = Confidentiality.CONFIDENTIAL
    rows = SessionReading.objects.visible_to(user).filter(
        office=user.office_id, state=ReadingState.CONFIRMED, withdrawn_on=None
    )
    open_rows = rows.exclude(confidentiality=hidden).exclude(session__confidentiality=hidden)
    return list(open_rows.exclude(session__withdrawn_on__isnull=False).order_by("id").prefetch_related("items"))


def annotation_of(reading: SessionReading) -> dict[str, Any]:
    """Return what a person confirmed of a text, in the keys of the annotation form, and what was changed on the way.

    Shape of a correction: kind, decision (edited, rejected or added), rule, proposed, confirmed (None if rejected).
    """
    items = list(reading.items.all())
    standing = [item for item in items if item.decision in (ItemDecision.ACCEPTED, ItemDecision.EDITED)]
    lists: dict[str, Any] = {
        name: [_values(item, keys) for item in standing if item.kind == kind] for name, (kind, keys) in FIELDS.items()
    }
    return {
        "id": reading.code,
        "lang": "vi",
        "title": reading.title,
        "source": f"bài đọc {reading.code}, do người rà soát xác nhận",
        "text_file": f"{file_stem(reading)}.txt",
        "text_sha256": hashlib.sha256(reading.text.encode()).hexdigest(),
        "text_kind": "real",
        **_when_and_where(standing),
        **lists,
        "discussion_points": [str(item) for item in standing if item.kind == ItemKind.DISCUSSION],
        "corrections": [change for item in items if (change := _correction(item)) is not None],
    }


def file_stem(reading: SessionReading) -> str:
    """Return the name of a reading's files, without what separates folders."""
    return reading.code.replace("/", "-").replace("\\", "-")


def _values(item: ReadingItem, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: item.values.get(key) or ([] if key in LISTS else item.values.get(key)) for key in keys}


def _when_and_where(standing: list[ReadingItem]) -> dict[str, Any]:
    values: dict[str, Any] = next((item.values for item in standing if item.kind == ItemKind.SESSION), {})
    day = str(values.get("date") or "")
    return {
        "date": day or None,
        "date_stated": values.get("date_stated") or "",
        "year_in_text": day[:4].isdigit() and not values.get("year_inferred"),
        "place": values.get("place") or None,
    }


def _correction(item: ReadingItem) -> dict[str, Any] | None:
    """Return how a person changed a proposal; None where it was taken as it stood."""
    if item.decision == ItemDecision.ACCEPTED or not item.is_decided:
        return None
    decision = item.decision if item.proposed else "added"
    rejected = item.decision == ItemDecision.REJECTED
    return {
        "kind": item.kind,
        "decision": decision,
        "rule": item.rule,
        "proposed": item.proposed or None,
        "confirmed": None if rejected else item.values,
    }
