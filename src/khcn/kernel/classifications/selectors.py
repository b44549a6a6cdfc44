"""Find the entries of code lists."""

from __future__ import annotations

from datetime import date

from khcn.kernel.classifications.models import Classification, ClassQuerySet
from khcn.kernel.classifications.shipped import DOCUMENT_KIND, RESEARCH_FIELD
from khcn.kernel.text.folding import name_key
from khcn.language.words import words as _

__all__ = ["DOCUMENT_KIND", "RESEARCH_FIELD", "ClassNotFound", "class_named", "classes", "document_kind"]


class ClassNotFound(Exception):
    """No entry, or more than one, has the code or the name on the day."""


def classes(scheme: str, day: date) -> ClassQuerySet:
    """Return the entries of a scheme in force on the day, by code."""
    return Classification.objects.of(scheme).valid_on(day).order_by("code")


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
