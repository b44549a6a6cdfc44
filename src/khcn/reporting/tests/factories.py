"""Make reports by walking their workflow, over a small world of titles counted by hand."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from khcn.ip.tests.factories import make_title
from khcn.kernel.access.roles import Role
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.tests.factories import make_office, make_user
from khcn.reporting.models import PeriodReport
from khcn.reporting.services.drafting import draft_report, sign_report, submit_report
from khcn.reporting.states import ReportState as S

DAY = date(2021, 9, 16)
TITLES = "ip.titles_granted"


def make_world() -> SimpleNamespace:
    """Return an office with rules, its people, two titles granted in the nine months and one granted after them."""
    office = make_office()
    load_shipped_rules()
    world = SimpleNamespace(
        office=office,
        specialist=make_user(Role.SPECIALIST, username="chuyenvien"),
        director=make_user(Role.DIRECTOR, username="lanhdao"),
        clerk=make_user(Role.CLERK, username="vanthu"),
        leader=make_user(Role.PROVINCIAL_LEADER, username="lanhdaotinh"),
        agency=make_user(Role.ASSIGNED_AGENCY, username="coquan"),
        stranger=make_user(Role.DIRECTOR, office=make_office("BK"), username="noikhac"),
    )
    world.titles = [
        make_title(office, world.director, granted_on=day, number=str(number))
        for number, day in enumerate((date(2020, 12, 15), date(2021, 9, 14), date(2021, 9, 15)), start=1)
    ]
    return world


def make_report(world: Any, state: S = S.DRAFT) -> PeriodReport:
    """Return the report of nine months 2021 in the state, having taken every step before it."""
    report = draft_report(office=world.office, kind="nine-month", year=2021, actor=world.specialist, on=DAY)
    if state in {S.SUBMITTED, S.SIGNED}:
        submit_report(report=report, actor=world.specialist, on=DAY)
    if state == S.SIGNED:
        sign(world, report)
    return report


def sign(world: Any, report: PeriodReport, number: str = "123/BC-SKHCN", signed_on: date = DAY) -> PeriodReport:
    """Sign a submitted report as the director."""
    return sign_report(report=report, number=number, signed_on=signed_on, actor=world.director, on=signed_on)
