"""`khcn doctor`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from django.utils import timezone

from khcn.kernel.keeping.health.examination import Result, examine
from khcn.kernel.keeping.health.findings import Asked, Level


def run_doctor(arguments: Sequence[str]) -> int:
    """Check the installation and say in words, or with `--json` as data, what is wrong; 0 if nothing is, else 1."""
    parser = argparse.ArgumentParser(prog="khcn doctor", description="Kiểm tra bản cài đặt; không sửa gì.")
    parser.add_argument(
        "--files", choices=("sample", "all"), default="sample", help="đọc lại nội dung một số tệp, hay tất cả"
    )
    parser.add_argument("--json", action="store_true", help="kết quả dạng JSON")
    options = parser.parse_args(list(arguments))
    asked = Asked(now=timezone.now(), all_files=options.files == "all")
    results = []
    for result in examine(asked):
        results.append(result)
        if not options.json:
            sys.stdout.writelines(_lines(result))
    faults = sum(finding.level == Level.FAULT for result in results for finding in result.findings)
    if options.json:
        said = {"well": not faults, "at": asked.now.isoformat(), "checks": [_data(result) for result in results]}
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(f"{faults} lỗi cần xử lý.\n" if faults else "Mọi thứ đều ổn.\n")
    return 1 if faults else 0


def _lines(result: Result) -> Iterator[str]:
    word = {None: "đạt", Level.NOTE: "lưu ý", Level.FAULT: "HỎNG"}[result.level]
    yield f"  {word:<6} {result.check.label}\n"
    for finding in result.findings:
        yield f"         {finding.where}: {finding.what}\n           → {finding.todo}\n"
    if result.more:
        yield "         … và còn nữa.\n"


def _data(result: Result) -> dict[str, object]:
    return {
        "check": result.check.key,
        "label": result.check.label,
        "level": result.level,
        "findings": [asdict(finding) for finding in result.findings],
        "more": result.more,
    }
