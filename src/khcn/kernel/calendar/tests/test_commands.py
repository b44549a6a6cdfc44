import json

import pytest

from khcn.kernel.calendar.commands import due


def test_the_json_answer_gives_both_days_the_skipped_ones_and_the_source(capsys):
    code = due(["--start", "2026-11-20", "--limit", "5wd", "--pause", "2026-12-01..2026-12-03", "--json"])

    answer = json.loads(capsys.readouterr().out)
    assert code == 0
    assert answer.keys() == {"nominal", "due", "skipped", "source"}
    assert answer["due"] == answer["nominal"] == "2026-11-30"
    assert {"date": "2026-11-24", "reason": "Ngày Văn hóa Việt Nam"} in answer["skipped"]
    assert "Nghị quyết 28/2026/QH16" in answer["source"]
    assert "theo nguồn thứ cấp" in answer["source"]


def test_the_source_admits_days_that_await_a_decision(capsys):
    due(["--start", "3/2/2027", "--limit", "3wd", "--json"])

    assert "chưa đối chiếu văn bản; chưa có quyết định chính thức" in json.loads(capsys.readouterr().out)["source"]


def test_without_json_the_answer_is_readable_vietnamese(capsys):
    code = due(["--start", "20/11/2026", "--limit", "5wd"])

    out = capsys.readouterr().out
    assert code == 0
    assert "Hạn: Thứ Hai, 30/11/2026." in out
    assert "Nguồn: Bảng ngày làm việc Việt Nam 2015–2027" in out


def test_several_pauses_add_up(capsys):
    pauses = ["--pause", "25/11/2026..26/11/2026", "--pause", "27/11/2026..30/11/2026"]

    due(["--start", "2026-11-20", "--limit", "5wd", *pauses, "--json"])

    assert json.loads(capsys.readouterr().out)["due"] == "2026-12-02"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Thiếu ngày bắt đầu"),
        (["--start", "2026-11-20"], "Thiếu ngày bắt đầu (--start) hoặc thời hạn (--limit)"),
        (["--start", "hôm qua", "--limit", "5wd"], "Không hiểu ngày “hôm qua”"),
        (["--start", "2026-11-20", "--limit", "5"], "Không hiểu thời hạn “5”"),
        (["--start", "2026-11-20", "--limit", "5wd", "--pause", "x"], "Không hiểu khoảng tạm dừng “x”"),
        (["--start", "2028-11-20", "--limit", "5wd"], "chưa có năm 2028"),
        (["--start"], "Không hiểu dòng lệnh"),
        (["--what"], "Không hiểu dòng lệnh"),
    ],
)
def test_wrong_input_is_told_on_the_error_stream_and_returns_one(capsys, arguments, said):
    code = due(arguments)

    captured = capsys.readouterr()
    assert (code, captured.out) == (1, "")
    assert said in captured.err


def test_help_is_vietnamese(capsys):
    assert due(["--help"]) == 0
    assert "5wd = 5 ngày làm việc" in capsys.readouterr().out
