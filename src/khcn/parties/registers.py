"""The registers of organisations and people as lists, record pages, imports and exports show them."""

from __future__ import annotations

from khcn.kernel.obligations.audience import holder_accounts
from khcn.kernel.obligations.selectors import holder_resolvers
from khcn.kernel.records.corrections import correction_checks
from khcn.kernel.records.registry import Column, RecordFilter, Register, add_register
from khcn.kernel.search.visibility import add_visibility
from khcn.kernel.workflow.table import add_workflow
from khcn.language.words import words as _
from khcn.parties.filters import by_column
from khcn.parties.models import Organisation, Person, organisation_ids_of
from khcn.parties.permissions import may_edit_party
from khcn.parties.science_presenting import party_page
from khcn.parties.science_registers import CERTIFICATES, ORGANISATION_TYPES, SCIENCE_REGISTERS
from khcn.parties.selectors import accounts_of, acts_for
from khcn.parties.services import circles_refused
from khcn.parties.states import OrganisationKind, PartyState
from khcn.parties.steps import add_party_steps
from khcn.parties.workflow import ORGANISATION_WORKFLOW, PERSON_WORKFLOW

GROUP = _("Tổ chức, cá nhân")


ORGANISATIONS = Register(
    model=Organisation,
    label=_("Tổ chức"),
    label_one=_("Tổ chức", "one"),
    group=GROUP,
    description=_("Cơ quan, đơn vị, doanh nghiệp, hợp tác xã có quan hệ với Sở; tổ chức đã hợp nhất vẫn còn trong sổ."),
    known_to=_("cơ quan được giao: cả chính tổ chức mình"),
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column(
            "title",
            _("Tên tổ chức"),
            importable=True,
            required=True,
            key=True,
            also=("Tên đơn vị", "Tên cơ quan", "Tên doanh nghiệp", "Đơn vị"),
        ),
        Column("short_name", _("Tên viết tắt"), importable=True, also=("Viết tắt", "Tên tắt")),
        Column("kind", _("Loại"), importable=True),
        Column("parent", _("Trực thuộc"), importable=True, also=("Cơ quan chủ quản", "Đơn vị chủ quản")),
        Column("place", _("Địa bàn"), importable=True),
        Column("state", _("Trạng thái"), importable=True),
        Column("symbol", _("Ký hiệu văn bản"), wide=False, importable=True),
        Column("tax_code", _("Mã số thuế"), wide=False, importable=True, also=("MST", "Mã số doanh nghiệp")),
        Column("address", _("Địa chỉ"), wide=False, importable=True, also=("Trụ sở", "Địa chỉ trụ sở")),
        Column("email", _("Thư điện tử"), wide=False, importable=True, also=("Email", "E-mail")),
        Column("founded_on", _("Thành lập ngày"), wide=False, importable=True, also=("Ngày thành lập",)),
        Column("ended_on", _("Chấm dứt ngày"), wide=False, importable=True),
        Column("confidentiality", _("Phạm vi"), wide=False, importable=True),
        Column("source_note", _("Nguồn"), wide=False, importable=True),
    ),
    filters=(
        RecordFilter("loai", _("Loại"), lambda _user: OrganisationKind.choices, by_column("kind")),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: PartyState.choices, by_column("state")),
        ORGANISATION_TYPES,
        CERTIFICATES,
    ),
    workflow=ORGANISATION_WORKFLOW,
    facts=(
        (_("Tổ chức"), ("kind", "short_name", "parent", "symbol", "tax_code")),
        (_("Liên hệ"), ("address", "place", "email")),
        (_("Thời gian"), ("founded_on", "ended_on", "successor")),
    ),
    parts=("science",),
    related=("parent", "place", "successor"),
    search_text=lambda row: f"{row.short_name} {row.symbol} {row.tax_code} {row.address} {row.source_note}",
    create_url="organisation-create",
    may_create=may_edit_party,
    editable=(
        "title",
        "short_name",
        "kind",
        "parent",
        "symbol",
        "tax_code",
        "address",
        "place",
        "email",
        "founded_on",
        "confidentiality",
        "source_note",
    ),
    may_edit=may_edit_party,
    page_template="parties/_organisation_page.html",
    page_context=party_page,
)
PEOPLE = Register(
    model=Person,
    label=_("Cá nhân"),
    label_one=_("Cá nhân", "one"),
    group=GROUP,
    description=_(
        "Người giữ chức vụ, nhà khoa học, chuyên gia, với chức vụ theo thời gian; không giữ thông tin đời tư."
    ),
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Họ và tên"), importable=True, required=True, also=("Họ tên", "Tên")),
        Column("degree", _("Học hàm, học vị"), importable=True, also=("Trình độ", "Học vị", "Học hàm")),
        Column("field", _("Lĩnh vực"), importable=True, also=("Chuyên môn", "Chuyên ngành", "Ngành đào tạo")),
        Column("state", _("Trạng thái"), importable=True),
        Column("confidentiality", _("Phạm vi"), wide=False, importable=True),
        Column("source_note", _("Nguồn"), wide=False, importable=True),
    ),
    filters=(RecordFilter("trang-thai", _("Trạng thái"), lambda _user: PartyState.choices, by_column("state")),),
    workflow=PERSON_WORKFLOW,
    facts=((_("Cá nhân"), ("degree", "field", "place")),),
    parts=("roles",),
    related=("field", "place"),
    search_text=lambda row: f"{row.degree} {row.source_note} {' '.join(str(held) for held in row.roles.all())}",
    create_url="person-create",
    may_create=may_edit_party,
    editable=("title", "degree", "field", "confidentiality", "source_note"),
    may_edit=may_edit_party,
    page_template="parties/_person_page.html",
    page_context=party_page,
)

for _register in (ORGANISATIONS, PEOPLE, *SCIENCE_REGISTERS):
    add_register(_register)
    add_workflow(_register.workflow)
add_party_steps()
if circles_refused not in correction_checks:
    correction_checks.append(circles_refused)
add_visibility(
    Organisation.REGISTER,
    of_record=lambda row: (f"agency:{row.pk}",),
    of_user=lambda user: [f"agency:{number}" for number in organisation_ids_of(user)],
)
if acts_for not in holder_resolvers:
    holder_resolvers.append(acts_for)
if accounts_of not in holder_accounts:
    holder_accounts.append(accounts_of)
