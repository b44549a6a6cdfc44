import pytest
from docx.oxml.ns import nsmap
from docx.oxml.parser import parse_xml

from khcn.kernel.files.reading import SecretDocument, read_document, read_pasted, secrecy_level
from khcn.kernel.files.reading.tests.samples import (
    PROSE,
    in_tcvn3_with_capital_font,
    in_vni,
    pdf_of,
    raw_pdf,
    saved,
    word_document,
)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("MẬT", "MẬT"),
        ("  (MẬT)  ", "MẬT"),
        ("ỦY BAN NHÂN DÂN TỈNH\nMẬT\nSố: 01/BC", "MẬT"),
        ("KHO BẠC NHÀ NƯỚC\nMẬT", "MẬT"),
        ("M Ậ T", "MẬT"),
        ("T Ố I   M Ậ T", "TỐI MẬT"),
        ("TUYỆT  MẬT", "TUYỆT MẬT"),
        ("[TỐI MẬT]", "TỐI MẬT"),
        ("* MẬT *", "MẬT"),
        ("MẬT\nTUYỆT MẬT", "TUYỆT MẬT"),
        ("Độ mật: Mật", "MẬT"),
        ("ĐỘ MẬT: TỐI MẬT", "TỐI MẬT"),
        ("Mức độ mật: tuyệt mật.", "TUYỆT MẬT"),
        ("Độ mật\tMật", "MẬT"),
        ("Độ mật:\nMật", "MẬT"),
        ("Độ mật: (Tối mật)", "TỐI MẬT"),
        ("BÁO CÁO TÌNH HÌNH (MẬT)", "MẬT"),
        ("UBND TỈNH\tMẬT\tCỘNG HÒA", "MẬT"),
        ("UBND TỈNH    TỐI MẬT    CỘNG HÒA", "TỐI MẬT"),
        ("HỎA TỐC - MẬT", "MẬT"),
        ("TỐI MẬT / THƯỢNG KHẨN", "TỐI MẬT"),
        ("TÀI LIỆU MẬT", "MẬT"),
        ("(Mật)", "MẬT"),
        ("TUYET MAT", "TUYỆT MẬT"),
    ],
)
def test_a_mark_standing_as_a_marking_is_found(text, level):
    assert secrecy_level(f"{text}\n{PROSE}") == level


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện nghiêm quy định về bảo vệ bí mật nhà nước.",
        "Mô hình nuôi ong lấy mật ong đạt chuẩn.",
        "Tăng cường bảo mật thông tin, giữ bí\nmật.",
        "QUY CHẾ BẢO VỆ BÍ\nMẬT NHÀ NƯỚC",
        "TĂNG CƯỜNG BẢO\nMẬT",
        "SẢN PHẨM MẬT ONG",
        "BÍ MẬT",
        "MẬT MÃ DÂN SỰ",
        "Mật độ dân số 250 người/km²",
        "Tên hàng\tĐơn vị\nMật\tlít",
        "Độ mật: Không",
        "Độ mật (Mật, Tối mật, Tuyệt mật): ……",
        "Độ mật: Tuyệt mật, Tối mật, Mật (khoanh tròn)",
        "Người soạn thảo xác định độ mật của tài liệu.",
        "Dấu chỉ độ mật gồm MẬT, TỐI MẬT, TUYỆT MẬT theo quy định.",
        "mật",
    ],
)
def test_the_word_inside_prose_is_no_marking(text):
    assert secrecy_level(f"{PROSE}\n{text}\n{PROSE}") is None


def test_the_refusal_says_what_was_found_and_that_nothing_is_kept():
    with pytest.raises(SecretDocument) as refusal:
        read_document(f"TỐI MẬT\n{PROSE}".encode(), "báo cáo.txt")

    assert refusal.value.level == "TỐI MẬT"
    assert "“báo cáo.txt”" in str(refusal.value)
    assert "không lưu tệp này" in str(refusal.value)
    assert "Khoa học" not in str(refusal.value)


@pytest.mark.parametrize("encode", [in_tcvn3_with_capital_font, in_vni])
def test_a_mark_in_an_old_code_is_found(encode):
    with pytest.raises(SecretDocument):
        read_document(encode(f"TUYỆT MẬT\n{PROSE}"), "a.txt")


def test_pasted_text_is_judged_too():
    with pytest.raises(SecretDocument):
        read_pasted(f"(MẬT)\n{PROSE}")


def test_a_mark_in_a_word_header_is_found():
    document = word_document(PROSE)
    document.sections[0].header.paragraphs[0].text = "MẬT"

    with pytest.raises(SecretDocument):
        read_document(saved(document), "a.docx")


def test_a_mark_in_a_letterhead_cell_is_found():
    document = word_document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nMẬT"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"

    with pytest.raises(SecretDocument):
        read_document(saved(document), "a.docx")


def test_a_mark_in_the_properties_of_a_word_file_is_found():
    document = word_document(PROSE)
    document.core_properties.keywords = "Độ mật: Mật"

    with pytest.raises(SecretDocument):
        read_document(saved(document), "a.docx")


def test_a_mark_in_a_box_of_a_pdf_is_found():
    with pytest.raises(SecretDocument):
        read_document(pdf_of("#align(center, box(stroke: 1pt, inset: 4pt)[TỐI MẬT])", PROSE), "a.pdf")


def test_a_stamp_laid_over_a_scanned_pdf_is_found_by_its_text():
    stamp = "<</Type/Annot/Subtype/Stamp/Rect[10 10 90 40]/Contents<FEFF004D1EAC0054>>>"

    with pytest.raises(SecretDocument):
        read_document(raw_pdf("/Annots[4 0 R]", stamp), "a.pdf")


@pytest.mark.parametrize("filename", ["TỐI MẬT.pdf", "Báo cáo (MẬT).pdf", "MẬT_.pdf"])
def test_a_mark_in_the_name_of_a_scan_is_found(filename):
    with pytest.raises(SecretDocument):
        read_document(raw_pdf(), filename)


def test_a_watermark_of_a_word_file_is_found():
    document = word_document(PROSE)
    shape = '<w:pict xmlns:w="{w}" xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="MẬT"/></w:pict>'
    picture = parse_xml(shape.format(w=nsmap["w"]))
    document.sections[0].header.paragraphs[0].add_run()._r.append(picture)

    with pytest.raises(SecretDocument):
        read_document(saved(document), "a.docx")


def test_a_mark_in_a_text_box_is_found():
    document = word_document(PROSE)
    box = '<w:txbxContent xmlns:w="{w}"><w:p><w:r><w:t>TỐI MẬT</w:t></w:r></w:p></w:txbxContent>'
    document.paragraphs[0].add_run()._r.append(parse_xml(box.format(w=nsmap["w"])))

    with pytest.raises(SecretDocument):
        read_document(saved(document), "a.docx")


def test_a_mark_in_the_page_around_an_article_is_found():
    page = f"<html><body><header>TUYỆT MẬT</header><article><p>{PROSE * 3}</p></article></body></html>"

    with pytest.raises(SecretDocument):
        read_document(page.encode(), "a.html")
