from __future__ import annotations

import pytest
from django.urls import reverse

from khcn.api.tests.factories import ask
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.indicators.registry import find_indicator
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_office
from khcn.reporting.models import PeriodReport
from khcn.reporting.services.drafting import release_report_differences
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import DAY, TITLES, make_report

pytestmark = pytest.mark.django_db
LATE = "assignments.overdue"
SIDES = {"a_kind": "nine-month", "a_year": "2021", "b_kind": "nine-month", "b_year": "2020"}


def answers_to(client, user, report):
    """Return what a person is told of late work by each way: the report, its figure, comparison, difference, API."""
    client.force_login(user)
    label = find_indicator(LATE).label
    api = ask(client, f"indicators/{LATE}", user, period="nine-month", year=2021)
    return {
        "report": label in client.get(reverse("reporting:report", args=[report.code])).content.decode(),
        "figure": client.get(reverse("reporting:figure", args=[report.code, LATE])).status_code == 200,
        "comparison": label in client.get(reverse("reporting:comparison"), SIDES).content.decode(),
        "difference": client.get(reverse("reporting:difference", args=[LATE]), SIDES).status_code == 200,
        "api": api.status_code == 200,
    }


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("specialist", True),  # staff of the office
        ("director", True),  # decides who is told
        ("leader", False),  # above: not before a report is signed
    ],
)
def test_what_is_late_is_told_by_every_way_or_by_none_before_a_report_is_signed(world, client, who, told):
    assert set(answers_to(client, getattr(world, who), make_report(world)).values()) == {told}


def test_a_signed_report_tells_those_above_what_it_froze_and_nothing_of_today(world, client):
    told = answers_to(client, world.leader, make_report(world, S.SIGNED))

    assert told == {"report": True, "figure": True, "comparison": False, "difference": False, "api": False}


def test_once_differences_are_released_those_above_read_what_is_late_today(world, client):
    report = make_report(world, S.SIGNED)
    release_report_differences(report=report, actor=world.director, on=DAY)

    assert ask(client, f"indicators/{LATE}", world.leader, period="nine-month", year=2021).status_code == 200


def test_those_above_still_read_figures_that_tell_nothing_late(world, client):
    assert ask(client, f"indicators/{TITLES}", world.leader, period="nine-month", year=2021).status_code == 200


def test_two_offices_may_use_one_code_and_each_reader_finds_that_of_their_own(world, client):
    mine = make_report(world)
    theirs = PeriodReport(
        office=make_office("BK"),
        title="Báo cáo của tỉnh bạn",
        state=S.DRAFT,
        kind=mine.kind,
        year=mine.year,
        period_first=mine.period_first,
        period_last=mine.period_last,
        period_rule=mine.period_rule,
        confidentiality=Confidentiality.PUBLIC,
    )
    with recording(actor=None, verb="make", label="lập", on=DAY, imported=True):
        theirs.code = mine.code
        theirs.save()
    client.force_login(world.specialist)

    page = client.get(reverse("reporting:report", args=[mine.code]))

    assert (page.status_code, page.context["report"]) == (200, mine)
