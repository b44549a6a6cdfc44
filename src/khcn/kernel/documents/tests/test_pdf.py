import logging
from dataclasses import replace

import pytest

from khcn.kernel.documents.model import (
    Appendix,
    Column,
    Link,
    Orientation,
    PageBreak,
    Paragraph,
    Row,
    Signature,
    Style,
    Table,
)
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.documents.tests.reading import pdf_box_mm, pdf_fonts, pdf_links, pdf_pages, pdf_sizes, require
from khcn.kernel.documents.tests.samples import COMPARISON, FOLLOW_UP, PRODUCED_AT, REPORT, SIGNED, conclusion_rows
from khcn.kernel.documents.typefaces import FACE_FILES, FONT_DIRECTORY, VIETNAMESE_LETTERS

LANDSCAPE_A4, PORTRAIT_A4 = (297, 210), (210, 297)


def test_the_report_says_each_component_of_the_layout():
    text = pdf_pages(to_pdf(SIGNED))

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text[0]
    assert "Độc lập - Tự do - Hạnh phúc" in text[0]
    assert "SỞ KHOA HỌC VÀ CÔNG NGHỆ" in text[0]
    assert "Số: 05/BC-SKHCN" in text[0]
    assert "Thái Nguyên, ngày 08 tháng 02 năm 2021" in text[0]
    assert "Căn cứ kế hoạch công tác năm của Sở;" in text[0]
    assert "xem xét./." in text[2]
    assert "- Lưu: VT, VP." in text[2]
    assert "KT. GIÁM ĐỐC" in text[2]
    assert "(Kèm theo Báo cáo số 05/BC-SKHCN" in text[3]


def test_an_unsigned_report_leaves_the_number_and_the_day_blank():
    first = pdf_pages(to_pdf(REPORT))[0]

    assert "/BC-SKHCN" in first
    assert "05/BC-SKHCN" not in first
    assert "năm 2021" in first


def test_the_page_number_stands_in_the_top_margin_from_the_second_page_on():
    pdf = to_pdf(REPORT)

    left, top, right, bottom = pdf_box_mm(pdf, 1, "2")

    assert not pdf_pages(pdf)[0].startswith("1")
    assert 5 < top < bottom < 20
    assert (left + right) / 2 == pytest.approx(
        30 + 80, abs=1
    )  # the middle of the text, 30 mm from the left and 160 wide


def test_each_appendix_starts_a_page_counted_from_one_and_turned_as_asked():
    many = Table(COMPARISON.columns, COMPARISON.rows[1:] * 40)
    document = replace(
        REPORT,
        body=(Paragraph.of("Nội dung."),),
        appendices=(
            Appendix("Phụ lục I", "Một", (many,)),
            Appendix("Phụ lục II", "Hai", (COMPARISON,), orientation=Orientation.LANDSCAPE),
        ),
    )

    pages = pdf_pages(to_pdf(document))

    assert [page.split("\r\n")[0] for page in pages] == [
        "UBND TỈNH THÁI NGUYÊN",
        "Phụ lục I",
        "2",
        "3",
        "4",
        "Phụ lục II",
    ]
    assert pdf_sizes(to_pdf(document)) == [PORTRAIT_A4] * 5 + [LANDSCAPE_A4]


