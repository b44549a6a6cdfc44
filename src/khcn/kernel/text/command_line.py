"""Read command lines, and say in Vietnamese what is wrong with them; pure, for every command of the product."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

MOST_SHOWN = 60
_WHOLE = re.compile(r"[0-9]{1,9}")
_ABOUT = re.compile(r"argument (?P<name>\S+?): (?P<said>.*)", re.DOTALL)
# What argparse of Python 3.11 says, and what is said instead; a message that none of them meets is our own.
_SAID = (
    (r"the following arguments are required: (?P<what>.+)", "Thiếu {what}."),
    (r"one of the arguments (?P<what>.+) is required", "Cần một trong: {what}."),
    (r"unrecognized arguments: (?P<what>.+)", "Không có tham số {what}."),
    (r"expected one argument", "Cần ghi một giá trị sau tham số này."),
    (r"expected (?:at least one argument|\d+ arguments?)", "Cần ghi giá trị sau tham số này."),
    (r"expected at most one argument", "Chỉ ghi một giá trị sau tham số này."),
    (r"not allowed with argument (?P<what>.+)", "Không dùng cùng với {what}."),
    (r"ignored explicit argument (?P<what>.+)", "Tham số này không nhận giá trị {what}."),
    (r"invalid choice: (?P<what>.+?) \(choose from (?P<choices>.+)\)", "Không có «{what}»; chọn một trong: {choices}."),
    (r"invalid \S+ value: (?P<what>.+)", "«{what}» không dùng được."),
)


class CommandLine(argparse.ArgumentParser):
    """A command line that is explained, and refused with exit code 1, in Vietnamese.

    Options are written out, so that one added later never changes what an old line means.
    """

    def __init__(self, prog: str, description: str, **options: Any) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "Phải ghi"
        self._optionals.title = "Tham số"
        self.add_argument("-h", "--help", action="help", help="in hướng dẫn này")

    def format_usage(self) -> str:
        """Return how the command is written."""
        return super().format_usage().replace("usage: ", "Cách dùng: ", 1)

    def format_help(self) -> str:
        """Return what the command does and takes."""
        return super().format_help().replace("usage: ", "Cách dùng: ", 1)

    def error(self, message: str) -> NoReturn:
        """Leave with what is wrong and how the command is written."""
        self.exit(1, f"{in_vietnamese(message)}\n{self.format_usage()}")


def in_vietnamese(message: str) -> str:
    """Return what argparse says of a command line in Vietnamese; what is none of its own messages stays."""
    about = _ABOUT.fullmatch(message)
    said = about["said"] if about else message
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            parts = {name: _plain(value) for name, value in found.groupdict().items()}
            said = words.format(**parts)
            break
    return f"Tham số {about['name']}: {said[:1].lower()}{said[1:]}" if about else said


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return how an argument is read that is a whole number within bounds, written in plain digits."""

    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text) or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"«{shortened(text)}» không phải số nguyên từ {low} đến {high}.")
        return int(text)

    return read


def read_by(reader: Callable[[str], Any], refusals: Iterable[type[Exception]]) -> Callable[[str], Any]:
    """Return how an argument is read by a function whose refusals are sentences for people."""
    known = tuple(refusals)

    def read(text: str) -> Any:
        try:
            return reader(text)
        except known as refusal:
            raise argparse.ArgumentTypeError(str(refusal)) from refusal

    return read


def one_of(choices: Sequence[str]) -> Callable[[str], str]:
    """Return how an argument is read that is one of some words."""

    def read(text: str) -> str:
        if text not in choices:
            words = f"không có «{shortened(text)}»; chọn một trong: {', '.join(choices)}."
            raise argparse.ArgumentTypeError(words)
        return text

    return read


def why_not_opened(failure: OSError) -> str:
    """Return why a file or a folder could not be opened, in words without a full stop."""
    known: tuple[tuple[type[OSError], str], ...] = (
        (FileNotFoundError, "không có tệp hoặc thư mục này"),
        (FileExistsError, "đã có tệp cùng tên"),
        (IsADirectoryError, "đây là thư mục, cần một tệp"),
        (NotADirectoryError, "đường dẫn đi qua một tệp, không phải thư mục"),
        (PermissionError, "không được phép mở"),
    )
    return next((words for kind, words in known if isinstance(failure, kind)), f"lỗi hệ thống số {failure.errno}")


def shortened(text: str) -> str:
    """Return what somebody wrote, as far as a message should repeat it, on one line."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if len(plain) <= MOST_SHOWN else f"{plain[:MOST_SHOWN]}…"


def _plain(said: str) -> str:
    """Return words that argparse wrote as Python does, without its quotes."""
    return shortened(re.sub(r"(?<![\w])'([^']*)'", r"\1", said))
