"""The register of results done without the State's money as lists, record pages, imports and exports show it."""

from __future__ import annotations

from typing import Any

from khcn.kernel.records.registry import Column, RecordFilter, Register
from khcn.language.words import words as _
from khcn.research.evaluating import ANSWERED, answered, complete_results
from khcn.research.models import OutsideResult
from khcn.research.outside_presenting import outside_values
from khcn.research.outside_workflow import OUTSIDE_WORKFLOW
from khcn.research.permissions import may_enter, may_keep
from khcn.research.services.outside import enter_result_values
from khcn.research.states import OutsideState

YEARS = [(str(year), str(year)) for year in range(2030, 2009, -1)]


def _in_state(rows: Any, value: str) -> Any:
    return rows.filter(state=value)


def _received_in(rows: Any, value: str) -> Any:
    return rows.filter(received_on__year=value)


OUTSIDE = Register(
    model=OutsideResult,
    label=_("Kết quả nhiệm vụ không sử dụng ngân sách nhà nước"),
    label_one=_("Kết quả không dùng ngân sách", "one"),
    group=_("Nhiệm vụ khoa học và công nghệ"),
    description=_("Kết quả nhiệm vụ làm bằng kinh phí khác, tỉnh đánh giá và cấp giấy chứng nhận khi được đề nghị."),
    date_field="received_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Tên kết quả"), importable=True, required=True, also=("Tên nhiệm vụ", "Tên đề tài")),
        Column("applicant_name", _("Bên đề nghị")),
        Column("received_on", _("Nhận ngày"), importable=True, required=True),
        Column("state", _("Trạng thái"), importable=True),
        Column("due_on", _("Hạn trả")),
        Column("lateness", _("Trả kết quả")),
        Column("certificate_number", _("Số giấy chứng nhận"), importable=True, key=True),
        Column("certified_on", _("Cấp giấy chứng nhận ngày"), importable=True, wide=False),
        Column("applicant", _("Tổ chức đề nghị"), importable=True, wide=False, also=("Cơ quan chủ trì",)),
        Column("person", _("Cá nhân đề nghị"), importable=True, wide=False, also=("Chủ nhiệm",)),
        Column("applicant_text", _("Bên đề nghị chưa có trong sổ"), importable=True, wide=False),
        Column("content", _("Nội dung, kết quả đạt được"), importable=True, wide=False),
        Column("field", _("Lĩnh vực"), importable=True, wide=False),
        Column("funding_text", _("Nguồn kinh phí"), importable=True, wide=False),
        Column("cost_vnd", _("Kinh phí tự bỏ ra (đồng)"), importable=True, wide=False, numeric=True),
        Column("complete_on", _("Hồ sơ hợp lệ ngày"), importable=True, wide=False),
        Column("council_number", _("Số quyết định thành lập hội đồng"), importable=True, wide=False),
        Column("evaluated_on", _("Hội đồng đánh giá ngày"), importable=True, wide=False),
        Column("refusal_reason", _("Lý do không cấp"), importable=True, wide=False),
        Column("registration_number", _("Số đăng ký kết quả"), importable=True, wide=False),
        Column("registered_on", _("Đăng ký kết quả ngày"), importable=True, wide=False),
    ),
    filters=(
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: OutsideState.choices, _in_state),
        RecordFilter("nam", _("Năm nhận"), lambda _user: YEARS, _received_in),
        RecordFilter("thoi-han", _("Trả kết quả"), lambda _user: ANSWERED, answered),
    ),
    workflow=OUTSIDE_WORKFLOW,
    facts=(
        (_("Bên đề nghị"), ("applicant", "person", "applicant_text", "received_on")),
        (_("Nội dung"), ("content",)),
        (_("Kinh phí"), ("funding_text", "cost_vnd")),
        (_("Kiểm tra hồ sơ"), ("supplement_text", "supplemented_on", "complete_on")),
        (_("Đánh giá"), ("council_number", "evaluated_on")),
        (_("Giấy chứng nhận"), ("certificate_number", "certified_on", "refused_on", "refusal_reason")),
        (_("Đăng ký kết quả"), ("registration_number", "registered_on")),
    ),
    related=("applicant", "person"),
    may_create=may_enter,
    enter=enter_result_values,
    entered=(
        "title",
        "applicant",
        "person",
        "applicant_text",
        "received_on",
        "content",
        "field",
        "place",
        "funding_text",
        "cost_vnd",
        "confidentiality",
    ),
    editable=(
        "title",
        "applicant",
        "person",
        "applicant_text",
        "content",
        "field",
        "place",
        "funding_text",
        "cost_vnd",
        "responsible",
    ),
    may_edit=may_keep,
    hides_empty=True,
    page_template="research/_outside.html",
    page_first=True,
    page_context=outside_values,
    read_rows=complete_results,
    search_text=lambda row: f"{row.content} {row.applicant_text} {row.certificate_number} {row.registration_number}",
)
