from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import explain
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.pages.clock import explanation
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.reporting.sending import sending_of, sendings
from khcn.reporting.services.drafting import draft_report
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import DAY, make_report, sign

pytestmark = pytest.mark.django_db


def test_a_report_is_due_two_working_days_after_its_cut_off_and_says_why(world):
    duty = sending_of(make_report(world))

    assert (duty.started_on, duty.effective_on) == (date(2021, 9, 14), date(2021, 9, 16))
    assert duty.action == "Ký, gửi báo cáo 9 tháng đầu năm 2021"
    assert "chưa đối chiếu văn bản" in explanation(duty, work_calendar())[-1]
    assert explain(duty).effective == duty.effective_on


def test_signing_ends_the_duty_on_the_day_of_the_signature(world):
    report = make_report(world, S.SUBMITTED)

    sign(world, report, signed_on=date(2021, 9, 20))

    assert sending_of(report).closed_on == date(2021, 9, 20)


def test_a_second_edition_and_a_calendar_year_are_not_to_be_sent_again(world):
    make_report(world, S.SIGNED)
    second = make_report(world)
    statistics = draft_report(office=world.office, kind="statistics-year", year=2021, actor=world.specialist, on=DAY)

    assert sending_of(second) is None
    assert sending_of(statistics) is None


def test_where_no_rule_gives_a_day_the_duty_stands_without_one(world):
    rule = Rule.objects.get(key="report.submit-within")
    rule.valid_from = date(2030, 1, 1)
    with recording(actor=None, verb="edit", label="sửa"):
        rule.save()

    duty = sending_of(make_report(world))

    assert (duty.effective_on, duty.closed_on) == (None, None)


def test_periods_about_to_be_sent_are_named_until_a_report_is_drafted(world):
    before = {one.period.key: one.reckoning.effective for one in sendings(world.office, date(2021, 9, 10))}
    make_report(world)
    after = [one.period.key for one in sendings(world.office, date(2021, 9, 10))]

    due = date(2021, 9, 16)
    assert before == {"month-9": due, "quarter-3": due, "nine-month": due}
    assert after == ["month-9", "quarter-3"]
    assert [one.period.key for one in sendings(world.office, date(2021, 10, 1))] == ["month-10"]


def test_the_page_of_reports_names_what_is_to_be_sent_to_those_who_draft(world, client):
    client.force_login(world.specialist)
    page = client.get(reverse("reporting:index"))
    client.force_login(world.leader)
    theirs = client.get(reverse("reporting:index"))

    assert [row["hidden"][0]["name"] for row in page.context["sendings"]] == ["kind"] * len(page.context["sendings"])
    assert "Sắp phải gửi, chưa soạn" in page.text
    assert "chưa đối chiếu văn bản" in page.text
    assert "Sắp phải gửi" not in theirs.text


def test_those_above_read_when_a_report_is_due_but_not_that_it_is_late(world, client):
    report = make_report(world)
    url = reverse("reporting:report", args=[report.code])
    pages = {}
    for who in ("specialist", "leader"):
        client.force_login(getattr(world, who))
        pages[who] = client.get(url).text

    assert "Quá hạn" in pages["specialist"]
    assert "Quá hạn" not in pages["leader"]
    assert "Hạn 16/9/2021" in pages["leader"]


def test_the_inbox_names_the_report_to_be_sent(world, client):
    make_report(world)
    client.force_login(world.specialist)

    assert "Ký, gửi báo cáo 9 tháng đầu năm 2021" in client.get(reverse("inbox")).text
    assert Obligation.objects.open().count() == 1


def test_what_is_to_be_sent_asks_little(world, client, django_assert_max_num_queries):
    client.force_login(world.specialist)
    report = make_report(world)

    for url in (reverse("reporting:index"), reverse("reporting:report", args=[report.code])):
        with django_assert_max_num_queries(20):
            assert client.get(url).status_code == 200
