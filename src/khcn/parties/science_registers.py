"""The register of CVs, and what all registers of potential register once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from khcn.kernel.access.roles import DIVISION_READERS
from khcn.kernel.identity.selectors import acting_day
from khcn.kernel.pages.rail import RailItem, add_rail_item
from khcn.kernel.records.corrections import correction_checks
from khcn.kernel.records.registry import Column, RecordFilter, Register
from khcn.kernel.records.tracked import write_hooks
from khcn.kernel.rulebook.shipped import add_rule_file
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.language.words import words as _
from khcn.parties import science_selectors as rules
from khcn.parties.entry import (
    FIELD_QUESTION,
    ORCID_QUESTION,
    enter_profile_values,
    import_profile,
)
from khcn.parties.figure_registers import SPENDING, STAFFING
from khcn.parties.filters import OWN_OFFICE, by_column, reader_of
from khcn.parties.infrastructure_registers import EQUIPMENT, LABORATORIES
from khcn.parties.models import ScientistProfile
from khcn.parties.permissions import may_edit_party, may_see_statistics
from khcn.parties.science_presenting import profile_page
from khcn.parties.science_steps import add_science_steps
from khcn.parties.science_workflow import (
    PROFILE_WORKFLOW,
)
from khcn.parties.services.science import follow_people, profile_refused
from khcn.parties.shared_columns import CODE, FIELD, GROUP, NOTE, STATE_COLUMN, cut
from khcn.parties.sharing_registers import BOOKINGS, add_sharing
from khcn.parties.states import (
    AcademicTitle,
    FieldGroup,
    OrganisationType,
    Origin,
    ProfileState,
    Sex,
)
from khcn.parties.statistics_presenting import DEGREES, QUALIFICATION, STATE, keep_qualified
from khcn.parties.statistics_selectors import (
    FIELD_FILTER,
    ORIGIN_FILTER,
    SEX_FILTER,
    VIETNAMESE,
)

OLD, ENDING, ENDED = "cu", "sap-het", "da-het"


def _of_private(choices: Any) -> Any:
    """Return what offers choices about what is kept apart: nothing to those who may not know it."""
    return lambda user: choices if user.is_authenticated and user.holds(*DIVISION_READERS) else []


def _age_choices(user: Any) -> list[tuple[str, str]]:
    rule = rules.rule_for(rules.CV_AGE, on=acting_day(user), office=getattr(user, "office", None))
    return [(OLD, _("quá {months} tháng").format(months=rule.value))] if rule is not None else []


def _keep_aged(rows: Any, _value: str) -> Any:
    day = rules.oldest_fresh_day(reader_of(rows))
    return rows.not_updated_since(day) if day is not None else rows.none()


def _certificate_choices(user: Any) -> list[tuple[str, str]]:
    rule = rules.rule_for(rules.CERTIFICATE_NOTICE, on=acting_day(user), office=getattr(user, "office", None))
    soon = [(ENDING, _("hết hạn trong {days} ngày tới").format(days=rule.value))] if rule is not None else []
    return [*soon, (ENDED, _("đã hết hạn"))]


def _keep_certified(rows: Any, value: str) -> Any:
    reader = reader_of(rows)
    day = acting_day(reader)
    rule = rules.rule_for(rules.CERTIFICATE_NOTICE, on=day, office=getattr(reader, "office", None))
    if day is None:
        return rows.none()
    if value == ENDED:
        return rows.filter(science__certificate_until__lt=day)
    last = day + timedelta(days=int(rule.value)) if rule is not None else day
    return rows.filter(science__certificate_until__range=(day, last))


def _keep_type(rows: Any, value: str) -> Any:
    return rows.filter(science__kind__startswith=value)


ORGANISATION_TYPES = RecordFilter(
    "khcn", _("Loại hình khoa học và công nghệ"), lambda _user: OrganisationType.choices, _keep_type
)
CERTIFICATES = RecordFilter("giay-chung-nhan", _("Giấy chứng nhận hoạt động"), _certificate_choices, _keep_certified)

PROFILE_FACTS = (
    "organisation",
    "post",
    "qualification",
    "qualification_year",
    "qualification_place",
    "academic_title",
    "academic_title_year",
    FIELD_QUESTION.name,
    ORCID_QUESTION.name,
    "updated_on",
    "source_note",
)

SCIENTISTS = Register(
    model=ScientistProfile,
    label=_("Lý lịch khoa học"),
    label_one=_("Lý lịch khoa học", "one"),
    group=GROUP,
    description=_(
        "Lý lịch của nhà khoa học, cập nhật theo thời gian; chỉ công khai khi người đó đồng ý. Giới tính, quốc tịch, "
        "dân tộc giữ riêng để xóa được, chỉ để thống kê."
    ),
    columns=(
        CODE,
        Column("title", _("Họ và tên")),
        Column(
            "person",
            _("Cá nhân"),
            wide=False,
            importable=True,
            required=True,
            key=True,
            also=("Họ và tên", "Họ tên", "Nhà khoa học", "Mã cá nhân"),
        ),
        Column("qualification", _("Trình độ cao nhất"), importable=True, also=("Học vị", "Trình độ")),
        Column("academic_title", _("Chức danh khoa học"), importable=True, also=("Học hàm",)),
        FIELD,
        Column("organisation", _("Nơi công tác"), importable=True, also=("Cơ quan công tác", "Đơn vị công tác")),
        Column(
            "updated_on", _("Cập nhật đến ngày"), importable=True, required=True, also=("Ngày cập nhật", "Cập nhật")
        ),
        STATE_COLUMN,
        Column("post", _("Vị trí, chức danh công việc"), wide=False, importable=True, also=("Chức vụ",)),
        Column("orcid", "ORCID", wide=False, importable=True, also=("Mã ORCID",)),
        Column("qualification_year", _("Năm nhận bằng"), wide=False, importable=True),
        Column("qualification_place", _("Nơi đào tạo"), wide=False, importable=True),
        Column("academic_title_year", _("Năm được công nhận chức danh"), wide=False, importable=True),
        Column("sex_words", _("Giới tính"), wide=False, importable=True),
        Column("origin_words", _("Quốc tịch, dân tộc"), wide=False, importable=True),
        Column("languages_text", _("Ngoại ngữ"), wide=False),
        NOTE,
    ),
    filters=(
        RecordFilter("ly-lich", _("Tuổi của lý lịch"), _age_choices, _keep_aged),
        RecordFilter(QUALIFICATION, _("Trình độ"), lambda _user: DEGREES, keep_qualified),
        RecordFilter(
            "chuc-danh", _("Chức danh khoa học"), lambda _user: AcademicTitle.choices, by_column("academic_title")
        ),
        RecordFilter(FIELD_FILTER, _("Lĩnh vực"), lambda _user: FieldGroup.choices, cut(FIELD_FILTER)),
        RecordFilter(SEX_FILTER, _("Giới tính"), _of_private(Sex.choices), cut(SEX_FILTER)),
        RecordFilter(
            ORIGIN_FILTER,
            _("Quốc tịch, dân tộc"),
            _of_private([(VIETNAMESE, _("Người Việt Nam")), *Origin.choices]),
            cut(ORIGIN_FILTER),
        ),
        RecordFilter(STATE, _("Trạng thái"), lambda _user: ProfileState.choices, by_column("state")),
        OWN_OFFICE,
    ),
    workflow=PROFILE_WORKFLOW,
    facts=(
        (_("Công tác"), ("organisation", "post", "field")),
        (_("Trình độ"), ("qualification", "qualification_year", "qualification_place")),
        (_("Chức danh khoa học"), ("academic_title", "academic_title_year")),
        (_("Lý lịch"), ("person", "orcid", "updated_on")),
    ),
    parts=("languages", "career", "publications"),
    related=("field", "organisation", "person", "languages", "private"),
    search_text=lambda row: (
        f"{row.orcid} {row.post} {row.field_code} {row.source_note} "
        f"{' '.join(one.title for one in row.publications.all())}"
    ),
    may_create=may_edit_party,
    enter=enter_profile_values,
    entered=("person", *PROFILE_FACTS),
    editable=(*PROFILE_FACTS, "confidentiality"),
    may_edit=may_edit_party,
    import_row=import_profile,
    questions=(FIELD_QUESTION, ORCID_QUESTION),
    page_template="parties/_scientist_page.html",
    page_context=profile_page,
)
SCIENCE_REGISTERS = (SCIENTISTS, LABORATORIES, EQUIPMENT, BOOKINGS, STAFFING, SPENDING)

add_science_steps()
add_sharing()
if follow_people not in write_hooks:
    write_hooks.append(follow_people)
if profile_refused not in correction_checks:
    correction_checks.append(profile_refused)
add_rule_file(Path(__file__).with_name("rules.csv"))
name_group("parties", _("Tổ chức, cá nhân, tiềm lực khoa học và công nghệ"))
declare_use(rules.CV_AGE, _("Sổ lý lịch khoa học: lý lịch nào đã cũ"))
declare_use(rules.FIELD_SCHEME, _("Mã lĩnh vực của lý lịch, tổ chức, phòng thí nghiệm: theo bảng phân loại nào"))
declare_use(rules.PERSON_LEVELS, _("Mã lĩnh vực của lý lịch, phòng thí nghiệm: nhận những cấp nào"))
declare_use(rules.ORGANISATION_LEVELS, _("Mã lĩnh vực chính của tổ chức: nhận những cấp nào"))
declare_use(rules.CERTIFICATE_NOTICE, _("Giấy chứng nhận hoạt động khoa học và công nghệ: nhắc trước khi hết hạn"))
declare_use(rules.LARGE_EQUIPMENT, _("Sổ thiết bị, thống kê tiềm lực: thiết bị nào là thiết bị lớn"))
declare_use(rules.SHARED_EQUIPMENT, _("Trang tổ chức, trang thiết bị dùng chung: phải công khai những gì"))
add_rail_item(
    RailItem(
        _("Thống kê tiềm lực"), "potential-statistics", "chart-bar", 62, lambda user: bool(may_see_statistics(user))
    )
)
