from __future__ import annotations

import io

import pytest
import xlsxwriter

from khcn.kernel.exchange.headers import HeadingsNotFound, understand
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.files.reading import UnreadableFile
from khcn.kernel.records.registry import register

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


def test_a_table_without_required_headings_names_them():
    table = read_table("Tên;Ngày cấp\nA;24/9/2021\n".encode(), "a.csv")

    with pytest.raises(HeadingsNotFound, match="Loại văn bằng"):
        understand(register("protection-title"), table)
