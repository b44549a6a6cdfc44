"""The commands `khcn session read FILE` and `khcn session evaluate DIR`: no Django, no database.

The answer goes to standard output, remarks and faults to standard error; 0 on success, 1 with a message otherwise.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from khcn.governance.reader import read_text
from khcn.governance.reader.scoring import evaluate as measure
from khcn.kernel.files.reading.document import DocumentText, read_document
from khcn.kernel.files.reading.errors import UnreadableFile
from khcn.kernel.files.reading.kinds import Kind

COLUMNS = ("precision", "recall", "f1", "matched", "found", "wanted")
HEADINGS = ("độ đúng", "độ đủ", "F1", "khớp", "đọc ra", "cần có")
LIST_LABELS = {
    "people": "Người dự",
    "figures": "Số liệu",
    "discussion_points": "Ý kiến thảo luận",
    "directives": "Ý kiến chỉ đạo",
    "petitions": "Kiến nghị, đề xuất",
}


class CommandRefused(Exception):
    """The command cannot be carried out; the message says why and what to do."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        del message  # argparse says it in English
        raise CommandRefused(f"Không hiểu dòng lệnh. Cách dùng: {self.prog} {self.usage}")


def read(arguments: Sequence[str]) -> int:
    """Read one file and print what was found; spans count the characters of the file's own text."""
    return _answer(_read, arguments)


def evaluate(arguments: Sequence[str]) -> int:
    """Read every annotated text of a folder and print precision, recall and F1 of each kind."""
    return _answer(_evaluate, arguments)


def _answer(run: Callable[[Sequence[str]], str], arguments: Sequence[str]) -> int:
    try:
        sys.stdout.write(run(arguments) + "\n")
    except (CommandRefused, UnreadableFile) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


def _read(arguments: Sequence[str]) -> str:
    parser = _Parser(
        prog="khcn session read", usage="TỆP [--json]", description="Đọc một bài viết hoặc thông báo kết luận."
    )
    parser.add_argument("file", type=Path, metavar="TỆP", help=".txt, .docx, .pdf hoặc .html")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    asked = parser.parse_args(list(arguments))
    data = _bytes_of(asked.file)
    document = read_document(data, asked.file.name)
    for warning in document.warnings:
        sys.stderr.write(f"Lưu ý: {warning}\n")
    found = read_text(_own_text(data, document)).to_json()
    found = {"id": asked.file.stem, "text_file": asked.file.name, **found}
    return json.dumps(found, ensure_ascii=False, indent=2) if asked.json else _summary(found)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise CommandRefused(
            f"Không mở được tệp “{path}”: không có tệp này hoặc không được phép đọc. Kiểm tra lại đường dẫn."
        ) from fault


def _own_text(data: bytes, document: DocumentText) -> str:
    """Return the characters that spans count: those of the file itself where it is plain text in UTF-8."""
    if document.kind is Kind.TEXT and document.encoding == "utf-8":
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return document.text
    return document.text


def _summary(found: dict[str, Any]) -> str:
    lines = [
        found["title"] or "(không có tiêu đề)",
        f"Ngày họp: {found['date'] or 'chưa rõ'} · nơi họp: {found['place'] or 'chưa rõ'}",
    ]
    for key, label in LIST_LABELS.items():
        lines.append(f"\n{label}: {len(found[key])}")
        lines += [f"  - {' '.join(str(item['text']).split())}" for item in found[key]]
    return "\n".join(lines)


def _evaluate(arguments: Sequence[str]) -> str:
    parser = _Parser(
        prog="khcn session evaluate",
        usage="THƯ_MỤC [--json]",
        description="Chấm độ chính xác trên thư mục đã chú giải.",
    )
    parser.add_argument("folder", type=Path, metavar="THƯ_MỤC", help="chứa các cặp TÊN.txt và TÊN.json")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    asked = parser.parse_args(list(arguments))
    if not asked.folder.is_dir():
        raise CommandRefused(
            f"“{asked.folder}” không phải là thư mục. Chỉ ra thư mục chứa các cặp TÊN.txt và TÊN.json."
        )
    if not any(path.with_suffix(".txt").exists() for path in asked.folder.glob("*.json")):
        raise CommandRefused(f"Thư mục “{asked.folder}” không có cặp TÊN.txt và TÊN.json nào để chấm.")
    try:
        measures = measure(asked.folder, read_text)
    except (OSError, ValueError, KeyError) as fault:
        raise CommandRefused(
            f"Không đọc được chú giải trong “{asked.folder}”: {fault}. Kiểm tra lại tệp JSON."
        ) from fault
    return json.dumps(measures, ensure_ascii=False, indent=2) if asked.json else _table(measures)


def _table(measures: dict[str, dict[str, float]]) -> str:
    head = f"{'loại':<20}" + "".join(f"{heading:>10}" for heading in HEADINGS)
    rows = [f"{kind:<20}" + "".join(f"{found[column]:>10g}" for column in COLUMNS) for kind, found in measures.items()]
    return "\n".join([head, *rows])
