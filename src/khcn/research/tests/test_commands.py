from __future__ import annotations

import json

import pytest
from django.db import OperationalError

from khcn.councils.rules import sheet_from
from khcn.councils.sheets import RuleUsed
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.research import commands
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
    assert (found["mean"], found["mean_exact"], found["mean_shown"], found["verdict"]) == (78, "78", "78.00", "passed")
    assert found["rules"][0]["legal_basis"].startswith("TT 20/2023")
    assert found["rules"][0]["confidence"] == "secondary"


@pytest.mark.usefixtures("rules")
def test_a_count_is_told_in_sentences(ran):
    table = SLIPS + slips_of(An=(10, 40, 30), Bình=("9,5", 41, 30)).replace("9,5", '"9,5"')

    code, out, _err = ran(run_score, table, "--sheet", "PRODUCTIVITY-2022")

    assert code == 0
    assert "Điểm trung bình: 80,25." in out
    assert "  An: 80 điểm.\n  Bình: 80,50 điểm." in out
    assert "Kết luận: chưa kết luận được.\n  Phiếu «PRODUCTIVITY-2022» không đặt ngưỡng điểm đạt." in out
    assert "Theo: TT 15/2022/TT-BKHCN điều 16 (theo nguồn thứ cấp)." in out


FULL = (12, 24, 16, 16, 16, 16)


@pytest.mark.usefixtures("rules")
def test_zeros_on_slips_left_out_of_the_mean_fail_the_dossier_and_are_told(ran):
    table = SLIPS + slips_of(**{f"Thấp{n}": (0, 10, 10, 10, 10, 14) for n in range(3)})
    table += slips_of(**{f"Cao{n}": FULL for n in range(6)})

    _code, out, _err = ran(run_score, table, "--sheet", "NAT-APPLIED-2023", "--json")
    _code, told, _err = ran(run_score, table, "--sheet", "NAT-APPLIED-2023")
    found = json.loads(out)

    assert (found["verdict"], found["mean"], found["zeros_limit"]) == ("failed", 100, "1/4")
    assert [(one["criterion"], one["count"], one["present"], one["not_in_mean"]) for one in found["zeros"]] == [
        (1, 3, 9, 3)
    ]

    assert "  Thấp0: 54 điểm; không tính: 54 điểm lệch" in told
    assert "Điểm trung bình: 100,00.\n  Trước khi loại phiếu lệch: 84,67.\nKết luận: Không đạt." in told
    assert "3 trên 9 thành viên có mặt cho 0 điểm, quá 1/4; trong đó 3 phiếu không tính" in told


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("points", "verdict", "mean"),
    [
        (("7,995", 15, 11, 12, 12, 12), "Kết luận: Không đạt.", "Điểm trung bình: 69,995."),
        ((8, 15, 11, 12, 12, 12), "Kết luận: Đạt.", "Điểm trung bình: 70,00."),
    ],
)
def test_the_verdict_is_told_by_the_mean_as_it_is(ran, points, verdict, mean):
    table = SLIPS + slips_of(An=points).replace("7,995", '"7,995"')

    _code, out, _err = ran(run_score, table, "--sheet", "NAT-APPLIED-2023")

    assert verdict in out
    assert mean in out


@pytest.mark.usefixtures("rules")
def test_a_mean_that_rounding_would_lift_into_a_band_is_told_as_it_is(ran):
    table = SLIPS + slips_of(An=(5, 5, 10, 10, 25, 20, 15, "0.995"))

    _code, out, _err = ran(run_score, table, "--sheet", "AGRI-ADB-2010")

    assert "Điểm trung bình: 90,995, khá." in out
    assert "làm tròn thành 91,00 nhưng chưa đến 91 điểm của mức «Xuất sắc»" in out


