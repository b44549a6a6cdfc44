from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

import docx
import pypdfium2
import pytest

from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.model import Link, Text
from khcn.kernel.documents.pdf import to_pdf
from khcn.reporting import commands
from khcn.reporting.paper import paper_sections
from khcn.reporting.selectors import lines_of
from khcn.reporting.services.drafting import edit_section
from khcn.reporting.services.printing import EMPTY_SECTION, figure_runs, report_document
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import DAY, TITLES, make_report, sign

pytestmark = pytest.mark.django_db
ADDRESS = "https://khcn.example"


def printed(report):
    return report_document(report, produced_at=datetime(2021, 9, 16, tzinfo=UTC), address=ADDRESS)


def link_to(report):
    return f"{ADDRESS}/bao-cao/{report.code}/so-lieu/{TITLES}/"


def test_a_figure_in_the_text_becomes_a_link_with_its_unit(world):
    report = make_report(world)
    by_code = {line.indicator: line for line in lines_of(report)}

    runs = figure_runs(report, "Có {ip.titles_granted} {days}, {khong.co}.", by_code, ADDRESS)

    assert runs == (
        Text("Có "),
        Link("2 văn bằng", link_to(report)),
        Text(" "),
        Text("từ 15/12/2020 đến 14/9/2021"),
        Text(", "),
        Text("… (chưa có số liệu)", italic=True),
        Text("."),
    )


def test_the_word_file_holds_the_figures_and_their_links(world):
    report = make_report(world, S.SIGNED)

    document = docx.Document(io.BytesIO(to_docx(printed(report))))

    assert link_to(report) in {part.target_ref for part in document.part.rels.values() if part.is_external}
    assert any("được cấp 2 văn bằng" in paragraph.text for paragraph in document.paragraphs)
    assert any("2" in cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_the_pdf_holds_the_figures(world):
    content = to_pdf(printed(make_report(world, S.SIGNED)))

    with pypdfium2.PdfDocument(content) as pdf:
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())

    assert "2 văn bằng" in text
    assert "14/9/2021" in text


def test_an_unsigned_report_is_marked_as_a_draft_without_number_and_day(world):
    document = printed(make_report(world))

    assert (document.draft_mark, document.number, document.dated_on, document.year) == (True, None, None, 2021)


def test_a_draft_says_which_sections_are_empty_a_signed_report_leaves_them_out(world):
    draft = make_report(world)
    empty = draft.sections.filter(text="").count()
    told = [block for block in printed(draft).body if block == EMPTY_SECTION]
    parts = sum(section.has_parts and not section.row.text for section in paper_sections(draft))

    assert len(told) == empty - parts > 0
    assert EMPTY_SECTION not in printed(make_report(world, S.SIGNED)).body


def test_a_draft_of_an_earlier_year_bears_the_year_in_which_it_is_printed(world):
    document = report_document(make_report(world), produced_at=datetime(2022, 1, 4, tzinfo=UTC), address=ADDRESS)

    assert (document.year, document.dated_on) == (2022, None)


def test_the_paper_goes_to_the_agency_above_which_it_names(world):
    report = make_report(world)

    assert printed(report).recipients == (f"{report.office.parent_name} (báo cáo);", "Lưu: VT.")


def test_a_report_signed_in_the_next_year_bears_the_day_of_its_signature(world):
    report = sign(world, make_report(world, S.SUBMITTED), number="5/BC-SKHCN", signed_on=date(2022, 1, 4))

    document = printed(report)

    assert (document.number, document.dated_on, document.year) == (5, date(2022, 1, 4), 2022)


def test_the_note_tells_the_instant_of_the_freeze_by_the_clock_on_the_wall(world):
    report = make_report(world, S.SIGNED)
    report.frozen_at = datetime(2021, 9, 14, 16, 30, tzinfo=UTC)

    note = printed(report).appendices[0].blocks[-1]

    assert "chốt lúc 14/09/2021 23:30" in str(note)
    assert "chưa đối chiếu văn bản" in str(note)


