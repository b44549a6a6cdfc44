"""What is known of reading the tables of slips and judgements."""

from __future__ import annotations

import csv
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.councils.states import Rating
from khcn.research.sheets import MOST_BYTES, TableRefused, read_judgements, read_slips

SLIPS = "member,criterion,score,present,valid\n"
JUDGEMENTS = "member,product,criterion,rating,ordered,delivered\n"


def refusal_of(read, table):
    with pytest.raises(TableRefused) as refusal:
        read(table if isinstance(table, bytes) else table.encode())
    return str(refusal.value)


@pytest.mark.parametrize("limit", [131_072, 1_000_000])
def test_a_cell_is_too_long_whatever_other_readers_of_the_process_allow(limit):
    before = csv.field_size_limit(limit)
    try:
        assert "hoặc dài quá" in refusal_of(read_slips, SLIPS + "A" * 140_000 + ",1,1,true,true\n")
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (
            b"\x00\x01\x02PK\x03\x04\xff\xfe\x00" * 9,
            "Tệp không phải bảng CSV: nội dung không phải văn bản. Mở bảng tính",
        ),
        ((SLIPS + "An,1,1,true,true\n" * 4000).encode() + b"\x00", "có ký tự NUL"),
        (b"a" * (MOST_BYTES + 1), "Tệp lớn hơn 3 MB"),
        (b"\xff\xfea", "Tệp không phải bảng CSV: văn bản UTF-16 bị hỏng"),
        (b"", "thiếu cột member, criterion, score, present, valid"),
        (SLIPS + 'An,1,1,true,true\n"Bình,1,1,true,true\nChi,1,1,true,true\n', "Dòng 3: ô mở dấu ngoặc kép mà không"),
        (SLIPS + '"An"x,1,1,true,true\n', "có chữ ngay sau dấu đóng"),
        (SLIPS + "A" * 140_000 + ",1,1,true,true\n", "Dòng 2: ô mở dấu ngoặc kép mà không đóng"),
        ("member,criterion,score,present,valid,Score \n", "có cột score nhiều lần (cột thứ 3, 6). Giữ một cột."),
        (SLIPS + "An,1,8,5,true,true\n", "Dòng 2 có 6 ô, dòng tiêu đề có 5 cột. Số thập phân viết với dấu phẩy phải"),
        (SLIPS + "\u200b,1,8,true,true\n", "Dòng 2: cột member để trống"),
        (SLIPS + "An,1,,true,true\n", "Dòng 2: cột score để trống"),
        (SLIPS + "An,1,1e-99999999,true,true\n", "cột score ghi «1e-99999999» theo số mũ; ghi số thường, như 8,5."),
        (SLIPS + "An,1,1E+2,true,true\n", "theo số mũ"),
        (SLIPS + "An,1," + "9" * 5000 + ",true,true\n", "cột score ghi một số dài 5000 ký tự"),
        (SLIPS + "An,1,1_0,true,true\n", "cột score ghi «1_0», không phải là số."),
        (SLIPS + "An,1,١٢,true,true\n", "không phải là số"),
        (SLIPS + "An,١,1,true,true\n", "«١» không phải số thứ tự của tiêu chí"),
        (SLIPS + "An," + "1" * 5000 + ",1,true,true\n", "không phải số thứ tự của tiêu chí"),
        (SLIPS + "An,1,NaN,true,true\nBình,1,inf,true,true\n", "«NaN», không phải là số"),
    ],
)
def test_a_table_of_slips_that_cannot_be_read_is_refused_with_place_and_remedy(table, words):
    said = refusal_of(read_slips, table)

    assert words in said
    assert len(said) < 300


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Văn A", "nguyễn văn a"),
        ("Nguyễn Văn A", "Nguyễn  Văn\u00a0A"),
        ("Nguyễn Văn A", "Nguye\u0302\u0303n Va\u0306n A"),
        ("Trần Thị Uỷ", "Trần Thị Ủy"),
        ("Đỗ Hoà", "\u00d0ỗ Hòa"),
    ],
)
def test_one_member_spelled_in_two_ways_is_one_member(one, other):
    doubled = refusal_of(read_slips, f"{SLIPS}{one},1,1,true,true\nBình,1,1,true,true\n{other},1,2,true,true\n")
    merged = read_slips(f"{SLIPS}{one},1,1,true,true\n{other},2,2,true,true\n".encode())

    assert "Dòng 4:" in doubled
    assert "dòng 2 đã ghi (ghi là «" in doubled or "dòng 2 đã ghi. Giữ" in doubled
    assert [slip.points for slip in merged] == [{1: Decimal(1), 2: Decimal(2)}]


