import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx.oxml.ns import qn

from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.model import (
    Column,
    KeyFigure,
    KeyFigures,
    Link,
    Note,
    Orientation,
    PageBreak,
    Paragraph,
    QrCode,
    Row,
    Signature,
    Table,
)
from khcn.kernel.documents.tests.reading import word, word_part, word_text
from khcn.kernel.documents.tests.samples import COMPARISON, FOLLOW_UP, REPORT, SIGNED

WHERE_WORD_WANTS_THEM = {
    "pPr": ["pStyle", "keepNext", "pBdr", "spacing", "ind", "jc", "sectPr"],
    "rPr": ["b", "bCs", "i", "iCs", "sz", "szCs", "u"],
    "tblPr": ["tblW", "jc", "tblBorders", "tblLayout", "tblCellMar"],
    "tcPr": ["tcW", "gridSpan", "vMerge", "vAlign"],
    "trPr": ["cantSplit", "tblHeader"],
    "sectPr": ["headerReference", "type", "pgSz", "pgMar", "pgNumType", "titlePg"],
}


def body(docx):
    return word(docx).element.body


def test_the_report_says_each_component_of_the_layout():
    text = word_text(to_docx(SIGNED))

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in text
    assert "UBND TỈNH THÁI NGUYÊN\nSỞ KHOA HỌC VÀ CÔNG NGHỆ" in text
    assert "Số: 05/BC-SKHCN" in text
    assert "Thái Nguyên, ngày 08 tháng 02 năm 2021" in text
    assert "- Ủy ban nhân dân tỉnh;\n- Bộ Khoa học và Công nghệ." in text
    assert "xem xét./." in text
    assert "Nơi nhận:\n- Như trên;" in text
    assert "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nNguyễn Văn Mẫu" in text
    assert "Phụ lục II\nBẢNG CHỈ TIÊU\n(Kèm theo Báo cáo số 05/BC-SKHCN" in text


def test_pages_are_a4_with_the_margins_of_the_layout_and_appendices_turned_as_asked():
    sections = list(word(to_docx(REPORT)).sections)

    sizes = [(round(section.page_width.mm), round(section.page_height.mm)) for section in sections]
    margins = [round(side.mm) for side in (sections[0].left_margin, sections[0].right_margin, sections[0].top_margin)]

    assert sizes == [(210, 297), (210, 297), (297, 210)]
    assert margins == [30, 20, 20]
    assert sections[2].orientation == 1


def test_the_page_number_is_a_centred_field_in_the_header_and_the_first_page_has_none():
    document = word(to_docx(REPORT))

    (line,) = document.sections[0].header.paragraphs

    assert "PAGE" in line._p.xml
    assert line.alignment == 1
    assert all(section.different_first_page_header_footer for section in document.sections)
    assert document.sections[0].first_page_header.is_linked_to_previous
    assert body(to_docx(REPORT)).xpath("count(.//w:sectPr/w:pgNumType[@w:start='1'])") == 3


@pytest.mark.parametrize(
    ("words", "size", "bold", "italic"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False),
        ("UBND TỈNH THÁI NGUYÊN", 12, False, False),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", 12, True, False),
        ("Số: 05/BC-SKHCN", 13, False, False),
        ("Thái Nguyên, ngày 08 tháng 02 năm 2021", 13, False, True),
        ("BÁO CÁO", 14, True, False),
        ("Nơi nhận:", 12, True, True),
        ("- Như trên;", 11, False, False),
        ("Nguyễn Văn Mẫu", 14, True, False),
    ],
)
def test_each_line_has_the_size_and_weight_of_its_component(words, size, bold, italic):
    (run,) = body(to_docx(SIGNED)).xpath(f".//w:r[w:t='{words}']")

    look = (int(run.xpath("w:rPr/w:sz/@w:val")[0]) / 2, bool(run.xpath("w:rPr/w:b")), bool(run.xpath("w:rPr/w:i")))

    assert look == (size, bold, italic)


def test_the_line_under_the_motto_is_as_long_as_the_motto():
    (line, *_) = body(to_docx(SIGNED)).xpath(".//w:p[.//w:t='Độc lập - Tự do - Hạnh phúc']/following-sibling::w:p")
    (column,) = line.xpath("../w:tcPr/w:tcW/@w:w")
    (left, right) = line.xpath("w:pPr/w:ind/@w:left | w:pPr/w:ind/@w:right")

    assert (int(column) - int(left) - int(right)) / 20 == pytest.approx(158.5, abs=1)


def test_the_body_is_justified_with_its_first_line_set_in_and_space_between_paragraphs():
    (shape, *_) = body(to_docx(REPORT)).xpath(".//w:p[starts-with(w:r/w:t,'Các phòng chuyên môn')]/w:pPr")

    assert shape.xpath("w:jc/@w:val") == ["both"]
    assert shape.xpath("w:ind/@w:firstLine") == ["720"]  # twips: 1.27 cm
    assert int(shape.xpath("w:spacing/@w:after")[0]) >= 6 * 20


def test_headings_can_be_navigated():
    levels = [p.style.name for p in word(to_docx(REPORT)).paragraphs if p.style.name.startswith("Heading")]

    assert levels[:4] == ["Heading 1", "Heading 1", "Heading 2", "Heading 3"]


