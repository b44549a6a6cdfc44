"""Keep the index: consume the outbox under a lease, or build it anew from the registers."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from khcn.kernel.jobs.workers import is_gone, this_worker
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import registers
from khcn.kernel.search.contracts import Change
from khcn.kernel.search.documents import changes_for
from khcn.kernel.search.engine import IndexBusy, IndexDamaged, IndexMissing, TantivyIndex
from khcn.kernel.search.folder import current_index, new_generation, swap
from khcn.kernel.search.models import IndexLease, SearchOutbox
from khcn.language.words import words as _

logger = logging.getLogger(__name__)

LEASE = "index"
SHORT = timedelta(minutes=2)
LONG = timedelta(hours=1)
BATCH = 200
MOST_BATCHES = 25
BUSY = _(
    "Chỉ mục đang được một tiến trình khác ghi. "
    "Chờ ít phút rồi chạy lại, hoặc thêm --force nếu tiến trình ấy đã bị tắt đột ngột."
)


def index_pending(*, now: datetime, holder: str = "") -> int:
    """Index what waits in the outbox; builds the index first where there is none. Returns how many writes it consumed.

    Returns 0 at once while another worker holds the lease. May be repeated after a crash at any point: a record is
    always indexed as it is now, and its line leaves the outbox only after the index has it.
    """
    with _lease(holder or this_worker(), now, LONG if is_missing() else SHORT) as held:
        if not held:
            return 0
        index = _build() if is_missing() else current_index()
        try:
            return sum(_consume_all(index))
        except IndexBusy:
            logger.warning("the index is still being written by a worker whose lease has ended")
            return 0
        except IndexDamaged:
            logger.exception("the index cannot be written any more and is built anew")
            return sum(_consume_all(_build()))


def rebuild(*, now: datetime, holder: str = "", seize: bool = False) -> int:
    """Build a new index from all registers and put it in use; returns how many records it holds.

    `seize`: take the lease even if another worker holds it; for after a worker was killed.
    Raises: IndexBusy, if another worker is indexing.
    """
    if seize:
        IndexLease.objects.filter(name=LEASE).update(expires_at=now)
    with _lease(holder or this_worker(), now, LONG) as held:
        if not held:
            raise IndexBusy(BUSY)
        index = _build()
        sum(_consume_all(index))
    return index.count()


def is_missing() -> bool:
    """Tell whether there is no index that this version of the product can use."""
    try:
        current_index()
    except IndexMissing:
        return True
    return False


def _consume_all(index: TantivyIndex) -> Iterator[int]:
    for _batch in range(MOST_BATCHES):
        # The lines are read before the records: what is written in between leaves a line of its own.
        lines = list(SearchOutbox.objects.order_by("pk")[:BATCH])
        if not lines:
            return
        index.apply(changes_for(line.ref for line in lines), position=lines[-1].pk)
        SearchOutbox.objects.filter(pk__in=[line.pk for line in lines]).delete()
        yield len(lines)


def _build() -> TantivyIndex:
    position = SearchOutbox.objects.aggregate(last=Max("pk"))["last"] or 0
    fresh = new_generation()
    fresh.fill(_everything(), position)
    swap(fresh)
    logger.info("index built anew", extra={"records": fresh.count()})
    return current_index()


def _everything() -> Iterator[Sequence[Change]]:
    for register in registers():
        numbers = register.model.objects.order_by("pk").values_list("pk", flat=True)
        for some in _batches(list(numbers)):
            yield changes_for(RecordRef(register.key, number) for number in some)


def _batches(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]


@contextmanager
def _lease(holder: str, now: datetime, time: timedelta) -> Iterator[bool]:
    held = _take_lease(holder, now, time)
    try:
        yield held
    finally:
        if held:
            IndexLease.objects.filter(name=LEASE, holder=holder).update(expires_at=now)


def _take_lease(holder: str, now: datetime, time: timedelta) -> bool:
    held = IndexLease.objects.filter(name=LEASE).first()
    killed = held.holder if held is not None and is_gone(held.holder) else ""
    free = IndexLease.objects.filter(Q(expires_at__lte=now) | Q(holder=killed), name=LEASE)
    if free.update(holder=holder, expires_at=now + time):
        return True
    try:
        with transaction.atomic():
            IndexLease.objects.create(name=LEASE, holder=holder, expires_at=now + time)
    except IntegrityError:
        return False
    return True
