import pytest

from khcn.kernel.documents.metrics import text_width


@pytest.mark.parametrize(
    ("text", "bold", "thousandths"),
    [
        ("A", False, 722),
        ("Ậ", False, 722),  # marks add no width
        ("ữ", False, 542),  # but the horn does
        ("i", True, 278),
        ("ii", True, 556),
        ("漢", False, 600),  # not in the table
        ("", False, 0),
    ],
)
def test_widths_are_those_of_times(text, bold, thousandths):
    assert text_width(text, 10, bold=bold) == pytest.approx(thousandths / 100, abs=0.05)


def test_the_motto_is_as_wide_as_its_line():
    assert text_width("Độc lập - Tự do - Hạnh phúc", 13, bold=True) == pytest.approx(160, abs=4)
