"""Take the codes of a classification from a file: what it would change, then the change itself, kept in history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from khcn.kernel.classifications.planning import ClassPlan
from khcn.kernel.classifications.schemes import Scheme
from khcn.kernel.classifications.services import ClassesRefused, plan_import, write_classes
from khcn.kernel.exchange.class_sheets import ClassSheet, Defaults, read_classes
from khcn.kernel.exchange.models import ClassImport
from khcn.kernel.exchange.permissions import may_import_classes
from khcn.kernel.exchange.tables import Table
from khcn.kernel.identity.models import Office
from khcn.kernel.records.recording import recording
from khcn.language.words import words as _


class NoFirstDay(ValueError):
    """A whole classification was stated without the day from which it holds."""


@dataclass(frozen=True)
class Stated:
    """What the officer says of a file. `is_whole`: codes that it lacks are ended; the rest as `Defaults` has it.

    Without a day the classification's own first day holds, without a basis its own.
    """

    scheme: Scheme
    valid_from: date | None = None
    legal_basis: str = ""
    confidence: str = ""
    is_whole: bool = False

    @property
    def first(self) -> date | None:
        """Return the first day of rows that do not name theirs."""
        return self.valid_from or self.scheme.valid_from

    @property
    def whole_since(self) -> date | None:
        """Return the day from which the file is the whole classification, None where it is a part.

        Raises: NoFirstDay.
        """
        if self.is_whole and self.first is None:
            words = _("Bảng «{label}» không có ngày bắt đầu: ghi ngày mà từ đó tệp là toàn bộ bảng.")
            raise NoFirstDay(words.format(label=self.scheme.label))
        return self.first if self.is_whole else None


def preview_classes(*, table: Table, said: Stated, actor: Any) -> ClassPlan:
    """Return what importing the file would change, and what is wrong with it; nothing is written.

    `actor`: None for the system itself. Raises: NotPermitted; ClassHeadingsNotFound; NoFirstDay.
    """
    may_import_classes(actor).enforce()
    sheet = _read(table, said)
    plan = plan_import(said.scheme, sheet.stated, said.whole_since)
    plan.faults = sorted([*sheet.faults, *plan.faults], key=lambda fault: fault.row)
    return plan


def import_classes(*, table: Table, said: Stated, actor: Any, on: date) -> ClassPlan:
    """Take the codes of a file into a classification, all or nothing; the same file again changes nothing.

    Codes are added, corrected or ended, never taken away.
    Raises: NotPermitted; ClassHeadingsNotFound; NoFirstDay; ClassesRefused.
    """
    may_import_classes(actor).enforce()
    sheet = _read(table, said)
    if sheet.faults:
        raise ClassesRefused(said.scheme, preview_classes(table=table, said=said, actor=actor).faults)
    label = _("nhập bảng «{label}» từ tệp {name}").format(label=said.scheme.label, name=table.name)
    with recording(actor=actor, verb="import-classes", label=label[:200], on=on):
        list(Office.objects.select_for_update().order_by("pk"))  # two imports take turns, also into an empty list
        plan = write_classes(said.scheme, sheet.stated, said.whole_since)
        if plan.changes:
            _remember(table, said, plan)
    return plan


def _read(table: Table, said: Stated) -> ClassSheet:
    basis = said.legal_basis or said.scheme.legal_basis
    return read_classes(table, said.scheme, Defaults(said.first, basis, said.confidence))


def _remember(table: Table, said: Stated, plan: ClassPlan) -> None:
    ClassImport(
        scheme=said.scheme.key,
        name=table.name[:255],
        sha256=table.sha256,
        is_whole=said.is_whole,
        valid_from=said.first,
        legal_basis=said.legal_basis or said.scheme.legal_basis,
        confidence=said.confidence,
        added=len(plan.added),
        corrected=len(plan.corrected),
        ended=len(plan.ended),
    ).save()
