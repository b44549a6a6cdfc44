"""Identifiers of people, papers and fields of research, and the years that are believed; pure."""

from __future__ import annotations

import re

from khcn.language.words import words as _

ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
ORCID_ADDRESS = "https://orcid.org/"
DOI = re.compile(r"10\.\d{4,9}/\S+")
DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
FIELD_LEVELS = {1: 1, 3: 2, 5: 3, 7: 4}
"""Digits of a code of the classification of research fields → its level."""
FIRST_YEAR, LAST_YEAR = 1900, 2100


class BadIdentifier(ValueError):
    """A text is no identifier of its kind; the message says why and what to write."""


def orcid_check(digits: str) -> str:
    """Return the last sign of an ORCID after its fifteen digits: ISO 7064 MOD 11-2, where ten is written X.

    Source: ISO/IEC 7064:2003, pure system MOD 11-2.
    """
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "X" if result == 10 else str(result)  # noqa: PLR2004 (ten is the one value without a digit)


def orcid_of(text: str) -> str:
    """Return an ORCID in its four groups, from what people type: with or without groups or the address.

    Raises: BadIdentifier.
    """
    bare = re.sub(r"^(?:https?://)?(?:www\.)?orcid\.org/", "", text.strip(), flags=re.IGNORECASE)
    signs = re.sub(r"[\s-]", "", bare).upper()
    grouped = "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))
    if not ORCID.fullmatch(grouped) or not signs.isascii():
        raise BadIdentifier(
            _("«{text}» không phải mã ORCID: cần 16 ký tự, viết như 0000-0002-1825-0097.").format(text=text)
        )
    if orcid_check(signs[:-1]) != signs[-1]:
        raise BadIdentifier(
            _("Mã ORCID «{text}» sai ký tự kiểm tra: có chữ số gõ nhầm. Chép lại từ trang ORCID.").format(text=text)
        )
    return grouped


def doi_of(text: str) -> str:
    """Return a DOI without its address; only its form is looked at.

    Raises: BadIdentifier.
    """
    bare = DOI_ADDRESS.sub("", text.strip())
    if not DOI.fullmatch(bare):
        raise BadIdentifier(_("«{text}» không phải mã DOI: viết như 10.1000/182.").format(text=text))
    return bare


def field_level(code: str) -> int:
    """Return the level of a code of research fields by its digits, 0 where it has the form of none."""
    return FIELD_LEVELS.get(len(code), 0) if code.isascii() and code.isdigit() else 0
