import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.governance.reader import read_text

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
PIECES = [
    *["Sáng ngày 24/9, ", "ông ", "Nguyễn Văn An", ", ", "Bí thư Tỉnh ủy ", "yêu cầu ", "Sở Nội vụ ", "khẩn trương "],
    *["rà soát ", "; ", ". ", "\n", "\r\n", "- ", "II. ", "1. ", "hơn 60 dự án ", "12,5% ", "60-80 triệu đồng ", "“"],
    *["”", '"', "như: ", "kiến nghị ", "THÔNG BÁO\n", "kết luận như sau:\n", "trước 30/2", "quý III ", "H'Len "],
    *["cho biết ", "e\u0301", "İ", "\u0301", "99999999999999/1 ", "tháng 13/0000 ", "tỉnh ", "cần "],
]


def evidence_of(reading):
    read = reading.to_json()
    kinds = ("people", "figures", "discussion_points", "directives", "petitions")
    items = [item for kind in kinds for item in read[kind]]
    return [*items, *(item for item in (read["date_evidence"], read["place_evidence"]) if item)]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_whatever_is_read_stands_where_it_says(text):
    for item in evidence_of(read_text(text)):
        start, end = item["span"]
        assert text[start:end] == item["text"]
        assert 0 <= item["confidence"] <= 1


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    assert read_text(text).to_json()["people"] is not None


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_hold_in_both_unicode_forms(path, form):
    text = unicodedata.normalize(form, path.read_bytes().decode("utf-8"))

    for item in evidence_of(read_text(text)):
        assert text[slice(*item["span"])] == item["text"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_unicode_form_does_not_change_what_is_read(path):
    text = path.read_bytes().decode("utf-8")
    composed = read_text(unicodedata.normalize("NFC", text)).to_json()
    decomposed = read_text(unicodedata.normalize("NFD", text)).to_json()

    assert [person["name"] for person in composed["people"]] == [person["name"] for person in decomposed["people"]]
    assert [item["action"] for item in composed["directives"]] == [item["action"] for item in decomposed["directives"]]


def test_an_empty_text_gives_an_empty_reading():
    reading = read_text("")

    assert reading.title is None
    assert reading.date is None
    assert evidence_of(reading) == []


@pytest.mark.parametrize(
    "unit",
    [
        "x",
        "Nguyễn ",
        "1",
        "1 ",
        "; ",
        '"',
        "Phó Chủ tịch ",
        "ông A yêu cầu ",
        "Sở Nội vụ, ",
        "yêu cầu Sở Nội vụ rà soát hồ sơ, khẩn trương báo cáo; ",
        "Bà Lê Thị Sáu, Giám đốc Sở Nội vụ cho biết có 12 dự án. ",
        "- Kiến nghị tỉnh hỗ trợ 5 tỷ đồng;\n",
        "Nội dung ngày 24/9/2021 và ngày 30 tháng 9 năm 2021; ",
    ],
)
def test_a_longer_text_costs_no_more_than_its_length(unit):
    # 16 times the text: 16 where cost follows length, 256 where it follows the square. Between them lies room for
    # a busy machine; the exact ratios stand in benchmarks/small_work.py.
    spent = []
    for length in (12_500, 200_000):
        begun = time.process_time()
        read_text(unit * (length // len(unit)))
        spent.append(time.process_time() - begun)

    assert spent[1] < 64 * max(spent[0], 0.01)