def test_figures_are_hyperlinks_and_unsafe_addresses_are_plain_text():
    figures = Paragraph.of(Link("7", "https://e.example/7"), Link("8", "javascript:x"))
    document = replace(REPORT, appendices=(), body=(figures,))

    docx = to_docx(document)

    assert body(docx).xpath("string(.//w:hyperlink)") == "7"
    assert 'Target="https://e.example/7" TargetMode="External"' in word_part(docx, "word/_rels/document.xml.rels")
    assert "javascript" not in word_part(docx, "word/_rels/document.xml.rels")


def test_heading_rows_are_repeated_and_groups_join_their_columns():
    rows = body(to_docx(replace(REPORT, appendices=(), body=(COMPARISON,)))).xpath(".//w:tr[w:trPr/w:tblHeader]")

    upper = [cell.xpath("string(.)") for cell in rows[0].xpath("w:tc")]

    assert len(rows) == 2
    assert upper == ["TT", "Chỉ tiêu", "Đơn vị", "Chín tháng năm mẫu"]
    assert rows[0].xpath("w:tc/w:tcPr/w:gridSpan/@w:val") == ["3"]
    assert rows[1].xpath("count(w:tc/w:tcPr/w:vMerge[@w:val='continue'])") == 3


def children(docx, name):
    """Return the sequences of children seen under an element, without repeats."""
    return {tuple(child.tag.rpartition("}")[2] for child in found) for found in body(docx).iter(qn(f"w:{name}"))}


def covered_columns(row):
    """Return how many grid columns the cells of a row cover, and how many the table has."""
    spans = [int(cell.xpath("string(w:tcPr/w:gridSpan/@w:val)") or 1) for cell in row.xpath("w:tc")]
    return sum(spans), len(row.xpath("../w:tblGrid/w:gridCol"))


@pytest.mark.parametrize("document", [SIGNED, FOLLOW_UP, replace(REPORT, draft_mark=True)])
@pytest.mark.parametrize("name", WHERE_WORD_WANTS_THEM)
def test_elements_stand_in_the_order_that_word_requires(document, name):
    order = WHERE_WORD_WANTS_THEM[name]

    seen = children(to_docx(document), name)

    assert seen
    assert [sorted(tags, key=order.index) for tags in seen] == [list(tags) for tags in seen]


def test_each_row_covers_the_grid_of_its_table():
    rows = [covered_columns(row) for row in body(to_docx(SIGNED)).iter(qn("w:tr"))]

    assert len(rows) > 10
    assert [covered for covered, columns in rows] == [columns for covered, columns in rows]


def test_the_file_speaks_vietnamese_and_carries_its_title():
    docx = to_docx(REPORT)

    properties = word(docx).core_properties

    assert (properties.title, properties.language) == ("Báo cáo chín tháng", "vi-VN")
    assert properties.created.isoformat()[:16] == "2021-09-20T01:30"
    assert '<w:lang w:val="vi-VN"' in word_part(docx, "word/styles.xml")
    assert word(docx).styles.element.xpath("w:docDefaults//w:rFonts/@w:*") == ["Times New Roman"] * 4


def test_the_same_document_gives_the_same_bytes_and_no_clock():
    docx = to_docx(REPORT)

    assert docx == to_docx(REPORT)
    with zipfile.ZipFile(BytesIO(docx)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(2021, 9, 20, 1, 30, 0)}


def test_a_code_is_a_picture_beside_the_signature_when_it_ends_the_body():
    docx = to_docx(FOLLOW_UP)

    foot = body(docx).xpath("w:tbl")[-1]

    assert foot.xpath("count(w:tr/w:tc)") == 3
    assert foot.xpath("count(w:tr/w:tc[2]//pic:pic)") == 1


def test_a_code_in_the_midst_of_the_body_stays_there():
    docx = to_docx(replace(REPORT, appendices=(), body=(QrCode("https://e.example", "Quét mã"), Paragraph.of("a"))))

    assert body(docx).xpath("count(w:p//pic:pic)") == 1
    assert "Quét mã\na./." in word_text(docx)


def test_a_landscape_report_is_turned():
    (section,) = word(to_docx(replace(REPORT, appendices=(), orientation=Orientation.LANDSCAPE))).sections

    assert round(section.page_width.mm) == 297


def test_a_document_with_the_least_still_prints():
    bare = replace(
        REPORT, parent_agency="", kind="", addressees=("Văn phòng",), legal_grounds=(), body=(), recipients=(),
        signature=Signature("Giám đốc"), appendices=(), draft_mark=True,
    )  # fmt: skip

    text = word_text(to_docx(bare))

    assert "V/v Kết quả" in text
    assert "DỰ THẢO" in text
    assert "Kính gửi: Văn phòng" in text
    assert word_text(to_docx(replace(bare, signature=None))).endswith("./.")


def test_key_figures_fill_their_rows_and_the_rest_of_the_blocks_follow():
    figures = KeyFigures(tuple(KeyFigure(f"Nhãn {n}", str(n), "đơn") for n in range(5)))
    blocks = (figures, KeyFigures(()), PageBreak(), Note("Chốt số liệu."), Table((Column("A"),), (Row.of("b"),)))

    docx = to_docx(replace(REPORT, appendices=(), body=blocks))

    assert "4 đơn\nNhãn 4" in word_text(docx)
    assert body(docx).xpath("count(.//w:br[@w:type='page'])") == 1


def test_the_last_paragraph_stays_with_the_signature():
    (last,) = body(to_docx(SIGNED)).xpath(".//w:p[contains(string(.),'xem xét./.')]")

    assert last.xpath("count(w:pPr/w:keepNext)") == 1
