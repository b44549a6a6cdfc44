"""The `khcn programme` commands."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from khcn.policies.exporting import CONTENT_TYPES, export_of, written
from khcn.policies.models import Programme


def export(arguments: list[str]) -> int:
    """Export a programme's targets and values of a year; returns 0, or 1 with a message."""
    parser = argparse.ArgumentParser(
        prog="khcn programme export", description="Xuất chỉ tiêu và số liệu của một chương trình cho hệ thống của Bộ."
    )
    parser.add_argument("code", metavar="MÃ", help="mã hồ sơ của chương trình, ví dụ CTKH-2021-0001")
    parser.add_argument("--year", type=int, required=True, metavar="NĂM")
    parser.add_argument("--format", choices=sorted(CONTENT_TYPES), default="json")
    parser.add_argument("--out", type=Path, metavar="TỆP", help="mặc định: ra màn hình")
    options = parser.parse_args(arguments)
    programme = Programme.objects.filter(code=options.code).standing().first()
    if programme is None:
        sys.stderr.write(f"Không có chương trình {options.code}. Xem mã ở sổ Chương trình, kế hoạch, đề án.\n")
        return 1
    found = export_of(programme, year=options.year, today=timezone.localdate(), everything=True)
    content = written(found, options.format)
    if options.out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return 0
    try:
        options.out.write_bytes(content)
    except OSError as failure:
        sys.stderr.write(f"Không ghi được tệp {options.out}: {failure.strerror or failure}.\n")
        return 1
    return 0
