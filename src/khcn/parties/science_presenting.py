"""What the pages of CVs, organisations, laboratories and equipment show besides the register's own facts."""

from __future__ import annotations

from typing import Any

from khcn.kernel.rulebook.kinds import words_of
from khcn.kernel.rulebook.models import Rule
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.parties.identifiers import ORCID_ADDRESS
from khcn.parties.models import (
    CareerEntry,
    Equipment,
    Laboratory,
    Organisation,
    Person,
    ScienceOrganisation,
    ScientistProfile,
)
from khcn.parties.permissions import may_edit_party, may_erase_private, may_keep_private
from khcn.parties.presenting import address_of, organisation_page, person_page, record_address
from khcn.parties.rules import months_before
from khcn.parties.science_selectors import CV_AGE, publication_rule, rule_for, shared_equipment_of
from khcn.parties.sharing_presenting import shared_use_of
from khcn.parties.states import ProfileState
from khcn.ui import formats

DOI_ADDRESS = "https://doi.org/"
LANGUAGE_COLUMNS = [{"label": label} for label in (_("Ngoại ngữ"), _("Trình độ ngoại ngữ"), "")]
CAREER_COLUMNS = [
    {"label": label} for label in (_("Thời gian"), _("Vị trí, chức danh công việc"), _("Nơi công tác"), "")
]
PUBLICATION_COLUMNS = [{"label": label} for label in (_("Năm"), _("Công bố"), "DOI", "")]
EQUIPMENT_COLUMNS = [
    {"label": _("Thiết bị")},
    {"label": _("Đối tượng được sử dụng")},
    {"label": _("Giá một giờ, đồng"), "num": True},
    {"label": _("Còn thiếu để công khai")},
]


def profile_page(request: Any, profile: ScientistProfile) -> dict[str, Any]:
    """Return the parts of a CV, how old it is, its consent, what is kept apart, and what the user may do about them."""
    now = not request.GET.get("as_of")
    edits = bool(now and _stands(profile) and may_edit_party(request.user, profile))
    return {
        "orcid_url": f"{ORCID_ADDRESS}{profile.orcid}" if profile.orcid else "",
        "aged": _aged(request, profile) if now else None,
        "consent": _consent(profile),
        "private": _private(profile) if now and may_keep_private(request.user, profile) else None,
        "language_columns": LANGUAGE_COLUMNS,
        "language_rows": [
            {"cells": [one.language, one.level, _removal("language", profile, one, edits)]}
            for one in profile.languages.all()
        ],
        "career_columns": CAREER_COLUMNS,
        "career_rows": [_career_row(one, profile, edits) for one in profile.career.select_related("organisation")],
        "publication_columns": PUBLICATION_COLUMNS,
        "publication_rows": [_publication_row(one, profile, edits) for one in profile.publications.all()],
        "section_acts": _profile_acts(request.user, profile) if edits else [],
    }


def party_page(request: Any, party: Organisation | Person) -> dict[str, Any]:
    """Return what the page of an organisation or a person shows: roles, parts, and what they are in science."""
    if isinstance(party, Organisation):
        return organisation_page(request, party) | organisation_science(request, party)
    return person_page(request, party) | person_science(request, party)


def person_science(request: Any, person: Person) -> dict[str, Any]:
    """Return the CV of a person that the reader may know of, as a link; empty where there is none."""
    rows = ScientistProfile.objects.visible_to(request.user).standing()
    found = rows.filter(person_id=person.pk).first()
    return {"cv": {"text": found.code, "url": record_address(found)} if found is not None else None}


def organisation_science(request: Any, organisation: Organisation) -> dict[str, Any]:
    """Return what is known of an organisation of science, its shared equipment, and the way to write it."""
    facts = ScienceOrganisation.objects.as_of(getattr(organisation, "_as_of", None))
    found = facts.filter(organisation_id=organisation.pk).select_related("field").first()
    shared = list(shared_equipment_of(organisation, request.user)) if found is not None else []
    edits = not request.GET.get("as_of") and organisation.withdrawn_on is None
    may = bool(edits and request.user.is_authenticated and may_edit_party(request.user, organisation))
    return {
        "science_groups": [{"heading": "", "facts": _science_facts(found, organisation)}] if found else [],
        "science_url": address_of("organisation-science", organisation.code) if may else "",
        "shared_columns": EQUIPMENT_COLUMNS,
        "shared_rows": [_shared_row(one) for one in shared],
        "shared_basis": _basis(publication_rule(organisation, request.today)) if shared else None,
    }


def laboratory_page(request: Any, laboratory: Laboratory) -> dict[str, Any]:
    """Return the equipment of a laboratory that the reader may know of."""
    rows = Equipment.objects.as_of(getattr(laboratory, "_as_of", None)).visible_to(request.user)
    found = rows.standing().filter(laboratory_id=laboratory.pk).order_by("title", "pk")
    columns = [
        {"label": _("Thiết bị")},
        {"label": _("Ký hiệu, mã hiệu")},
        {"label": _("Nguyên giá, đồng"), "num": True},
    ]
    return {
        "equipment_columns": columns,
        "equipment_rows": [
            {"cells": [one.title, one.model, formats.number(one.cost_vnd)], "url": record_address(one)} for one in found
        ],
    }


def equipment_page(request: Any, equipment: Equipment) -> dict[str, Any]:
    """Return what a shared piece of equipment lacks of what must be public, by which rule, and how it is used."""
    lacking = equipment.unpublished
    return {
        **shared_use_of(request, equipment),
        "lacking": joined(", ", lacking) if lacking else "",
        "shared_basis": _basis(publication_rule(equipment, request.today)) if equipment.is_shared else None,
    }


