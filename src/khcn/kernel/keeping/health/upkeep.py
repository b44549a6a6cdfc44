"""Whether what runs in the background keeps up: the index, imports, jobs; and what people still have to settle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Min, Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from khcn.kernel.exchange.models import ImportRun
from khcn.kernel.jobs.queue import DEFAULT_LEASE
from khcn.kernel.jobs.selectors import failed_rows
from khcn.kernel.keeping.health.findings import EXAMPLES, Asked, Finding, Level
from khcn.kernel.keeping.tables import plain
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.records.registry import registers
from khcn.kernel.rulebook.models import Confidence, Rule
from khcn.kernel.search.engine import IndexMissing
from khcn.kernel.search.folder import current_index
from khcn.kernel.search.models import SearchOutbox

PATIENCE = timedelta(hours=1)
LAST_MONTHS = 11
WORKER = "Xem «khcn worker» (hoặc máy chủ, nếu chạy việc nền trong máy chủ) có đang chạy không."


def search_index(asked: Asked) -> Iterator[Finding]:
    """Find an index that is missing, behind, or holds another number of records than the registers."""
    waiting = SearchOutbox.objects.count()
    oldest = SearchOutbox.objects.aggregate(oldest=Min("written_at"))["oldest"]
    late = oldest is not None and asked.now - oldest > PATIENCE
    if waiting:
        what = f"{waiting} thay đổi chờ lập chỉ mục, cũ nhất từ {timezone.localtime(oldest):%H:%M %d/%m/%Y}."
        yield Finding("chỉ mục tìm kiếm", what, WORKER, Level.FAULT if late else Level.NOTE)
    try:
        indexed = current_index().count()
    except IndexMissing as missing:
        level = Level.NOTE if waiting and not late else Level.FAULT
        yield Finding("chỉ mục tìm kiếm", str(missing), "Chạy «khcn reindex».", level)
        return
    standing = sum(plain(register.model).count() for register in registers())
    if not waiting and indexed != standing:
        what = f"Chỉ mục có {indexed} hồ sơ, các sổ có {standing}."
        yield Finding("chỉ mục tìm kiếm", what, "Chạy «khcn reindex».")


def imports(asked: Asked) -> Iterator[Finding]:
    """Find imports that were cut short."""
    for run in ImportRun.objects.unfinished().order_by("started_at")[:EXAMPLES]:
        yield Finding(
            f"nhập «{run.name}» vào sổ {run.register}",
            f"Mới xong {run.rows_done}/{run.rows_total} dòng từ {timezone.localtime(run.started_at):%H:%M %d/%m/%Y}.",
            "Nhập lại đúng tệp ấy: việc nhập đi tiếp từ chỗ dừng.",
            Level.FAULT if asked.now - run.started_at > PATIENCE else Level.NOTE,
        )


def jobs(asked: Asked) -> Iterator[Finding]:
    """Find work that failed for good, that no worker takes, and that a worker does not end."""
    for row in failed_rows()[:EXAMPLES]:
        what = f"Hỏng hẳn sau {len(row.worker_ids)} lần: {row.exception_class_path}."
        yield Finding(f"việc nền {row.task_path} ({row.pk})", what, "Sửa nguyên nhân, rồi cho chạy lại hoặc bỏ.")
    due = Q(run_after__lt=asked.now - PATIENCE) | Q(run_after=get_date_max(), enqueued_at__lt=asked.now - PATIENCE)
    waiting = DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)
    if count := waiting.count():
        yield Finding("hàng đợi việc nền", f"{count} việc đến hạn hơn một giờ mà chưa chạy.", WORKER)
    silent = DBTaskResult.objects.running().filter(started_at__lt=asked.now - max(PATIENCE, DEFAULT_LEASE))
    for row in silent[:EXAMPLES]:
        yield Finding(f"việc nền {row.task_path} ({row.pk})", "Chạy hơn một giờ chưa xong.", WORKER)


def rules(_asked: Asked) -> Iterator[Finding]:
    """Count the legal values that nobody compared with their text."""
    if count := plain(Rule).filter(confidence=Confidence.UNCHECKED).count():
        what = f"{count} giá trị chưa đối chiếu văn bản."
        yield Finding("bộ quy định", what, "Đối chiếu ở trang Bộ quy định; số liệu dựa vào chúng có dấu.", Level.NOTE)


def calendar(asked: Asked) -> Iterator[Finding]:
    """Find whether the calendar knows this year and, when it ends, the next."""
    today, known = timezone.localdate(asked.now), work_calendar()
    years = f"{min(known.years)}–{max(known.years)}" if known.years else "chưa năm nào"
    todo = "Nhập ngày nghỉ ở trang Lịch làm việc theo văn bản đã ban hành."
    if not known.knows(today.year):
        yield Finding("lịch làm việc", f"Chưa có năm {today.year} (có {years}): không tính được hạn.", todo)
    elif today.month >= LAST_MONTHS and not known.knows(today.year + 1):
        yield Finding("lịch làm việc", f"Chưa có năm {today.year + 1} (có {years}).", todo, Level.NOTE)