def asked(capsys, command, *arguments):
    status = command(list(arguments))
    return status, *capsys.readouterr()


def test_the_command_gives_figures_as_json_with_their_records(world, capsys):
    status, out, _ = asked(capsys, commands.figures, "nine-month", "--year", "2021", "--json")

    rows = {row["code"]: row for row in json.loads(out)}
    row = rows[TITLES]
    assert status == 0
    assert set(row) == {"code", "label", "unit", "kind", "measure", "value", "records"}
    assert (row["kind"], row["measure"], row["value"], row["unit"]) == ("counted", "count", 2, "văn bằng")
    assert {record["code"] for record in row["records"]} == {title.code for title in world.titles[:2]}
    assert set(row["records"][0]) == {"register", "code", "title"}


@pytest.mark.parametrize(("as_of", "value"), [("2021-01-01", 0), ("2100-01-01T00:00:00+07:00", 2)])
def test_the_command_reads_figures_as_of_an_instant(world, capsys, as_of, value):
    _, out, _ = asked(capsys, commands.figures, "nine-month", "--year", "2021", "--as-of", as_of, "--json")

    assert [row["value"] for row in json.loads(out) if row["code"] == TITLES] == [value]


def test_the_command_gives_figures_as_lines_too(world, capsys):
    _, out, _ = asked(capsys, commands.figures, "nine-month", "--year", "2021")

    assert "Văn bằng bảo hộ được cấp cho tổ chức, cá nhân trên địa bàn: 2 văn bằng\n" in out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("tuần", "--year", "2021"), "Chưa có đề cương"),
        (("nine-month", "--year", "2021", "--as-of", "hôm qua"), "Không hiểu thời điểm «hôm qua»"),
        (("nine-month", "--year", "2021", "--as-of", "9999-12-31T23:59:59-14:00"), "Không hiểu thời điểm"),
        (("nine-month", "--year", "2021", "--as-of", "0001-01-01"), "Không hiểu thời điểm"),
    ],
)
def test_what_the_command_cannot_do_it_says_in_plain_words(world, capsys, arguments, reason):
    status, out, err = asked(capsys, commands.figures, *arguments)

    assert (status, out) == (1, "")
    assert reason in err


def test_without_an_office_the_command_says_what_to_do(db, capsys):
    status, _, err = asked(capsys, commands.figures, "nine-month", "--year", "2021")

    assert (status, "khcn demo" in err) == (1, True)


def test_the_command_writes_word_and_pdf_of_the_latest_report(world, capsys, tmp_path):
    report = make_report(world)
    edit_section(section=report.sections.first(), text="Lời mẫu.", actor=world.specialist, on=DAY)

    status, out, _ = asked(capsys, commands.make, "nine-month", "--year", "2021", "--out", str(tmp_path / "ra"))

    files = sorted(path.name for path in (tmp_path / "ra").iterdir())
    assert (status, files) == (0, [f"{report.code}.docx", f"{report.code}.pdf"])
    assert all(name in out for name in files)


def test_the_command_writes_nothing_where_there_is_no_report(world, capsys, tmp_path):
    status, _, err = asked(capsys, commands.make, "nine-month", "--year", "2020", "--out", str(tmp_path / "ra"))

    assert (status, (tmp_path / "ra").exists()) == (1, False)
    assert "Chưa có báo cáo 9 tháng đầu năm 2020" in err


def test_a_folder_that_cannot_be_written_is_told(world, capsys, tmp_path):
    make_report(world)
    (tmp_path / "ra").write_text("một tệp, không phải thư mục")

    status, _, err = asked(capsys, commands.make, "nine-month", "--year", "2021", "--out", str(tmp_path / "ra"))

    assert (status, "Không ghi được vào" in err) == (1, True)
