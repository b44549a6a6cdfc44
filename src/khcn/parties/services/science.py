"""Keep CVs of scientists, with what of them can be erased, and what is known of organisations of science."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.classifications.models import Classification
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.kernel.records.constraints import broken_constraint
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import Recording, current_recording, recording
from khcn.kernel.records.tracked import Tracked
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.kernel.workflow.standing import withdrawn_reason
from khcn.language.words import words as _
from khcn.parties.models import (
    CareerEntry,
    Person,
    ProfileLanguage,
    Publication,
    ScienceOrganisation,
    ScientistPrivate,
    ScientistProfile,
)
from khcn.parties.permissions import may_edit_party, may_erase_private, may_keep_private
from khcn.parties.science_selectors import (
    ORGANISATION_LEVELS,
    PERSON_LEVELS,
    FieldRefused,
    ending_certificates,
    field_named,
)
from khcn.parties.science_workflow import PROFILE_WORKFLOW
from khcn.parties.states import ProfileState

CERTIFICATE_DUTY = "science-certificate"
ENTERING = _("Ghi lý lịch khoa học")
TO_COME = _("Ngày cập nhật lý lịch chưa đến. Ghi ngày nhà khoa học cung cấp thông tin.")
CvPart = ProfileLanguage | CareerEntry | Publication


def enter_profile(*, profile: ScientistProfile, field: str, actor: Any, on: date) -> ScientistProfile:
    """Open the CV of a person; it is never more public than the person.

    `field`: the code or name of the main field, empty where it is not known.
    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    if actor is not None:  # without one the system itself imports
        may_edit_party(actor, profile).enforce()
    person = profile.person
    profile.title = person.title
    reasons = [withdrawn_reason(person)] if withdrawn_reason(person) else []
    if ScientistProfile.objects.filter(person=person).exists():
        reasons.append(_("{person} đã có lý lịch khoa học trong sổ. Cập nhật lý lịch đã có.").format(person=person))
    if profile.updated_on > on:
        reasons.append(TO_COME)
    profile.field, refused = _field(field, on=profile.updated_on, office=profile.office, levels=PERSON_LEVELS)
    _refuse(profile, ENTERING, [*reasons, *refused])
    if person.confidentiality == Confidentiality.CONFIDENTIAL:
        profile.confidentiality = Confidentiality.CONFIDENTIAL
    _refuse_broken(profile, ENTERING, actor)
    enter(PROFILE_WORKFLOW, profile, actor=actor, on=on, label=_("ghi lý lịch khoa học"))
    return profile


def refresh_profile(*, profile: ScientistProfile, actor: Any, on: date, note: str = "") -> ScientistProfile:
    """Record that the CV is still right on the day.

    Raises: NotPermitted; NotPossible.
    """
    profile.updated_on = max(profile.updated_on, on)
    perform(PROFILE_WORKFLOW, "refresh", profile, actor=actor, on=on, note=note)
    return profile


def add_to_cv(*, part: CvPart, actor: Any, on: date) -> ScientistProfile:
    """Add a language, a post or a publication to a CV, which is updated by that.

    Raises: NotPermitted; NotPossible.
    """
    profile, label = part.profile, _("Bổ sung lý lịch")
    _require_open(profile, label, actor)
    _refuse(profile, label, _part_faults(part))
    with recording(actor=actor, verb="add", label=_("bổ sung lý lịch"), on=on):
        part.save()
        if profile.updated_on < on:
            profile.updated_on = on
            profile.save()
    return profile


def remove_from_cv(*, part: CvPart, actor: Any, on: date, why: str) -> ScientistProfile:
    """Take away what was entered by mistake; history keeps it with the reason.

    Raises: NotPermitted; NotPossible.
    """
    profile = part.profile
    _require_open(profile, _("Bỏ khỏi lý lịch"), actor)
    with recording(actor=actor, verb="remove", label=_("bỏ khỏi lý lịch"), why=why, on=on):
        part.remove()
    return profile


