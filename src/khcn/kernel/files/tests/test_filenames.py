from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.files.filenames import LONGEST, safe_filename


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Quyết định 12.docx", "Quyết định 12.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\An\\báo cáo.pdf", "báo cáo.pdf"),
        ("a\r\nContent-Type: text/html.txt", "html.txt"),
        ("ảnh\u202egnp.exe", "ảnhgnp.exe"),
        ('x"y;z.txt', "x_y;z.txt"),
        ("\x00\x01", "tep-khong-ten"),
        ("..", "tep-khong-ten"),
        ("", "tep-khong-ten"),
        ("  tên   dài  .txt ", "tên dài .txt"),
        ("a" * 500 + ".docx", "a" * (LONGEST - 5) + ".docx"),
        ("b" * 500, "b" * LONGEST),
    ],
)
def test_a_hostile_name_becomes_a_plain_one(given_name, kept):
    assert safe_filename(given_name) == kept


@given(st.text(max_size=400))
def test_no_name_keeps_a_path_a_control_character_or_too_much(name):
    kept = safe_filename(name)

    assert 0 < len(kept) <= LONGEST
    assert not set(kept) & set('/\\<>:"|?*\r\n\x00\u202e')
    assert safe_filename(kept) == kept
