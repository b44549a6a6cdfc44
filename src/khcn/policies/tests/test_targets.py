from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcn.assignments.models import Assignment
from khcn.assignments.selectors import assignments_from
from khcn.assignments.tests.factories import change
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.indicators.selectors import figure, report_period
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.pages.bulk import acts_of
from khcn.kernel.records.registry import register
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import in_source
from khcn.parties.models import AgencyAccount
from khcn.policies.commands import export
from khcn.policies.exporting import mapping
from khcn.policies.models import ProgrammeTarget, TargetReport
from khcn.policies.selectors import Reading, standing_of, target_standings
from khcn.policies.services import (
    accept_report,
    ask_for_values,
    drop_target,
    return_report,
    set_target_year,
)
from khcn.policies.states import ProgrammeState, Progress, TargetReportState
from khcn.policies.tests.factories import (
    LONG_AGO,
    ON,
    make_office,
    make_organisation,
    make_programme,
    make_report,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
END = date(2021, 12, 31)
"""The last day of the year that the targets of these tests speak of."""


@pytest.fixture
def agency(world):
    organisation = make_organisation(world.office)
    user = make_user(world.office, Role.ASSIGNED_AGENCY)
    account = AgencyAccount(user=user, organisation=organisation, valid_from=LONG_AGO)
    enter_account(account)
    return user, organisation


def enter_account(account):
    from khcn.kernel.records.recording import recording  # noqa: PLC0415

    with recording(actor=None, verb="grant", label="gắn tài khoản", on=LONG_AGO):
        account.save()


def owned(world, organisation=None, **fields):
    programme = make_programme(world.director, ProgrammeState.CARRIED_OUT)
    return make_target(programme, world.director, owner_organisation=organisation, **fields)


def stands(target, today=END, instant=None):
    return standing_of(target, Reading(today, instant)).of(2021)


def test_a_value_counts_only_once_another_has_accepted_it(world, agency):
    user, organisation = agency
    target = owned(world, organisation)

    report = make_report(target, user, 12)
    before = stands(target)
    accept_report(report=report, actor=world.director, on=END)

    assert (before.progress, stands(target).progress) == (Progress.NO_VALUE, Progress.REACHED)
    assert report.organisation == organisation


def test_a_value_reported_by_who_reads_english_is_named_in_vietnamese(world):
    target = owned(world)
    with translation.override("en"):
        report = make_report(target, world.director)

    report.refresh_from_db()
    assert report.title == f"{target.title}: {in_source(report.get_period_display()).lower()} {report.year}"
    assert report.title.endswith("cả năm 2021")


def test_who_entered_a_value_does_not_accept_it(world):
    report = make_report(owned(world), world.director)

    with pytest.raises(NotPermitted, match="không được tự chấp nhận"):
        accept_report(report=report, actor=world.director, on=END)


def test_another_agency_reports_nothing(world, agency):
    target = owned(world, make_organisation(world.office, "Sở Mẫu Hai"))

    with pytest.raises(NotPermitted):
        make_report(target, agency[0])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"evidence": " "}, "Nêu minh chứng"),
        ({"year": 2020}, "không thuộc năm báo cáo"),
    ],
)
def test_a_value_without_proof_or_of_another_year_is_refused(world, fields, reason):
    with pytest.raises(NotPossible, match=reason):
        make_report(owned(world), world.director, **fields)


def test_a_value_that_registers_give_is_not_typed(world):
    with pytest.raises(NotPossible, match="lấy từ sổ"):
        make_report(owned(world, indicator="policies.programmes_issued"), world.director)


def test_a_corrected_value_is_read_as_it_was_known(world, agency):
    target = owned(world, agency[1])
    first = make_report(target, agency[0], 12)
    accept_report(report=first, actor=world.director, on=END)
    known = timezone.now()

    accept_report(report=make_report(target, agency[0], 9), actor=world.director, on=END)

    first.refresh_from_db()
    assert (stands(target).found.value, stands(target, instant=known).found.value) == (9, 12)
    assert (first.value, first.state) == (12, TargetReportState.SUPERSEDED)


def test_a_changed_target_is_read_as_it_was_wanted(world):
    target = owned(world, value=10)
    known = timezone.now()

    set_target_year(target=target, year=2021, value=20, actor=world.director, on=ON, why="Quyết định điều chỉnh")

    assert (stands(target).wanted.value, stands(target, instant=known).wanted.value) == (20, 10)


def test_what_is_asked_falls_due_ten_working_days_after_the_cut_off(world, agency):
    target = owned(world, agency[1])
    who = {"programme": target.programme, "year": 2021, "period": "year", "actor": world.director, "on": ON}

    asked, again = ask_for_values(**who), ask_for_values(**who)

    duty = Obligation.objects.about(target.ref).get()
    assert (asked, again, duty.effective_on, duty.holder_id) == (1, 0, date(2021, 12, 28), agency[1].pk)


