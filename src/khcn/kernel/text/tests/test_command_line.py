from __future__ import annotations

import argparse

import pytest

from khcn.kernel.text.command_line import CommandLine, in_vietnamese, one_of, read_by, shortened, whole, why_not_opened


def parser():
    line = CommandLine("khcn thử", "Thử.")
    line.add_argument("file", metavar="TỆP")
    line.add_argument("--year", type=whole(2000, 2100), required=True)
    line.add_argument("--regime", type=one_of(["law29", "law93"]))
    line.add_argument("--kind", choices=["a", "b"])
    line.add_argument("--many", nargs=2)
    line.add_argument("--some", nargs="+")
    line.add_argument("--json", action="store_true")
    line.add_argument("--rate", type=float)
    either = line.add_mutually_exclusive_group()
    either.add_argument("--month")
    either.add_argument("--quarter")
    return line


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ([], "Thiếu TỆP, --year."),
        (["t", "--year"], "Tham số --year: cần ghi một giá trị sau tham số này."),
        (["t", "--year", "-6"], "Tham số --year: «-6» không phải số nguyên từ 2000 đến 2100."),
        (["t", "--year", "٢٠٢٧"], "không phải số nguyên từ 2000 đến 2100"),
        (["t", "--year", "2027", "--yea", "2"], "Không có tham số --yea 2."),
        (["t", "--year", "2027", "--regime", "law99"], "không có «law99»; chọn một trong: law29, law93."),
        (["t", "--year", "2027", "--kind", "c"], "Tham số --kind: không có «c»; chọn một trong: a, b."),
        (["t", "--year", "2027", "--many", "1"], "Tham số --many: cần ghi giá trị sau tham số này."),
        (["t", "--year", "2027", "--some"], "Tham số --some: cần ghi giá trị sau tham số này."),
        (["t", "--year", "2027", "--json=1"], "Tham số --json: tham số này không nhận giá trị 1."),
        (["t", "--year", "2027", "--rate", "x"], "Tham số --rate: «x» không dùng được."),
        (["t", "--year", "2027", "--month", "1", "--quarter", "2"], "--quarter: không dùng cùng với --month."),
    ],
)
def test_a_wrong_line_is_refused_in_vietnamese_with_how_it_is_written(capsys, line, words):
    with pytest.raises(SystemExit) as left:
        parser().parse_args(line)

    said = capsys.readouterr().err
    assert left.value.code == 1
    assert words in said
    assert "Cách dùng: khcn thử" in said
    assert not [word for word in ("argument", "usage", "invalid", "required", "expected") if word in said]


def test_the_explanation_of_a_command_is_in_vietnamese(capsys):
    with pytest.raises(SystemExit) as left:
        parser().parse_args(["--help"])

    said = capsys.readouterr().out
    assert left.value.code == 0
    assert [one for one in ("Cách dùng:", "Phải ghi", "Tham số", "in hướng dẫn này") if one not in said] == []
    assert "show this help" not in said


def test_what_is_said_of_groups_and_optional_values_is_vietnamese_too():
    assert in_vietnamese("one of the arguments --a --b is required") == "Cần một trong: --a --b."
    assert in_vietnamese("argument --a: expected at most one argument").endswith("chỉ ghi một giá trị sau tham số này.")


def test_a_reader_that_refuses_says_why():
    def read(text):
        raise KeyError(text)

    with pytest.raises(argparse.ArgumentTypeError, match="khóa"):
        read_by(read, [KeyError])("khóa")
    assert read_by(str.upper, [KeyError])("a") == "A"


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (FileNotFoundError(2, "No such file"), "không có tệp hoặc thư mục này"),
        (FileExistsError(17, "File exists"), "đã có tệp cùng tên"),
        (IsADirectoryError(21, "Is a directory"), "đây là thư mục, cần một tệp"),
        (NotADirectoryError(20, "Not a directory"), "đường dẫn đi qua một tệp, không phải thư mục"),
        (PermissionError(13, "Permission denied"), "không được phép mở"),
        (OSError(28, "No space left on device"), "lỗi hệ thống số 28"),
    ],
)
def test_why_a_file_is_not_opened_is_said_in_vietnamese(failure, words):
    assert why_not_opened(failure) == words


def test_a_message_repeats_no_more_than_a_line_of_what_was_written():
    assert shortened("a\x00b\n c") == "a b c"
    assert shortened("9" * 5000) == "9" * 60 + "…"
