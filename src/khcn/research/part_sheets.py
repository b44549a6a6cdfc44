"""How the parts of a task are shown and asked for: the same columns and fields as registers have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from khcn.kernel.records.registry import Column, Register
from khcn.language.words import words as _
from khcn.research.services.parts import PART_KINDS


@dataclass(frozen=True)
class PartSheet:
    """One kind of part on the pages: its heading, the act that adds one, what its table shows, what its form asks."""

    key: str
    heading: str
    add: str
    shown: tuple[str, ...]
    asked: tuple[str, ...]
    empty: str

    @property
    def register(self) -> Register:
        """Return the parts in the shape in which the kernel's fields and cells read tables."""
        model: Any = PART_KINDS[self.key].model  # a part is no record, but has columns as one
        columns = tuple(Column(name, numeric=name.endswith("_vnd")) for name in (*self.shown, *self.asked))
        return Register(model, self.heading, self.add, "", columns)


PEOPLE, MONEY, PROGRESS, RESULT = "nguoi-san-pham", "kinh-phi", "tien-do", "ket-qua"
SIDES: dict[str, tuple[str, tuple[PartSheet, ...]]] = {
    PEOPLE: (
        _("Người, sản phẩm"),
        (
            PartSheet(
                "thanh-vien",
                _("Thành viên thực hiện"),
                _("Thêm thành viên"),
                ("person", "role", "organisation", "months", "share_percent"),
                ("person", "role", "organisation", "months", "share_percent"),
                _("Chưa ghi ai."),
            ),
            PartSheet(
                "phoi-hop",
                _("Tổ chức phối hợp"),
                _("Thêm tổ chức phối hợp"),
                ("organisation", "content"),
                ("organisation", "content"),
                _("Không có."),
            ),
            PartSheet(
                "san-pham",
                _("Sản phẩm phải giao nộp"),
                _("Thêm sản phẩm"),
                ("name", "kind", "ordered", "unit", "delivered", "delivered_on"),
                ("name", "kind", "unit", "ordered", "quality", "delivered", "delivered_on", "evidence"),
                _("Chưa ghi sản phẩm nào."),
            ),
        ),
    ),
    MONEY: (
        _("Kinh phí"),
        (
            PartSheet(
                "du-toan",
                _("Dự toán"),
                _("Thêm dòng dự toán"),
                ("item", "source", "year", "amount_vnd", "is_lump"),
                ("item", "source", "year", "amount_vnd", "is_lump", "note"),
                _("Chưa có dự toán."),
            ),
            PartSheet(
                "dot-cap",
                _("Các đợt cấp theo hợp đồng"),
                _("Thêm đợt cấp"),
                ("planned_on", "source", "amount_vnd", "condition"),
                ("planned_on", "source", "amount_vnd", "condition"),
                _("Chưa chia đợt."),
            ),
        ),
    ),
    PROGRESS: (
        _("Tiến độ"),
        (
            PartSheet(
                "moc",
                _("Mốc tiến độ"),
                _("Thêm mốc"),
                ("title", "due_on", "done_on", "evidence"),
                ("title", "due_on", "done_on", "evidence"),
                _("Chưa có mốc nào."),
            ),
            PartSheet(
                "bao-cao",
                _("Báo cáo của tổ chức chủ trì"),
                _("Thêm báo cáo"),
                ("reported_on", "kind", "percent", "content", "difficulties", "spent_vnd"),
                ("kind", "reported_on", "percent", "content", "difficulties", "spent_vnd"),
                _("Chưa có báo cáo."),
            ),
            PartSheet(
                "kiem-tra",
                _("Kiểm tra, đánh giá trong kỳ"),
                _("Thêm đợt kiểm tra"),
                ("inspected_on", "number", "schedule", "findings", "requests"),
                ("inspected_on", "number", "schedule", "findings", "requests"),
                _("Chưa kiểm tra."),
            ),
            PartSheet(
                "dieu-chinh",
                _("Điều chỉnh, gia hạn"),
                _("Thêm đề nghị điều chỉnh"),
                ("asked_on", "kind", "reason", "outcome", "number", "decided_on"),
                ("kind", "asked_on", "reason"),
                _("Chưa có đề nghị."),
            ),
        ),
    ),
    RESULT: (
        _("Kết quả, ứng dụng"),
        (
            PartSheet(
                "ung-dung",
                _("Phiếu ứng dụng kết quả"),
                _("Thêm phiếu ứng dụng"),
                ("year", "organisation", "organisation_text", "form", "scale", "revenue_vnd", "jobs"),
                (
                    "year",
                    "organisation",
                    "organisation_text",
                    "place",
                    "form",
                    "scale",
                    "revenue_vnd",
                    "saving_vnd",
                    "jobs",
                    "replication",
                    "obstacles",
                    "evidence",
                    "reported_on",
                ),
                _("Chưa có phiếu nào."),
            ),
            PartSheet(
                "rui-ro",
                _("Hồ sơ chấp nhận rủi ro"),
                _("Lập hồ sơ rủi ro"),
                ("kind", "reported_on", "process_followed", "is_honest", "recovery", "recovery_vnd", "decided_on"),
                ("kind", "reported_on", "process_followed", "process_evidence", "is_honest"),
                _("Không có."),
            ),
        ),
    ),
}
SHEETS = {sheet.key: sheet for _label, sheets in SIDES.values() for sheet in sheets}


def side_of(key: str) -> str:
    """Return the side of a task's pages on which the parts of that kind stand."""
    return next(side for side, (_label, sheets) in SIDES.items() if key in {one.key for one in sheets})
