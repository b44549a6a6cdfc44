"""Small uploads, made here."""

from __future__ import annotations

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40
LETTER = "Công văn về việc kiểm tra nhãn hiệu tập thể của hợp tác xã.\n".encode()
SECRET = "TỐI MẬT\n\nBáo cáo về việc kiểm tra nhãn hiệu.\n".encode()
PAGE = b"<!doctype html><html><body><p>Trang tin</p><script>alert(1)</script></body></html>"


def on_disk(folder):
    """Return every file under a folder, of whatever name."""
    return [path for path in folder.rglob("*") if path.is_file()]
