"""The layout of the Party's papers beside that of Decree 30/2020: the same document, another frame."""

from dataclasses import replace

import pytest

from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.layout import layout_facts, layout_for, unchecked_facts
from khcn.kernel.documents.model import Paragraph, Style
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.documents.tests.reading import pdf_box_mm, pdf_pages, word, word_text
from khcn.kernel.documents.tests.samples import FOLLOW_UP, PARTY

FACTS = [fact for fact in layout_facts() if fact.style in (Style.PARTY, Style.PARTY_COMPACT)]
HEADING = "ĐẢNG CỘNG SẢN VIỆT NAM"
STATE_ONLY = ("CỘNG HÒA", "Độc lập - Tự do", "Số:", "./.")


def body(docx):
    return word(docx).element.body


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.style}-{fact.key}")
def test_each_value_lies_within_its_range_and_names_its_basis_or_is_ours(fact):
    assert fact.is_within_allowed()
    assert bool(fact.basis) == (fact.confidence != "ours")
    assert fact.confidence in {"V2", "unchecked", "ours"}


def test_both_styles_answer_the_same_keys():
    assert {fact.key for fact in FACTS} <= set(layout_for(Style.OFFICIAL).facts)
    assert set(layout_for(Style.PARTY_COMPACT).facts) == set(layout_for(Style.OFFICIAL).facts)


def test_what_nobody_compared_with_the_text_is_told_by_style():
    assert "nation_size" in {fact.key for fact in unchecked_facts(Style.PARTY)}
    assert {fact.key for fact in unchecked_facts(Style.OFFICIAL)} == {"appendix_restart"}


def test_the_compact_party_sheet_has_the_compact_sizes_and_the_words_of_the_party():
    layout = layout_for(Style.PARTY_COMPACT)

    assert (layout.number("body_size"), layout.text("nation_text")) == (10, HEADING)


@pytest.mark.parametrize("text", [word_text(to_docx(PARTY)), " ".join(pdf_pages(to_pdf(PARTY)))], ids=["docx", "pdf"])
def test_the_paper_has_the_partys_components_and_none_of_the_states(text):
    assert HEADING in text
    assert "Số 05-BC/ĐU" in text
    assert "T/M BAN THƯỜNG VỤ" in text
    assert "Kính gửi: Ban Thường vụ Tỉnh ủy" in text
    assert "(Kèm theo Báo cáo số 05-BC/ĐU" in text
    assert [words for words in STATE_ONLY if words in text] == []


def test_the_issuing_body_stands_left_over_a_star_and_its_number_and_the_heading_right():
    pdf = to_pdf(PARTY)

    heading, agency = pdf_box_mm(pdf, 0, HEADING), pdf_box_mm(pdf, 0, "ĐẢNG ỦY SỞ KHOA")
    star, number = pdf_box_mm(pdf, 0, "*"), pdf_box_mm(pdf, 0, "Số 05-BC/ĐU")

    assert heading[1] == pytest.approx(20, abs=2)
    assert agency[0] >= 29.5
    assert agency[2] < heading[0] < heading[2] <= 190.5
    assert agency[3] < star[1] < star[3] < number[1]
    assert pdf_box_mm(pdf, 0, "ngày 08 tháng 02 năm 2021")[2] <= 190.5  # on one line
    assert (star[0] + star[2]) / 2 == pytest.approx((number[0] + number[2]) / 2, abs=1)


@pytest.mark.parametrize(
    ("words", "size", "bold", "italic", "underlined"),
    [
        (HEADING, 15, True, False, False),
        ("ĐẢNG BỘ MẪU TỈNH SÔNG VÂN", 14, False, False, False),
        ("ĐẢNG ỦY SỞ KHOA HỌC VÀ CÔNG NGHỆ", 14, True, False, False),
        ("*", 14, False, False, False),
        ("Số 05-BC/ĐU", 14, False, False, False),
        ("Thái Nguyên, ngày 08 tháng 02 năm 2021", 14, False, True, False),
        ("BÁO CÁO", 16, True, False, False),
        ("Nơi nhận:", 14, False, False, True),
        ("- Như trên;", 12, False, False, False),
        ("T/M BAN THƯỜNG VỤ", 14, True, False, False),
        ("BÍ THƯ", 14, False, False, False),
        ("Nguyễn Văn Mẫu", 14, True, False, False),
    ],
)
def test_each_line_in_word_has_the_look_of_its_component(words, size, bold, italic, underlined):
    (run,) = body(to_docx(PARTY)).xpath(f".//w:r[w:t='{words}']")

    look = run.xpath("w:rPr")[0]
    found = (int(look.xpath("w:sz/@w:val")[0]) / 2, *(bool(look.xpath(f"w:{mark}")) for mark in ("b", "i", "u")))

    assert found == (size, bold, italic, underlined)


def test_the_line_under_the_heading_is_as_long_as_the_heading():
    (line, *_) = body(to_docx(PARTY)).xpath(f".//w:p[.//w:t='{HEADING}']/following-sibling::w:p")
    (column,) = line.xpath("../w:tcPr/w:tcW/@w:w")
    (left, right) = line.xpath("w:pPr/w:ind/@w:left | w:pPr/w:ind/@w:right")

    # Bold capitals of 15 points: about 205 points, and inside its column.
    assert 190 < (int(column) - int(left) - int(right)) / 20 < 226


def test_a_letter_of_the_party_says_its_subject_in_italics_under_the_number():
    letter = replace(PARTY, kind="", subject="gửi số liệu", appendices=())

    (run,) = body(to_docx(letter)).xpath(".//w:r[w:t='V/v gửi số liệu']")

    assert run.xpath("w:rPr/w:i")
    assert "V/v gửi số liệu" in pdf_pages(to_pdf(letter))[0]


def test_the_follow_up_fits_on_one_sheet_in_the_partys_style_too():
    (page,) = pdf_pages(to_pdf(replace(FOLLOW_UP, style=Style.PARTY_COMPACT)))

    assert HEADING in page
    assert "12/UBND" in page


def test_appendices_of_a_party_paper_go_on_with_the_count_of_pages():
    document = replace(PARTY, body=(Paragraph.of("Nội dung."),))

    assert [page.split("\r\n")[0] for page in pdf_pages(to_pdf(document))][1:] == ["2", "3"]