def test_slips_that_lie_far_apart_are_told_to_the_council_where_the_sheet_only_tells(ran, monkeypatch):
    value = {"criteria": [["Chung", 100]], "gap": {"metric": "from-others", "limit": 15, "action": "told"}}
    ranged = {**value, "gap": {"metric": "range", "limit": 15, "action": "told"}}
    used = RuleUsed("k", "l", value, "căn cứ", "verified")

    def said(one):
        monkeypatch.setattr(commands, "sheet_in_force", lambda *_names, **_on: (sheet_from("T", one), used))
        return ran(run_score, SLIPS + "An,1,90,true,true\nBình,1,60,true,true\n", "--sheet", "T")[1]

    assert "  Hội đồng xem xét: An: 90 điểm lệch 30 điểm so với các thành viên khác, quá 15." in said(value)
    assert "  Hội đồng xem xét: phiếu cao nhất và thấp nhất cách nhau 30 điểm, quá 15." in said(ranged)


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
    assert "Không đọc được tệp" in (said := capsys.readouterr().err)
    assert "không có tệp hoặc thư mục này" in said
    assert run_score([str(tmp_path), "--sheet", "X"]) == 1
    assert "đây là thư mục, cần một tệp" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("run", "line", "words"),
    [
        (run_score, ["t.csv"], "Thiếu --sheet."),
        (run_score, ["t.csv", "--sheet", "X", "--on", "hôm qua"], "Tham số --on: không hiểu ngày “hôm qua”"),
        (run_score, ["t.csv", "--sheet", "X", "--on", "2026-02-30"], "không có ngày “2026-02-30” trong lịch"),
        (run_score, ["t.csv", "--sheet", "X", "--on", "0001-01-01"], "ngoài các năm 1945–2200"),
        (run_rate, ["t.csv"], "Thiếu --regime."),
        (run_rate, ["t.csv", "--regime", "law99"], "không có «law99»; chọn một trong: law29, law93."),
        (run_rate, ["t.csv", "--regime", "law29", "--ended", "2024-01-01"], "Thiếu --filed: hạn nộp hồ sơ chỉ xét"),
        (run_rate, ["t.csv", "--regime", "law29", "--filed", "2024-01-01"], "Thiếu --ended: hạn nộp hồ sơ chỉ xét"),
    ],
)
def test_a_wrong_command_line_is_refused_in_vietnamese(capsys, run, line, words):
    with pytest.raises(SystemExit) as left:
        run(line)

    said = capsys.readouterr().err
    assert left.value.code == 1
    assert words in said
    assert "usage:" not in said


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
    assert json.loads(out)["filing"]["last"] == "2022-06-30"


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(("filed", "words"), [("30/6/2022", "trong hạn"), ("1/7/2022", "quá hạn")])
def test_whether_the_file_came_in_time_is_told_with_its_last_day(ran, filed, words):
    table = JUDGEMENTS + "An,Quy trình,quality,pass,,\nAn,report,,pass,,\n"

    told = ran(run_rate, table, "--regime", "law29", "--ended", "30/12/2021", "--filed", filed)[1]

    assert f"nộp chậm nhất 30/6/2022, đã nộp {filed}: {words}." in told
    assert "Hạn nộp hồ sơ: không xét" in ran(run_rate, table, "--regime", "law29")[1]


@pytest.mark.usefixtures("rules")
def test_a_slip_with_a_blank_is_left_out_with_its_reason_and_a_missing_line_is_refused(ran):
    full = "".join(f"{one},Giống,quality,pass,,\n{one},Giống,volume,pass,,\n{one},report,,pass,,\n" for one in "AB")
    blank = "C,Giống,quality,pass,,\nC,Giống,volume,,,\nC,report,,pass,,\n"

    _code, out, _err = ran(run_rate, JUDGEMENTS + full + blank, "--regime", "law29", "--json")
    told = ran(run_rate, JUDGEMENTS + full + blank, "--regime", "law29")[1]
    code, _out, err = ran(run_rate, JUDGEMENTS + full + blank.replace("C,Giống,volume,,,\n", ""), "--regime", "law29")

    assert json.loads(out)["left_out"] == [{"member": "C", "reason": "phiếu bỏ trống khối lượng của «Giống»"}]
    assert "C: phiếu không hợp lệ, không tính (phiếu bỏ trống khối lượng của «Giống»;" in told
    assert "1 thành viên có mặt có phiếu không hợp lệ" in told
    assert code == 1
    assert "C chưa đánh giá khối lượng của «Giống» mà thành viên khác đã đánh giá" in err


@pytest.mark.usefixtures("rules")
def test_what_nobody_judged_is_told_and_not_claimed(ran):
    table = JUDGEMENTS + "An,Giống,quantity,pass,10,10\nAn,report,,pass,,\n"

    told = ran(run_rate, table, "--regime", "law29")[1]

    assert "Cần xem lại: Không thành viên nào đánh giá chất lượng của «Giống»." in told
    assert "đều đạt" not in told


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
