from __future__ import annotations

import json

import pytest
from django.db import OperationalError

from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.research.commands import run_rate, run_score

SLIPS = "member,criterion,score,present,valid\n"
JUDGEMENTS = "member,product,criterion,rating,ordered,delivered\n"


def slips_of(**totals):
    """Return the lines of slips by PRODUCTIVITY-2022, whose criteria have 15, 50 and 35 points."""
    lines = []
    for name, points in totals.items():
        lines += [f"{name},{order},{given},true,true\n" for order, given in enumerate(points, start=1)]
    return "".join(lines)


@pytest.fixture
def ran(tmp_path, capsys):
    """Run a command over a table; returns its code, what it said and what it complained of."""

    def run(command, table, *options):
        file = tmp_path / "phieu.csv"
        file.write_bytes(table if isinstance(table, bytes) else table.encode())
        code = command([str(file), *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def rules(db):
    load_shipped_rules()


@pytest.mark.usefixtures("rules")
def test_slips_are_counted_with_totals_mean_gaps_verdict_and_the_rule(ran):
    table = SLIPS
    for name, points in {"An": (10, 20, 12, 12, 12, 12), "Bình": (11, 21, 13, 13, 13, 13), "Chi": (1,) * 6}.items():
        table += slips_of(**{name: points})
    table += slips_of(Dung=(10, 20, 12, 12, 12, 12), Em=(10, 20, 12, 12, 12, 12), Giang=(12, 22, 13, 13, 13, 13))

    code, out, _err = ran(run_score, table, "--sheet", "NAT-APPLIED-2023", "--json")
    found = json.loads(out)

    assert code == 0
    assert [one["total"] for one in found["members"]] == [78, 84, 6, 78, 78, 86]
    assert found["first_mean"] == pytest.approx(68.3333333)
    assert [one["member"] for one in found["gap"]] == ["Bình", "Chi", "Giang"]
    assert (found["mean"], found["mean_exact"], found["mean_shown"], found["verdict"]) == (78, "78", 78, "passed")
    assert found["rules"][0]["legal_basis"].startswith("TT 20/2023")
    assert found["rules"][0]["confidence"] == "secondary"


@pytest.mark.usefixtures("rules")
def test_a_count_is_told_in_sentences(ran):
    table = SLIPS + slips_of(An=(10, 40, 30), Bình=("9,5", 41, 30)).replace("9,5", '"9,5"')

    code, out, _err = ran(run_score, table, "--sheet", "PRODUCTIVITY-2022")

    assert code == 0
    assert "Điểm trung bình: 80,25." in out
    assert "không đặt ngưỡng điểm đạt" in out
    assert "Theo: TT 15/2022/TT-BKHCN điều 16 (theo nguồn thứ cấp)." in out


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("table", "words"),
    [
        (
            SLIPS + "An,1,16,true,true\n",
            "tiêu chí 1 «Tính cấp thiết» cho 16 điểm; phiếu «PRODUCTIVITY-2022» cho từ 0 đến 15. Theo: TT 15/2022",
        ),
        (SLIPS + "An,1,x,true,true\n", "Dòng 2: cột score ghi «x», không phải là số."),
        (SLIPS + "An,một,1,true,true\n", "«một» không phải số thứ tự"),
        (SLIPS + "An,1,1,yes,true\n", "cột present ghi «yes»; cần một trong: true, false"),
        (SLIPS + "An,1,1,true,true\nAn,1,2,true,true\n", "Dòng 3: An chấm hai lần tiêu chí 1"),
        (SLIPS + "An,1,1,true,true\nAn,2,2,false,true\n", "Ghi như nhau ở mọi dòng"),
        (SLIPS + ",1,1,true,true\n", "Dòng 2: cột member để trống"),
        (SLIPS, "không có dòng nào"),
        ("member,score\nAn,1\n", "thiếu cột criterion, present, valid"),
    ],
)
def test_a_table_that_cannot_stand_is_refused_with_line_and_reason(ran, table, words):
    code, out, err = ran(run_score, table, "--sheet", "PRODUCTIVITY-2022", "--json")

    assert (code, out) == (1, "")
    assert words in err


@pytest.mark.usefixtures("rules")
def test_an_unknown_sheet_and_a_missing_file_are_told(ran, tmp_path, capsys):
    assert "council.sheet.KHONG-CO" in ran(run_score, SLIPS, "--sheet", "KHONG-CO")[2]
    assert run_score([str(tmp_path / "mat.csv"), "--sheet", "X"]) == 1
    assert "Không đọc được tệp" in capsys.readouterr().err


@pytest.mark.usefixtures("rules")
def test_a_task_is_rated_with_the_explanation_and_the_rule(ran):
    table = JUDGEMENTS
    for member in ("An", "Bình", "Chi", "Dung"):
        rating = "pass" if member == "Dung" else "excellent"
        table += (
            f"{member},Quy trình,quality,{rating},,\n{member},Giống,quantity,excellent,10,12\n{member},report,,pass,,\n"
        )

    code, out, _err = ran(run_rate, table, "--regime", "law29", "--json")
    found = json.loads(out)

    assert code == 0
    assert [one["rating"] for one in found["members"]] == ["excellent", "excellent", "excellent", "pass"]
    assert (found["rating"], found["rules"][0]["key"]) == ("excellent", "research.rating.law29")
    assert found["reasons"] == ["3 trên 4 thành viên xếp «Xuất sắc», từ 3/4 trở lên, không ai xếp «Không đạt»."]


@pytest.mark.usefixtures("rules")
def test_under_the_new_law_the_doubt_is_shown(ran):
    table = JUDGEMENTS + "An,Quy trình,quality,pass,,\nAn,,report,pass,,\n"

    code, out, _err = ran(run_rate, table, "--regime", "law93")

    assert code == 0
    assert "chưa đối chiếu văn bản" in out


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(("filed", "rating"), [("2022-06-30", "pass"), ("2022-07-01", "fail")])
def test_a_file_more_than_six_months_late_fails(ran, filed, rating):
    table = JUDGEMENTS + "An,Quy trình,quality,pass,,\nAn,report,,pass,,\n"

    _code, out, _err = ran(run_rate, table, "--regime", "law29", "--ended", "2021-12-30", "--filed", filed, "--json")

    assert json.loads(out)["rating"] == rating


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("An,Giống,colour,pass,,\n", "cột criterion ghi «colour»"),
        ("An,Giống,quantity,good,,\n", "cột rating ghi «good»; cần một trong: excellent, pass, fail"),
        ("An,Giống,quantity,pass,mười,9\n", "cột ordered ghi «mười», không phải là số"),
        ("An,Giống,quantity,pass,,\n", "An chưa đánh giá báo cáo tổng hợp"),
    ],
)
def test_judgements_that_cannot_stand_are_refused(ran, line, words):
    code, _out, err = ran(run_rate, JUDGEMENTS + line, "--regime", "law29")

    assert code == 1
    assert words in err


def test_without_an_installation_the_rules_that_ship_are_used(ran, monkeypatch):
    def no_table(*_args, **_options):
        raise OperationalError

    monkeypatch.setattr("khcn.councils.sheets.rule_in_force", no_table)
    table = SLIPS + slips_of(An=(10, 40, 30))

    code, out, _err = ran(run_score, table, "--sheet", "PRODUCTIVITY-2022", "--json")

    assert (code, json.loads(out)["mean"]) == (0, 80)
