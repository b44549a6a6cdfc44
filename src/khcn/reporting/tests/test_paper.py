from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.documents.model import Appendix, Table
from khcn.kernel.records.recording import recording
from khcn.policies.models import LegalDocument, Programme
from khcn.reporting.outlines import outline
from khcn.reporting.paper import paper_sections, record_lists
from khcn.reporting.presenting import list_tables, section_pieces
from khcn.reporting.selectors import lines_of
from khcn.reporting.services.printing import report_document
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import make_report
from khcn.reporting.wording import roman

pytestmark = pytest.mark.django_db
DOCUMENTS = "Danh mục văn bản, chương trình, kế hoạch, đề án đã tham mưu ban hành"


def issued(model, world, title, day, **values):
    row = model(office=world.office, title=title, number=f"{title}/2021", issued_on=day, state="issued", **values)
    with recording(actor=None, verb="import", label="nhập", imported=True):
        row.save()
    return row


@pytest.fixture
def documents(world):
    return [
        issued(Programme, world, "Kế hoạch A", date(2021, 5, 2), kind="plan"),
        issued(LegalDocument, world, "Quyết định B", date(2021, 3, 1), kind="committee_decision"),
        issued(
            Programme, world, "Đề án C", date(2021, 4, 1), kind="scheme", confidentiality=Confidentiality.CONFIDENTIAL
        ),
    ]


@pytest.mark.parametrize(("number", "said"), [(1, "I"), (4, "IV"), (9, "IX"), (13, "XIII"), (19, "XIX")])
def test_parts_are_numbered_as_romans_did(number, said):
    assert roman(number) == said


@pytest.mark.parametrize(("year", "stands"), [(2021, False), (2024, False), (2025, True), (2026, True)])
def test_a_section_stands_from_its_year_on(year, stands):
    headings = [section.heading for section in outline("nine-month").sections_of(year)]

    assert ("Chuyển đổi số, bưu chính, viễn thông" in headings) is stands


def test_a_draft_shows_every_section_so_that_it_can_be_filled(world):
    report = make_report(world)

    assert len(paper_sections(report)) == report.sections.count()


def test_a_signed_paper_leaves_out_what_stayed_empty_and_numbers_the_rest(world):
    report = make_report(world, S.SIGNED)

    said = [(section.number, section.row.heading, section.has_parts) for section in paper_sections(report)]

    assert said == [
        ("I", "Tình hình chung và công tác chỉ đạo", False),
        ("II", "Kết quả thực hiện", True),
        ("1", "Tham mưu quản lý nhà nước", False),
        ("2", "Quản lý công nghệ, doanh nghiệp và thị trường khoa học và công nghệ", False),
        ("3", "Sở hữu trí tuệ", False),
    ]


def test_the_list_of_documents_holds_the_records_behind_its_figures_by_day(world, documents):
    report = make_report(world)

    found = next(one for one in record_lists(report, lines_of(report), None) if one.title == DOCUMENTS)

    assert [row.title for row, _ in found.rows] == ["Quyết định B", "Kế hoạch A"]
    assert found.rows[0][1] == ("Quyết định B/2021", "1/3/2021", "Quyết định B")
    assert (found.unnamed, [heading for _, heading in found.columns][:2]) == (1, ["Số, ký hiệu", "Ngày ban hành"])


def test_a_list_of_a_signed_report_shows_its_records_as_they_were(world, documents):
    report = make_report(world, S.SIGNED)
    documents[0].title = "Kế hoạch đổi tên"
    with recording(actor=None, verb="edit", label="sửa"):
        documents[0].save()

    found = record_lists(report, lines_of(report), report.frozen_at)

    assert [row.title for row, _ in found[0].rows] == ["Quyết định B", "Kế hoạch A"]


def test_the_paper_carries_the_list_as_an_annex_and_names_nothing_confidential(world, documents):
    report = make_report(world, S.SIGNED)

    annexes = report_document(report, produced_at=report.frozen_at, address="https://e.example").appendices

    assert [(annex.label, annex.title) for annex in annexes] == [
        ("Phụ lục I", "Chỉ số 9 tháng đầu năm 2021"),
        ("Phụ lục II", DOCUMENTS),
    ]
    assert "Đề án C" not in str(annexes)
    assert isinstance(annexes[1], Appendix)
    assert len(next(block for block in annexes[1].blocks if isinstance(block, Table)).rows) == 2


def test_the_page_counts_what_its_reader_may_not_see(world, documents):
    report = make_report(world)

    (found,) = list_tables(report, lines_of(report), None, world.stranger)

    assert (found["rows"], found["unnamed"]) == ([], 3)


def test_a_full_stop_stays_with_the_figure_before_it(world):
    report = make_report(world)
    section = report.sections.get(heading="Sở hữu trí tuệ")
    section.text = "Được cấp {ip.titles_granted}. Còn lại."

    ((_, figure, rest),) = section_pieces(report, section, {line.indicator: line for line in lines_of(report)})

    assert (figure["figure"]["after"], rest["text"]) == (".", " Còn lại.")
