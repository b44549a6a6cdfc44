"""Fill the registers that the nine-month report counts with invented records, each with its history."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

BATCH = 5_000
OPENED = datetime(2021, 1, 1, tzinfo=UTC)
CHANGED = OPENED + timedelta(days=60)
THEN = OPENED + timedelta(days=45)
FIRST_DAY = date(2012, 1, 1)
DAYS = 3_650
SHARES = {"title": 0.5, "assignment": 0.25, "appraisal": 0.12, "foreign": 0.06, "legal": 0.04, "programme": 0.03}
TITLE_STATES = ("filed", "granted", "granted", "lapsed")


def fill(total: int) -> Any:
    """Insert so many records, office and organisations besides, with two versions each; return the director's login."""
    office, user, lead = _parties()
    for name, share in SHARES.items():
        _insert(MAKERS[name], int(total * share), office, lead)
    for model in _tracked():
        _copy_versions(model)
    return user


def _parties() -> tuple[Any, Any, Any]:
    from django.db import models

    from khcn.kernel.access.roles import Role
    from khcn.kernel.identity.models import Office, User
    from khcn.kernel.identity.services import create_account, grant_role
    from khcn.kernel.obligations.work_calendar import load_shipped_days
    from khcn.kernel.rulebook.services import load_shipped_rules
    from khcn.parties.models import Organisation

    load_shipped_rules()
    load_shipped_days()
    office = Office.objects.create(code="TN", name="S", short_name="S", symbol="S", parent_name="U", seat="T")
    create_account(username="director", full_name="Director", password="khcn-do-toc-do-2026", office=office)  # noqa: S106
    user = User.objects.get(username="director")
    grant_role(user=user, role=Role.DIRECTOR, valid_from=date(2015, 1, 1))
    lead = Organisation(office=office, code="TC-1", title="Đơn vị", state="active")
    models.QuerySet(Organisation).bulk_create([lead])
    return office, user, lead


def _insert(make: Callable[[int, Any, Any], Iterator[Any]], count: int, office: Any, lead: Any) -> None:
    from khcn.kernel.records.inserting import insert_rows

    for start in range(1, count + 1, BATCH):
        made = [list(make(number, office, lead)) for number in range(start, min(start + BATCH, count + 1))]
        for rows in zip(*made, strict=True):
            insert_rows(rows)


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number * 37 % DAYS)


def _titles(number: int, office: Any, lead: Any) -> Iterator[Any]:
    from khcn.ip.models import ProtectionTitle, TitleHolder

    yield ProtectionTitle(
        id=number,
        office=office,
        code=f"VB-2021-{number:07d}",
        title=f"Nhãn hiệu số {number}",
        kind=("mark", "invention", "industrial_design")[number % 3],
        state=TITLE_STATES[number % 4],
        title_number=str(number),
        granted_on=_day(number),
    )
    yield TitleHolder(id=number, title_id=number, organisation=lead, in_province=number % 10 != 0)


def _assignments(number: int, office: Any, lead: Any) -> Iterator[Any]:
    from khcn.assignments.models import Assignment

    given, closed = _day(number), number % 3 == 0
    done = given + timedelta(days=20 + number % 30) if closed else None
    yield Assignment(
        id=number,
        office=office,
        code=f"NV-2021-{number:07d}",
        title=f"Nhiệm vụ số {number}",
        state="closed" if closed else "in_progress",
        assigned_on=given,
        lead_organisation=lead,
        due_on=given + timedelta(days=30),
        original_due_on=given + timedelta(days=30),
        precision="day",
        completed_on=done,
        closed_on=done,
    )


def _appraisals(number: int, office: Any, lead: Any) -> Iterator[Any]:
    from khcn.transfer.models import TechnologyAppraisal

    answered = number % 4 != 0
    yield TechnologyAppraisal(
        id=number,
        office=office,
        code=f"TDCN-2021-{number:07d}",
        title=f"Dự án số {number}",
        kind="technology_opinion",
        state="answered" if answered else "received",
        investor=lead,
        # Every fifth answered request follows the one before it: two answers, one project.
        first_request_id=number - 1 if number % 5 == 2 else None,  # noqa: PLR2004
        received_on=_day(number),
        answered_on=_day(number) + timedelta(days=10) if answered else None,
        answer_number=str(number) if answered else "",
        opinion="agree" if answered else "",
    )


def _foreign(number: int, office: Any, lead: Any) -> Iterator[Any]:
    from khcn.ip.models import ForeignRegistration

    registered = number % 2 == 0
    yield ForeignRegistration(
        id=number,
        office=office,
        code=f"NN-2021-{number:07d}",
        title=f"Nhãn hiệu số {number}",
        territory="Nhật Bản",
        owner=lead,
        state="registered" if registered else "filed",
        started_on=_day(number),
        registered_on=_day(number) + timedelta(days=400) if registered else None,
    )


def _legal(number: int, office: Any, lead: Any) -> Iterator[Any]:
    from khcn.policies.models import LegalDocument

    yield LegalDocument(
        id=number,
        office=office,
        code=f"QPPL-2021-{number:07d}",
        title=f"Quyết định số {number}",
        kind="decision",
        issuer=lead,
        number=f"{number}/QĐ",
        state="issued",
        advised_by_department=number % 3 != 0,
        issued_on=_day(number),
    )


def _programmes(number: int, office: Any, lead: Any) -> Iterator[Any]:
    from khcn.policies.models import Programme

    yield Programme(
        id=number,
        office=office,
        code=f"CTKH-2021-{number:07d}",
        title=f"Kế hoạch số {number}",
        kind=("programme", "plan", "scheme", "project")[number % 4],
        issuer=lead,
        number=f"{number}/KH",
        state="issued",
        issued_on=_day(number),
    )


MAKERS = {
    "title": _titles,
    "assignment": _assignments,
    "appraisal": _appraisals,
    "foreign": _foreign,
    "legal": _legal,
    "programme": _programmes,
}


def _tracked() -> list[Any]:
    from khcn.assignments.models import Assignment
    from khcn.ip.models import ForeignRegistration, ProtectionTitle, TitleHolder
    from khcn.parties.models import Organisation
    from khcn.policies.models import LegalDocument, Programme
    from khcn.transfer.models import TechnologyAppraisal

    registers = (Assignment, ForeignRegistration, ProtectionTitle, LegalDocument, Programme, TechnologyAppraisal)
    return [*registers, TitleHolder, Organisation]


def _copy_versions(model: Any) -> None:
    """Give every row two versions, inside the database: as opened, and since a change sixty days later."""
    from django.db import connection

    from khcn.kernel.records.changes import Change
    from khcn.kernel.records.clock import FOREVER

    change = Change.objects.create(at=OPENED, actor_name="benchmark", verb="fill", verb_label="fill")
    names = ", ".join(connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields)
    adapt = connection.ops.adapt_datetimefield_value
    sql = (
        f"INSERT INTO {model.Version._meta.db_table} ({names}, recorded_from, recorded_to, change_id) "  # noqa: S608 (names of our own tables)
        f"SELECT {names}, %s, %s, %s FROM {model._meta.db_table}"
    )
    with connection.cursor() as cursor:
        for since, until in itertools.pairwise([OPENED, CHANGED, FOREVER]):
            cursor.execute(sql, [adapt(since), adapt(until), change.pk])
