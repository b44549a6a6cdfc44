from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

import docx
import pytest
from django.urls import reverse

from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.indicators.models import Target
from khcn.kernel.indicators.periods import KINDS, Period, UnknownPeriod
from khcn.kernel.indicators.registry import indicators
from khcn.kernel.records.recording import recording
from khcn.reporting import commands
from khcn.reporting.models import PeriodReport
from khcn.reporting.outlines import UnknownOutline, kinds, outline, outline_from
from khcn.reporting.selectors import lines_of, report_lines
from khcn.reporting.services.drafting import draft_report, submit_report
from khcn.reporting.services.printing import report_document
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import DAY, TITLES, make_world, sign

pytestmark = pytest.mark.django_db
EVERY_KIND = [("month", 9), ("quarter", 3), ("six-month", 0), ("nine-month", 0), ("year", 0), ("statistics-year", 0)]
# Titles of the world were granted on 15/12/2020, 14/9/2021 and 15/9/2021.
GRANTED = [("month", 9, 1), ("month", 10, 1), ("quarter", 3, 1), ("quarter", 4, 1), ("six-month", 0, 1)]
GRANTED += [("nine-month", 0, 2), ("year", 0, 3), ("statistics-year", 0, 2)]
TITLES_OF_REPORTS = {
    "month": "Kết quả thực hiện nhiệm vụ tháng 9 năm 2021; nhiệm vụ trọng tâm tháng 10 năm 2021",
    "quarter": "Kết quả thực hiện nhiệm vụ quý III năm 2021; phương hướng, nhiệm vụ quý IV năm 2021",
    "six-month": "Kết quả thực hiện nhiệm vụ 6 tháng đầu năm 2021; phương hướng, nhiệm vụ 6 tháng cuối năm 2021",
    "nine-month": "Kết quả thực hiện nhiệm vụ 9 tháng đầu năm 2021; phương hướng, nhiệm vụ quý IV năm 2021",
    "year": "Kết quả thực hiện nhiệm vụ năm 2021; phương hướng, nhiệm vụ năm 2022",
    "statistics-year": "Thống kê khoa học và công nghệ năm 2021",
}


def drafted(world, kind, part):
    return draft_report(office=world.office, kind=kind, year=2021, part=part, actor=world.specialist, on=DAY)


def titles_in(world, kind, part):
    lines = report_lines(kind, 2021, office=world.office, part=part)
    return next(line for line in lines if line.indicator == TITLES)


def test_every_kind_of_period_has_an_outline_and_all_take_the_same_indicators():
    assert kinds() == list(KINDS)
    assert {outline(kind).indicators for kind in kinds()} == {outline("nine-month").indicators}
    assert set(outline("year").indicators) <= {found.code for found in indicators()}


@pytest.mark.parametrize("kind", KINDS)
def test_parts_and_sections_are_numbered_without_gap(kind):
    sections = outline(kind).sections
    parts = [section.number for section in sections if section.number.isalpha()]

    assert parts == ["I", "II", "III", "IV", "V"][: len(parts)]
    assert sections[0].number == "I"
    assert all(section.heading and "{" not in section.heading.replace("{next}", "") for section in sections)


def test_a_kind_leaves_out_shared_sections_and_says_others_otherwise():
    shared = {
        "confidence": "unchecked",
        "indicators": [TITLES],
        "sections": [
            {"key": key, "number": number, "heading": key, "text": ""}
            for key, number in (("a", "I"), ("b", "1"), ("c", "2"), ("d", "II"))
        ],
    }

    found = outline_from("x", {"title": "T", "without": ["b"], "instead": {"d": {"heading": "khác"}}}, shared)

    assert [(one.number, one.heading) for one in found.sections] == [("I", "a"), ("1", "c"), ("II", "khác")]


@pytest.mark.parametrize(("kind", "part", "value"), GRANTED)
def test_every_kind_counts_the_records_of_its_own_days(world, kind, part, value):
    line = titles_in(world, kind, part)

    assert (line.value, line.records.count()) == (value, value)


@pytest.mark.parametrize(("kind", "part"), EVERY_KIND)
def test_a_report_of_every_kind_has_its_title_days_and_paper(world, kind, part):
    report = drafted(world, kind, part)

    made = report_document(report, produced_at=report_time(), address="https://khcn.example")
    words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(to_docx(made))).paragraphs)

    assert report.title == TITLES_OF_REPORTS[kind]
    assert f"chỉ số {report.period.label}".lower() in words.lower()
    assert report.period.days in words
    assert "{" not in words
    assert to_pdf(made).startswith(b"%PDF")


