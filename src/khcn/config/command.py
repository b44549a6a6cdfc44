"""The `khcn` command: its words, and where the work behind them is done.

Only commands that read registers start Django and the database; reading a text or reckoning a date does not.
"""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass

from khcn.config.environment import UnsafeSetting


@dataclass(frozen=True)
class Command:
    """One command: its words, the function behind it, what it does, whether it needs the registers."""

    words: tuple[str, ...]
    function: str
    summary: str
    needs_registers: bool = True


COMMANDS = (
    Command(
        ("session", "read"),
        "khcn.governance.reader.commands:read",
        "Đọc một bài viết, thông báo kết luận",
        needs_registers=False,
    ),
    Command(
        ("session", "evaluate"),
        "khcn.governance.reader.commands:evaluate",
        "Chấm độ chính xác trên thư mục đã chú giải",
        needs_registers=False,
    ),
    Command(
        ("session", "corrections"),
        "khcn.governance.commands:run_corrections",
        "Xuất bài đọc đã xác nhận kèm phần người rà soát sửa",
    ),
    Command(
        ("session", "follow-up"),
        "khcn.governance.commands:follow_up",
        "Kết quả thực hiện kết luận ra DOCX, PDF hoặc JSON",
    ),
    Command(("calendar", "due"), "khcn.kernel.calendar.commands:due", "Tính ngày đến hạn", needs_registers=False),
    Command(("report", "figures"), "khcn.reporting.commands:figures", "Số liệu của một báo cáo kỳ"),
    Command(("report", "compare"), "khcn.reporting.commands:compare", "So sánh số liệu hai kỳ, hai thời điểm"),
    Command(("report", "make"), "khcn.reporting.commands:make", "Xuất báo cáo kỳ ra DOCX và PDF"),
    Command(
        ("programme", "export"),
        "khcn.policies.commands:export",
        "Xuất chỉ tiêu của một chương trình cho hệ thống của Bộ",
    ),
    Command(
        ("research", "score"), "khcn.research.commands:run_score", "Kiểm phiếu chấm điểm của hội đồng theo phiếu chấm"
    ),
    Command(
        ("research", "rate"), "khcn.research.commands:run_rate", "Xếp loại nghiệm thu từ phiếu đánh giá của thành viên"
    ),
    Command(
        ("research", "export"), "khcn.research.commands:run_export", "Xuất nhiệm vụ cho hệ thống quốc gia, CERIF-XML"
    ),
    Command(
        ("research", "estimate"),
        "khcn.research.commands:run_estimate",
        "Nhu cầu kinh phí nhiệm vụ của một năm ngân sách",
    ),
    Command(("import",), "khcn.kernel.exchange.commands:run_import", "Nhập một sổ từ XLSX hoặc CSV"),
    Command(
        ("classifications", "import"),
        "khcn.kernel.exchange.class_commands:run_import_classes",
        "Nhập bảng mã của một bảng phân loại từ XLSX hoặc CSV",
    ),
    Command(("export",), "khcn.kernel.exchange.commands:run_export", "Xuất một sổ"),
    Command(("search",), "khcn.kernel.search.commands:run_search", "Tìm trong các sổ và tệp"),
    Command(("reindex",), "khcn.kernel.search.commands:run_reindex", "Dựng lại chỉ mục tìm kiếm"),
    Command(("worker",), "khcn.kernel.jobs.commands:run_worker", "Chạy các việc nền"),
    Command(("prepare",), "khcn.config.operation:prepare", "Tạo, cập nhật cơ sở dữ liệu; nạp quy định, lịch, địa danh"),
    Command(("demo",), "khcn.config.operation:demo", "Nạp dữ liệu minh hoạ"),
    Command(("serve",), "khcn.config.operation:serve", "Chạy máy chủ tại 127.0.0.1:8000"),
    Command(("backup",), "khcn.kernel.keeping.commands:run_backup", "Sao lưu cơ sở dữ liệu và tệp vào một thư mục"),
    Command(("restore",), "khcn.kernel.keeping.commands:run_restore", "Khôi phục bản sao lưu vào nơi còn trống"),
    Command(
        ("doctor",), "khcn.kernel.keeping.health.commands:run_doctor", "Kiểm tra bản cài đặt, nói chỗ hỏng, cách chữa"
    ),
    Command(("reference",), "khcn.config.operation:reference", "Sinh docs/reference từ các bảng của phần mềm"),
    Command(("manage",), "khcn.config.operation:manage", "Các lệnh quản trị của Django"),
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 on success, 1 with a message otherwise."""
    words = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # the streams of a command are text files
    for command in COMMANDS:
        if tuple(words[: len(command.words)]) == command.words:
            return _run(command, words[len(command.words) :])
    sys.stdout.write(_summary())
    return 0 if not words or words[0] in {"-h", "--help", "help"} else 1


def _run(command: Command, arguments: list[str]) -> int:
    if command.needs_registers:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khcn.config.settings")
        try:
            importlib.import_module("django").setup()
        except UnsafeSetting as refusal:
            sys.stderr.write(f"{refusal}\n")
            return 1
    module, _, name = command.function.partition(":")
    try:
        return int(getattr(importlib.import_module(module), name)(arguments) or 0)
    except SystemExit as stop:  # argparse has said what is wrong, but leaves with a code of its own
        return 1 if stop.code else 0


def _summary() -> str:
    width = max(len(" ".join(command.words)) for command in COMMANDS)
    lines = [f"  khcn {' '.join(command.words):<{width}}  {command.summary}" for command in COMMANDS]
    return "Các lệnh:\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
