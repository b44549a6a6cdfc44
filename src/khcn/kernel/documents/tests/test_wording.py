from dataclasses import replace
from datetime import date

import pytest

from khcn.kernel.documents import wording
from khcn.kernel.documents.model import (
    Appendix,
    BulletList,
    LineBreak,
    Link,
    Numbering,
    Paragraph,
    QrCode,
    Table,
    Text,
    runs,
)
from khcn.kernel.documents.tests.samples import COMPARISON, REPORT, SIGNED


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("Thái Nguyên", "Thái Nguyên"),
        ("Tha\u0301i", "Thái"),  # composed
        ("hai\ndòng\tmột", "hai dòng một"),
        ("a\x00\x08\x1bb", "ab"),  # control characters
        ("\u202eab\u200f", "ab"),  # marks that turn the direction of writing
        ("a\ud800b", "ab"),  # half of a pair
        ("a\ufffeb\ue000", "ab"),  # no character, private use
        ("a\u200bb\u00adc", "abc"),  # invisible joints
    ],
)
def test_a_text_is_printed_without_what_no_page_can_carry(given, printed):
    assert wording.printable(given) == printed


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://khcn.example/n?q=1&k=2#x", "https://khcn.example/n?q=1&k=2#x"),
        ("https://khcn.example/số liệu", "https://khcn.example/s%E1%BB%91%20li%E1%BB%87u"),
        ("https://khcn.example/a%20b", "https://khcn.example/a%20b"),
        ("mailto:vanphong@khcn.example", "mailto:vanphong@khcn.example"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("file:///etc/hosts", None),
        ("/so-quan-ly/1", None),
        ("https://", None),
        ("mailto:", None),
        ("http://[", None),
        ("https://khcn.example/" + "a" * 3000, None),
        ("", None),
    ],
)
def test_only_web_and_mail_addresses_are_linked(given, address):
    assert wording.safe_address(given) == address


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_are_padded(day, line):
    assert wording.dated(day, day.year) == line


def test_an_unnumbered_undated_document_leaves_blanks_to_write_in():
    number, place = wording.number_line(REPORT), wording.place_date_line(REPORT)

    assert number.replace("\u00a0", " ") == "Số:         /BC-SKHCN"
    assert place.replace("\u00a0", " ") == "Thái Nguyên, ngày      tháng      năm 2021"


@pytest.mark.parametrize(
    ("title", "subject", "shown"),
    [("Tựa", "Trích yếu", "Tựa"), ("\x00", "Trích yếu", "Trích yếu"), ("", "", "Báo cáo")],
)
def test_a_file_always_has_a_title(title, subject, shown):
    document = replace(REPORT, metadata=replace(REPORT.metadata, title=title), subject=subject)

    assert wording.file_title(document) == shown


def test_a_code_of_nothing_printable_says_a_dash():
    assert wording.code_text(QrCode("\x00\x01")) == "-"


def test_a_number_below_ten_is_padded():
    assert wording.number_line(SIGNED) == "Số: 05/BC-SKHCN"


def test_a_paper_with_a_kind_has_no_letter_subject_and_a_letter_has_one():
    assert wording.letter_subject(REPORT) == ""
    assert wording.letter_subject(replace(REPORT, kind="", subject="gửi số liệu")) == "V/v gửi số liệu"


@pytest.mark.parametrize(
    ("appendix", "line"),
    [
        (
            Appendix("Phụ lục", "A", ()),
            "(Kèm theo Báo cáo số 05/BC-SKHCN ngày 08 tháng 02 năm 2021 của Sở Khoa học và Công nghệ)",
        ),
        (Appendix("Phụ lục", "A", (), attached_to="Kế hoạch mẫu"), "(Kèm theo Kế hoạch mẫu)"),
    ],
)
def test_an_appendix_names_the_document_it_belongs_to(appendix, line):
    assert wording.attached_line(SIGNED, appendix) == line


def test_recipients_end_with_semicolons_and_the_last_with_a_full_stop():
    lines = wording.listed(("Như trên;", "- Giám đốc", " ", "Lưu: VT."))

    assert lines == ("- Như trên;", "- Giám đốc;", "- Lưu: VT.")


@pytest.mark.parametrize(
    ("last", "closed"),
    [
        (Paragraph.of("Kính trình."), Paragraph.of("Kính trình./.")),
        (Paragraph.of("Kính trình"), Paragraph.of("Kính trình./.")),
        (Paragraph.of("Kính trình./."), Paragraph.of("Kính trình./.")),
        (Paragraph.of(), Paragraph.of("./.")),
        (Paragraph.of("a", LineBreak()), Paragraph.of("a", LineBreak(), "./.")),
        (Paragraph.of(Link("a.", "https://e")), Paragraph.of(Link("a.", "https://e"), "./.")),
        (BulletList((runs("a."), runs("b."))), BulletList((runs("a."), runs("b./.")))),
    ],
)
def test_the_body_ends_with_the_closing_mark(last, closed):
    assert wording.closed((Paragraph.of("đầu."), last), "./.") == (Paragraph.of("đầu."), closed)


@pytest.mark.parametrize("last", [COMPARISON, BulletList(())])
def test_after_a_table_the_closing_mark_stands_alone(last: Table):
    assert wording.closed((last,), "./.") == (last, Paragraph.of("./."))


def test_an_empty_closing_mark_leaves_the_body_alone():
    assert wording.closed((Paragraph.of("a."),), "") == (Paragraph.of("a."),)


def test_a_code_that_ends_the_body_is_kept_for_the_foot():
    code = QrCode("https://khcn.example")

    body, found = wording.body_and_code(replace(REPORT, body=(Paragraph.of("a."), code)))

    assert (body, found) == ((Paragraph.of("a./."),), code)


@pytest.mark.parametrize(
    ("numbering", "place", "mark"),
    [
        (Numbering.ARABIC, 12, "12."),
        (Numbering.LETTERS, 1, "a)"),
        (Numbering.LETTERS, 5, "đ)"),
        (Numbering.LETTERS, 24, "aa)"),
    ],
)
def test_letters_follow_the_vietnamese_alphabet(numbering, place, mark):
    assert wording.item_mark(numbering, place) == mark


def test_bullets_begin_with_a_dash():
    assert wording.marked_items(BulletList((runs("a"),))) == ((Text("- "), Text("a")),)


def test_a_line_that_ends_with_a_colon_stays_with_the_table_below_it():
    blocks = (Paragraph.of("Sản phẩm:"), COMPARISON, Paragraph.of("Kết quả tốt."), COMPARISON, Paragraph.of("Gồm:"))

    assert wording.leads_into_table(blocks) == [True, False, False, False, False]
    assert wording.leads_into_table(()) == []


def test_a_sheet_without_number_and_symbol_says_no_number():
    assert wording.number_line(replace(REPORT, symbol="")) == ""
