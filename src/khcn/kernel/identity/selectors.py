"""Read who holds what, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import DatabaseError
from django.db.models import Q, QuerySet

from khcn.kernel.access.roles import STAFF_ROLES
from khcn.kernel.identity.models import Office, RoleGrant, User
from khcn.kernel.text.folding import sort_key
from khcn.language.words import words as _

UNPREPARED = _(
    "Chưa đọc được cơ sở dữ liệu: thư mục dữ liệu (KHCN_DATA_DIR, DATABASE_URL) chưa được tạo hoặc chưa cập nhật. Chạy "
    "«khcn prepare» rồi chạy lại lệnh."
)


class NotPrepared(Exception):
    """A command finds no installation to work on; the message says what to run first."""


def office_at_work(code: str) -> Office:
    """Return the office of the installation, for commands. `code`: as the settings name it.

    Raises: NotPrepared, where there is no database, none that is up to date, or no such office in it.
    """
    try:
        found = Office.objects.filter(code=code).first()
    except DatabaseError as fault:
        raise NotPrepared(UNPREPARED) from fault
    if found is None:
        raise NotPrepared(_("Chưa có cơ quan «{code}». Chạy «khcn demo» hoặc tạo cơ quan trước.").format(code=code))
    return found


def delegations_of(user: User) -> QuerySet[RoleGrant]:
    """Return the delegations a person gave or received, newest first."""
    return (
        RoleGrant.objects.exclude(delegated_by=None)
        .filter(Q(user=user) | Q(delegated_by=user))
        .select_related("user", "division", "delegated_by")
        .order_by("-valid_from", "-pk")
    )


def stood_in_for(actor: Any, may: Callable[[Any], Any]) -> User | None:
    """Return for whom the actor does what they may do only by delegation; None where their own roles allow it.

    `may`: asked with the actor as they would be without what was handed to them, and with one handed role.
    """
    handed = [grant for grant in getattr(actor, "grants", ()) if grant.delegated_by_id is not None]
    if not handed:
        return None
    own = [grant for grant in actor.grants if grant.delegated_by_id is None]
    if may(actor.with_grants(own)):
        return None
    return next((grant.delegated_by for grant in handed if may(actor.with_grants([*own, grant]))), None)


def acting_day(user: Any) -> date | None:
    """Return the day on which the user acts; None outside a request, where the caller says the day."""
    # The user of a request is a lazy stand-in: only its attributes reach the person behind it.
    day: date | None = getattr(user, "acting_on", None)
    return day


def colleagues_of(user: User) -> list[Any]:
    """Return the other staff of the same office, sorted by given name as Vietnamese lists are."""
    staff = RoleGrant.objects.in_force(acting_day(user)).filter(role__in=STAFF_ROLES, delegated_by=None)
    found = (
        User.objects.filter(office=user.office, is_active=True, pk__in=staff.values("user"))
        .exclude(pk=user.pk)
        .select_related("division")
    )
    return sorted(found, key=lambda person: sort_key(person.full_name))
