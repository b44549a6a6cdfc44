"""What the pages of classifications show: all of them, the codes of one, a file before it is taken in."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.planning import Changed, ClassFault, ClassPlan, Entry
from khcn.kernel.classifications.schemes import Scheme, schemes
from khcn.kernel.exchange.class_imports import Stated
from khcn.kernel.exchange.models import ClassImport
from khcn.kernel.pages.rule_pages import TONES
from khcn.kernel.rulebook.models import Confidence
from khcn.kernel.rulebook.telling import validity_words
from khcn.kernel.text.folding import search_key
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.ui import formats

SHOWN = 200
"""Codes or mistakes listed on one page; the rest are counted."""
CHANGES_SHOWN = 50
"""Changes listed before they are made; the rest are counted."""
LIST_COLUMNS = (_("Bảng"), _("Số mã"), _("Hiệu lực"), _("Căn cứ"), _("Độ tin cậy"), _("Nhập lần cuối"))
CODE_COLUMNS = (_("Mã"), _("Tên"), _("Hiệu lực"), _("Căn cứ"), _("Độ tin cậy"))
CHANGE_COLUMNS = (_("Thay đổi"), _("Mã"), _("Tên"), _("Hiệu lực"))
FAULT_COLUMNS = (_("Dòng"), _("Cột"), _("Vì sao"), _("Cần làm"))


def list_values(today: date) -> dict[str, Any]:
    """Return what the list of classifications shows."""
    in_force = Count("pk", filter=_in_force(today))
    counted: dict[str, list[Any]] = defaultdict(list)
    for row in Classification.objects.order_by().values("scheme", "confidence").annotate(n=Count("pk"), now=in_force):
        counted[row["scheme"]].append(row)
    newest = ClassImport.objects.order_by().values("scheme").annotate(last=Max("pk")).values("last")
    last = {row.scheme: row for row in ClassImport.Version._base_manager.filter(id__in=newest)}
    return {
        "columns": _columns(LIST_COLUMNS),
        "rows": [_scheme_row(one, counted[one.key], last.get(one.key)) for one in schemes()],
        "empty_now": [one.label for one in schemes() if _is_missing(one, counted[one.key], today)],
    }


def _in_force(day: date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


def _is_missing(scheme: Scheme, counted: Sequence[Any], today: date) -> bool:
    """Tell whether the classification applies today and holds no code for it."""
    applies = (scheme.valid_from or today) <= today <= (scheme.valid_to or today)
    return applies and not any(row["now"] for row in counted)


def _scheme_row(scheme: Scheme, counted: Sequence[Any], last: Any) -> dict[str, Any]:
    total, now = (sum(row[name] for row in counted) for name in ("n", "now"))
    url = reverse("class-scheme", args=[scheme.key])
    words = _("{now} đang có hiệu lực").format(now=formats.number(now))
    return {
        "url": url,
        "cells": [
            {"text": scheme.label, "url": url, "sub": scheme.key},
            {"text": formats.number(total), "sub": words} if total else _("chưa nạp"),
            validity_words(scheme.valid_from, scheme.valid_to),
            scheme.legal_basis,
            _sureness(counted, scheme),
            {"text": formats.day(timezone.localdate(last.recorded_from)), "sub": last.name} if last else "—",
        ],
    }


def _sureness(counted: Sequence[Any], scheme: Scheme) -> Any:
    """Return how sure its codes are: the least sure of them speaks for all, the others are counted beside it."""
    levels = {row["confidence"]: row["n"] for row in counted} or {scheme.confidence: 0}
    least = next(one for one in (Confidence.UNCHECKED, Confidence.SECONDARY, Confidence.VERIFIED) if one in levels)
    cell = _confidence_cell(least)
    if len(levels) > 1:
        words = [f"{Confidence(one).label}: {formats.number(count)}" for one, count in sorted(levels.items())]
        return cell | {"sub": joined("; ", words)}
    return cell


def _confidence_cell(confidence: str) -> dict[str, Any]:
    level = Confidence(confidence)
    tone, icon = TONES[level]
    return {"state": {"tone": tone, "icon": icon, "label": level.label}}


def scheme_values(scheme: Scheme, text: str, code: str, today: date) -> dict[str, Any]:
    """Return what the page of one classification shows: what is below a code, or what answers a search."""
    rows = Classification.objects.of(scheme.key)
    entries = list(rows.order_by("code", "valid_from", "pk"))
    found = _searched(entries, text) if text else [one for one in entries if _is_below(scheme, one.code, code)]
    below = {scheme.parent_of(one.code) for one in entries}
    return {
        "scheme": scheme,
        "text": text,
        "above": _way_to(scheme, code, entries) if not text else [],
        "columns": _columns(CODE_COLUMNS),
        "rows": [_code_row(scheme, one, below, today) for one in found[:SHOWN]],
        "count_text": _("{shown} trong {found} mã").format(
            shown=formats.number(min(len(found), SHOWN)), found=formats.number(len(found))
        ),
        "history": _history(scheme),
    }


def _is_below(scheme: Scheme, own: str, code: str) -> bool:
    """Tell whether the entry stands right below the code; a list without levels is shown as it is."""
    return not scheme.lengths or scheme.parent_of(own) == code


def _searched(entries: Iterable[Classification], text: str) -> list[Classification]:
    wanted = search_key(text).split()
    return [one for one in entries if all(word in search_key(f"{one.code} {one.name}") for word in wanted)]


def _way_to(scheme: Scheme, code: str, entries: Iterable[Classification]) -> list[dict[str, str]]:
    """Return the codes above, from the highest down to this one, each with the address of what is below it."""
    names = {one.code: one.name for one in entries}
    way: list[dict[str, str]] = []
    while code in names:
        way.insert(0, {"label": f"{code} · {names[code]}", "url": f"?ma={code}" if way else ""})
        code = scheme.parent_of(code)
    return [{"label": scheme.label, "url": "?"}, *way] if way else []


def _code_row(scheme: Scheme, one: Classification, below: set[str], today: date) -> dict[str, Any]:
    opens = f"?ma={one.code}" if scheme.lengths and one.code in below else ""
    in_force = (one.valid_from or today) <= today <= (one.valid_to or today)
    return {
        "cells": [
            {"text": one.code, "url": opens} if opens else one.code,
            {"text": one.name, "sub": one.name_en},
            {
                "text": validity_words(one.valid_from, one.valid_to),
                "sub": "" if in_force else _("không có hiệu lực hôm nay"),
            },
            one.legal_basis or "—",
            _confidence_cell(one.confidence),
        ],
    }


def _history(scheme: Scheme) -> list[dict[str, Any]]:
    """Return the files that were taken into the classification, the newest first."""
    words = _("thêm {added}, sửa {corrected}, kết thúc {ended}")
    versions = ClassImport.Version._base_manager.filter(scheme=scheme.key).select_related("change").order_by("-change")
    return [
        {
            "at": timezone.localtime(one.change.at),
            "who": one.change.actor_name,
            "what": f"{one.name}: {words.format(added=one.added, corrected=one.corrected, ended=one.ended)}",
            "note": one.legal_basis,
        }
        for one in versions[:SHOWN]
    ]


def preview_values(said: Stated, name: str, plan: ClassPlan) -> dict[str, Any]:
    """Return what is shown before a file is taken in: counts, what the officer said, each change."""
    confidence = str(Confidence(said.confidence).label)
    facts = [
        (_("Bảng"), said.scheme.label),
        (_("Tệp"), name),
        (_("Hiệu lực"), validity_words(said.first, None)),
        (_("Căn cứ"), said.legal_basis or said.scheme.legal_basis),
        (_("Độ tin cậy"), confidence),
        (_("Phạm vi"), _("Toàn bộ bảng") if said.is_whole else _("Chỉ các mã có trong tệp")),
    ]
    kinds = ((_("Thêm"), plan.added), (_("Sửa"), plan.corrected), (_("Kết thúc"), plan.ended))
    rows = [(kind, one) for kind, changes in kinds for one in changes]
    return {
        "consequence": plan.sentence(),
        "facts": [{"label": label, "value": value} for label, value in facts],
        "columns": _columns(CHANGE_COLUMNS),
        "rows": [_change_row(kind, one) for kind, one in rows[:CHANGES_SHOWN]],
        "more": formats.number(len(rows) - CHANGES_SHOWN) if len(rows) > CHANGES_SHOWN else "",
        "remarks": plan.remarks,
    }


def fault_values(faults: Sequence[ClassFault]) -> dict[str, Any]:
    """Return the table of what is wrong with a file."""
    rows = [{"cells": [str(one.row or "—"), one.column, one.reason, one.cure]} for one in faults[:SHOWN]]
    words = _("{count} chỗ sai; chưa ghi gì. Sửa trong tệp rồi tải lên lại.")
    return {
        "fault_columns": _columns(FAULT_COLUMNS),
        "fault_rows": rows,
        "fault_words": words.format(count=formats.number(len(faults))) if rows else "",
    }


def plan_mark(plan: ClassPlan) -> str:
    """Return what tells this plan from another, so that only what was seen is done."""
    return hashlib.sha256(repr([(one.before, one.after) for one in plan.changes]).encode()).hexdigest()[:16]


def _change_row(kind: str, one: Changed) -> dict[str, Any]:
    before: Entry | None = one.before
    renamed = before is not None and before.name != one.after.name
    was = _("trước: {name}").format(name=before.name) if before is not None and renamed else ""
    return {
        "cells": [
            kind,
            one.after.code,
            {"text": one.after.name, "sub": was},
            validity_words(one.after.valid_from, one.after.valid_to),
        ]
    }


def _columns(labels: Iterable[str]) -> list[dict[str, str]]:
    return [{"label": label} for label in labels]
