"""The commands `khcn search` and `khcn reindex`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from khcn.kernel.identity.models import Office, User
from khcn.kernel.search.contracts import Page
from khcn.kernel.search.engine import IndexBusy, IndexMissing
from khcn.kernel.search.selectors import Hit, find
from khcn.kernel.search.services import index_pending, rebuild
from khcn.kernel.search.visibility import Viewer, office_viewer, viewer_of

MOST = 1_000


class _UnknownViewer(Exception):
    """Nobody by that name searches here."""


def run_search(arguments: Sequence[str]) -> int:
    """Print what is found; with `--json` as a list of {register, code, title, snippet, score}. Returns the exit code.

    Without `--as` the system itself searches, which sees everything of the office of the settings.
    """
    parser = argparse.ArgumentParser(prog="khcn search", description="Tìm trong các sổ và nội dung tệp đính kèm.")
    parser.add_argument("query", nargs="+", help="từ cần tìm")
    parser.add_argument("--limit", type=int, default=20, help="số kết quả nhiều nhất (mặc định 20)")
    parser.add_argument("--as", dest="username", default="", help="tìm với quyền của tài khoản này")
    parser.add_argument("--json", action="store_true", help="in JSON")
    options = parser.parse_args(list(arguments))
    now = timezone.now()
    index_pending(now=now)
    try:
        viewer = _viewer(options.username)
        found = find(" ".join(options.query), viewer, page=Page(size=max(1, min(options.limit, MOST))))
    except (_UnknownViewer, IndexMissing) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stdout.write(_as_json(found.hits) if options.json else _as_lines(found.hits))
    return 0


def run_reindex(arguments: Sequence[str]) -> int:
    """Build the index anew from all registers; returns the exit code."""
    parser = argparse.ArgumentParser(prog="khcn reindex", description="Lập lại chỉ mục tìm kiếm từ các sổ.")
    parser.add_argument("--force", action="store_true", help="giành quyền ghi của tiến trình đã bị tắt đột ngột")
    options = parser.parse_args(list(arguments))
    try:
        count = rebuild(now=timezone.now(), seize=options.force)
    except IndexBusy as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stdout.write(f"Đã lập lại chỉ mục: {count} hồ sơ.\n")
    return 0


def _viewer(username: str) -> Viewer:
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise _UnknownViewer(f"Không có tài khoản đang hoạt động tên «{username}».")
        return viewer_of(user.act_on(timezone.localdate()))
    office = Office.objects.filter(code=settings.OFFICE).first()
    if office is None:
        raise _UnknownViewer(f"Chưa có cơ quan mã «{settings.OFFICE}»: nạp dữ liệu trước, hoặc đặt biến KHCN_OFFICE.")
    return office_viewer(office)


def _as_json(hits: Sequence[Hit]) -> str:
    rows = [
        {
            "register": hit.register,
            "code": hit.record.code,
            "title": hit.record.title,
            "snippet": hit.snippet,
            "score": round(hit.score, 4),
        }
        for hit in hits
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _as_lines(hits: Sequence[Hit]) -> str:
    if not hits:
        return "Không tìm thấy hồ sơ nào.\n"
    return "".join(f"{hit.record.code} · {hit.record.title} ({hit.label})\n    {hit.snippet}\n" for hit in hits)
