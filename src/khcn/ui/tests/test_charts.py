"""Charts are drawn from values alone."""

import re

import pytest

from khcn.ui import charts

POINTS = [
    {"label": "Nông nghiệp", "value": 40},
    {"label": "Y dược", "value": 10, "tone": "overdue"},
    {"label": "Khác", "value": None},
]


def widths(svg):
    return [float(w) for w in re.findall(r'<rect[^>]* width="([\d.]+)"', svg)]


def test_bars_start_at_zero_and_keep_proportion():
    longest, short, missing = widths(charts.draw(POINTS, kind="bars"))

    assert longest == pytest.approx(4 * short)
    assert missing == 0


@pytest.mark.parametrize(("kind", "words"), [("bars", "chưa có số liệu</text>"), ("columns", "—</text>")])
def test_a_missing_value_is_said_in_words_and_not_drawn_as_zero(kind, words):
    assert words in charts.draw(POINTS, kind=kind)


@pytest.mark.parametrize("kind", ["bars", "columns"])
def test_a_drawing_carries_no_style_attribute(kind):
    svg = charts.draw(POINTS, kind=kind)

    assert "style=" not in svg
    assert "chart__bar--overdue" in svg


def test_labels_are_escaped():
    assert "<b>" not in charts.draw([{"label": "<b>", "value": 1}], kind="bars")


def test_a_negative_value_is_refused_because_bars_would_lie():
    with pytest.raises(ValueError, match="số không âm"):
        charts.draw([{"label": "Lỗ", "value": -1}], kind="bars")


@pytest.mark.parametrize("kind", ["bars", "columns"])
def test_nothing_to_draw_gives_an_empty_drawing(kind):
    assert charts.draw([], kind=kind).startswith("<svg")
