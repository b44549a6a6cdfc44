"""Run all checks, each on one consistent reading, and say what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice

from django.db import DatabaseError, OperationalError, connection

from khcn.kernel.keeping.backup import snapshot
from khcn.kernel.keeping.health import history, machine, registers, store, upkeep
from khcn.kernel.keeping.health.findings import EXAMPLES, Asked, Check, Finding, Level

CHECKS = (
    Check("database", "Cơ sở dữ liệu và các bước cập nhật", machine.database),
    Check("database-file", "Tệp cơ sở dữ liệu và các khóa ngoại", machine.database_file),
    Check("rows-without-version", "Dòng nào cũng có phiên bản đang mở", history.rows_without_version),
    Check("versions-without-row", "Phiên bản đang mở nào cũng có đúng một dòng", history.versions_without_row),
    Check("rows-unlike-version", "Dòng giống phiên bản đang mở, từng cột", history.rows_unlike_version),
    Check("intervals", "Các phiên bản nối tiếp nhau, không rỗng, không chồng", history.intervals_that_do_not_fit),
    Check("codes-twice", "Mã hồ sơ không trùng", registers.codes_given_twice),
    Check("codes-gaps", "Mã hồ sơ không khuyết", registers.gaps_in_codes),
    Check("codes-counters", "Bộ đếm khớp mã đã cấp", registers.counters_that_lie),
    Check("states", "Trạng thái có trong quy trình", registers.states_unknown),
    Check("references", "Liên kết, tệp, việc đến hạn trỏ tới hồ sơ có thật", registers.references_to_nothing),
    Check("stored-files", "Tệp đính kèm còn nguyên trên đĩa", store.stored_files),
    Check("unknown-files", "Kho không có tệp lạ", store.files_nobody_knows),
    Check("search", "Chỉ mục tìm kiếm theo kịp", upkeep.search_index),
    Check("imports", "Không việc nhập nào dở dang", upkeep.imports),
    Check("jobs", "Việc nền không hỏng, không kẹt", upkeep.jobs),
    Check("rules", "Bộ quy định đã đối chiếu", upkeep.rules),
    Check("calendar", "Lịch làm việc đủ năm", upkeep.calendar),
    Check("disk", "Đĩa còn chỗ", machine.disk),
    Check("clock", "Đồng hồ đúng", machine.clock),
    Check("settings", "Cài đặt an toàn", machine.installation),
)


@dataclass(frozen=True)
class Result:
    """What one check found; `more`: there is more than is named."""

    check: Check
    findings: tuple[Finding, ...]
    more: bool = False

    @property
    def level(self) -> Level | None:
        """Return the worst level found; None if all is well."""
        if any(finding.level == Level.FAULT for finding in self.findings):
            return Level.FAULT
        return Level.NOTE if self.findings else None


def examine(asked: Asked, checks: Sequence[Check] = CHECKS) -> Iterator[Result]:
    """Yield the result of each check in turn; changes nothing.

    Where the database does not answer the first check, the others are not asked of it.
    """
    for check in checks:
        try:
            with _reading():
                found = list(islice(check.find(asked), EXAMPLES + 1))
        except OperationalError as failure:
            todo = "Xem máy cơ sở dữ liệu có chạy không, DATABASE_URL và KHCN_DATA_DIR có đúng không."
            yield Result(check, (Finding("cơ sở dữ liệu", f"Không trả lời: {str(failure).strip()}", todo),))
            if check.key == CHECKS[0].key:
                return
        except DatabaseError as failure:
            todo = "Chạy «khcn prepare» nếu thiếu bảng, cột; nếu không, khôi phục bản sao lưu."
            yield Result(check, (Finding("cơ sở dữ liệu", f"Không kiểm được: {str(failure).strip()}", todo),))
        else:
            yield Result(check, tuple(found[:EXAMPLES]), more=len(found) > EXAMPLES)


def _reading() -> AbstractContextManager[None]:
    make: Callable[[], AbstractContextManager[None]] = nullcontext if connection.in_atomic_block else snapshot
    return make()
