"""Whether the machine, the database and the settings are fit for the work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.models import Max

from khcn.kernel.identity.models import Office
from khcn.kernel.keeping.health.findings import EXAMPLES, Asked, Finding, Level
from khcn.kernel.keeping.schema import applied_steps, known_steps, pending_steps
from khcn.kernel.records.changes import Change

MEGABYTE = 1024 * 1024
LEAST_FREE = 1024 * MEGABYTE
LEAST_SHARE = 0.03
DRIFT = timedelta(minutes=1)
BUILT = datetime(2025, 1, 1, tzinfo=UTC)
"""No clock that is right shows an earlier time than this."""


def database(_asked: Asked) -> Iterator[Finding]:
    """Find whether the database answers and has the tables of this version of the product."""
    connection.ensure_connection()
    if steps := pending_steps():
        what = f"Còn {len(steps)} bước chưa áp dụng, đầu tiên: {steps[0]}."
        yield Finding("cơ sở dữ liệu", what, "Sao lưu, rồi chạy «khcn prepare».")
    if strange := sorted(set(applied_steps()) - set(known_steps())):
        named = ", ".join(f"{app}.{name}" for app, name in strange[:EXAMPLES])
        yield Finding("cơ sở dữ liệu", f"Đã có các bước của phiên bản khác: {named}.", "Chạy đúng phiên bản phần mềm.")


def database_file(_asked: Asked) -> Iterator[Finding]:
    """Find damage to the embedded database's file, and keys that point nowhere; PostgreSQL sees to both itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA quick_check({EXAMPLES})")
        for (said,) in cursor.fetchall():
            if said != "ok":
                where = str(connection.settings_dict["NAME"])
                yield Finding(where, f"Tệp cơ sở dữ liệu hỏng: {said}.", "Khôi phục bản sao lưu gần nhất vào nơi mới.")
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, target, _ in cursor.fetchmany(EXAMPLES):
            what = f"Trỏ tới một dòng không tồn tại của bảng {target}."
            yield Finding(f"{table} số {row}", what, "Đối chiếu với bản sao lưu gần nhất; đừng sửa tay.")


def disk(_asked: Asked) -> Iterator[Finding]:
    """Find disks that are nearly full."""
    for folder in {Path(settings.DATA_DIR), Path(settings.FILES_DIR), Path(settings.SEARCH_DIR)}:
        there = next(place for place in (folder, *folder.parents) if place.exists())
        usage = shutil.disk_usage(there)
        if usage.free < max(LEAST_FREE, LEAST_SHARE * usage.total):
            what = f"Đĩa chỉ còn {usage.free // MEGABYTE} MB trống."
            yield Finding(str(folder), what, "Dọn đĩa hoặc chuyển KHCN_DATA_DIR sang đĩa lớn hơn.")


def clock(asked: Asked) -> Iterator[Finding]:
    """Find a clock that is behind what was recorded, or apart from that of the database."""
    todo = "Bật đồng bộ giờ (NTP) trên các máy trước khi ghi tiếp: lịch sử sắp theo giờ này."
    if asked.now < BUILT:
        yield Finding("đồng hồ", f"Đồng hồ chỉ {asked.now:%d/%m/%Y}, trước cả khi có phần mềm này.", todo)
    last = Change.objects.aggregate(last=Max("at"))["last"]
    if last is not None and last > asked.now + DRIFT:
        yield Finding("đồng hồ", f"Lần ghi cuối mang giờ {last.isoformat()}, sau giờ hiện nay.", todo)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            theirs = cursor.fetchone()[0]
        if abs(theirs - datetime.now(UTC)) > DRIFT:  # not the instant asked with: earlier checks took their time
            yield Finding("đồng hồ", f"Máy cơ sở dữ liệu chỉ {theirs.isoformat()}, lệch hơn một phút.", todo)


def installation(_asked: Asked) -> Iterator[Finding]:
    """Find settings that do not fit each other, and in production what Django's own checks object to."""
    environment = settings.ENVIRONMENT
    if not Office.objects.filter(code=settings.OFFICE).exists():
        what = f"Chưa có cơ quan mã «{settings.OFFICE}»."
        yield Finding("KHCN_OFFICE", what, "Đặt KHCN_OFFICE đúng mã, hoặc tạo cơ quan.", Level.NOTE)
    if environment.production and connection.vendor == "sqlite":
        what = "Vận hành trên SQLite: chỉ một máy chủ, không có bản sao dự phòng."
        yield Finding(
            "DATABASE_URL", what, "Dùng PostgreSQL; chuyển bằng «khcn backup» rồi «khcn restore».", Level.NOTE
        )
    for message in checks.run_checks(include_deployment_checks=environment.production):
        if message.level >= checks.WARNING and not message.is_silenced():
            yield Finding(f"cài đặt ({message.id})", str(message.msg), str(message.hint or "Sửa biến môi trường."))
