"""The drafts that an office prints of its records, and how one is given as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse

from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.model import Metadata, OfficialDocument
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.identity.models import Office
from khcn.kernel.identity.requests import ActingRequest
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def office_draft(
    office: Office, *, about: str, symbol: str, subject: str, produced_at: datetime, day: date | None, **said: Any
) -> OfficialDocument:
    """Return a draft under the name of the office.

    `about`: the code of the record; `symbol`: that of the kind of paper, "" for a sheet without number; `day`: whose
    year the paper bears; `said`: its kind, body, who signs and whatever else a document has.
    """
    named: dict[str, Any] = {
        "parent_agency": office.parent_name,
        "agency": office.name,
        "symbol": f"{symbol}-{office.symbol}" if symbol else "",
    }
    return OfficialDocument(
        **{**named, **said},
        place=office.seat,
        year=(day or produced_at.date()).year,
        subject=subject,
        metadata=Metadata(title=subject, produced_at=produced_at, author=office.name, subject=about),
        draft_mark=True,
    )


def moment(request: ActingRequest) -> datetime:
    """Return the instant that a paper bears, to the second."""
    return request.now.replace(microsecond=0)


def file_answer(make: Callable[[], OfficialDocument], stem: str, suffix: str) -> HttpResponse:
    """Answer with the document as a file of that name, drawn in Vietnamese.

    Raises: BadRequest, for another kind of file than Word or PDF.
    """
    if suffix not in {"docx", "pdf"}:
        raise BadRequest(_("Văn bản có bản Word (docx) và bản PDF (pdf)."))
    content, kind = _written(make, suffix)
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{stem}.{suffix}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@drawn_in_source
def _written(make: Callable[[], OfficialDocument], suffix: str) -> tuple[bytes, str]:
    document = make()
    return (to_docx(document), DOCX) if suffix == "docx" else (to_pdf(document), "application/pdf")
