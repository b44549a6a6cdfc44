"""`khcn backup` and `khcn restore`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from django.db import DatabaseError
from django.utils import timezone

from khcn.kernel.keeping.archive import BadArchive
from khcn.kernel.keeping.backup import PIECE, BackupRefused, make_backup
from khcn.kernel.keeping.restore import RestoreRefused, restore_backup
from khcn.kernel.search.services import rebuild


def run_backup(arguments: Sequence[str]) -> int:
    """Write a backup; returns 0, or 1 with a message if there is none or if a stored file was lost already."""
    parser = argparse.ArgumentParser(prog="khcn backup", description="Sao lưu cơ sở dữ liệu và các tệp đính kèm.")
    parser.add_argument("folder", metavar="THƯ_MỤC", type=Path, help="thư mục chưa có hoặc còn trống")
    options = parser.parse_args(list(arguments))
    try:
        made = make_backup(options.folder, at=timezone.now(), tell=_tell)
    except (BackupRefused, DatabaseError) as refusal:
        return _fail(str(refusal))
    except OSError as failure:
        return _fail(f"Không ghi được bản sao lưu: {failure}.")
    megabytes = made.file_bytes / PIECE
    _tell(f"Đã sao lưu {made.rows} dòng, {made.files} tệp ({megabytes:.1f} MB) vào «{options.folder}».")
    if made.lost_files:
        return _fail(
            f"Kho đã mất hoặc hỏng {len(made.lost_files)} tệp nên bản sao lưu thiếu chúng. "
            "Chạy «khcn doctor --files all» để biết là tệp của hồ sơ nào."
        )
    return 0


def run_restore(arguments: Sequence[str]) -> int:
    """Bring a backup back into an empty installation and build the search index; returns 0, or 1 with a message."""
    parser = argparse.ArgumentParser(prog="khcn restore", description="Khôi phục vào một cơ sở dữ liệu trống.")
    parser.add_argument("folder", metavar="THƯ_MỤC", type=Path, help="thư mục do «khcn backup» tạo")
    options = parser.parse_args(list(arguments))
    try:
        restored = restore_backup(options.folder, tell=_tell)
    except (BadArchive, RestoreRefused, DatabaseError) as refusal:
        return _fail(f"{refusal}\nChưa có gì được ghi.")
    except OSError as failure:
        return _fail(f"Không khôi phục được: {failure}.\nChưa có gì được ghi.")
    _tell(f"Đã khôi phục {restored.rows} dòng, {restored.files} tệp. Lập chỉ mục tìm kiếm…")
    try:
        count = rebuild(now=timezone.now(), seize=True)
    except Exception as failure:  # noqa: BLE001 (whatever the index lacks, the registers are back)
        return _fail(f"Dữ liệu đã khôi phục đủ, riêng chỉ mục chưa lập được ({failure}). Chạy «khcn reindex».")
    _tell(f"Xong. Chỉ mục có {count} hồ sơ.")
    return 0


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _fail(message: str) -> int:
    _tell(message)
    return 1
