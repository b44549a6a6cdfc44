"""Fill the registers that the nine-month report counts with invented records, each with its history.

The database invents the rows itself, from their numbers: a million of them are there in minutes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

OPENED = datetime(2021, 1, 1, tzinfo=UTC)
CHANGED = OPENED + timedelta(days=60)
THEN = OPENED + timedelta(days=45)
FIRST_DAY = date(2012, 1, 1)
DAY = "n * 37 % 3650"
"""How many days after the first a record begins."""


def fill(total: int) -> Any:
    """Insert so many records, office and organisations besides, with two versions each; return the director's login."""
    office, user, lead = _parties()
    for share, made in _registers(office, lead):
        for row, columns in made:
            with _without_indexes(type(row)), _without_indexes(type(row).Version):
                _insert(row, int(total * share), columns)
                _copy_versions(type(row))
    _copy_versions(type(lead))
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


def _registers(office: Any, lead: Any) -> list[tuple[float, list[tuple[Any, dict[str, str]]]]]:
    """Return for each register its share and its tables: a row, and what of it follows the number, as SQL of `n`."""
    from khcn.assignments.models import Assignment
    from khcn.ip.models import ForeignRegistration, ProtectionTitle, TitleHolder
    from khcn.policies.models import LegalDocument, Programme
    from khcn.transfer.models import TechnologyAppraisal

    title = ProtectionTitle(office=office)
    holder = TitleHolder(organisation=lead)
    work = Assignment(office=office, lead_organisation=lead, precision="day")
    appraisal = TechnologyAppraisal(office=office, kind="technology_opinion", investor=lead)
    abroad = ForeignRegistration(office=office, territory="Nhật Bản", owner=lead)
    legal = LegalDocument(office=office, kind="decision", issuer=lead, state="issued")
    programme = Programme(office=office, issuer=lead, state="issued")
    return [
        (0.5, [(title, _of_titles()), (holder, {"title_id": "n", "in_province": "n % 10 <> 0"})]),
        (0.25, [(work, _of_assignments())]),
        (0.12, [(appraisal, _of_appraisals())]),
        (0.06, [(abroad, _of_registrations_abroad())]),
        (0.04, [(legal, _of_legal_documents())]),
        (0.03, [(programme, _of_programmes())]),
    ]


def _named(prefix: str, title: str) -> dict[str, str]:
    return {"code": f"'{prefix}-2021-' || substr(CAST(10000000 + n AS text), 2)", "title": f"'{title} ' || n"}


def _choice(*words: str) -> str:
    """Return one of the words after the other."""
    cases = " ".join(f"WHEN {rest} THEN '{word}'" for rest, word in enumerate(words))
    return f"CASE n % {len(words)} {cases} END"


def _day(days: str, condition: str = "") -> str:
    """Return a day as SQL: so many after the first; no day where the condition fails."""
    from django.db import connection

    if connection.vendor == "sqlite":
        found = f"date('{FIRST_DAY}', ({days}) || ' days')"
    else:
        found = f"(DATE '{FIRST_DAY}' + ({days})::int)"
    return f"CASE WHEN {condition} THEN {found} END" if condition else found


def _of_titles() -> dict[str, str]:
    return {
        **_named("VB", "Nhãn hiệu số"),
        "kind": _choice("mark", "invention", "industrial_design"),
        "state": _choice("filed", "granted", "granted", "lapsed"),
        "title_number": "CAST(n AS text)",
        "granted_on": _day(DAY),
    }


def _of_assignments() -> dict[str, str]:
    closed, done = "n % 3 = 0", f"{DAY} + 20 + n % 30"
    return {
        **_named("NV", "Nhiệm vụ số"),
        "state": _choice("closed", "in_progress", "in_progress"),
        "assigned_on": _day(DAY),
        "due_on": _day(f"{DAY} + 30"),
        "original_due_on": _day(f"{DAY} + 30"),
        "completed_on": _day(done, closed),
        "closed_on": _day(done, closed),
    }


def _of_appraisals() -> dict[str, str]:
    answered = "n % 4 <> 0"
    return {
        **_named("TDCN", "Dự án số"),
        "state": _choice("received", "answered", "answered", "answered"),
        # Every fifth answered request follows the one before it: two answers, one project.
        "first_request_id": "CASE WHEN n % 5 = 2 THEN n - 1 END",
        "received_on": _day(DAY),
        "answered_on": _day(f"{DAY} + 10", answered),
        "answer_number": f"CASE WHEN {answered} THEN CAST(n AS text) ELSE '' END",
        "opinion": f"CASE WHEN {answered} THEN 'agree' ELSE '' END",
    }


def _of_registrations_abroad() -> dict[str, str]:
    return {
        **_named("NN", "Nhãn hiệu số"),
        "state": _choice("registered", "filed"),
        "started_on": _day(DAY),
        "registered_on": _day(f"{DAY} + 400", "n % 2 = 0"),
    }


def _of_legal_documents() -> dict[str, str]:
    return {
        **_named("QPPL", "Quyết định số"),
        "number": "n || '/QĐ'",
        "advised_by_department": "n % 3 <> 0",
        "issued_on": _day(DAY),
    }


def _of_programmes() -> dict[str, str]:
    return {
        **_named("CTKH", "Kế hoạch số"),
        "kind": _choice("programme", "plan", "scheme", "project"),
        "number": "n || '/KH'",
        "issued_on": _day(DAY),
    }


def _insert(row: Any, count: int, columns: Mapping[str, str]) -> None:
    """Insert so many copies of the row, numbered from 1. `columns`: what differs, as SQL of the number `n`."""
    from django.core.management.color import no_style
    from django.db import connection

    model, quote = type(row), connection.ops.quote_name
    columns = {"id": "n", **columns}
    fixed = {
        field.column: field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for field in model._meta.local_concrete_fields
        if field.column not in columns
    }
    names = ", ".join(quote(name) for name in (*columns, *fixed))
    values = ", ".join((*(text.replace("%", "%%") for text in columns.values()), *["%s"] * len(fixed)))
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({names}) "  # noqa: S608 (names of our own tables)
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s) "
        f"SELECT {values} FROM numbers"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [count, *fixed.values()])
        for reset in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(reset)


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


@contextmanager
def _without_indexes(model: Any) -> Iterator[None]:
    """Take the indexes of a table away and build them anew afterwards, which is quicker than to keep them up."""
    from django.db import connection

    table = model._meta.db_table
    asked = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN "
        "(SELECT conname FROM pg_constraint)",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor], [table])
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        yield
        for _name, definition in found:
            cursor.execute(definition)
