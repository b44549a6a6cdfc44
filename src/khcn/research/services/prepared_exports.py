"""Exports that a job makes: ask for one, make it, hand it to the one who asked and to no one else, forget it.

What may leave is asked again when the file is fetched: people lose roles, and records become confidential.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.notices.services import notify
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.language.words import words as _
from khcn.parties.models import Equipment, Organisation, Person, ScientistProfile
from khcn.research.export_archives import pack
from khcn.research.export_profiles import profiles
from khcn.research.exporting import Scope, Summary, leaving
from khcn.research.models import PreparedExport, ResearchTask
from khcn.research.models.exports import KEPT
from khcn.research.permissions import may_export
from khcn.research.states import ExportState
from khcn.ui import formats

LINKED = (Person, Organisation, Equipment)
"""What tasks name, or goes with them."""


class NotFetched(Exception):
    """A file that was made may no longer be given; the message says why and what to do."""


@transaction.atomic
def ask_for_export(*, profile: str, year: int | None, actor: Any, at: datetime) -> tuple[PreparedExport, bool]:
    """Return the export that is being made for the person, asked for now unless it already is; and whether it is new.

    `year`: None for all years. Raises: NotPermitted.
    """
    may_export(actor).enforce()
    made, is_new = PreparedExport.objects.get_or_create(
        owner=actor,
        office=actor.working_office,
        profile=profile,
        year=year or 0,
        state=ExportState.WAITING,
        defaults={"asked_at": at},
    )
    return made, is_new


def make_export(*, export: PreparedExport, at: datetime) -> PreparedExport:
    """Make the archive, if it still waits, by what its person may export now, and tell them.

    Raises: OSError, where trying again may help.
    """
    if export.state != ExportState.WAITING:
        return export
    owner = export.owner.act_on(timezone.localdate(at))
    try:
        may_export(owner).enforce()
        summary = _write(export, Scope(export.office, timezone.localdate(at), export.year or None, owner))
    except (NotPermitted, RuleUnknown) as refusal:
        return _settle(export, at, state=ExportState.REFUSED, refusal=str(refusal))
    return _settle(export, at, state=ExportState.READY, read_at=at, tasks=len(summary.tasks))


def file_to_fetch(*, export: PreparedExport, actor: Any, at: datetime) -> Path:
    """Return the archive, once more held against what its person may export.

    An archive with something that may no longer leave is thrown away.
    Raises: NotPermitted; NotFetched.
    """
    may_export(actor).enforce()
    if export.state != ExportState.READY or at >= export.expires_at or not export.path.exists():
        raise NotFetched(_("Tệp «{name}» không còn được giữ. Lập lại tệp.").format(name=export.filename))
    if _holds_what_may_not_leave(export, actor):
        words = _(
            "Tệp «{name}» đã bị bỏ: từ lúc lập, có hồ sơ trong tệp không còn được xuất cho bạn. Lập lại tệp để có dữ "
            "liệu theo phạm vi hiện nay."
        ).format(name=export.filename)
        forget(export)
        raise NotFetched(words)
    return export.path


def forget(export: PreparedExport) -> None:
    """Throw an export away with its files."""
    for path in (export.path, export.keys_path):
        path.unlink(missing_ok=True)
    export.delete()


def forget_expired(now: datetime) -> int:
    """Throw away the exports that were made or asked for too long ago; returns how many."""
    found = list(PreparedExport.objects.filter(asked_at__lt=now - KEPT))
    for export in found:
        forget(export)
    return len(found)


def _write(export: PreparedExport, scope: Scope) -> Summary:
    """Write the archive and the keys of its tasks; each comes to its place whole or not at all."""
    folder = export.path.parent
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, delete=False) as packed:
        try:
            summary = pack(profiles()[export.profile], scope, packed)
        except BaseException:
            Path(packed.name).unlink()
            raise
    export.keys_path.write_text(json.dumps(sorted(summary.tasks)))
    Path(packed.name).replace(export.path)
    return summary


def _holds_what_may_not_leave(export: PreparedExport, actor: Any) -> bool:
    """Tell whether a task in the archive, or a record that its tasks name, was kept back since it was made."""
    known = leaving(ResearchTask.objects.of_office(export.office)).visible_to(actor)
    if not set(json.loads(export.keys_path.read_text())) <= set(known.order_by().values_list("pk", flat=True)):
        return True
    hidden_now = Q(confidentiality=Confidentiality.CONFIDENTIAL) | ~Q(withdrawn_on=None)
    for model in LINKED:
        kept_back = list(model.objects.filter(hidden_now).order_by().values_list("pk", flat=True))
        if kept_back and leaving(model.objects.as_of(export.read_at)).filter(pk__in=kept_back).exists():
            return True
    return _names_who_took_consent_back(export)


def _names_who_took_consent_back(export: PreparedExport) -> bool:
    """Tell whether somebody whose CV could leave when the archive was made has taken that consent back."""
    without: Any = ScientistProfile.objects.filter(consented_on=None).order_by().values_list("pk", flat=True)
    had: Any = ScientistProfile.objects.as_of(export.read_at).filter(pk__in=list(without), consented_on__isnull=False)
    return bool(had.exists())


def _settle(export: PreparedExport, at: datetime, **said: Any) -> PreparedExport:
    """Write what became of it, and tell the person."""
    for name, value in said.items():
        setattr(export, name, value)
    with transaction.atomic():
        export.save(update_fields=list(said))
        words = (
            _("Đã lập xong tệp xuất «{name}» gồm {tasks} nhiệm vụ; tệp giữ đến {until}.")
            if export.state == ExportState.READY
            else _("Không lập được tệp xuất «{name}»: {refusal}")
        ).format(
            name=export.filename,
            tasks=formats.number(export.tasks),
            until=formats.instant(timezone.localtime(export.expires_at)),
            refusal=export.refusal,
        )
        notify(user=export.owner, text=words, url=reverse("task-export-file", args=[export.pk]), at=at)
    return export
