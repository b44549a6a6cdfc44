from __future__ import annotations

import io
from datetime import UTC, date, datetime

import docx
import pytest
from django.urls import reverse

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.indicators.models import Target
from khcn.kernel.pages.paper_styles import PaperStyle, in_style
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_user
from khcn.reporting.comparing import Reading, compared
from khcn.reporting.designs import design_in_force, design_worked_on, outline_of, outline_on
from khcn.reporting.models import PeriodReport, ReportDesign
from khcn.reporting.outlines import outline
from khcn.reporting.outlines.editing import PART, DesignFault, with_general, with_section, with_table
from khcn.reporting.selectors import lines_of
from khcn.reporting.services.designing import (
    adopt_design,
    begin_design,
    change_design,
    drop_design,
    return_to_shipped,
)
from khcn.reporting.services.drafting import draft_report, submit_report
from khcn.reporting.services.printing import report_document
from khcn.reporting.tests.factories import DAY, TITLES, make_report, sign

pytestmark = pytest.mark.django_db
START = date(2021, 1, 1)
MARKS = "ip.marks_abroad_under_way"
TABLE = {
    "title": "Sở hữu trí tuệ qua các năm",
    "indicators": [MARKS, TITLES],
    "columns": ["target", "value", "percent"],
}


@pytest.fixture
def head(world):
    return make_user(Role.DIVISION_HEAD, username="truongphong")


def begun(world, head, kind="nine-month"):
    return begin_design(office=world.office, kind=kind, actor=head, on=DAY)


def changed(design, head, change):
    return change_design(design=design, change=change, label="sửa mẫu", actor=head, on=DAY)


def adopted(world, head, change=None, valid_from=START, kind="nine-month"):
    design = begun(world, head, kind)
    design = changed(design, head, change or (lambda content: with_table(content, section="ip", **TABLE)))
    return adopt_design(design=design, valid_from=valid_from, reason="UBND tỉnh yêu cầu", actor=head, on=DAY)


def words_of(report, style=PaperStyle.DECREE30):
    made = report_document(report, produced_at=datetime(2021, 9, 16, tzinfo=UTC), address="https://khcn.example")
    document = in_style(made, style, office=report.office, on=DAY)
    assert to_pdf(document).startswith(b"%PDF")
    paper = docx.Document(io.BytesIO(to_docx(document)))
    cells = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    return "\n".join(paragraph.text for paragraph in paper.paragraphs), cells


@pytest.mark.parametrize("style", PaperStyle)
def test_a_designed_table_stands_in_the_paper_of_both_styles(world, head, style):
    with recording(actor=None, verb="plan", label="kế hoạch"):
        Target(office=world.office, indicator=TITLES, period_kind="nine-month", year=2021, value=4, source="KH").save()
    adopted(world, head)

    words, cells = words_of(make_report(world), style)

    assert TABLE["title"] in words
    assert next(cell for cell in cells if cell[0] == "TT")[3:] == ["Kế hoạch", "Thực hiện", "Đạt (%)"]
    line = next(cell for cell in cells if cell[1].startswith("Văn bằng bảo hộ"))
    assert (line[0], line[3:]) == ("2", ["4", "2", "50 %"])


def test_a_report_under_way_keeps_its_outline_and_a_new_one_takes_the_newest(world, head):
    old = make_report(world)
    design = adopted(world, head)
    new = draft_report(office=world.office, kind="nine-month", year=2022, actor=world.specialist, on=DAY)

    assert (old.design, new.design) == (None, design)
    assert not any(row.tables for row in old.sections.all())
    assert [row.tables[0]["title"] for row in new.sections.all() if row.tables] == [TABLE["title"]]
    assert outline_of(PeriodReport.objects.get(pk=old.pk)) == outline("nine-month")


