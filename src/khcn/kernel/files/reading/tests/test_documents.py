import copy

import pytest

from khcn.kernel.files.reading import (
    DamagedFile,
    EncryptedFile,
    FileTooLarge,
    Limits,
    NotVietnamese,
    ScannedDocument,
    read_document,
    read_pasted,
    require_vietnamese,
)
from khcn.kernel.files.reading.tests.samples import (
    PROSE,
    in_tcvn3_with_capital_font,
    pdf_of,
    raw_pdf,
    saved,
    word_document,
)


def test_word_paragraphs_and_tables_come_in_order():
    document = word_document("Trước bảng")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Tên thiết bị", "Số lượng", "Máy đo", "2"], strict=True):
        cell.text = text
    document.add_paragraph("Sau bảng")

    read = read_document(saved(document), "a.docx")

    assert read.text == "Trước bảng\nTên thiết bị\tSố lượng\nMáy đo\t2\nSau bảng"
    assert (read.kind, read.encoding, read.pages, read.warnings) == ("docx", "unicode", None, ())


def test_a_letterhead_table_is_read_cell_after_cell():
    document = word_document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "SỞ KHOA HỌC\nSố: 5/BC"
    table.cell(0, 1).text = "CỘNG HÒA\nĐộc lập"

    assert read_document(saved(document), "a.docx").text == "SỞ KHOA HỌC\nSố: 5/BC\nCỘNG HÒA\nĐộc lập"


def test_inserted_text_is_kept_and_deleted_text_is_not():
    document = word_document("Giữ lại câu này. ", "")
    first, second = document.paragraphs
    wrapped = first._p.makeelement(first._p.tag.replace("}p", "}ins"), {})
    wrapped.append(copy.deepcopy(second.add_run("Câu thêm vào.")._r))
    first._p.append(wrapped)
    dropped = first._p.makeelement(first._p.tag.replace("}p", "}del"), {})
    dropped.append(second.runs[0]._r)
    first._p.append(dropped)

    assert read_document(saved(document), "a.docx").text == "Giữ lại câu này. Câu thêm vào."


def test_word_text_in_an_old_font_is_converted():
    document = word_document(*(in_tcvn3_with_capital_font(line).decode("cp1252") for line in PROSE.split("\n")))

    read = read_document(saved(document), "a.docx")

    assert (read.text, read.encoding) == (PROSE, "tcvn3")


def test_pdf_text_comes_page_after_page():
    read = read_document(pdf_of("Trang thứ nhất của báo cáo", "#pagebreak()", "Trang thứ hai của báo cáo"), "a.pdf")

    assert read.text == "Trang thứ nhất của báo cáo\n\nTrang thứ hai của báo cáo"
    assert (read.kind, read.pages, read.warnings) == ("pdf", 2, ())


def test_a_pdf_with_some_scanned_pages_says_which_were_not_read():
    read = read_document(pdf_of("Báo cáo kết quả thực hiện", "#pagebreak()", "#rect()"), "a.pdf")

    assert read.warnings == ("1 trang không có lớp chữ (trang 2): nội dung các trang này chưa được đọc.",)


def test_a_scanned_pdf_is_told_apart_and_its_original_is_to_be_kept():
    with pytest.raises(ScannedDocument, match="không có lớp chữ") as refusal:
        read_document(pdf_of("#rect()"), "quét.pdf")

    assert "OCR" in str(refusal.value)
    assert "giữ bản gốc" in str(refusal.value)


def test_a_pdf_with_a_password_is_told_apart():
    lock = f"<</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -4>>"

    with pytest.raises(EncryptedFile, match="mật khẩu"):
        read_document(raw_pdf("", lock, trailer="/Encrypt 4 0 R/ID[<00><00>]"), "a.pdf")


def test_a_pdf_cut_short_is_damaged():
    with pytest.raises(DamagedFile, match="PDF bị hỏng"):
        read_document(pdf_of(PROSE)[:300], "a.pdf")


def test_a_pdf_with_too_many_pages_is_refused():
    with pytest.raises(FileTooLarge, match="có 3 trang, quá mức 2 trang"):
        read_document(pdf_of("A", "#pagebreak()", "B", "#pagebreak()", "C"), "a.pdf", Limits(max_pages=2))


def test_the_main_text_of_a_page_is_kept_and_the_rest_dropped():
    story = "Sở Khoa học và Công nghệ tổ chức hội nghị đánh giá kết quả. " * 5
    page = f"""<!DOCTYPE html><html><head><title>Tiêu đề</title><style>p {{}}</style></head><body>
      <nav>Trang chủ</nav><div>Quảng cáo</div>
      <article><header><h1>Hội nghị &quot;chuy&ecirc;n đề&quot;</h1></header>
      <p>{story}</p><script>alert("x")</script><p>Dòng một<br>dòng
      hai &#7897;</p><table><tr><td>A</td><td>B</td></tr></table></article><footer>Bản quyền</footer></body></html>"""

    read = read_document(page.encode(), "a.html")

    expected = f'Hội nghị "chuyên đề"\n\n{story.strip()}\n\nDòng một\ndòng hai ộ\n\nA\tB'
    assert (read.text, read.kind, read.encoding) == (expected, "html", "utf-8")


def test_a_page_without_a_main_part_gives_its_whole_body():
    page = "<html><body><p>Đoạn thứ nhất.</p><p>Đoạn thứ hai.</p></body></html>"

    assert read_document(page.encode(), "a.htm").text == "Đoạn thứ nhất.\n\nĐoạn thứ hai."


@pytest.mark.parametrize(
    ("content", "filename", "kind"),
    [("<html><body><p>Báo cáo</p></body></html>", "a.txt", "html"), ("Báo cáo", "a.html", "txt")],
)
def test_text_and_web_pages_under_each_others_extension_are_read_as_what_they_are(content, filename, kind):
    read = read_document(content.encode(), filename)

    assert (read.kind, read.text) == (kind, "Báo cáo")
    assert "Đuôi tệp" in read.warnings[0]


def test_a_page_whose_menu_is_never_closed_still_gives_its_text():
    page = "<html><body><nav><p>Nội dung nằm trong thẻ không đóng.</p></body></html>"

    assert read_document(page.encode(), "a.html").text == "Nội dung nằm trong thẻ không đóng."


def test_pasted_text_is_cleaned_and_composed():
    read = read_pasted("Ho\u0323p ba\u0301o\u00a0cáo\r\n\r\n\r\n\r\nKết\u200b thúc \ufeff\n")

    assert (read.text, read.kind) == ("Họp báo cáo\n\nKết thúc", "pasted")


def test_a_text_that_is_not_vietnamese_is_read_with_a_warning_and_refused_where_vietnamese_is_needed():
    read = read_document(b"The council met on Monday.", "minutes.txt")

    assert "không giống tiếng Việt" in read.warnings[0]
    with pytest.raises(NotVietnamese, match=r"minutes\.txt"):
        require_vietnamese(read, "minutes.txt")


def test_vietnamese_passes_where_it_is_needed():
    read = read_pasted(PROSE)

    assert require_vietnamese(read) is read


def test_a_very_long_text_is_cut_and_the_cut_is_told():
    read = read_document(("Báo cáo " * 100).encode(), "a.txt", Limits(max_characters=80))

    assert len(read.text) <= 80
    assert read.warnings == ("Văn bản quá dài: chỉ đọc 80 ký tự đầu.",)
