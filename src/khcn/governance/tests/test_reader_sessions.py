from datetime import date

import pytest

from khcn.governance.reader import read_text

LEAD = "Ông Lê Bá Tước, Chủ tịch UBND tỉnh làm việc với Sở Y tế"


@pytest.mark.parametrize(
    ("text", "day", "inferred"),
    [
        (f"Sáng 24/9/2021, {LEAD}.", "2021-09-24", False),
        (f"Chiều ngày 24-9, {LEAD}.", "--09-24", False),
        (f"Ngày 24 tháng 9 năm 2021, {LEAD}.", "2021-09-24", False),
        (f"(24.9.2021) {LEAD}.", "2021-09-24", False),
        (f"Sáng 24/9, {LEAD} về kết quả 9 tháng đầu năm 2021.", "2021-09-24", True),
        (f"Sáng 24/9, {LEAD}. Đến tháng 8/2022, có 12 dự án.", "2022-09-24", True),
        (f"Tỉnh X, ngày 20 tháng 5 năm 2026\nNgày 16 tháng 5 năm 2026, {LEAD}.", "2026-05-16", False),
        (f"{LEAD}.", None, False),
        (f"Ngày 22/5, văn bản được ban hành. Trước đó, tại buổi làm việc ngày 19/5, {LEAD}.", "--05-19", False),
        (f"{LEAD} theo Chỉ thị số 45-CT/TW, ngày 14.4.2025.", None, False),
    ],
)
def test_the_day_of_the_session_is_the_one_told_with_it(text, day, inferred):
    reading = read_text(text)

    assert (reading.date, reading.year_inferred) == (day, inferred)


@pytest.mark.parametrize(
    ("published", "day"),
    [(date(2022, 1, 3), "2021-12-30"), (date(2021, 12, 31), "2021-12-30")],
)
def test_the_day_of_publication_gives_the_year(published, day):
    reading = read_text(f"Sáng 30/12, {LEAD}.", published_on=published)

    assert (reading.date, reading.year_inferred) == (day, True)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"Sáng 5/3, tại Trường Đại học Sơn Hà, {LEAD}.", "Trường Đại học Sơn Hà"),
        ("Sáng 5/3, ông Lê Bá Tước đến thăm Công ty Gốm Sứ Bạch Hạc.", "Công ty Gốm Sứ Bạch Hạc"),
        (f"Sáng 5/3, {LEAD} về chuyển đổi số.", "Sở Y tế"),
        ("Sáng 5/3, ông Lê Bá Tước, Chủ tịch UBND tỉnh Sơn Hà chủ trì cuộc họp.", "tỉnh Sơn Hà"),
    ],
)
def test_the_place_is_where_they_met_or_with_whom(text, place):
    assert read_text(text).place == place


def test_the_title_is_the_first_line_of_words():
    assert read_text("Facebook   Zalo\n\nTỉnh X họp về lũ lụt\n\nNội dung.").title == "Tỉnh X họp về lũ lụt"


@pytest.mark.parametrize(
    "head",
    [
        "THÔNG BÁO\nKết luận của đồng chí Phó Chủ tịch tại buổi làm việc với Sở Mẫu",
        "THÔNG BÁO\nKết luận của đồng chí Phó Chủ tịch\ntại buổi làm việc với Sở Mẫu\n(Bản thử)",
    ],
)
def test_a_notice_is_called_by_what_it_is_about(head):
    text = f"{head}\n\nNgày 14/10/2026, đồng chí Trần Mẫu, Phó Chủ tịch UBND tỉnh chủ trì buổi làm việc với Sở Mẫu.\n"

    title = read_text(text).title

    assert title.startswith("Kết luận của đồng chí Phó Chủ tịch")
    assert "Bản thử" not in title
