"""`khcn session follow-up`, and `khcn session corrections` for `khcn session evaluate`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from khcn.governance.corrections import annotation_of, file_stem, readings_to_learn_from
from khcn.governance.models import SessionReading
from khcn.governance.overall import Asked, FollowUp, OfficePrinter, follow_up_report
from khcn.governance.overall_printing import as_values, overall_document
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.model import OfficialDocument
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.identity.models import Office, User
from khcn.kernel.pages.instants import instant_written
from khcn.kernel.pages.paper_styles import PaperStyle, file_name, in_style, unchecked_words

STEM = "thuc-hien-ket-luan"


def follow_up(arguments: list[str]) -> int:
    """Write all follow-up: `[--from D --to D] [--as-of I] [--internal] (--out DIR [--style S] | --json)`.

    Nothing confidential; late work only where its lateness was released, all of it with `--internal`.
    """
    asked = _parsed(arguments)
    office = Office.objects.filter(code=settings.OFFICE).first()
    if office is None:
        sys.stderr.write(f"Chưa có cơ quan «{settings.OFFICE}». Chạy `khcn demo` hoặc tạo cơ quan trước.\n")
        return 1
    if asked.first and asked.last and asked.last < asked.first:
        sys.stderr.write("Ngày cuối (--to) trước ngày đầu (--from). Đổi lại hai ngày.\n")
        return 1
    today = timezone.localdate()
    wanted = Asked(first=asked.first, last=asked.last, as_of=asked.as_of)
    onlooker = OfficePrinter(AnonymousUser(), holds_key=True, internal=asked.internal)
    report = follow_up_report(wanted, onlooker, office=office, today=today)
    if asked.json:
        sys.stdout.write(json.dumps(as_values(report), ensure_ascii=False, indent=1) + "\n")
        return 0
    if doubt := unchecked_words(asked.style):
        sys.stderr.write(f"{doubt}\n")
    return _write(_document(report, office, asked.style, today), asked.out, file_name(STEM, asked.style))


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="khcn session follow-up")
    parser.add_argument("--from", dest="first", type=_day)
    parser.add_argument("--to", dest="last", type=_day)
    parser.add_argument("--as-of", dest="as_of", type=_instant)
    parser.add_argument("--style", type=PaperStyle, choices=list(PaperStyle), default=PaperStyle.DECREE30)
    parser.add_argument("--internal", action="store_true")
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--out", type=Path)
    given.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def _document(report: FollowUp, office: Office, style: PaperStyle, today: date) -> OfficialDocument:
    span = {"tu": report.asked.first, "den": report.asked.last, "as_of": report.asked.as_of}
    kept = {name: value.isoformat() for name, value in span.items() if value}
    names = {"state": "tinh_trang", "agency": "co_quan"}

    def address_of(**changes: str) -> str:
        asked = kept | {names[name]: value for name, value in changes.items() if value}
        return f"{settings.PUBLIC_URL}{reverse('governance:overall')}{'?' if asked else ''}{urlencode(asked)}"

    made = overall_document(report, office=office, address_of=address_of, produced_at=timezone.now())
    return in_style(made, style, office=office, on=today)


def _write(document: OfficialDocument, out: Path, stem: str) -> int:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for suffix, content in (("docx", to_docx(document)), ("pdf", to_pdf(document))):
            path = out / f"{stem}.{suffix}"
            path.write_bytes(content)
            sys.stdout.write(f"{path}\n")
    except OSError as fault:
        sys.stderr.write(f"Không ghi được vào «{out}»: {fault.strerror}. Chọn thư mục khác.\n")
        return 1
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"không hiểu ngày «{text}». Viết như 2021-09-24.") from fault


def _instant(text: str) -> datetime:
    try:
        return instant_written(text)
    except (ValueError, OverflowError) as fault:
        raise argparse.ArgumentTypeError(f"không hiểu thời điểm «{text}». Viết như 2021-09-24T17:00.") from fault


class Misuse(Exception):
    """The command cannot be carried out; the message says why and what to do."""


def run_corrections(arguments: list[str]) -> int:
    """Write text and annotation of every confirmed reading into a folder; returns 0, or 1 with a message."""
    parser = argparse.ArgumentParser(
        prog="khcn session corrections",
        description="Xuất bài đọc đã xác nhận kèm phần người rà soát sửa, để chấm bộ đọc.",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="THƯ_MỤC", help="thư mục mới hoặc còn trống")
    parser.add_argument("--as", dest="username", required=True, metavar="TÊN", help="người theo dõi hoặc lãnh đạo Sở")
    try:
        options = parser.parse_args(arguments)
        count = _export(options.out, options.username)
    except SystemExit as stop:  # argparse has said what is wrong; the command's own exit code is 1
        return 1 if stop.code else 0
    except (Misuse, NotPermitted) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except OSError as failure:
        sys.stderr.write(f"Không ghi được vào thư mục: {failure.strerror or failure}.\n")
        return 1
    sys.stdout.write(f"Đã xuất {count} bài đọc. Chấm bằng: khcn session evaluate {options.out}\n")
    return 0


def _export(folder: Path, username: str) -> int:
    user = User.objects.filter(username=username, is_active=True).select_related("office", "division").first()
    if user is None:
        raise Misuse(f"Không có người dùng «{username}».")
    readings = readings_to_learn_from(user.act_on(timezone.localdate()))
    if not readings:
        raise Misuse("Chưa có bài đọc nào đã xác nhận mà được xuất; bài của hồ sơ hạn chế không bao giờ được xuất.")
    if folder.exists() and any(folder.iterdir()):
        raise Misuse(f"Thư mục “{folder}” đã có tệp. Chọn thư mục mới để không lẫn với lần xuất trước.")
    folder.mkdir(parents=True, exist_ok=True)
    for reading in readings:
        _write_reading(folder, reading)
    return len(readings)


def _write_reading(folder: Path, reading: SessionReading) -> None:
    stem = file_stem(reading)
    (folder / f"{stem}.txt").write_bytes(reading.text.encode())
    annotation = json.dumps(annotation_of(reading), ensure_ascii=False, indent=1)
    (folder / f"{stem}.json").write_bytes(f"{annotation}\n".encode())
