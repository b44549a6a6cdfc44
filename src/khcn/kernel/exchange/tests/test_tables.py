from __future__ import annotations

import io

import pytest
import xlsxwriter

from khcn.kernel.exchange.headers import HeadingsNotFound, names_of, understand
from khcn.kernel.exchange.hidden_parts import letters
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.exchange.values import label_of
from khcn.kernel.files.reading import SecretDocument, UnreadableFile
from khcn.kernel.records.registry import register, registers
from khcn.kernel.text.folding import search_key

SAMPLE = "Tên;Loại văn bằng;Ngày cấp\nChè Tân Cương thử;Giấy chứng nhận đăng ký nhãn hiệu;24/9/2021\n"


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        ("utf-8", ";"),
        ("utf-8-sig", ","),
        ("utf-16", "\t"),
        ("utf-8", "|"),
    ],
)
def test_a_csv_file_is_read_whatever_its_encoding_and_delimiter(encoding, delimiter):
    data = SAMPLE.replace(";", delimiter).encode(encoding)

    table = read_table(data, "mẫu.csv")

    assert table.rows[0] == ("Tên", "Loại văn bằng", "Ngày cấp")
    assert table.rows[1][0] == "Chè Tân Cương thử"


def test_a_delimiter_inside_quotes_does_not_split_a_cell():
    table = read_table('Tên;Ghi chú\n"Một; hai";"ba\nbốn"\n'.encode(), "a.csv")

    assert table.rows == (("Tên", "Ghi chú"), ("Một; hai", "ba\nbốn"))


def test_title_lines_above_the_headings_are_passed_over_and_rows_keep_their_numbers():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "DANH SÁCH VĂN BẰNG")
    sheet.write_row(2, 0, ["STT", "DOI TUONG DUOC BAO HO", "Loại văn bằng (*)", "Ngày cấp"])
    sheet.write_row(4, 0, [1, "Nhãn hiệu A", "mark", ""])
    book.close()

    found = understand(register("protection-title"), read_table(file.getvalue(), "danh sách.xlsx"))

    assert [column.name for column in found.columns.values()] == ["title", "kind", "granted_on"]
    assert [number for number, _ in found.rows] == [5]
    assert found.ignored == ("STT",)


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0 not office", b"\x00\x01\x02\x03" * 50],
)
def test_what_is_no_table_is_refused_with_a_reason(data):
    with pytest.raises(UnreadableFile):
        read_table(data, "hỏng.xlsx")


def test_a_small_file_that_claims_more_cells_than_a_machine_has_is_refused():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "b")
    book.close()

    with pytest.raises(UnreadableFile, match=r"bom\.xlsx"):
        read_table(file.getvalue(), "bom.xlsx")


def test_a_table_stamped_secret_is_refused():
    with pytest.raises(UnreadableFile, match="MẬT"):
        read_table("MẬT;\nTên;Loại\nA;b\n".encode(), "a.csv")


def workbook(*, second="", header="", said="", custom=""):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet("Danh sách")
    page.write_row(0, 0, ["Tên", "Loại"])
    page.write_row(1, 0, ["A", "b"])
    page.set_header(header)
    book.add_worksheet("Ghi chú").write(40, 3, second or "x")
    book.set_properties({"subject": said})
    if custom:
        book.set_custom_property("Độ mật", custom)
    book.close()
    return file.getvalue()


def test_a_workbook_without_marks_is_read():
    assert read_table(workbook(custom="Không"), "a.xlsx").rows == (("Tên", "Loại"), ("A", "b"))


@pytest.mark.parametrize(
    "marked", [{"second": "TỐI MẬT"}, {"header": "&RMẬT"}, {"said": "TUYỆT MẬT"}, {"custom": "Mật"}]
)
def test_a_mark_anywhere_in_a_workbook_is_found(marked):
    with pytest.raises(SecretDocument):
        read_table(workbook(**marked), "a.xlsx")