def record_consent(
    *, profile: ScientistProfile, consented_on: date, note: str, actor: Any, on: date
) -> ScientistProfile:
    """Record that the person agreed to the CV being public; it becomes public only when someone opens it.

    Raises: NotPermitted; NotPossible.
    """
    label = _("Ghi nhận đồng ý công bố")
    _require_open(profile, label, actor)
    if consented_on > on:
        raise NotPossible(profile, label, [_("Ngày đồng ý chưa đến.")])
    profile.consented_on, profile.consent_note = consented_on, note
    with recording(actor=actor, verb="consent", label=_("ghi nhận đồng ý công bố lý lịch"), why=note, on=on):
        profile.save()
    return profile


def withdraw_consent(*, profile: ScientistProfile, actor: Any, on: date, why: str) -> ScientistProfile:
    """Record that the person no longer agrees; a public CV is closed in the same change.

    Raises: NotPermitted; NotPossible, where there is no consent.
    """
    may_edit_party(actor, profile).enforce()
    if profile.consented_on is None:
        raise NotPossible(profile, _("Rút đồng ý công bố"), [_("Lý lịch chưa có văn bản đồng ý nào.")])
    profile.consented_on, profile.consent_note = None, ""
    if profile.confidentiality == Confidentiality.PUBLIC:
        profile.confidentiality = Confidentiality.INTERNAL
    with recording(actor=actor, verb="withdraw-consent", label=_("ghi nhận rút đồng ý công bố"), why=why, on=on):
        profile.save()
    return profile


def keep_private(*, profile: ScientistProfile, sex: str, origin: str, actor: Any, on: date) -> ScientistProfile:
    """Write what the statistics need and history must not keep; history says only that it was written.

    Raises: NotPermitted; NotPossible.
    """
    if actor is not None:
        may_keep_private(actor, profile).enforce()
    _require_open(profile, _("Ghi dữ liệu cá nhân"), actor)
    with recording(actor=actor, verb="keep-private", label=_("ghi dữ liệu cá nhân để thống kê"), on=on):
        ScientistPrivate.objects.update_or_create(profile=profile, defaults={"sex": sex, "origin": origin})
        profile.save()
    return profile


def erase_private(*, profile: ScientistProfile, actor: Any, on: date, why: str) -> ScientistProfile:
    """Erase what history does not keep, for good; history says that it was erased, and why.

    Raises: NotPermitted; NotPossible, where there is nothing to erase.
    """
    may_erase_private(actor, profile).enforce()
    with recording(actor=actor, verb="erase-private", label=_("xóa dữ liệu cá nhân"), why=why, on=on):
        erased, _by_table = ScientistPrivate.objects.filter(profile=profile).delete()
        if not erased:
            raise NotPossible(profile, _("Xóa dữ liệu cá nhân"), [_("Lý lịch không giữ dữ liệu cá nhân nào.")])
        profile.save()
    return profile


