"""Codes of records: one gap-free sequence per office, register and year; a code is never used again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import models, transaction

from khcn.kernel.identity.models import Office
from khcn.language.words import words as _

LONGEST_CODE = 40
LONGEST_NUMBER = 9
_SAFE = re.compile(r"[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*")
_NUMBER = re.compile(r"[0-9]+")


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
    form = re.compile(rf"{re.escape(prefix)}-([0-9]{{4}})-([0-9]{{1,{LONGEST_NUMBER}}})")
    highest: dict[int, int] = {}
    for found in filter(None, map(form.fullmatch, codes)):
        year, number = int(found[1]), int(found[2])
        highest[year] = max(number, highest.get(year, 0))
    with transaction.atomic():
        for year, number in sorted(highest.items()):
            CodeCounter.objects.get_or_create(office=office, prefix=prefix, year=year)
            CodeCounter.objects.filter(office=office, prefix=prefix, year=year, last__lt=number).update(last=number)


def fault_of_code(code: str) -> str:
    """Return why a record may not bring this code along, as a clause in Vietnamese; empty where it may.

    Codes stand in addresses, so only Latin letters, digits and single hyphens, dots or underscores between them pass.
    Numbers that an office gave before are welcome in that form (`DA-2014-03`, `HS.12.2019`); one with a slash
    (`DA-2014/03`) is to be written with a hyphen. A digit is required: words of addresses (`nhap`, `sua`) have none.
    """
    if len(code) > LONGEST_CODE:
        return _("mã dài {count} ký tự, tối đa {longest_code}").format(count=len(code), longest_code=LONGEST_CODE)
    numbers = _NUMBER.findall(code)
    if not _SAFE.fullmatch(code) or not numbers:
        return _(
            "mã «{code}» không dùng được: mã chỉ gồm chữ cái không dấu, chữ số và dấu gạch nối, có ít nhất một "
            "chữ số, không có dấu «/» hay dấu cách; viết như DA-2014-03, hoặc để trống để sổ tự cấp mã"
        ).format(code=code)
    if max(map(len, numbers)) > LONGEST_NUMBER:
        return _(
            "mã «{code}» có một số dài hơn {longest_number} chữ số; viết lại mã, hoặc để trống để sổ tự cấp mã"
        ).format(code=code, longest_number=LONGEST_NUMBER)
    return ""
