"""`khcn import` and `khcn export`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.exchange.declaring import PastRefused
from khcn.kernel.exchange.exporting import FORMATS, export_rows
from khcn.kernel.exchange.headers import HeadingsNotFound
from khcn.kernel.exchange.runs import ImportUnderWay
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.exchange.values import shown_columns
from khcn.kernel.exchange.visibility import readable_rows
from khcn.kernel.files.reading import UnreadableFile
from khcn.kernel.identity.models import Office, User
from khcn.kernel.identity.selectors import NotPrepared, office_at_work
from khcn.kernel.records.registry import UnknownRegister, register

SHOWN_FAULTS = 50
EARLIEST_YEAR, LATEST_YEAR = 1900, 9000


class Misuse(Exception):
    """A command was asked for something that does not exist."""


REFUSALS = (
    Misuse,
    NotPrepared,
    UnknownRegister,
    UnreadableFile,
    HeadingsNotFound,
    NotPermitted,
    PastRefused,
    ImportUnderWay,
)


def run_import(arguments: list[str]) -> int:
    """Import a file into a register; returns 0 when everything asked for was done, 1 with a message otherwise."""
    parser = argparse.ArgumentParser(prog="khcn import", description="Nhập một sổ từ XLSX, ODS hoặc CSV.")
    parser.add_argument("register", metavar="SỔ", help="khóa của sổ, ví dụ protection-title")
    parser.add_argument("file", metavar="TỆP", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi gì")
    parser.add_argument("--skip-bad", action="store_true", help="bỏ qua dòng lỗi, nhập các dòng còn lại")
    parser.add_argument("--known-from", default="", metavar="ISO", help="khai dữ liệu cũ đã được biết từ thời điểm này")
    parser.add_argument("--as", dest="username", default="", metavar="TÊN", help="nhập thay mặt người dùng này")
    parser.add_argument("--json", action="store_true", help="kết quả dạng JSON")
    return _guarded(parser, arguments, _import)


def run_export(arguments: list[str]) -> int:
    """Export a register to a file or to the standard output; returns 0, or 1 with a message."""
    parser = argparse.ArgumentParser(prog="khcn export", description="Xuất một sổ ra CSV, XLSX hoặc JSON.")
    parser.add_argument("register", metavar="SỔ", help="khóa của sổ, ví dụ protection-title")
    parser.add_argument("--format", choices=sorted(FORMATS), default="csv")
    parser.add_argument("--as-of", default="", metavar="ISO", help="sổ như đã biết tại thời điểm này")
    parser.add_argument("--all-columns", action="store_true", help="cả các cột danh sách không hiện sẵn")
    parser.add_argument(
        "--as", dest="username", default="", metavar="TÊN", help="chỉ những gì người dùng này được biết"
    )
    parser.add_argument("--out", type=Path, metavar="TỆP", help="mặc định: ra màn hình")
    return _guarded(parser, arguments, _export)


def _guarded(parser: argparse.ArgumentParser, arguments: list[str], work: Any) -> int:
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:  # argparse has said what is wrong; the command's own exit code is 1
        return 1 if stop.code else 0
    try:
        return int(work(options))
    except REFUSALS as refusal:
        sys.stderr.write(f"{refusal}\n")
    except OSError as failure:
        sys.stderr.write(f"Không mở được tệp: {failure.strerror or failure}.\n")
    return 1


def _import(options: argparse.Namespace) -> int:
    found = register(options.register)
    actor = acting_user(options.username)
    report = import_rows(
        found,
        read_table(options.file.read_bytes(), options.file.name),
        actor=actor,
        on=timezone.localdate(),
        dry_run=options.dry_run,
        skip_bad=options.skip_bad,
        known_from=_instant(options.known_from),
        office=_office(actor),
    )
    if options.json:
        sys.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(report.sentence() + "\n")
    sys.stderr.writelines(f"{notice}\n" for notice in report.notices)
    for fault in report.bad[:SHOWN_FAULTS]:
        sys.stderr.write(fault.sentence() + "\n")
    if len(report.bad) > SHOWN_FAULTS:
        sys.stderr.write(f"… và {len(report.bad) - SHOWN_FAULTS} lỗi khác; dùng --json để xem hết.\n")
    return 0 if report.finished and (options.skip_bad or not report.bad) else 1


def _export(options: argparse.Namespace) -> int:
    found = register(options.register)
    actor = acting_user(options.username)
    instant = _instant(options.as_of)
    if actor is None:
        rows = found.model.objects.as_of(instant).of_office(_office(actor))
    else:
        rows = readable_rows(found, actor, instant=instant, now=timezone.now())
    rows = rows.standing().order_by("code", "pk")
    columns = list(found.columns) if options.all_columns else shown_columns(found)
    pieces = export_rows(found, rows, columns, options.format)
    if options.out is not None:
        with options.out.open("wb") as file:
            file.writelines(pieces)
        return 0
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
    return 0


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Misuse(f"Không hiểu thời điểm «{text}». Viết như 2021-09-24T17:00:00+07:00 hoặc 2021-09-24.") from None
    if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise Misuse(f"Thời điểm «{text}» nằm ngoài các năm {EARLIEST_YEAR}–{LATEST_YEAR}. Kiểm tra lại năm.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def acting_user(username: str) -> Any:
    """Return the person a command acts for, None for the system itself.

    Raises: Misuse.
    """
    if not username:
        return None
    found = User.objects.filter(username=username, is_active=True).select_related("office", "division").first()
    if found is None:
        raise Misuse(f"Không có người dùng «{username}».")
    return found.act_on(timezone.localdate())


def _office(actor: Any) -> Office:
    if actor is not None and actor.office is not None:
        return actor.office  # type: ignore[no-any-return]  # a user's office
    return office_at_work(settings.OFFICE)
