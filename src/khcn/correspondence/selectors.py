"""Read papers: those of a record, those addressed to someone, the one that bears a number, and when to register."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from khcn.correspondence.models import Paper, PaperQuerySet
from khcn.correspondence.rules import REGISTER_WITHIN, registration_limit
from khcn.correspondence.states import Direction, PaperState
from khcn.kernel.calendar import Reckoning, parse_limit
from khcn.kernel.identity.models import Office
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.records.record import Record
from khcn.kernel.rulebook.selectors import rule_in_force


def papers_of(record: Record, user: Any) -> PaperQuerySet:
    """Return the papers linked to a record that the user may know of, the newest first."""
    links = Link.objects.from_(record.ref).filter(kind=LinkKind.PAPER, target_register=Paper.REGISTER)
    rows: PaperQuerySet = (
        Paper.objects.visible_to(user).filter(pk__in=links.values("target_id")).order_by("-issued_on", "-pk")
    )
    return rows


def waiting_for_instruction(office: Office) -> PaperQuerySet:
    """Return the incoming papers of which nobody has said what to do, the oldest first."""
    rows: PaperQuerySet = Paper.objects.of_office(office).standing().incoming()
    return rows.filter(state=PaperState.REGISTERED).order_by("received_on", "pk")


def number_clash(paper: Paper) -> Paper | None:
    """Return another paper, recalled ones included, that bears the same number of the same issuer, series and year."""
    rows: PaperQuerySet = Paper.objects.of_office(paper.office_id).exclude(pk=paper.pk).filter(issuer=paper.issuer_id)
    if paper.issuer_id is None:
        rows = rows.filter(direction=Direction.OUTGOING)
    if paper.serial is None:
        same = Q(serial=None, number=paper.number, issued_on=paper.issued_on) & ~Q(number="")
    else:
        same = Q(year=paper.year, series=paper.series, serial=paper.serial)
    found: Paper | None = rows.filter(same).first()
    return found


def registration_due(paper: Paper) -> Reckoning | None:
    """Return until when an incoming paper had to be registered, with the explanation; None where it has no arrival day.

    Raises: RuleUnknown; CalendarUnknown.
    """
    if paper.received_on is None:
        return None
    rule = rule_in_force(REGISTER_WITHIN, on=paper.received_on, office=paper.office)
    return registration_limit(paper.received_on, parse_limit(str(rule.value)), work_calendar())


def thread_of(paper: Paper, user: Any) -> PaperQuerySet:
    """Return the paper this one answers and those that answer it, as far as the user may know of them."""
    rows: PaperQuerySet = Paper.objects.visible_to(user).filter(Q(pk=paper.reply_to_id) | Q(reply_to=paper.pk))
    return rows.order_by("issued_on", "pk")
