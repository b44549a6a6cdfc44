from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from khcn.ip.models import ProtectionTitle
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.indicators.models import Target
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.services import replace_rule
from khcn.kernel.tests.factories import make_user
from khcn.kernel.workflow.services import NotPossible
from khcn.reporting.differing import differences, since_freeze, visible_difference
from khcn.reporting.models import FrozenFigure, PeriodReport, ReportSection
from khcn.reporting.outlines import UnknownOutline, outline
from khcn.reporting.selectors import lines_of, report_lines
from khcn.reporting.services.drafting import (
    draft_report,
    edit_section,
    release_report_differences,
    sign_report,
    submit_report,
)
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import DAY, TITLES, make_report, sign

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def line_of(lines, code=TITLES):
    return next(line for line in lines if line.indicator == code)


def save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    with recording(actor=None, verb="edit", label="sửa"):
        row.save()
    return row


def test_a_draft_has_the_sections_of_its_outline_and_the_days_of_the_rule_in_force(world):
    report = make_report(world)

    assert [row.heading for row in report.sections.all()] == [
        one.heading for one in outline("nine-month").sections_of(2021)
    ]
    assert (report.period_first, report.period_last) == (date(2020, 12, 15), date(2021, 9, 14))
    assert (report.code, report.state, report.period_rule.key) == (
        "BC-2021-0001",
        S.DRAFT,
        "report.period.nine-month",
    )


def test_a_report_without_outline_is_not_drafted(world):
    with pytest.raises(UnknownOutline, match="nine-month"):
        draft_report(office=world.office, kind="tuần", year=2021, actor=world.specialist, on=DAY)


@pytest.mark.parametrize("who", ["clerk", "leader", "agency"])
def test_others_than_the_offices_drafters_draft_nothing(world, who):
    with pytest.raises(NotPermitted):
        draft_report(office=world.office, kind="nine-month", year=2021, actor=getattr(world, who), on=DAY)


def test_the_text_is_edited_while_it_is_a_draft(world):
    section = make_report(world).sections.first()

    edit_section(section=section, text="Có {ip.titles_granted}.", actor=world.specialist, on=DAY)

    assert section.report.sections.first().text == "Có {ip.titles_granted}."


@pytest.mark.parametrize("state", [S.SUBMITTED, S.SIGNED])
def test_the_text_of_a_report_out_of_its_drafters_hands_stays(world, state):
    stale = make_report(world).sections.first()
    report = stale.report
    submit_report(report=PeriodReport.objects.get(pk=report.pk), actor=world.specialist, on=DAY)
    if state == S.SIGNED:
        sign(world, PeriodReport.objects.get(pk=report.pk))

    for one in (ReportSection.objects.get(pk=stale.pk), stale):
        with pytest.raises(NotPossible, match="Chỉ sửa được khi báo cáo đang soạn"):
            edit_section(section=one, text="khác", actor=world.specialist, on=DAY)


def test_a_director_of_another_office_neither_edits_nor_signs(world):
    report = make_report(world, S.SUBMITTED)

    with pytest.raises(NotPermitted, match="cơ quan khác"):
        edit_section(section=report.sections.first(), text="x", actor=world.stranger, on=DAY)
    with pytest.raises(NotPermitted, match="cơ quan khác"):
        sign_report(report=report, number="1/BC", signed_on=DAY, actor=world.stranger, on=DAY)


def test_a_signature_freezes_values_with_their_records(world):
    report = make_report(world, S.SIGNED)

    frozen = FrozenFigure.objects.get(report=report, indicator=TITLES)

    assert (report.state, report.number, report.signed_by) == (S.SIGNED, "123/BC-SKHCN", world.director)
    assert (frozen.value, frozen.measure, frozen.kind) == (Decimal(2), "count", "counted")
    assert {row.code for row in frozen.records.all()} == {world.titles[0].code, world.titles[1].code}


@pytest.mark.parametrize("state", [S.DRAFT, S.SIGNED])
def test_only_a_submitted_report_is_signed_and_only_once(world, state):
    report = make_report(world, state)
    figures = FrozenFigure.objects.count()

    with pytest.raises(NotPossible, match="chỉ ký được báo cáo đã trình"):
        sign(world, report)

    assert (PeriodReport.objects.get().state, FrozenFigure.objects.count()) == (state, figures)


def test_a_report_is_not_signed_without_a_number_or_by_a_specialist(world):
    report = make_report(world, S.SUBMITTED)

    with pytest.raises(NotPossible, match="Ghi số, ký hiệu"):
        sign(world, report, number=" ")
    with pytest.raises(NotPermitted):
        sign_report(report=report, number="1", signed_on=DAY, actor=world.specialist, on=DAY)

    assert (report.frozen_at, FrozenFigure.objects.count()) == (None, 0)


def test_a_later_change_of_a_record_does_not_move_a_frozen_figure(world):
    report = make_report(world, S.SIGNED)
    save(world.titles[1], granted_on=date(2021, 9, 15), title="Đổi tên")

    frozen = line_of(lines_of(PeriodReport.objects.get()))

    assert frozen.value == frozen.records.count() == 2
    assert "Đổi tên" not in {record.title for record in frozen.records}
    assert line_of(report_lines("nine-month", 2021, office=world.office)).value == 1
    assert report.frozen_at is not None