def test_a_returned_value_is_owed_again_by_the_same_day(world, agency):
    target = owned(world, agency[1])
    ask_for_values(programme=target.programme, year=2021, period="year", actor=world.director, on=ON)
    report = make_report(target, agency[0])
    assert not Obligation.objects.about(target.ref).open().exists()

    return_report(report=report, actor=world.director, on=END, note="Thiếu số của hai xã")

    assert Obligation.objects.about(target.ref).open().get().effective_on == date(2021, 12, 28)
    assert stands(target).progress == Progress.NO_VALUE


def test_a_dropped_target_is_owed_nothing(world):
    target = owned(world)
    ask_for_values(programme=target.programme, year=2021, period="year", actor=world.director, on=ON)

    drop_target(target=target, actor=world.director, on=ON, note="Gộp vào chỉ tiêu khác")

    assert not Obligation.objects.about(target.ref).open().exists()


def test_an_agency_sees_its_own_targets_and_no_other(world, agency):
    mine, other = owned(world, agency[1]), owned(world)
    mine_report, _ = make_report(mine, world.director), make_report(other, world.director)

    assert list(ProgrammeTarget.objects.visible_to(agency[0])) == [mine]
    assert list(TargetReport.objects.visible_to(agency[0])) == [mine_report]


def test_targets_of_a_confidential_programme_leave_no_trace(world):
    target = owned(world)
    make_report(target, world.director)
    change(target.programme, confidentiality=Confidentiality.CONFIDENTIAL)
    reader = make_user(world.office, Role.SPECIALIST)

    assert not ProgrammeTarget.objects.visible_to(reader).exists()
    assert not TargetReport.objects.visible_to(reader).exists()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.booleans(), min_size=1, max_size=4))
def test_a_counted_value_is_its_records_now_and_as_of_any_moment(world, steps):
    target = owned(world, indicator="policies.programmes_issued", title=f"Chỉ tiêu {ProgrammeTarget.objects.count()}")
    period, _ = report_period("year", 2021, office=world.office)
    seen = []
    for issued in steps:
        make_programme(world.director, ProgrammeState.ISSUED if issued else ProgrammeState.SUBMITTED)
        seen.append((timezone.now(), int(figure(target.indicator, period=period, office=world.office).value)))

    for instant, value in seen:
        found = stands(target, instant=instant).found
        assert found.value == found.figure.records.count() == value
    now = stands(target).found
    assert now.value == now.figure.records.count() == seen[-1][1]


def test_the_programme_page_asks_as_much_for_many_targets_as_for_few(client, world):
    programme = make_programme(world.director, ProgrammeState.CARRIED_OUT)
    client.force_login(world.director)
    page, counts = reverse("record", args=["programme", programme.code]), []
    for many in (2, 8):
        for number in range(many):
            target = make_target(programme, world.director, title=f"Chỉ tiêu {many}.{number}")
            accept_report(report=make_report(target, world.specialist), actor=world.director, on=END)
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert len(target_standings(programme, Reading(END))) == 10


def test_the_agency_reports_on_the_page_and_the_officer_returns_it(client, world, agency):
    target = owned(world, agency[1])
    client.force_login(agency[0])
    page = reverse("target-value-new", args=[target.code])
    said = {"year": 2021, "period": "nine-month", "value": "7,5", "comparator": "exact", "measured_on": "14/9/2021"}

    refused = client.post(page, {**said, "evidence": ""})
    sent = client.post(page, {**said, "evidence": "Công văn 12/CQ"})
    report = TargetReport.objects.get()
    client.force_login(world.director)
    step = reverse("record-step", args=["target-report", report.code, "return"])
    answer = client.post(step, {"return-on": f"{timezone.localdate():%d/%m/%Y}", "return-note": "Thiếu hai xã"})

    report.refresh_from_db()
    assert (refused.status_code, sent.status_code, answer.status_code) == (422, 302, 302)
    assert (report.value, report.state) == (Decimal("7.5"), TargetReportState.RETURNED)
    assert "Công văn 12/CQ" in client.get(reverse("record", args=["programme-target", target.code])).content.decode()


def test_work_is_given_by_a_target(world):
    target = owned(world)
    lead = make_organisation(world.office, "Sở Mẫu Ba")
    from khcn.assignments.services import give_assignment  # noqa: PLC0415

    work = Assignment(office=world.office, title="Việc mẫu", assigned_on=ON, lead_organisation=lead)
    work.origin_register, work.origin_id = target.REGISTER, target.pk
    give_assignment(assignment=work, actor=world.director, on=ON)

    assert list(assignments_from(target)) == [work]


