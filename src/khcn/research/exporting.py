"""Give the register of tasks to another system by a profile that is data, with a report on what it lacks.

Confidential tasks never leave, nor withdrawn ones; of the former only their number is told. Records are read in slices
of keys, so that an export of any size takes no more memory than a small one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.identity.models import Office
from khcn.parties.models import Equipment, Organisation, Person, ScientistProfile
from khcn.parties.states import EquipmentState
from khcn.research.export_checks import checked_xml
from khcn.research.export_files import AS_JSON, WRITERS
from khcn.research.export_profiles import MappedField, Profile
from khcn.research.export_values import Findings, Reader
from khcn.research.models import ResearchTask, TaskMember, TaskPartner
from khcn.research.states import NEVER_APPROVED
from khcn.research.statistics_figures import carried_out_in, statistics_period
from khcn.research.task_fields import allowed_levels, known_fields

SLICE = 500
VALIDATION = "validation.json"
UNFINISHED = ".part"
PIECE = 1 << 20


@dataclass(frozen=True)
class Scope:
    """Which tasks an export is about: those approved, of an office; of a year only those carried out in it.

    `user`: only those that they may know of; None for the system itself. `on`: the day of the export.
    """

    office: Office
    on: date
    year: int | None = None
    user: Any = None

    @property
    def asked(self) -> Any:
        """Return the tasks that were asked for and the user may know of, whether or not they may leave.

        Raises: RuleUnknown, where no rule says which days the year has.
        """
        rows = ResearchTask.objects.of_office(self.office).exclude(state__in=NEVER_APPROVED)
        if self.user is not None:
            rows = rows.visible_to(self.user)
        return rows.filter(carried_out_in(statistics_period(self.year, self.office))) if self.year else rows

    @property
    def leaving(self) -> Any:
        """Return the tasks that may leave."""
        return leaving(self.asked)


@dataclass
class Summary:
    """What was written: files with their records and sums, and how much is wrong with the records.

    `tasks`: the keys of the tasks that are in the files.
    """

    profile: Profile
    files: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    tasks: set[int] = field(default_factory=set)
    not_exported: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """Return it as files and programs read it."""
        return {
            "files": self.files,
            "counts": dict(self.counts),
            "missing_required_counts": dict(self.missing),
            "fields_not_held": self.profile.not_held,
            "entities_not_held": self.not_exported,
        }


def leaving(rows: Any) -> Any:
    """Keep the records that may be given to another system: neither confidential nor withdrawn."""
    return rows.standing().exclude(confidentiality=Confidentiality.CONFIDENTIAL)


def export_profile(profile: Profile, folder: Path, scope: Scope) -> Summary:
    """Write the files of a profile and `validation.json` into a folder; either all are there in the end or none.

    Raises: OSError; RuleUnknown.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = _Run(profile, folder, scope)
    try:
        run.write()
    except BaseException:
        for file in run.unfinished:
            file.unlink(missing_ok=True)
        raise
    for file in run.unfinished:
        file.replace(file.with_name(file.name.removesuffix(UNFINISHED)))
    return run.summary


class _Run:
    """One export under way. Files are written beside their place and come to it when all are complete."""

    def __init__(self, profile: Profile, folder: Path, scope: Scope) -> None:
        self.profile, self.folder, self.scope = profile, folder, scope
        self.summary = Summary(profile)
        self.unfinished: list[Path] = []
        self.known, self.levels = known_fields(), allowed_levels(scope.office)

    def write(self) -> None:
        """Write every entity that our registers hold, and the report on them."""
        with ExitStack() as opened:
            report = ReportFile(self._open(VALIDATION, opened), self._about())
            for entity, fields in self.profile.entities.items():
                self._write_entity(entity, fields, report)
            for code in self._withdrawn():
                report.leave_out(code)
                self.summary.counts["left_out_withdrawn"] += 1
            kept = self.scope.asked.filter(confidentiality=Confidentiality.CONFIDENTIAL)
            self.summary.counts["left_out_confidential"] = kept.order_by().count()
            report.end(self.summary)

    def _about(self) -> dict[str, Any]:
        said = {name: getattr(self.profile, name) for name in ("version", "confidence", "basis", "note")}
        return {"profile": self.profile.key, **said, **self._when()}

    def _when(self) -> dict[str, Any]:
        return {"year": self.scope.year, "exported_on": self.scope.on.isoformat()}

    def _open(self, name: str, opened: ExitStack) -> BinaryIO:
        path = self.folder / f"{name}{UNFINISHED}"
        self.unfinished.append(path)
        return opened.enter_context(path.open("wb"))

    def _write_entity(self, entity: str, fields: tuple[MappedField, ...], report: ReportFile) -> None:
        rows = records_of(entity, self.scope.leaving, self.scope.office)
        if rows is None:
            self.summary.not_exported.append(entity)
            return
        formats = [one for one in WRITERS if one in fields[0].formats]
        reader = Reader(fields, self.scope.on, self.known, self.levels)
        with ExitStack() as opened:
            begun = len(self.unfinished)
            files = [(one, self._open(f"{entity.lower()}s.{one}", opened)) for one in formats]
            writers = [WRITERS[one](file, self.profile, entity, self._when()) for one, file in files]
            number = 0
            for record in sliced(rows, fields):
                number += 1
                if isinstance(record, ResearchTask):
                    self.summary.tasks.add(record.pk)
                node, found = reader.read(record)
                for writer in writers:
                    writer.write(node)
                self._tell(entity, record.code, found, report)
            for writer in writers:
                writer.end()
        self._count(entity, number, self.unfinished[begun:])

    def _tell(self, entity: str, code: str, found: Findings, report: ReportFile) -> None:
        if found:
            self.summary.counts["records_with_faults"] += 1
            self.summary.counts["code_faults"] += len(found.codes)
            self.summary.missing.update(f"{entity}/{path}" for path in dict.fromkeys(found.missing))
            report.tell(entity, code, found)

    def _count(self, entity: str, number: int, paths: Sequence[Path]) -> None:
        self.summary.counts["exported"] += number
        for path in paths:
            name = path.name.removesuffix(UNFINISHED)
            said = {"file": name, "entity": entity, "records": number, "sha256": _sum_of(path)}
            checks = {"checks": checked_xml(path, self.profile, entity)} if name.endswith(".xml") else {}
            self.summary.files.append(said | checks)

    def _withdrawn(self) -> Iterator[str]:
        """Yield the codes of the withdrawn tasks that were asked for, confidential ones not."""
        rows = self.scope.asked.exclude(withdrawn_on=None).exclude(confidentiality=Confidentiality.CONFIDENTIAL)
        rows = rows if self.scope.user is None else rows.visible_to(self.scope.user)
        yield from rows.order_by("pk").values_list("code", flat=True).iterator(chunk_size=SLICE)


