"""What the shared record pages and the rail need of this module: steps with their own form, links to our pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from khcn.governance.models import Conclusion, Recommendation, SessionReading, WorkingSession
from khcn.governance.permissions import may_follow_conclusions
from khcn.governance.presenting import conclusion_acts, recommendation_acts
from khcn.governance.services.confirming import confirm_reading
from khcn.governance.services.following import answer_recommendation, send_for_study
from khcn.governance.states import Outcome
from khcn.kernel.records.record import Record
from khcn.kernel.workflow.standing import refuse_future_day
from khcn.language.words import words as _
from khcn.parties.selectors import OrganisationUnknown, organisation_named


def confirm_step(*, record: Any, actor: Any, on: date, **_said: Any) -> None:
    """Confirm a reading from its record page: with everything that confirming writes."""
    session = confirm_reading(reading=record, actor=actor, on=on)
    record.state, record.session = session.readings.get(pk=record.pk).state, session


def study_step(*, record: Any, actor: Any, on: date, data: Mapping[str, Any], **_said: Any) -> None:
    """Send a recommendation to the agency typed by name.

    Raises: ValidationError, if no such agency is known.
    """
    try:
        by = organisation_named(data["studied_by"], record.office, on=on)
    except OrganisationUnknown as unknown:
        raise ValidationError(str(unknown)) from unknown
    send_for_study(recommendation=record, by=by, competence=data["competence"], actor=actor, on=on)


def answer_step(
    *, record: Any, actor: Any, on: date, evidence: Sequence[Record], data: Mapping[str, Any], **_said: Any
) -> None:
    """Record the answer to a recommendation, given on the day of the step."""
    refuse_future_day(record, _("Ghi nhận trả lời"), on, actor)
    answer_recommendation(
        recommendation=record,
        outcome=Outcome(data["outcome"]),
        answer=data["answer"],
        answered_on=on,
        papers=evidence,
        actor=actor,
        on=on,
    )


def rail_children(_user: Any) -> list[tuple[str, str]]:
    """Return the lines under the rail's item."""
    return [
        (_("Thực hiện mọi kết luận"), reverse("governance:overall")),
        (_("Kiến nghị chưa trả lời"), reverse("governance:recommendations")),
    ]


def record_links(request: Any, record: Any) -> dict[str, Any]:
    """Return the links from a record's page to where it is worked on."""
    follows = request.user.is_authenticated and bool(may_follow_conclusions(request.user, record))
    session = _known_session(record, request.user)
    # What is done about them is done on the pages of their session.
    follows = follows and (session is not None or getattr(record, "session", None) is None)
    links: list[dict[str, str]] = []
    if isinstance(record, WorkingSession):
        links = [
            _link(_("Mở buổi làm việc"), "session", record.code),
            _link(_("Báo cáo thực hiện kết luận"), "follow-up", record.code),
        ]
    elif isinstance(record, SessionReading):
        links = [_link(_("Mở màn hình rà soát"), "reading", record.code)]
    elif isinstance(record, Conclusion):
        links = (
            [_link(_("Mở buổi làm việc {code}").format(code=session.code), "session", session.code)] if session else []
        )
        links += conclusion_acts(record) if follows else []
    elif isinstance(record, Recommendation):
        links = (
            [_link(_("Mở buổi làm việc {code}").format(code=session.code), "session", session.code)] if session else []
        )
        links += recommendation_acts(record) if follows else []
    return {"own_links": links}


def _known_session(record: Any, user: Any) -> WorkingSession | None:
    number = getattr(record, "session_id", None)
    found: WorkingSession | None = WorkingSession.objects.visible_to(user).filter(pk=number).first() if number else None
    return found


def _link(label: str, name: str, code: str) -> dict[str, str]:
    return {"label": label, "url": reverse(f"governance:{name}", args=[code])}