def test_what_moved_since_the_freeze_is_told_record_by_record(world):
    report = make_report(world, S.SIGNED)
    assert since_freeze(report) == []
    save(world.titles[1], granted_on=date(2021, 9, 15))
    save(world.titles[0], withdrawn_on=DAY)
    save(world.titles[2], granted_on=date(2021, 9, 14))

    (moved,) = since_freeze(report)

    assert (moved.before, moved.after, moved.line.indicator) == (2, 1, TITLES)
    assert [record.code for record in moved.added] == [world.titles[2].code]
    assert {record.code for record in moved.removed} == {title.code for title in world.titles[:2]}


def test_an_exchange_of_records_is_a_difference_though_the_value_stays(world):
    report = make_report(world, S.SIGNED)
    save(world.titles[1], granted_on=date(2021, 9, 15))
    save(world.titles[2], granted_on=date(2021, 9, 14))

    (moved,) = since_freeze(report)

    assert (moved.before, moved.after, moved.added_count, moved.removed_count) == (2, 2, 1, 1)


def test_a_report_not_frozen_has_no_differences(world):
    assert since_freeze(make_report(world)) == []


def change_everything(world):
    save(world.titles[0], title="Khác", withdrawn_on=DAY)
    holder = world.titles[1].holders.get()
    with recording(actor=None, verb="remove", label="bỏ"):
        holder.remove()
    save(Target(office=world.office, indicator=TITLES, period_kind="nine-month", year=2021, value=9, source="KH"))
    replace_rule(
        rule=Rule.objects.get(key="report.period.nine-month"),
        value={"from": [0, 1, 1], "to": [0, 9, 30]},
        valid_from=date(2020, 1, 1),
        legal_basis="QĐ mẫu",
        confidence="verified",
        actor=make_user(Role.ADMINISTRATOR),
        why="đổi kỳ",
    )


def test_run_again_as_of_the_instant_of_the_freeze_a_report_gives_the_frozen_figures(world):
    report = make_report(world, S.SIGNED)
    change_everything(world)

    again = report_lines("nine-month", 2021, office=world.office, as_of=report.frozen_at, period=report.period)

    assert [row for row in differences(lines_of(report), again) if row.moved] == []
    told = ("indicator", "value", "target", "estimate", "year_before")
    assert [[*(getattr(line, name) for name in told), list(line.records)] for line in again] == [
        [*(getattr(line, name) for name in told), list(line.records)] for line in lines_of(report)
    ]


def test_the_same_period_of_the_year_before_stands_beside_the_figure(world):
    save(world.titles[0], granted_on=date(2020, 9, 14))

    line = line_of(report_lines("nine-month", 2021, office=world.office))

    assert (line.value, line.year_before) == (1, 1)


def test_a_plan_stands_beside_the_figure_only_where_someone_set_one(world):
    save(Target(office=world.office, indicator=TITLES, period_kind="nine-month", year=2021, value=4, source="KH"))

    lines = report_lines("nine-month", 2021, office=world.office)

    assert line_of(lines).target == 4
    assert {line.target for line in lines if line.indicator != TITLES} == {None}


def test_a_confidential_record_is_counted_but_named_to_nobody_who_may_not_see_it(world):
    report = make_report(world, S.SIGNED)
    save(world.titles[2], granted_on=date(2021, 9, 14), confidentiality=Confidentiality.CONFIDENTIAL)
    (moved,) = since_freeze(report)

    seen = [visible_difference(moved, who) for who in (world.specialist, world.director)]

    assert [(row.after, row.added_count, len(list(row.added))) for row in seen] == [(3, 1, 0), (3, 1, 1)]


def test_differences_are_released_by_a_director(world):
    report = make_report(world, S.SIGNED)

    with pytest.raises(NotPermitted):
        release_report_differences(report=report, actor=world.specialist, on=DAY)
    release_report_differences(report=report, actor=world.director, on=DAY + timedelta(days=1))

    assert PeriodReport.objects.get().released_on == date(2021, 9, 17)


def test_a_report_costs_the_same_however_many_records_it_counts(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as few:
        report_lines("nine-month", 2021, office=world.office)
    for number in range(10):
        row = ProtectionTitle(
            office=world.office, title=f"T{number}", kind="mark", state="filed", title_number=f"n{number}"
        )
        save(row)

    with django_assert_max_num_queries(len(few)):
        lines = report_lines("nine-month", 2021, office=world.office)

    assert line_of(lines).value == 2


@pytest.mark.parametrize(
    ("signed_on", "words"),
    [(date(1950, 1, 1), "trước ngày cuối kỳ báo cáo"), (date(2099, 1, 1), "chưa đến")],
)
def test_a_report_is_signed_after_its_period_and_not_in_the_future(world, signed_on, words):
    report = make_report(world, S.SUBMITTED)

    with pytest.raises(NotPossible, match=words):
        sign_report(report=report, number="1/BC", signed_on=signed_on, actor=world.director, on=DAY)


def test_drafting_again_leads_to_the_report_that_stands_unsigned(world):
    first, second = make_report(world), make_report(world)
    submit_report(report=first, actor=world.specialist, on=DAY)
    third = make_report(world)
    sign(world, PeriodReport.objects.get())

    assert (second, third) == (first, first)
    assert make_report(world) != first
