"""`khcn classifications import`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.classifications.planning import ClassFault, ClassPlan
from khcn.kernel.classifications.schemes import SchemeUnknown, scheme_to_import
from khcn.kernel.classifications.services import ClassesRefused
from khcn.kernel.exchange.class_imports import NoFirstDay, Stated, import_classes, preview_classes
from khcn.kernel.exchange.class_sheets import STATABLE, ClassHeadingsNotFound
from khcn.kernel.exchange.commands import Misuse, acting_user
from khcn.kernel.exchange.tables import Table, read_table
from khcn.kernel.files.reading import UnreadableFile
from khcn.kernel.text.dates import DateReadingError, parse_day
from khcn.ui import formats

SHOWN_FAULTS = 50
SHOWN_CHANGES = 20


REFUSALS = (Misuse, SchemeUnknown, UnreadableFile, ClassHeadingsNotFound, NoFirstDay, NotPermitted)


def run_import_classes(arguments: list[str]) -> int:
    """Take the codes of a classification from a file; returns 0 when all could stand, 1 with a message otherwise."""
    parser = argparse.ArgumentParser(
        prog="khcn classifications import", description="Nhập bảng mã của một bảng phân loại từ XLSX, ODS hoặc CSV."
    )
    parser.add_argument("file", metavar="TỆP", type=Path)
    parser.add_argument("--scheme", required=True, metavar="BẢNG", help="ví dụ research-field-2025")
    parser.add_argument("--valid-from", default="", metavar="NGÀY", help="mặc định: ngày có hiệu lực của bảng")
    parser.add_argument("--basis", default="", metavar="CĂN_CỨ", help="mặc định: văn bản của bảng")
    parser.add_argument(
        "--confidence",
        default="",
        choices=[one.value for one in STATABLE],
        help="đã đối chiếu văn bản đến đâu; mặc định: mã mới ghi là chưa đối chiếu, mã cũ giữ nguyên",
    )
    parser.add_argument("--whole", action="store_true", help="tệp là toàn bộ bảng: mã không có trong tệp được kết thúc")
    parser.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
    parser.add_argument("--as", dest="username", default="", metavar="TÊN", help="nhập thay mặt người dùng này")
    parser.add_argument("--json", action="store_true", help="kết quả dạng JSON")
    options = parser.parse_args(arguments)
    try:
        return _import(options)
    except REFUSALS as refusal:
        sys.stderr.write(f"{refusal}\n")
    except OSError as failure:
        sys.stderr.write(f"Không mở được tệp: {failure.strerror or failure}.\n")
    return 1


def _import(options: argparse.Namespace) -> int:
    today = timezone.localdate()
    said = Stated(
        scheme=scheme_to_import(options.scheme),
        valid_from=_day(options.valid_from, today),
        legal_basis=options.basis,
        confidence=options.confidence,
        is_whole=options.whole,
    )
    table = read_table(options.file.read_bytes(), options.file.name)
    actor = acting_user(options.username)
    plan = preview_classes(table=table, said=said, actor=actor)
    is_written = not (options.dry_run or plan.faults)
    if is_written:
        try:
            plan = import_classes(table=table, said=said, actor=actor, on=today)
        except ClassesRefused as refusal:  # another import came between
            plan.faults, is_written = list(refusal.faults), False
    _tell(options, table, plan, is_written=is_written)
    return 1 if plan.faults else 0


def _tell(options: argparse.Namespace, table: Table, plan: ClassPlan, *, is_written: bool) -> None:
    if options.json:
        said = {"scheme": options.scheme, "file": table.name, "written": is_written, **plan_as_data(plan)}
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    elif plan.faults:
        sys.stdout.write(f"Chưa nhập gì: {formats.number(len(plan.faults))} chỗ sai. Sửa trong tệp rồi nhập lại.\n")
    else:
        sys.stdout.write(f"{'Đã ghi' if is_written else 'Xem trước, chưa ghi gì'}. {plan.sentence()}\n")
        for one in () if is_written else plan.changes[:SHOWN_CHANGES]:
            sys.stdout.write(
                f"  {one.after.code} · {one.after.name}{_days(one.after.valid_from, one.after.valid_to)}\n"
            )
        if not is_written and (more := len(plan.changes) - SHOWN_CHANGES) > 0:
            sys.stdout.write(f"  … và {formats.number(more)} mã khác; --json để xem hết.\n")
    sys.stderr.writelines(f"{words}\n" for words in (*table.warnings, *plan.remarks))
    sys.stderr.writelines(f"{fault.sentence()}\n" for fault in plan.faults[:SHOWN_FAULTS])
    if len(plan.faults) > SHOWN_FAULTS:
        sys.stderr.write(f"… và {len(plan.faults) - SHOWN_FAULTS} chỗ sai khác; dùng --json để xem hết.\n")


def plan_as_data(plan: ClassPlan) -> dict[str, Any]:
    """Return a plan as plain values: lists of codes with their days, and faults with row, column, reason and cure."""
    return {
        **{
            name: [
                {
                    "code": one.after.code,
                    "name": one.after.name,
                    "valid_from": one.after.valid_from.isoformat() if one.after.valid_from else None,
                    "valid_to": one.after.valid_to.isoformat() if one.after.valid_to else None,
                }
                for one in getattr(plan, name)
            ]
            for name in ("added", "corrected", "ended")
        },
        "unchanged": plan.unchanged,
        "faults": [_fault(one) for one in plan.faults],
        "remarks": [str(one) for one in plan.remarks],
    }


def _fault(one: ClassFault) -> dict[str, Any]:
    return {"row": one.row, "column": str(one.column), "reason": str(one.reason), "cure": str(one.cure)}


def _days(first: date | None, last: date | None) -> str:
    return f" · {formats.day(first)} – {formats.day(last) if last else 'nay'}"


def _day(text: str, today: date) -> date | None:
    try:
        return parse_day(text, today) if text else None
    except DateReadingError as error:
        raise Misuse(f"Không hiểu ngày «{text}». Viết như 15/12/2025.") from error