def test_a_signed_report_is_not_touched_by_a_later_design(world, head):
    adopted(world, head)
    report = make_report(world)
    submit_report(report=report, actor=world.specialist, on=DAY)
    sign(world, report)
    before = words_of(report)
    adopted(world, head, lambda content: with_general(content, title="Khác", indicators=[TITLES], lists=()))
    return_to_shipped(office=world.office, kind="nine-month", valid_from=START, reason="thử xong", actor=head, on=DAY)

    assert words_of(PeriodReport.objects.get(pk=report.pk)) == before


def test_a_design_serves_the_periods_that_end_on_its_day_or_later(world, head):
    design = adopted(world, head, valid_from=date(2022, 1, 1))

    assert design_in_force(world.office, "nine-month", date(2021, 12, 31)) is None
    assert design_in_force(world.office, "nine-month", date(2022, 1, 1)) == design
    assert design_in_force(world.office, "year", date(2022, 1, 1)) is None
    assert design_in_force(world.stranger.office, "nine-month", date(2022, 1, 1)) is None


def test_of_two_designs_from_the_same_day_the_later_adopted_serves(world, head):
    adopted(world, head)
    second = adopted(world, head, lambda content: content | {"title": "Mới"})

    assert outline_on(world.office, "nine-month", DAY).title == "Mới"
    assert design_in_force(world.office, "nine-month", DAY) == second


def test_the_office_returns_to_the_shipped_outline_and_history_keeps_both(world, head):
    adopted(world, head)

    return_to_shipped(
        office=world.office, kind="nine-month", valid_from=date(2021, 7, 1), reason="bỏ", actor=head, on=DAY
    )

    assert outline_on(world.office, "nine-month", DAY) == outline("nine-month")
    assert outline_on(world.office, "nine-month", date(2021, 6, 30)) != outline("nine-month")
    assert [row.reason for row in ReportDesign.objects.all()] == ["UBND tỉnh yêu cầu", "bỏ"]


def test_each_change_of_a_design_stays_in_history(world, head):
    design = begun(world, head)
    changed(design, head, lambda content: content | {"title": "Một"})
    adopt_design(design=design, valid_from=START, reason="vì thế", actor=head, on=DAY)

    versions = ReportDesign.Version._base_manager.filter(id=design.pk).order_by("recorded_from")

    assert [row.change.verb for row in versions] == ["begin-design", "change-design", "adopt-design"]
    assert [row.content["title"] == "Một" for row in versions] == [False, True, True]
    assert versions.last().change.why == "vì thế"


def test_two_who_begin_at_once_work_on_one_design(world, head):
    assert begun(world, head) == begun(world, world.director)
    assert ReportDesign.objects.count() == 1


def test_two_who_change_one_design_lose_nothing(world, head):
    mine, theirs = begun(world, head), ReportDesign.objects.get()
    changed(theirs, world.director, lambda content: with_section(content, key="general", heading="Của người khác"))
    changed(mine, head, lambda content: with_section(content, key="results", heading="Của tôi"))

    headings = [row["heading"] for row in ReportDesign.objects.get().content["sections"][:2]]
    assert headings == ["Của người khác", "Của tôi"]


def test_a_design_adopted_or_dropped_is_changed_no_more(world, head):
    design = begun(world, head)
    stale = ReportDesign.objects.get()
    drop_design(design=design, actor=head, on=DAY)

    for act in (
        lambda: changed(stale, head, lambda content: content | {"title": "x"}),
        lambda: adopt_design(design=stale, valid_from=START, reason="x", actor=head, on=DAY),
        lambda: drop_design(design=stale, actor=head, on=DAY),
    ):
        with pytest.raises(DesignFault, match="không còn đang sửa"):
            act()
    assert design_worked_on(world.office, "nine-month") is None


