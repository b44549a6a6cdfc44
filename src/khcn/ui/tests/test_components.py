"""What components promise beyond rendering."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from khcn.ui.values import Due, FigureKind, State, Tone


def shown(component, **values):
    return " ".join(render_to_string(f"ui/components/{component}.html", values).split())


@pytest.mark.parametrize("tone", list(Tone))
def test_a_state_always_has_an_icon_and_a_word(tone):
    html = shown("status", state=State(tone, "Chữ"))

    assert "<svg" in html
    assert "Chữ" in html
    assert f"status--{tone}" in html


def test_a_compact_state_leaves_its_date_out():
    due = Due(date(2030, 9, 24), "hạn 24/9/2030")

    html = shown("status", state=State(Tone.DUE_SOON, "Sắp đến hạn"), due=due, compact=True)

    assert "24/9/2030" not in html


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (FigureKind.COUNT, "đếm"),
        (FigureKind.SUM, "cộng"),
        (FigureKind.REPORTED, "báo cáo"),
        (FigureKind.TARGET, "chỉ tiêu"),
    ],
)
def test_a_figure_says_its_kind(kind, word):
    assert word in shown("figure", figure={"value": 1, "kind": kind})


def test_a_missing_figure_is_said_and_never_shown_as_zero():
    html = shown("figure", figure={"value": None, "unit": "nhiệm vụ", "url": "/x/"})

    assert "chưa có số liệu" in html
    assert "href" not in html


def test_a_figure_of_zero_is_a_figure():
    assert ">0</a>" in shown("figure", figure={"value": 0, "url": "/x/"})


def test_a_disabled_act_says_why():
    html = shown("button", label="Phê duyệt", post_url="/x/", reason="Chỉ lãnh đạo phụ trách được phê duyệt.")

    assert "disabled" in html
    assert "Chỉ lãnh đạo phụ trách" in html
    assert "<form" not in html


def test_an_act_that_changes_something_is_a_post_with_its_token():
    html = shown("button", label="Nhận", post_url="/x/", csrf_token="dau-hieu")

    assert 'method="post"' in html
    assert 'value="dau-hieu"' in html


def test_a_rows_box_carries_the_bare_number_of_the_row():
    html = shown(
        "table", caption="Bảng", columns=[{"label": "Tên"}], rows=[{"cells": ["A"], "id": 12345}], select_name="pick"
    )

    assert 'value="12345"' in html


def test_a_value_that_looks_like_markup_is_shown_as_text():
    html = shown("table", caption="Bảng", columns=[{"label": "Tên"}], rows=[{"cells": ["<script>"]}])

    assert "<script>" not in html


def test_a_table_without_rows_says_what_to_do():
    html = shown("table", caption="Bảng", columns=[], rows=[], empty={"title": "Chưa có gì", "text": "Thêm dòng đầu."})

    assert "Thêm dòng đầu." in html


def test_the_day_of_an_official_paper_keeps_its_zeros_below_ten_and_in_the_first_two_months():
    html = shown("print_header", unit="SỞ MẪU", title="BÁO CÁO", place="Tỉnh Mẫu", on=date(2030, 2, 5))

    assert "ngày 05 tháng 02 năm 2030" in html


def test_the_month_of_an_official_paper_has_no_zero_from_march_on():
    html = shown("print_header", unit="SỞ MẪU", title="BÁO CÁO", place="Tỉnh Mẫu", on=date(2030, 9, 24))

    assert "ngày 24 tháng 9 năm 2030" in html