def test_two_members_whose_names_differ_by_a_mark_stay_two():
    assert len(read_slips(f"{SLIPS}Lê Thuý,1,1,true,true\nLê Thùy,1,1,true,true\n".encode())) == 2


def test_a_void_slip_may_lack_points():
    found = read_slips(f"{SLIPS}An,1,,true,false\nAn,2,7,true,false\n".encode())

    assert [(one.points, one.valid) for one in found] == [({2: Decimal(7)}, False)]


def test_a_member_who_is_there_on_one_line_and_away_on_another_is_refused_with_both_lines():
    said = refusal_of(read_slips, SLIPS + "An,1,1,true,true\nAN,2,2,false,true\n")

    assert "Dòng 3: AN lúc thì có mặt" in said
    assert "dòng 2 ghi khác (ghi là «An», cùng một người)" in said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10", "10"),
        ("12,5", "12.5"),
        ("12.50", "12.5"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("1.000.000", "1000000"),
        ("1,000,000", "1000000"),
        ("1.000,5", "1000.5"),
        ("1,000.25", "1000.25"),
        ("1.234.567,89", "1234567.89"),
        ("0", "0"),
    ],
)
def test_an_amount_that_can_mean_one_thing_only_is_read(written, meant):
    table = f'{JUDGEMENTS}An,Giống,quantity,pass,"{written}",1\n'

    assert read_judgements(table.encode())[0].ordered == Decimal(meant)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1.000", "Ghi 1000 nếu là nghìn, «1» nếu là số thập phân."),
        ("1,000", "Ghi 1000 nếu là nghìn, «1» nếu là số thập phân."),
        ("12.250", "Ghi 12250 nếu là nghìn, «12,25» nếu là số thập phân."),
        ("1,234", "Ghi 1234 nếu là nghìn, «1,2340» nếu là số thập phân."),
        ("-5", "cột delivered ghi «-5»; số lượng không thể âm."),
        ("-1.000.000", "số lượng không thể âm"),
        ("mười", "không phải là số"),
        ("1.000" * 40, "cột delivered ghi một số dài 200 ký tự"),
    ],
)
def test_an_amount_that_may_mean_two_things_or_nothing_is_refused_with_what_to_write(written, words):
    said = refusal_of(read_judgements, f'{JUDGEMENTS}An,Giống,quantity,pass,10,"{written}"\n')

    assert said.startswith("Dòng 2: cột delivered ghi")
    assert words in said


def test_a_product_judged_twice_is_refused_with_both_lines_however_it_is_spelled():
    said = refusal_of(read_judgements, JUDGEMENTS + "An,Giống lúa,quality,pass,,\nAN,giống  LÚA,quality,pass,,\n")

    assert "Dòng 3: AN đánh giá hai lần «Giống lúa», tiêu chí chất lượng; dòng 2 đã ghi (ghi là «An»" in said


def test_an_empty_rating_is_a_slip_left_blank():
    found = read_judgements(f"{JUDGEMENTS}An,Giống,quality,,,\nAn,report,,pass,,\n".encode())

    assert [one.rating for one in found] == [None, Rating.PASS]


@given(st.binary(max_size=400), st.sampled_from([(read_slips, SLIPS), (read_judgements, JUDGEMENTS)]))
def test_no_bytes_break_the_reading(data, kind):
    read, headings = kind
    for table in (data, headings.encode() + data):
        with suppress(TableRefused):  # anything else that is raised fails the test
            assert read(table)


@given(st.text(max_size=120))
def test_no_text_breaks_the_reading(text):
    with suppress(TableRefused):
        assert read_slips((SLIPS + text).encode(errors="surrogatepass"))