def test_the_motto_line_and_text_keep_the_margins():
    pdf = to_pdf(SIGNED)

    nation = pdf_box_mm(pdf, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = pdf_box_mm(pdf, 0, "Độc lập - Tự do - Hạnh phúc")
    agency = pdf_box_mm(pdf, 0, "SỞ KHOA HỌC VÀ CÔNG NGHỆ")

    assert nation[1] == pytest.approx(20, abs=2)
    assert nation[2] <= 190
    assert nation[3] <= motto[1] + 1
    assert agency[0] >= 29.5
    assert agency[2] < nation[0]


def test_links_open_the_records_and_unsafe_addresses_are_plain_text():
    figures = Paragraph.of(Link("7", "https://khcn.example/n?q=1"), Link("8", "javascript:x()"))

    pdf = to_pdf(replace(REPORT, body=(figures,), appendices=()))

    assert pdf_links(pdf) == {"https://khcn.example/n?q=1"}
    assert "78./." in pdf_pages(pdf)[0]


def test_heading_rows_are_repeated_on_each_page_of_a_long_table():
    table = Table((Column("Cột thứ nhất"), Column("Cột hai")), (Row.of("a", "b"),) * 150)

    pages = pdf_pages(to_pdf(replace(REPORT, body=(table,), appendices=())))

    assert len(pages) > 3
    assert all("Cột thứ nhất" in page for page in pages[:3])


def test_the_file_is_archival_titled_and_the_same_each_time():
    pdf = to_pdf(REPORT)

    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    assert "Báo cáo chín tháng".encode() in pdf
    assert pdf == to_pdf(REPORT)


def test_the_only_clock_of_the_file_is_the_instant_it_was_given():
    later = replace(REPORT.metadata, produced_at=PRODUCED_AT.replace(year=2022))

    assert to_pdf(replace(REPORT, metadata=later)) != to_pdf(REPORT)


def test_every_vietnamese_letter_shows_in_the_times_metric_face():
    require(FONT_DIRECTORY / FACE_FILES[0], "phông chữ chưa được dựng")
    letters = replace(REPORT, body=(Paragraph.of(VIETNAMESE_LETTERS),), appendices=())

    pdf = to_pdf(letters)

    assert VIETNAMESE_LETTERS in "".join(pdf_pages(pdf)).replace("\r\n", "").replace("\u200b", "")
    assert {name.partition("-")[0] for name in pdf_fonts(pdf)} == {"Tinos"}


def test_a_character_without_glyph_becomes_a_box_and_the_file_stays_archival(caplog):
    odd = replace(REPORT, body=(Paragraph.of("Bàn giao 한 xong 😀."),), appendices=())

    with caplog.at_level(logging.WARNING):
        pdf = to_pdf(odd)

    assert "Bàn giao □ xong □./." in pdf_pages(pdf)[0]
    assert b"<pdfaid:part>2" in pdf
    assert "doubtful characters" in caplog.text


def test_a_document_with_the_least_still_prints():
    bare = replace(
        REPORT, parent_agency="", kind="", addressees=("Văn phòng",), legal_grounds=(), body=(), recipients=(),
        signature=Signature("Giám đốc"), appendices=(), draft_mark=True,
    )  # fmt: skip

    (page,) = pdf_pages(to_pdf(bare))

    assert "V/v Kết quả" in page
    assert "DỰ THẢO" in page
    assert "Kính gửi: Văn phòng" in page
    assert "GIÁM ĐỐC" in page


def test_a_page_break_starts_a_page():
    pages = pdf_pages(
        to_pdf(replace(REPORT, body=(Paragraph.of("một"), PageBreak(), Paragraph.of("hai")), appendices=()))
    )

    assert "một" in pages[0]
    assert "hai./." in pages[1]


@pytest.mark.parametrize("orientation", Orientation)
def test_the_follow_up_of_twelve_conclusions_fits_on_one_sheet(orientation):
    pdf = to_pdf(replace(FOLLOW_UP, orientation=orientation))

    (page,) = pdf_pages(pdf)

    assert "12/UBND" in page
    assert "Quét mã" in page
    assert "./." not in page
    assert pdf_sizes(pdf)[0] == (LANDSCAPE_A4 if orientation is Orientation.LANDSCAPE else PORTRAIT_A4)


def test_the_follow_up_grows_to_a_second_sheet_rather_than_losing_rows():
    body = (replace(FOLLOW_UP.body[0], rows=conclusion_rows(40)), FOLLOW_UP.body[1])

    pages = pdf_pages(to_pdf(replace(FOLLOW_UP, body=body)))

    assert len(pages) > 1
    assert "40/UBND" in "".join(pages)


def test_styles_differ_only_in_size():
    official = "".join(pdf_pages(to_pdf(replace(FOLLOW_UP, style=Style.OFFICIAL, body=(Paragraph.of("a"),)))))
    compact = "".join(pdf_pages(to_pdf(replace(FOLLOW_UP, body=(Paragraph.of("a"),)))))

    assert official.replace("a./.", "a").split() == compact.split()


def test_a_signature_never_stands_alone_on_a_page():
    pages = [
        pdf_pages(to_pdf(replace(REPORT, body=(Paragraph.of("Dòng."),) * lines, appendices=())))[-1]
        for lines in range(12, 34)
    ]

    assert [page for page in pages if "Nơi nhận" in page and "Dòng./." not in page] == []
