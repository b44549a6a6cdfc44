"""The demonstration: published facts with their sources, and marked inventions where facts are missing."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from khcn.config.demo import accounts, councils, outside, potential, programmes, registers, reports, research, sessions
from khcn.config.demo.facts import PASSWORD
from khcn.kernel.identity.models import Office
from khcn.kernel.records.models import RegisterOpening
from khcn.kernel.records.registry import registers as all_registers
from khcn.kernel.search.services import index_pending


def load_demo() -> Iterator[str]:
    """Load the demonstration once, all or nothing, and yield the lines that tell how to sign in."""
    if not Office.objects.filter(code=settings.OFFICE).exists():
        with transaction.atomic():
            office = accounts.load_office()
            people = accounts.load_accounts(office)
            registers.load(office, people)
            programmes.load(office, people)
            reports.load(office, people)
            sessions.load(office, people)
            councils.load(office, people)
            potential.load(office, people)
            research.load(office, people)
            outside.load(office, people)
            opened_at = timezone.now()
            RegisterOpening.objects.bulk_create(
                RegisterOpening(office=office, register=register.key, opened_at=opened_at)
                for register in all_registers()
            )
        index_pending(now=timezone.now())
        yield "Đã nạp dữ liệu minh hoạ."
    yield f"Đăng nhập (mật khẩu chung: {PASSWORD}):"
    yield from (f"  {row.username:<14} {row.full_name}" for row in accounts.ROWS)