def test_a_design_with_faults_or_without_a_reason_is_not_adopted(world, head):
    design = changed(begun(world, head), head, lambda content: content | {"title": "Báo cáo {khong_co}"})

    with pytest.raises(DesignFault, match=r"\{khong_co\}"):
        adopt_design(design=design, valid_from=START, reason="x", actor=head, on=DAY)
    with pytest.raises(DesignFault, match="Ghi lý do"):
        adopt_design(design=design, valid_from=START, reason=" ", actor=head, on=DAY)
    assert ReportDesign.objects.get().adopted_on is None


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("specialist", False),  # fills reports in
        ("clerk", False),
        ("director", True),  # answers for them
        ("leader", False),  # reads them
        ("agency", False),
        ("stranger", False),  # a director elsewhere
    ],
)
def test_who_designs(world, head, who, may):
    design, actor = begun(world, head), getattr(world, who)
    acts = [
        lambda: changed(design, actor, lambda content: content | {"title": "x"}),
        lambda: drop_design(design=design, actor=actor, on=DAY),
    ]
    for act in acts:
        if may:
            act()
        else:
            with pytest.raises(NotPermitted):
                act()


def test_a_comparison_follows_the_outline_of_the_office(world, head):
    adopted(world, head, lambda content: with_general(content, title="T", indicators=[MARKS, TITLES], lists=()))
    report = make_report(world)
    reading = Reading(report.period)

    rows = compared(reading, reading, office=world.office)

    assert [row.indicator.code for row in rows] == [MARKS, TITLES]
    assert [line.indicator for line in lines_of(report)] == [MARKS, TITLES]


def test_a_table_counts_although_its_section_has_no_words(world, head):
    adopted(world, head, lambda content: with_table(content, section="innovation", **TABLE))
    report = make_report(world)
    submit_report(report=report, actor=world.specialist, on=DAY)
    sign(world, report)

    words, _ = words_of(report)

    assert "Đổi mới sáng tạo" in words
    assert "Chưa có nội dung." not in words


# Pages


def url(name, *more, kind="nine-month"):
    return reverse(f"reporting:{name}", args=[kind, *more])


def test_the_pages_lead_from_the_shipped_outline_to_an_adopted_one(world, head, client):
    client.force_login(head)
    assert "Mẫu của hệ thống" in client.get(reverse("reporting:designs")).text

    client.post(url("design-begin"))
    form = {"title": "Bảng của Sở", "section": "ip", "columns": ["value", "target"], f"cho-{TITLES}": "2"}
    table = client.post(url("design-add-table"), form | {f"cho-{MARKS}": "1"})
    section = client.post(
        url("design-add-section"),
        {"after": "ip", "number": PART, "heading": "Phần mới", "text": "Có {ip.titles_granted}."},
    )
    tried = client.get(url("design-tried"), {"part": "nine-month", "year": "2021"})
    adoption = client.post(url("design-adopt"), {"valid_from": "1/1/2021", "reason": "Theo yêu cầu của tỉnh"})

    assert [answer.status_code for answer in (table, section, tried, adoption)] == [302, 302, 200, 302]
    assert "Bảng của Sở" in tried.text
    assert "Phần mới" in tried.text
    found = design_in_force(world.office, "nine-month", DAY)
    made = next(row for row in found.content["sections"] if row["key"] == "ip")["tables"][0]
    assert (made["indicators"], made["columns"]) == ([MARKS, TITLES], ["target", "value"])
    page = client.get(url("design"))
    assert "Theo yêu cầu của tỉnh" in page.text
    report = make_report(world)
    assert "Bảng của Sở" in client.get(reverse("reporting:report", args=[report.code])).text


def test_sections_and_tables_are_moved_and_taken_out_by_buttons(world, head, client):
    client.force_login(head)
    design = changed(begun(world, head), head, lambda content: with_table(content, section="ip", **TABLE))

    for key, act in (("ip", "len"), ("t1", "xuong"), ("units", "bo"), ("results", "bo"), ("khong-co", "len")):
        client.post(url("design-act"), {"muc": key, "viec": act})

    keys = [row["key"] for row in ReportDesign.objects.get(pk=design.pk).content["sections"]]
    assert keys.index("ip") + 1 == keys.index("innovation")
    assert "units" not in keys
    assert "results" in keys
    assert "còn 12 mục bên dưới" in client.get(url("design")).text


