"""It is known that…"""

import pytest

from khcn.overview.layout import FILE, SHIPPED, LayoutFault, current_layout, read_layout

GOOD = SHIPPED.read_text(encoding="utf-8")


@pytest.fixture
def own(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    def write(text):
        (tmp_path / FILE).write_text(text, encoding="utf-8")

    return write


def test_the_shipped_layout_has_four_numbers_for_each_audience_and_three_charts():
    found = read_layout(SHIPPED)

    assert {name: len(numbers) for name, numbers in found.numbers.items()} == {"office": 4, "above": 4}
    assert len(found.charts) == 3


def test_an_installation_shows_its_own_numbers(own):
    own(GOOD.replace("Sắp đến hạn", "Đến hạn trong tuần"))

    found, fault = current_layout()

    assert (found.numbers["office"][0].label, fault) == ("Đến hạn trong tuần", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[numbers]]", "[[numbers]"),
        ('"due_soon"]', '"du_soon"]'),
        ('tone = "overdue"', 'tone = "pink"'),
        ('source = "leads"', 'source = "guess"'),
        ('filter = "state"', 'filter = ""'),
        ('filter = "nam"', 'colour = "nam"'),
        ('audience = "office"', 'audience = "above"'),
        ("states = [", "no_states = ["),
    ],
)
def test_a_file_with_a_mistake_is_told_and_the_shipped_layout_is_used(own, before, after):
    own(GOOD.replace(before, after))

    found, fault = current_layout()

    assert FILE in fault
    assert found == read_layout(SHIPPED)


def test_a_number_without_states_is_refused(tmp_path):
    (tmp_path / FILE).write_text(GOOD.replace('["due_soon"]', "[]", 1), encoding="utf-8")

    with pytest.raises(LayoutFault, match="chưa nêu tình trạng nào"):
        read_layout(tmp_path / FILE)
