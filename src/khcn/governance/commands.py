"""`khcn session corrections`: texts with what reviewers confirmed, for `khcn session evaluate`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from django.utils import timezone

from khcn.governance.corrections import annotation_of, file_stem, readings_to_learn_from
from khcn.governance.models import SessionReading
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.identity.models import User


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
        _write(folder, reading)
    return len(readings)


def _write(folder: Path, reading: SessionReading) -> None:
    stem = file_stem(reading)
    (folder / f"{stem}.txt").write_bytes(reading.text.encode())
    annotation = json.dumps(annotation_of(reading), ensure_ascii=False, indent=1)
    (folder / f"{stem}.json").write_bytes(f"{annotation}\n".encode())