@pytest.mark.parametrize(
    ("name", "form", "fault"),
    [
        ("design-add-table", {"title": "B", "section": "ip", "columns": ["value"]}, "chưa có chỉ số nào"),
        ("design-add-table", {"title": "B", "section": "ip", f"cho-{TITLES}": "1"}, "bắt buộc"),
        ("design-add-section", {"after": "ip", "number": "1", "heading": "{x}", "text": ""}, "{x}"),
        ("design-add-section", {"after": "ip", "number": "1", "heading": "A", "text": "{ip.khong}"}, "{ip.khong}"),
        ("design-general", {"title": "{ten}"}, "{ten}"),
        ("design-adopt", {"valid_from": "hôm kia kìa", "reason": "x"}, "hôm kia kìa"),
        ("design-adopt", {"valid_from": "1/1/2021", "reason": ""}, "bắt buộc"),
    ],
)
def test_a_form_that_says_too_little_or_nonsense_is_told(world, client, name, form, fault):
    client.force_login(world.director)
    begun(world, world.director)

    answer = client.post(url(name), form)

    assert answer.status_code == 422
    assert fault in answer.text


def test_titles_and_annexes_are_chosen(world, head, client):
    client.force_login(head)
    begun(world, head)
    shipped = outline("nine-month").lists

    client.post(url("design-general"), {"title": "Báo cáo {this}", f"cho-{TITLES}": "1", "lists": []})
    without_lists = ReportDesign.objects.get().content
    client.post(url("design-general"), {"title": "Báo cáo {this}", f"cho-{TITLES}": "1", "lists": [shipped[1].title]})

    assert (without_lists["title"], without_lists["indicators"], without_lists["lists"]) == (
        "Báo cáo {this}",
        [TITLES],
        [],
    )
    assert [row["title"] for row in ReportDesign.objects.get().content["lists"]] == [shipped[1].title]


@pytest.mark.parametrize(("who", "status"), [("specialist", 200), ("director", 200), ("leader", 403), ("agency", 403)])
def test_staff_read_the_outlines_and_see_no_design_that_is_not_adopted(world, head, client, who, status):
    changed(begun(world, head), head, lambda content: content | {"title": "Tên chưa áp dụng"})
    client.force_login(getattr(world, who))

    answers = [client.get(one) for one in (reverse("reporting:designs"), url("design"), url("design-tried"))]

    assert [answer.status_code for answer in answers] == [status] * 3
    assert ("Tên chưa áp dụng" in answers[1].text) is (who == "director")


def test_without_a_design_under_way_the_pages_lead_back(world, head, client):
    client.force_login(head)

    answers = [
        client.get(url("design-add-table")),
        client.get(url("design-section", "ip")),
        client.post(url("design-drop")),
    ]

    assert [answer.url for answer in answers] == [url("design")] * 3
    assert client.get(url("design", kind="week")).status_code == 404
    assert client.get(url("design-tried"), {"year": "nam"}).status_code == 422


def test_a_past_design_is_read_again_and_the_shipped_outline_is_returned_to(world, head, client):
    client.force_login(head)
    design = adopted(world, head, lambda content: content | {"title": "Tên của bản cũ"})
    client.post(url("design-shipped"), {"valid_from": "1/1/2021", "reason": "Thôi dùng"})

    assert "Tên của bản cũ" not in client.get(url("design")).text
    assert "Tên của bản cũ" in client.get(url("design"), {"ban": design.pk}).text


def test_the_pages_ask_little_however_much_was_designed(world, head, client, django_assert_max_num_queries):
    client.force_login(head)
    for number in range(4):
        adopted(
            world, head, lambda content, number=number: with_section(content, number="1", heading=str(number), text="")
        )
    begun(world, head)
    report = make_report(world)
    pages = [reverse("reporting:designs"), url("design"), url("design-tried"), url("design-add-table")]

    for page in [*pages, reverse("reporting:report", args=[report.code])]:
        with django_assert_max_num_queries(20):
            assert client.get(page).status_code == 200