def _stands(profile: ScientistProfile) -> bool:
    return profile.withdrawn_on is None and profile.state == ProfileState.KEPT


def _aged(request: Any, profile: ScientistProfile) -> dict[str, Any] | None:
    """Return that a CV is older than the rule lets it be, with the rule; None for a fresh one or without a rule."""
    rule = rule_for(CV_AGE, on=request.today, office=profile.office)
    if rule is None or profile.updated_on >= months_before(request.today, int(rule.value)):
        return None
    return {
        "text": _(
            "Lý lịch cập nhật đến ngày {updated_on}, quá {months} tháng. Hỏi lại nhà khoa học, sửa những gì đã đổi rồi "
            "bấm «Xác nhận lý lịch còn đúng»."
        ).format(updated_on=formats.day(profile.updated_on), months=rule.value),
        "basis": _basis(rule),
    }


def _basis(rule: Rule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    words = f"{rule.label}: {words_of(rule.key, rule.value, rule.unit)}"
    return {"words": words, "source": rule.legal_basis, "unchecked": rule.confidence == "unchecked"}


def _consent(profile: ScientistProfile) -> str:
    if profile.consented_on is None:
        return _("Chưa có đồng ý: lý lịch không được công khai.")
    return _("Đồng ý công bố ngày {day}: {note}").format(
        day=formats.day(profile.consented_on), note=profile.consent_note
    )


def _private(profile: ScientistProfile) -> list[dict[str, Any]]:
    return [
        {"label": _("Giới tính"), "value": profile.sex_words},
        {"label": _("Quốc tịch, dân tộc"), "value": profile.origin_words},
    ]


def _removal(section: str, profile: ScientistProfile, part: Any, edits: bool) -> Any:  # noqa: FBT001 (asked once for all rows)
    if not edits:
        return ""
    return {"text": _("Bỏ"), "url": address_of(f"scientist-{section}-remove", profile.code, part.pk)}


def _career_row(one: CareerEntry, profile: ScientistProfile, edits: bool) -> dict[str, Any]:  # noqa: FBT001
    until = str(one.last_year) if one.last_year else _("nay")
    where = one.organisation.listed_name if one.organisation is not None else one.employer
    return {"cells": [f"{one.first_year} – {until}", one.post, where, _removal("career", profile, one, edits)]}


def _publication_row(one: Any, profile: ScientistProfile, edits: bool) -> dict[str, Any]:  # noqa: FBT001
    doi = {"text": one.doi, "url": f"{DOI_ADDRESS}{one.doi}"} if one.doi else ""
    named = {"text": one.title, "sub": one.venue}
    return {"cells": [str(one.year), named, doi, _removal("publication", profile, one, edits)]}


def _profile_acts(user: Any, profile: ScientistProfile) -> list[dict[str, str]]:
    private = bool(may_keep_private(user, profile))
    kept = hasattr(profile, "private")
    offers = [
        (_("Thêm ngoại ngữ"), "plus", "scientist-language-add", True),
        (_("Thêm quá trình công tác"), "plus", "scientist-career-add", True),
        (_("Thêm công bố"), "plus", "scientist-publication-add", True),
        (_("Ghi dữ liệu cá nhân để thống kê"), "lock", "scientist-private", private),
        (_("Xóa hẳn dữ liệu cá nhân"), "x", "scientist-private-erase", kept and bool(may_erase_private(user, profile))),
        (_("Ghi nhận đồng ý công bố"), "check", "scientist-consent", profile.consented_on is None),
        (_("Ghi nhận rút đồng ý công bố"), "x", "scientist-consent-withdraw", profile.consented_on is not None),
    ]
    found = [(label, icon, address_of(name, profile.code)) for label, icon, name, possible in offers if possible]
    return [{"label": label, "icon": icon, "url": url, "kind": "secondary"} for label, icon, url in found if url]


def _science_facts(facts: ScienceOrganisation, organisation: Organisation) -> list[dict[str, Any]]:
    counted = organisation.laboratories.standing().count()
    said = facts.laboratory_count
    differs = said is not None and said != counted
    return [
        {"label": _("Loại hình tổ chức"), "value": facts.get_kind_display()},
        {"label": _("Cấp thành lập"), "value": facts.get_founding_level_display()},
        {"label": _("Loại hình kinh tế"), "value": facts.get_economic_type_display()},
        {"label": _("Lĩnh vực chính"), "value": facts.field_code},
        {"label": _("Giấy chứng nhận hoạt động"), "value": _certificate(facts)},
        {
            "label": _("Tài sản cố định, triệu đồng"),
            "value": formats.number(facts.assets_million) if facts.assets_million is not None else "",
        },
        {
            "label": _("Số phòng thí nghiệm tổ chức khai"),
            "value": "" if said is None else formats.number(said),
            "note": _("Sổ phòng thí nghiệm có {count}.").format(count=counted) if differs else "",
        },
    ]


def _certificate(facts: ScienceOrganisation) -> str:
    if not facts.certificate_number:
        return ""
    said = [
        _("số {number} ngày {day}").format(number=facts.certificate_number, day=formats.day(facts.certificate_on)),
        facts.certificate_issuer,
        _("có giá trị đến hết ngày {day}").format(day=formats.day(facts.certificate_until))
        if facts.certificate_until
        else "",
    ]
    return joined(", ", [one for one in said if one])


def _shared_row(one: Equipment) -> dict[str, Any]:
    fee = formats.number(one.fee_per_hour_vnd)
    return {"cells": [one.title, one.shared_for, fee, joined(", ", one.unpublished)], "url": record_address(one)}
