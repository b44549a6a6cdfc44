"""Register, instruct, draft, number, send and recall official papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from khcn.correspondence.models import Paper, PaperAddressee
from khcn.correspondence.numbering import number_as_printed, refuse_clash
from khcn.correspondence.permissions import may_draft, may_register
from khcn.correspondence.rules import Symbol, misordered_days
from khcn.correspondence.states import Direction, NumberGivenBy, PaperState
from khcn.correspondence.workflow import HANDLE, PAPER_WORKFLOW
from khcn.kernel.files.models import AttachmentKind
from khcn.kernel.files.services import attach
from khcn.kernel.identity.models import Division, User
from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.kernel.records.corrections import StaleRecord, version_stamp, who_was_first
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person

Addressee = Organisation | str


@dataclass(frozen=True)
class SignedCopy:
    """The file of a signed paper as it came back from the document system."""

    filename: str
    data: bytes


@dataclass(frozen=True)
class Signature:
    """What the document system gave a paper, and who signed it in which capacity (TM., KT., TL., TUQ. and post)."""

    number: str
    signed_on: date
    given_by: str = NumberGivenBy.DOCUMENT_SYSTEM
    signer: Person | None = None
    signer_role: str = ""


def register_incoming_paper(
    *, paper: Paper, actor: Any, on: date, addressees: Sequence[Addressee] = (), copy: SignedCopy | None = None
) -> Paper:
    """Enter a paper that came in, with its number and date as its issuer printed them.

    Raises: NotPermitted; NotPossible, if something is missing, the days are out of order or it is registered already;
    UnreadableFile, if the copy may not be kept.
    """
    may_register(actor, paper).enforce()
    paper.direction, paper.number_given_by = Direction.INCOMING, NumberGivenBy.ISSUER
    paper.registered_on = paper.registered_on or on
    number_as_printed(paper)
    _refuse_incomplete(paper)
    refuse_clash(paper, _("Vào sổ"))
    with recording(actor=actor, verb="register", label=_("vào sổ văn bản đến"), on=on):
        enter(PAPER_WORKFLOW, paper, actor=actor, on=on, label=_("vào sổ văn bản đến"))
        _address(paper, addressees)
        if copy is not None:
            attach(record=paper, data=copy.data, filename=copy.filename, actor=actor, on=on)
    return paper


def instruct(
    *,
    paper: Paper,
    instruction: str,
    division: Division | None,
    person: User | None,
    due_on: date | None,
    actor: Any,
    on: date,
) -> Paper:
    """Record a leader's instruction (bút phê): what is to be done, by whom, by when; it becomes a thing to do.

    A later instruction replaces the earlier one; history keeps both.
    Raises: NotPermitted; NotPossible, without words or anyone to act, or with a day that has passed.
    """
    _refuse_bad_assignment(paper, division=division, person=person, due_on=due_on, on=on)
    paper.instruction = instruction.strip()
    paper.division, paper.responsible = division or (person.division if person else None), person
    paper.instructed_by, paper.instructed_on, paper.due_on = actor, on, due_on
    with recording(actor=actor, verb="instruct", label=_("ghi bút phê"), on=on):
        perform(PAPER_WORKFLOW, "instruct", paper, actor=actor, on=on, note=paper.instruction)
        close_obligations(record=paper, kinds=[HANDLE], on=on, actor=actor, cancelled=True)
        open_obligation(record=paper, kind=HANDLE, action=_to_do(paper), started_on=on, actor=actor, due_on=due_on)
    return paper


def mark_handled(*, paper: Paper, actor: Any, on: date, note: str, evidence: Sequence[Record] = ()) -> Paper:
    """Record how a paper was dealt with; what had to be done is done.

    Raises: NotPermitted; NotPossible, without a result in words.
    """
    paper.handled_on = on
    return _step("mark_handled", paper, actor=actor, on=on, note=note, evidence=evidence)


def file_paper(*, paper: Paper, actor: Any, on: date, note: str = "") -> Paper:
    """Put a paper away; one kept for information needs no instruction.

    Raises: NotPermitted; NotPossible.
    """
    return _step("file", paper, actor=actor, on=on, note=note)


def draft_outgoing_paper(*, paper: Paper, addressees: Sequence[Addressee], actor: Any, on: date) -> Paper:
    """Begin a paper that is to go out; it has no number until it comes back signed.

    Raises: NotPermitted; NotPossible, without its abstract or with a number.
    """
    may_draft(actor, paper).enforce()
    if not paper.title.strip():
        raise NotPossible(_("dự thảo"), _("Soạn văn bản"), [_("Thiếu trích yếu.")])
    if paper.number:
        raise NotPossible(
            paper, _("Soạn văn bản"), [_("Dự thảo chưa có số: số do hệ thống quản lý văn bản cấp sau khi ký.")]
        )
    paper.direction, paper.state = Direction.OUTGOING, PaperState.DRAFT
    paper.division = paper.division or actor.division
    paper.responsible = paper.responsible or actor
    _forget_own_issuer(paper)
    with recording(actor=actor, verb="draft", label=_("soạn dự thảo văn bản đi"), on=on):
        paper.save()
        _address(paper, addressees)
    return paper


def change_draft(
    *, paper: Paper, addressees: Sequence[Addressee], actor: Any, on: date, seen: int | None = None
) -> Paper:
    """Save what was set on a draft and its addressees.

    `seen`: the stamp of the version that this changes; what another wrote after it is not written over.
    Raises: NotPermitted; NotPossible, once it is no longer a draft; StaleRecord.
    """
    may_draft(actor, paper).enforce()
    with transaction.atomic():
        current = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        if current.state != PaperState.DRAFT:
            raise NotPossible(
                paper, _("Sửa dự thảo"), [_("Chỉ sửa được khi còn là dự thảo. Đề nghị người ký trả lại trước.")]
            )
        refuse_withdrawn(current, _("Sửa dự thảo"))
        if seen is not None and version_stamp(current) != seen:
            raise StaleRecord(who_was_first(current))
        _forget_own_issuer(paper)
        with recording(actor=actor, verb="change", label=_("sửa dự thảo"), on=on):
            paper.save()
            _address(paper, addressees)
    return paper


def submit_for_signature(*, paper: Paper, actor: Any, on: date, note: str = "") -> Paper:
    """Hand a draft to the one who signs.

    Raises: NotPermitted; NotPossible, without kind or addressees.
    """
    return _step("submit", paper, actor=actor, on=on, note=note)


def return_draft(*, paper: Paper, actor: Any, on: date, note: str) -> Paper:
    """Send a submitted draft back with what is to be changed.

    Raises: NotPermitted; NotPossible, without a reason.
    """
    return _step("return_draft", paper, actor=actor, on=on, note=note)


def record_signature(
    *, paper: Paper, signature: Signature, actor: Any, on: date, copy: SignedCopy | None = None
) -> Paper:
    """Record the number and date that the document system gave the signed paper, and keep the signed file.

    Raises: NotPermitted; NotPossible, if the number is unreadable, of another agency, used before (recalled papers
    included), or the day is after `on`; UnreadableFile, if the copy may not be kept.
    """
    may_register(actor, paper).enforce()
    paper.number, paper.issued_on, paper.number_given_by = signature.number, signature.signed_on, signature.given_by
    paper.signer, paper.signer_role = signature.signer or paper.signer, signature.signer_role or paper.signer_role
    paper.registered_on = on
    symbol = number_as_printed(paper)
    _refuse_foreign_number(paper, symbol)
    if signature.signed_on > on:
        raise NotPossible(
            paper,
            _("Ghi số, ngày đã ký"),
            [_("Ngày ký {signed_on} sau ngày ghi {on}.").format(signed_on=_day(signature.signed_on), on=_day(on))],
        )
    refuse_clash(paper, _("Ghi số, ngày đã ký"))
    with recording(actor=actor, verb="sign", label=_("ghi số và ngày của bản đã ký"), on=on):
        perform(PAPER_WORKFLOW, "sign", paper, actor=actor, on=on)
        if copy is not None:
            attach(record=paper, data=copy.data, filename=copy.filename, actor=actor, on=on, kind=AttachmentKind.SIGNED)
    return paper


def send_paper(*, paper: Paper, actor: Any, on: date, note: str = "") -> Paper:
    """Record that a signed paper went to its addressees.

    Raises: NotPermitted; NotPossible.
    """
    paper.sent_on = on
    return _step("send", paper, actor=actor, on=on, note=note)


def recall_paper(*, paper: Paper, actor: Any, on: date, note: str) -> Paper:
    """Record that a paper is recalled and why; its number stays taken for ever.

    Raises: NotPermitted; NotPossible, without a reason.
    """
    return _step("recall", paper, actor=actor, on=on, note=note, cancelled=True)


def _step(
    name: str,
    paper: Paper,
    *,
    actor: Any,
    on: date,
    note: str,
    evidence: Sequence[Record] = (),
    cancelled: bool = False,
) -> Paper:
    with recording(actor=actor, verb=name, label=PAPER_WORKFLOW.by_name[name].verb, why=note, on=on):
        perform(PAPER_WORKFLOW, name, paper, actor=actor, on=on, note=note, evidence=evidence)
        close_obligations(record=paper, kinds=[HANDLE], on=on, actor=actor, cancelled=cancelled)
    return paper


def _refuse_incomplete(paper: Paper) -> None:
    wanted = (
        (paper.title.strip(), _("trích yếu")),
        (paper.issuer_id, _("cơ quan ban hành")),
        (paper.received_on, _("ngày đến")),
    )
    missing = [_("Thiếu {words}.").format(words=words) for value, words in wanted if not value]
    if paper.number and paper.issued_on is None:
        missing.append(_("Thiếu ngày văn bản: văn bản có số thì có ngày."))
    missing += misordered_days(
        issued_on=paper.issued_on, received_on=paper.received_on, registered_on=paper.registered_on or date.max
    )
    if missing:
        raise NotPossible(paper.number or _("văn bản đến"), _("Vào sổ"), missing)


def _refuse_foreign_number(paper: Paper, symbol: Symbol | None) -> None:
    if symbol is None:
        reason = _("Không đọc được số, ký hiệu «{number}». Ghi đúng như bản đã ký, ví dụ 12/BC-{symbol}.").format(
            number=paper.number, symbol=paper.office.symbol
        )
        raise NotPossible(paper, _("Ghi số, ngày đã ký"), [reason])
    if paper.issuer_id is None and not symbol.issuer.startswith(paper.office.symbol):
        reason = _("Ký hiệu «{issuer}» không phải của {office} ({symbol}). Kiểm tra lại số.").format(
            issuer=symbol.issuer, office=paper.office, symbol=paper.office.symbol
        )
        raise NotPossible(paper, _("Ghi số, ngày đã ký"), [reason])


def _refuse_bad_assignment(
    paper: Paper, *, division: Division | None, person: User | None, due_on: date | None, on: date
) -> None:
    reasons = []
    if any(one is not None and one.office_id != paper.office_id for one in (division, person)):
        reasons.append(_("Phòng, người được giao phải thuộc cơ quan giữ sổ văn bản này."))
    if division is not None and person is not None and person.division_id not in (None, division.pk):
        reasons.append(
            _("{person} không thuộc {division}. Chọn lại phòng hoặc người.").format(person=person, division=division)
        )
    if due_on is not None and due_on < on:
        reasons.append(_("Hạn xử lý {due_on} trước ngày bút phê {on}.").format(due_on=_day(due_on), on=_day(on)))
    if reasons:
        raise NotPossible(paper, _("Ghi bút phê"), reasons)


def _forget_own_issuer(paper: Paper) -> None:
    """Write the office's own papers in one way, without an issuer, so that its numbers are counted once."""
    if paper.issuer is not None and paper.issuer.title == paper.office.name:
        paper.issuer = None


def _address(paper: Paper, addressees: Sequence[Addressee]) -> None:
    """Make the addressees exactly these, keeping the rows of those that stay."""
    wanted = list(dict.fromkeys(one if isinstance(one, Organisation) else one.strip() for one in addressees if one))
    there = {row.organisation or row.name: row for row in paper.addressees.select_related("organisation")}
    for one in wanted:
        if one not in there:
            side = {"organisation": one} if isinstance(one, Organisation) else {"name": one}
            PaperAddressee(paper=paper, **side).save()
    for key, row in there.items():
        if key not in wanted:
            row.remove()


def _to_do(paper: Paper) -> str:
    return _("Xử lý văn bản {number}: {instruction}").format(number=paper.number, instruction=paper.instruction)[:300]


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
