"""Several sessions in one text are told apart, and every item says to which it belongs."""

import json

from khcn.governance.models import WorkingSession
from khcn.governance.reader import read_text
from khcn.governance.tests.factories import make_reading

HEAD = "Ngày 5/3/2026, ông Lê Bá Tước, Chủ tịch UBND tỉnh làm việc với hai đơn vị của ngành.\n"
MORNING = "Buổi sáng, tại Sở Y tế, ông Tước yêu cầu Sở Y tế rà soát hồ sơ.\n"
AFTERNOON = "Buổi chiều, tại Trường Đại học Y, ông Tước yêu cầu nhà trường tăng cường đào tạo.\n"
NEXT_DAY = "Chiều 6/3, làm việc với Bệnh viện đa khoa, ông Tước yêu cầu bệnh viện rà soát thuốc.\n"


def sessions_of(text):
    return [(part.date, part.part_of_day, part.place) for part in read_text(text).sessions]


def test_morning_and_afternoon_at_two_places_are_two_sessions():
    assert sessions_of(HEAD + MORNING + AFTERNOON) == [
        ("2026-03-05", "sáng", "Sở Y tế"),
        ("2026-03-05", "chiều", "Trường Đại học Y"),
    ]


def test_a_part_that_names_its_own_day_has_it():
    assert sessions_of(HEAD + MORNING + NEXT_DAY)[1] == ("2026-03-06", "chiều", "Bệnh viện đa khoa")


def test_every_item_says_to_which_session_it_belongs():
    found = read_text(HEAD + MORNING + AFTERNOON).to_json()

    assert [item["session"] for item in found["directives"]] == [0, 1]
    assert found["date"] == found["sessions"][0]["date"]
    assert json.dumps(found)


def test_one_session_has_no_list_of_sessions():
    found = read_text(HEAD + MORNING).to_json()

    assert "sessions" not in found
    assert all("session" not in item for item in found["directives"])


def test_the_same_place_twice_is_one_session():
    assert sessions_of(HEAD + MORNING + "Buổi chiều, tại Sở Y tế, ông Tước nghe báo cáo.\n") == []


def test_a_notice_is_of_one_session():
    assert sessions_of("THÔNG BÁO\nKết luận của Chủ tịch\n1. A\n2. B\n" + HEAD + MORNING + AFTERNOON) == []


def test_the_reviewer_is_told_of_several_sessions(world):
    reading = make_reading(world.specialist, HEAD + MORNING + AFTERNOON)

    assert "2 buổi làm việc: sáng Sở Y tế; chiều Trường Đại học Y" in reading.warnings
    assert not WorkingSession.objects.exists()
    assert all("session" not in item.values for item in reading.items.all())
