"""Design what the reports of an office consist of; a design that was adopted never changes again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.registry import indicators
from khcn.kernel.records.recording import recording
from khcn.language.words import words as _
from khcn.reporting.designs import design_worked_on, outline_on
from khcn.reporting.models import ReportDesign
from khcn.reporting.outlines import outline
from khcn.reporting.outlines.editing import Content, DesignFault, content_of, faults_of
from khcn.reporting.permissions import may_design_reports

NOT_WORKED_ON = _("Mẫu này không còn đang sửa: đã có người áp dụng hoặc bỏ. Tải lại trang mẫu.")
LOCAL = "local"


def begin_design(*, office: Office, kind: str, actor: Any, on: date) -> ReportDesign:
    """Begin to design a kind of report from the outline in force today; what is being worked on is returned instead.

    Raises: NotPermitted; UnknownOutline.
    """
    may_design_reports(actor).enforce()
    outline(kind)
    with recording(actor=actor, verb="begin-design", label=_("bắt đầu sửa mẫu báo cáo"), on=on):
        # Of two who begin at once the second waits here, then finds what the first began.
        Office.objects.select_for_update().get(pk=office.pk)
        if (begun := design_worked_on(office, kind)) is not None:
            return begun
        content = content_of(outline_on(office, kind, on)) | {"confidence": LOCAL}
        design = ReportDesign(office=office, kind=kind, content=content)
        design.save()
    return design


def change_design(
    *, design: ReportDesign, change: Callable[[Content], Content], label: str, actor: Any, on: date
) -> ReportDesign:
    """Change the design by a function of `outlines.editing`, applied to the content as it stands now.

    `label`: what was done, as words of history.
    Raises: NotPermitted; DesignFault.
    """
    with recording(actor=actor, verb="change-design", label=label, on=on):
        current = _worked_on(design, actor)
        changed = change(current.content)
        if changed != current.content:
            current.content = changed
            current.save()
    return current


def adopt_design(*, design: ReportDesign, valid_from: date, reason: str, actor: Any, on: date) -> ReportDesign:
    """Let reports that are drafted from now on follow the design, if their period ends on that day or later.

    Raises: NotPermitted; DesignFault, with everything that must be mended first.
    """
    with recording(actor=actor, verb="adopt-design", label=_("áp dụng mẫu báo cáo"), why=_stated(reason), on=on):
        current = _worked_on(design, actor)
        if faults := faults_of(current.content, [found.code for found in indicators()]):
            raise DesignFault(_("Chưa áp dụng được mẫu. ") + " ".join(faults))
        return _adopt(current, valid_from, reason, actor, on)


def drop_design(*, design: ReportDesign, actor: Any, on: date) -> ReportDesign:
    """Give up a design that is being worked on; what is in force stays.

    Raises: NotPermitted; DesignFault.
    """
    with recording(actor=actor, verb="drop-design", label=_("bỏ bản mẫu đang sửa"), on=on):
        current = _worked_on(design, actor)
        current.is_dropped = True
        current.save()
    return current


def return_to_shipped(*, office: Office, kind: str, valid_from: date, reason: str, actor: Any, on: date) -> None:
    """Let reports follow the shipped outline again, if their period ends on that day or later.

    Raises: NotPermitted; UnknownOutline; DesignFault, without a reason.
    """
    may_design_reports(actor).enforce()
    outline(kind)
    why = _stated(reason)
    with recording(actor=actor, verb="return-to-shipped", label=_("trở về mẫu của hệ thống"), why=why, on=on):
        _adopt(ReportDesign(office=office, kind=kind, is_shipped=True), valid_from, reason, actor, on)


def _adopt(design: ReportDesign, valid_from: date, reason: str, actor: Any, on: date) -> ReportDesign:
    design.valid_from, design.reason = valid_from, reason.strip()
    design.adopted_on, design.adopted_by = on, actor
    design.save()
    return design


def _stated(reason: str) -> str:
    if not reason.strip():
        raise DesignFault(_("Ghi lý do thay mẫu báo cáo, ví dụ văn bản yêu cầu thêm bảng số liệu."))
    return reason.strip()


def _worked_on(design: ReportDesign, actor: Any) -> ReportDesign:
    """Lock the design and return it as it stands now, if the actor may change it.

    Raises: NotPermitted; DesignFault, if nobody works on it any more.
    """
    may_design_reports(actor, design).enforce()
    rows = ReportDesign.objects.select_for_update().filter(pk=design.pk, adopted_on=None, is_dropped=False)
    found: ReportDesign | None = rows.first()
    if found is None:
        raise DesignFault(NOT_WORKED_ON)
    return found