@pytest.mark.parametrize(
    "text",
    [
        "Tên;Loại\n" + "A;b\n" * 40 + "TỐI MẬT;\n",  # below the headings
        "Tên;Loại\n" + "A;b\n" * 6000 + ";MẬT\n",  # far below
        "Số;Trích yếu;Độ mật\n1;Kế hoạch;\n2;Báo cáo;Mật\n",  # a column of degrees
        "Số;Độ mật\n1;tuyệt mật\n",
    ],
)
def test_a_mark_in_any_line_of_a_table_is_found(text):
    with pytest.raises(SecretDocument):
        read_table(text.encode(), "a.csv")


@pytest.mark.parametrize("name", ["TUYỆT MẬT.csv", "danh-sach_TUYET-MAT.csv"])
def test_a_table_is_refused_by_its_name(name):
    with pytest.raises(SecretDocument):
        read_table(SAMPLE.encode(), name)


@pytest.mark.parametrize(
    "text",
    [
        "Tên;Loại\n" + "Mật ong Định Hóa;Sản phẩm\n" * 6000,
        "Tên;Ghi chú\nA;Bảo mật thông tin\nB;xử lý tài liệu mật theo quy định\n",
        "Số;Độ mật\n1;Không\n2;Thường\n",
        "Tên;Quy chế bảo vệ bí\nA;mật nhà nước\n",
    ],
)
def test_the_word_inside_a_table_is_no_mark(text):
    assert read_table(text.encode(), "bao-mat.csv").rows


def test_a_table_without_required_headings_names_them():
    table = read_table("Tên;Ngày cấp\nA;24/9/2021\n".encode(), "a.csv")

    with pytest.raises(HeadingsNotFound, match="Loại văn bằng"):
        understand(register("protection-title"), table)


def test_hidden_rows_and_columns_are_read_and_told():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Văn bằng & đơn")
    for number in range(9):
        sheet.write_row(number, 0, ["Tên" if not number else f"Chè {number}", "", "ghi chú"])
    for number in (2, 3, 4, 5, 6, 7, 20):
        sheet.set_row(number, None, None, {"hidden": True})
    sheet.set_column("B:C", None, None, {"hidden": True})
    sheet.set_column("G:XFD", None, None, {"hidden": True})
    book.close()

    table = read_table(file.getvalue(), "a.xlsx")

    assert len(table.rows) == 9
    assert table.warnings == (
        "Bảng có 6 dòng đang ẩn (dòng 3, 4, 5, 6, 7…): các dòng này cũng được đọc và nhập như các dòng khác.",
        "Bảng có cột đang ẩn (C): các cột này cũng được đọc; cột nào không nhập thì bỏ chọn.",
    )


def test_a_sheet_that_shows_everything_is_told_nothing_of():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Tên", "hidden=1"])
    sheet.set_row(0, 30)
    sheet.set_column("A:A", 30)
    book.close()

    assert read_table(file.getvalue(), "a.xlsx").warnings == ()


def test_a_hidden_sheet_comes_after_those_that_are_shown_and_says_so():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    hidden, shown = book.add_worksheet("Danh mục"), book.add_worksheet("Văn bằng")
    hidden.write(0, 0, "mã")
    shown.write(0, 0, "Tên")
    shown.activate()
    hidden.hide()
    book.close()

    first, second = (read_table(file.getvalue(), "a.xlsx", number) for number in (0, 1))

    assert (first.sheets, first.rows) == (("Văn bằng", "Danh mục (đang ẩn)"), (("Tên",),))
    assert second.rows == (("mã",),)


@pytest.mark.parametrize(("number", "said"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_called_as_spreadsheets_do(number, said):
    assert letters(number) == said


def test_what_people_write_over_a_column_finds_it_where_no_label_does():
    table = read_table("Tên nhãn hiệu;Loại hình;Số GCN;Ngày cấp bằng\nChè;mark;4-1;24/9/2021\n".encode(), "a.csv")

    found = understand(register("protection-title"), table)

    assert [one.name for one in found.columns.values()] == ["title", "kind", "title_number", "granted_on"]


def test_no_register_reads_one_heading_as_two_columns():
    for found in registers():
        names = names_of(found)
        labels = [search_key(label_of(found, one)) for one in found.columns if one.importable]
        assert {names[one].name for one in labels} == {one.name for one in found.columns if one.importable}
        said = [search_key(words) for one in found.columns if one.importable for words in one.also]
        assert len(said) == len(set(said)), found.key
