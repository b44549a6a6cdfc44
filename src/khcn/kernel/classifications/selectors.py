"""Find the entries of code lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.classifications.models import Classification, ClassQuerySet
from khcn.kernel.classifications.schemes import RESEARCH_FIELDS
from khcn.kernel.classifications.shipped import DOCUMENT_KIND, RESEARCH_FIELD
from khcn.kernel.text.folding import name_key
from khcn.language.words import words as _

__all__ = [
    "DOCUMENT_KIND",
    "RESEARCH_FIELD",
    "ClassNotFound",
    "choosable_classes",
    "class_named",
    "classes",
    "document_kind",
    "schemes_in_force",
]


class ClassNotFound(Exception):
    """No entry, or more than one, has the code or the name on the day."""


def classes(scheme: str, day: date) -> ClassQuerySet:
    """Return the entries of a scheme in force on the day, by code."""
    return Classification.objects.of(scheme).valid_on(day).order_by("code")


def choosable_classes(limit: Any) -> ClassQuerySet:
    """Return the entries that may stand in a field; `limit`: what the field itself says of them, if anything.

    A field that says nothing means a field of research: kinds of documents have columns of their own.
    """
    rows = Classification.objects.complex_filter(limit or {"scheme__startswith": RESEARCH_FIELDS})
    return rows.order_by("scheme", "code")


def schemes_in_force(beginning: str, day: date) -> list[str]:
    """Return the keys of the classifications that begin so and have entries in force on the day."""
    rows = Classification.objects.filter(scheme__startswith=beginning).valid_on(day)
    return sorted(set(rows.order_by().values_list("scheme", flat=True).distinct()))


def class_named(scheme: str, code_or_name: str, day: date) -> Classification:
    """Return the entry of a scheme by its code or its name as written, letter case and place of tone mark aside.

    Raises: ClassNotFound.
    """
    wanted = name_key(code_or_name)
    rows = [row for row in classes(scheme, day) if wanted in (name_key(row.code), name_key(row.name))]
    if len(rows) != 1:
        shown = "; ".join(f"{row.code}: {row.name}" for row in rows) or _("không có")
        raise ClassNotFound(
            _("Bảng «{scheme}», mục «{code_or_name}»: {shown}. Ghi mã của mục.").format(
                scheme=scheme, code_or_name=code_or_name, shown=shown
            )
        )
    return rows[0]


def document_kind(day: date, *, system: str, abbreviation: str, issuer: str = "") -> Classification | None:
    """Return the kind of document that an abbreviation means, None if there is none.

    `system`: "admin", "copy", "qppl" or "party". No abbreviation means an official letter (công văn). `issuer`: the
    abbreviation of the issuing organ as in the symbol; it tells apart decisions of a committee and of its chairman.
    """
    rows = classes(DOCUMENT_KIND, day).filter(attributes__system=system, attributes__abbreviation=abbreviation)
    if not abbreviation:
        rows = rows.filter(code="HC-CONG-VAN")
    found = list(rows)
    exact = [row for row in found if issuer and row.attributes["number_form"].endswith(f"-{issuer}")]
    return next(iter(exact or found), None)