def report_time():
    return datetime(2021, 9, 16, tzinfo=UTC)


def test_each_month_is_a_report_of_its_own_with_its_own_plan(world):
    september, october = drafted(world, "month", 9), drafted(world, "month", 10)
    with recording(actor=None, verb="plan", label="kế hoạch"):
        Target(office=world.office, indicator=TITLES, period_kind="month-9", year=2021, value=7, source="KH mẫu").save()

    plans = [next(line for line in lines_of(one) if line.indicator == TITLES).target for one in (september, october)]

    assert september != october
    assert drafted(world, "month", 9) == september
    assert plans == [7, None]


@pytest.mark.parametrize(("kind", "part"), [("month", 8), ("quarter", 3), ("six-month", 0)])
def test_what_a_signed_report_says_does_not_move(world, kind, part):
    report = drafted(world, kind, part)
    submit_report(report=report, actor=world.specialist, on=DAY)
    sign(world, report)
    before = [(line.indicator, line.value, list(line.records)) for line in lines_of(report)]
    for title in world.titles:
        title.granted_on = report.period_first
        with recording(actor=None, verb="edit", label="sửa"):
            title.save()

    after = lines_of(PeriodReport.objects.get())
    assert [(line.indicator, line.value, list(line.records)) for line in after] == before
    assert titles_in(world, kind, part).value == 3


@pytest.mark.parametrize(("kind", "part"), [("month", 0), ("month", 13), ("year", 1)])
def test_a_period_that_does_not_exist_is_not_drafted(world, kind, part):
    with pytest.raises(UnknownPeriod):
        drafted(world, kind, part)


def test_a_kind_without_outline_is_told_with_those_that_have_one():
    with pytest.raises(UnknownOutline, match="month, quarter, six-month, nine-month, year, statistics-year"):
        outline("week")


def test_the_page_offers_every_period_and_drafts_the_quarter_that_was_chosen(world, client):
    client.force_login(world.specialist)
    page = client.get(reverse("reporting:index"))

    client.post(reverse("reporting:draft"), {"kind": "quarter-3", "year": 2021})

    assert all(f'value="{key}"' in page.text for key in ("month-12", "quarter-4", "year", "statistics-year"))
    report = PeriodReport.objects.get()
    assert (report.kind, report.period_part, report.state) == ("quarter", 3, S.DRAFT)
    assert report.period_first == date(2021, 6, 15)


def asked(capsys, command, *words):
    status = command(list(words))
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.mark.parametrize(("kind", "part", "value"), GRANTED)
def test_the_command_gives_the_figures_of_every_kind(world, capsys, kind, part, value):
    said = {"month": ["--month", str(part)], "quarter": ["--quarter", str(part)]}.get(kind, [])

    status, out, _ = asked(capsys, commands.figures, kind, "--year", "2021", *said, "--json")

    assert status == 0
    assert next(row for row in json.loads(out) if row["code"] == TITLES)["value"] == value


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["month", "--year", "2021"], "cần «--month»"),
        (["month", "--year", "2021", "--month", "13"], "từ 1 đến 12"),
        (["year", "--year", "2021", "--quarter", "2"], "chỉ dùng với báo cáo «quarter»"),
        (["week", "--year", "2021"], "Chưa có đề cương"),
    ],
)
@pytest.mark.parametrize("command", [commands.figures, commands.make])
def test_a_period_misspelt_on_the_command_line_is_told(capsys, tmp_path, command, words, fault):
    make_world()
    out = ["--out", str(tmp_path)] if command is commands.make else []

    status, _, err = asked(capsys, command, *words, *out)

    assert status == 1
    assert fault in err


def test_the_command_makes_the_paper_of_a_month(world, capsys, tmp_path):
    report = drafted(world, "month", 9)

    status, out, _ = asked(capsys, commands.make, "month", "--year", "2021", "--month", "9", "--out", str(tmp_path))

    assert status == 0
    assert [line.rsplit("/", 1)[1] for line in out.split()] == [f"{report.code}.docx", f"{report.code}.pdf"]


def test_statistics_use_the_calendar_year_and_say_so():
    period = Period("statistics-year", 2021, date(2021, 1, 1), date(2021, 12, 31))

    assert "năm dương lịch" in period.label
    assert "{days}" in outline("statistics-year").sections[0].text