class ReportFile:
    """`validation.json`: record after record what is wrong, what was left out, and in the end how much of it all."""

    def __init__(self, file: BinaryIO, about: dict[str, Any]) -> None:
        self.file = file
        self.file.write((json.dumps(about, ensure_ascii=False)[:-1] + ', "records": [').encode())
        self.separator, self.left_out_begun = "\n", False

    def tell(self, entity: str, code: str, found: Findings) -> None:
        """Write what is wrong with one record."""
        self._line({"entity": entity, "code": code, **found.told()})

    def leave_out(self, code: str) -> None:
        """Write that a record was left out since it was withdrawn; after all that is told of records."""
        if not self.left_out_begun:
            self._begin_left_out()
        self._line({"code": code, "reason": "withdrawn"})

    def end(self, summary: Summary) -> None:
        """Write the numbers and end the file."""
        if not self.left_out_begun:
            self._begin_left_out()
        self.file.write(("\n], " + AS_JSON(summary.told())[1:] + "\n").encode())

    def _begin_left_out(self) -> None:
        self.file.write(b'\n], "left_out": [')
        self.separator, self.left_out_begun = "\n", True

    def _line(self, said: dict[str, Any]) -> None:
        self.file.write((self.separator + AS_JSON(said)).encode())
        self.separator = ",\n"


def records_of(entity: str, tasks: Any, office: Office) -> Any:
    """Return the records of an entity that go with the tasks; None where no register of ours holds such things.

    Of equipment what others may use goes, whose list is public by law, with the organisations that own it.
    """
    members, partners = TaskMember.objects.filter(task__in=tasks), TaskPartner.objects.filter(task__in=tasks)
    equipment = leaving(Equipment.objects.of_office(office).shared().exclude(state=EquipmentState.DISPOSED))
    of_people = Q(pk__in=tasks.values("leader_id")) | Q(pk__in=members.values("person_id"))
    of_organisations = Q(pk__in=tasks.values("host_id")) | Q(pk__in=partners.values("organisation_id"))
    owners = Q(pk__in=equipment.values("organisation_id"))
    people = leaving(Person.objects.filter(of_people))
    cvs = leaving(ScientistProfile.objects.filter(person__in=people, consented_on__isnull=False))
    employers = Q(pk__in=cvs.values("organisation_id"))
    return {
        "Task": tasks,
        "Project": tasks,
        "Person": people,
        "OrgUnit": leaving(Organisation.objects.filter(of_organisations | owners | employers)),
        "Equipment": equipment,
    }.get(entity)


def sliced(rows: Any, fields: Sequence[MappedField]) -> Iterator[Any]:
    """Yield the records in the order of their keys, so many at a time, each with all that the fields walk through."""
    straight, through_parts = relations(rows.model, fields)
    rows = rows.select_related(*straight).prefetch_related(*through_parts).order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last)[:SLICE]):
        last = found[-1].pk
        while found:
            record = found.pop(0)
            yield record
            # Parts lead back to their record: until such circles are found, a long export would keep thousands of them.
            vars(record).get("_prefetched_objects_cache", {}).clear()


def relations(model: Any, fields: Sequence[MappedField]) -> tuple[list[str], list[str]]:
    """Return the relations that the sources of the fields walk: straight from the record, and through its parts."""
    straight: dict[str, None] = {}
    through_parts: dict[str, None] = {}
    for one in (one for one in fields if one.is_held and one.constant is None):
        if one.parts is None:
            straight |= dict.fromkeys(_foreign(model, one.steps))
            continue
        relation = one.parts.relation
        through_parts[relation] = None
        part = model._meta.get_field(relation).related_model
        through_parts |= dict.fromkeys(f"{relation}__{name}" for name in _foreign(part, one.steps))
    return list(straight), list(through_parts)


def _foreign(model: Any, steps: Sequence[str]) -> list[str]:
    """Return the relations along a way of fields, each as a query names it; properties lead nowhere further."""
    found: list[str] = []
    for step in steps:
        try:
            one = model._meta.get_field(step)
        except FieldDoesNotExist:
            break
        if not one.is_relation:
            break
        found.append("__".join([*found[-1:], step]))
        model = one.related_model
    return found


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