def describe_organisation(*, facts: ScienceOrganisation, field: str, actor: Any, on: date) -> ScienceOrganisation:
    """Write what is known of an organisation of science; a certificate renewed ends what was due for the old one.

    `field`: the code or name of the main field. Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    organisation, label = facts.organisation, _("Ghi thông tin khoa học và công nghệ")
    may_edit_party(actor, organisation).enforce()
    reasons = [withdrawn_reason(organisation)] if withdrawn_reason(organisation) else []
    if field != facts.field_code:
        facts.field, refused = _field(field, on=on, office=organisation.office, levels=ORGANISATION_LEVELS)
        reasons += refused
    _refuse(organisation, label, reasons)
    _refuse_broken(facts, label, actor, organisation)
    with recording(actor=actor, verb="describe", label=_("ghi thông tin"), on=on):
        facts.save()
        for due in Obligation.objects.about(organisation.ref).open().filter(kind=CERTIFICATE_DUTY):
            if due.effective_on != facts.certificate_until:
                ended = facts.certificate_until is None
                close_obligations(record=organisation, kinds=(CERTIFICATE_DUTY,), on=on, actor=actor, cancelled=ended)
    return facts


def remind_of_certificates(*, on: date) -> int:
    """Open an obligation for each certificate that is near its end by the rule; returns how many.

    Run again on the same day it opens nothing: one obligation stands for one last day of a certificate.
    Raises: CalendarUnknown.
    """
    opened = 0
    for facts in ending_certificates(on=on):
        organisation, until = facts.organisation, facts.certificate_until
        same = Obligation.objects.about(organisation.ref).filter(kind=CERTIFICATE_DUTY, effective_on=until)
        if same.exists():
            continue
        with recording(actor=None, verb="remind", label=_("nhắc giấy chứng nhận sắp hết hạn"), on=on):
            open_obligation(
                record=organisation,
                kind=CERTIFICATE_DUTY,
                action=_("Hướng dẫn gia hạn giấy chứng nhận hoạt động khoa học và công nghệ"),
                started_on=on,
                due_on=until,
                actor=None,
            )
        opened += 1
    return opened


def follow_people(rows: Sequence[Tracked], _change: Recording) -> None:
    """Let CVs bear the name of their person, and be as closed as the person is, in the change that wrote the person."""
    people = {row.pk: row for row in rows if isinstance(row, Person)}
    profiles = ScientistProfile.objects.filter(person__in=people) if people else ()
    for profile in profiles:
        person = people[profile.person_id]
        hidden = person.confidentiality == Confidentiality.CONFIDENTIAL
        level = Confidentiality.CONFIDENTIAL if hidden else profile.confidentiality
        if (profile.title, profile.confidentiality) != (person.title, level):
            profile.title, profile.confidentiality = person.title, level
            profile.save()


def profile_refused(before: Record, after: Record) -> list[str]:
    """Say why a correction of a CV cannot stand: of a day to come, or more public than the person.

    Consent is for the database to ask. Raises: UnrecordedChange.
    """
    if not isinstance(after, ScientistProfile):
        return []
    reasons, on = [], current_recording().on
    if on is not None and after.updated_on > on:
        reasons.append(TO_COME)
    opened = before.confidentiality != after.confidentiality
    if opened and after.person.confidentiality == Confidentiality.CONFIDENTIAL:
        reasons.append(_("{person} thuộc phạm vi hạn chế nên lý lịch cũng vậy.").format(person=after.person))
    return reasons


def _part_faults(part: CvPart) -> list[str]:
    if isinstance(part, ProfileLanguage):
        known = part.profile.languages.filter(language__iexact=part.language).exists()
        return [_("Lý lịch đã có ngoại ngữ «{language}».").format(language=part.language)] if known else []
    if isinstance(part, Publication):
        known = bool(part.doi) and part.profile.publications.filter(doi__iexact=part.doi).exists()
        return [_("Lý lịch đã có công bố mã DOI {doi}.").format(doi=part.doi)] if known else []
    faults = []
    if part.last_year is not None and part.last_year < part.first_year:
        faults.append(
            _("Năm kết thúc {last} trước năm bắt đầu {first}.").format(last=part.last_year, first=part.first_year)
        )
    if part.organisation is None and not part.employer.strip():
        faults.append(_("Ghi tổ chức trong sổ hoặc tên nơi công tác."))
    return faults


def _field(written: str, *, on: date, office: Any, levels: str) -> tuple[Classification | None, list[str]]:
    try:
        return field_named(written, on=on, office=office, levels=levels), []
    except FieldRefused as refusal:
        return None, [str(refusal)]


def _require_open(profile: ScientistProfile, label: str, actor: Any) -> None:
    if actor is not None:
        may_edit_party(actor, profile).enforce()
    reasons = [withdrawn_reason(profile)] if withdrawn_reason(profile) else []
    if profile.state != ProfileState.KEPT:
        reasons.append(_("Lý lịch đã thôi theo dõi. Theo dõi lại rồi cập nhật."))
    _refuse(profile, label, reasons)


def _refuse(record: Record, label: str, reasons: Sequence[str]) -> None:
    if reasons:
        raise NotPossible(record, label, reasons)


def _refuse_broken(row: Tracked, label: str, actor: Any, record: Record | None = None) -> None:
    if broken := broken_constraint(row, actor):
        raise NotPossible(record if record is not None else row, label, [broken.sentence])