def test_the_export_names_each_field_of_the_mapping_and_says_it_is_unchecked(world, capfdbinary):
    target = owned(world, mark="1.2")
    accept_report(report=make_report(target, world.specialist, "7.50"), actor=world.director, on=END)

    assert export([target.programme.code, "--year", "2021"]) == 0

    found = json.loads(capfdbinary.readouterr().out)
    (row,) = found["targets"]
    assert (found["mapping_confidence"], list(row)) == ("unchecked", [one.field for one in mapping()])
    assert (row["indicator_code"], row["target_value"], row["actual_value"]) == ("1.2", "10", "7.5")
    assert row["progress"] == "missed"


@pytest.mark.parametrize("suffix", ["json", "csv", "xlsx"])
def test_the_export_is_downloaded_in_each_form_by_who_may_see_the_programme(client, world, suffix):
    target = owned(world)
    page = reverse("programme-download", args=[target.programme.code, 2021, suffix])
    client.force_login(world.director)
    answer = client.get(page)

    assert (answer.status_code, answer["Content-Disposition"].endswith(f'2021.{suffix}"')) == (200, True)
    assert suffix == "xlsx" or target.code in answer.content.decode()
    client.logout()
    assert client.get(page).status_code == 302


def test_an_unknown_programme_is_not_exported(world, capsys):
    assert export(["CTKH-1999-0001", "--year", "2021"]) == 1
    assert "Không có chương trình" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["programme-values-ask", "target-year-set", "target-adopt", "target-value-new"])
def test_pages_of_targets_are_closed_to_other_divisions(client, world, name):
    programme = make_programme(world.director, ProgrammeState.ISSUED, division=world.division)
    target = make_target(programme, world.director)
    client.force_login(make_user(world.office, Role.SPECIALIST))

    code = programme.code if name == "programme-values-ask" else target.code
    assert client.get(reverse(name, args=[code])).status_code == 403
    client.force_login(world.director)
    assert client.get(reverse(name, args=[code])).status_code == 200


def test_nobody_replaces_an_accepted_value_by_hand(client, world):
    report = make_report(owned(world), world.specialist)
    accept_report(report=report, actor=world.director, on=END)
    client.force_login(world.director)

    page = client.get(reverse("record", args=["target-report", report.code])).content.decode()
    sent = client.post(
        reverse("record-step", args=["target-report", report.code, "supersede"]),
        {"supersede-on": f"{timezone.localdate():%d/%m/%Y}", "supersede-note": "Thử"},
    )

    report.refresh_from_db()
    assert "Thay bằng số đính chính" not in page
    assert (sent.status_code, report.state) == (404, TargetReportState.ACCEPTED)
    assert all(
        act.transition is None or act.transition.name != "supersede" for act in acts_of(register("target-report"))
    )


def test_what_another_office_asked_is_no_answer_here(world):
    elsewhere = make_user(make_office("BN"), Role.DIRECTOR)
    theirs = make_target(make_programme(elsewhere, ProgrammeState.CARRIED_OUT), elsewhere)
    mine = owned(world)
    asked = [
        ask_for_values(programme=one.programme, year=2021, period="year", actor=actor, on=ON)
        for one, actor in ((theirs, elsewhere), (mine, world.director))
    ]

    assert asked == [1, 1]


def test_a_counted_target_of_another_year_leads_to_its_count(client, world):
    year = timezone.localdate().year
    programme = make_programme(world.director, ProgrammeState.CARRIED_OUT, first_year=year - 1, last_year=year)
    for one in (year - 1, year):
        make_target(
            programme, world.director, year=one, title=f"Chỉ tiêu {one}", indicator="policies.programmes_issued"
        )
    client.force_login(world.director)

    page = client.get(reverse("record", args=["programme", programme.code])).content.decode()

    assert page.count("xem số đếm") == 1


def test_the_last_year_aimed_at_is_always_a_column(client, world):
    year = timezone.localdate().year
    programme = make_programme(world.director, ProgrammeState.CARRIED_OUT)
    make_target(programme, world.director, year=year + 4, value=55)
    client.force_login(world.director)

    page = client.get(reverse("record", args=["programme", programme.code])).content.decode()

    assert f"Năm {year + 4}" in page
    assert "Đích ≥ 55" in page


def test_a_hidden_target_of_the_same_wording_is_not_told_of(world):
    target = owned(world, title="Chỉ tiêu kín")
    change(target, confidentiality=Confidentiality.CONFIDENTIAL, division=world.division)
    reader = make_user(world.office, Role.SPECIALIST)
    assert not ProgrammeTarget.objects.visible_to(reader).exists()

    assert make_target(target.programme, reader, title="Chỉ tiêu kín").pk != target.pk
