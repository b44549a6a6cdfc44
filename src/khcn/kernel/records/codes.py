"""Codes of records: one gap-free sequence per office, register and year; a code is never used again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import models, transaction

from khcn.kernel.identity.models import Office


class CodeCounter(models.Model):
    """The last number given in one office, register and year."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("office", "prefix", "year"), name="code_counter_is_one"),)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}: {self.last}"


def take_codes(*, office: Office, prefix: str, year: int, count: int = 1) -> list[str]:
    """Take the next codes of the sequence, e.g. `VB-2021-0007`.

    The counter is raised in the caller's transaction: what rolls back leaves no gap, what commits is never reused.
    """
    with transaction.atomic():
        CodeCounter.objects.get_or_create(office=office, prefix=prefix, year=year)
        counter = CodeCounter.objects.select_for_update().get(office=office, prefix=prefix, year=year)
        first = counter.last + 1
        counter.last += count
        counter.save(update_fields=["last"])
    return [f"{prefix}-{year}-{number:04d}" for number in range(first, first + count)]


def keep_codes(*, office: Office, prefix: str, codes: Iterable[str]) -> None:
    """Raise the counters to codes that records brought along, so that the sequences never give them again.

    A code of another form is nobody's number and passes.
    """
    form = re.compile(rf"{re.escape(prefix)}-(\d{{4}})-(\d{{1,9}})")
    highest: dict[int, int] = {}
    for found in filter(None, map(form.fullmatch, codes)):
        year, number = int(found[1]), int(found[2])
        highest[year] = max(number, highest.get(year, 0))
    with transaction.atomic():
        for year, number in sorted(highest.items()):
            CodeCounter.objects.get_or_create(office=office, prefix=prefix, year=year)
            CodeCounter.objects.filter(office=office, prefix=prefix, year=year, last__lt=number).update(last=number)
