import csv

import pytest

from khcn.kernel.documents.layout import layout_facts, layout_for
from khcn.kernel.documents.model import Style
from khcn.kernel.documents.tests.reading import SHARED, require

OFFICIAL = [fact for fact in layout_facts() if fact.style is Style.OFFICIAL]
SIZES_BY_COMPONENT = {
    "Quốc hiệu": "nation_size",
    "Tiêu ngữ": "motto_size",
    "Tên cơ quan chủ quản": "parent_agency_size",
    "Tên cơ quan ban hành": "agency_size",
    "Số, ký hiệu": "number_size",
    "Địa danh và thời gian": "place_date_size",
    "Tên loại": "kind_size",
    "Trích yếu": "subject_size",
    "Trích yếu công văn": "letter_subject_size",
    "Nội dung": "body_size",
    "Quyền hạn, chức vụ người ký": "signer_size",
    "Họ tên người ký": "signer_name_size",
    "Kính gửi": "addressee_size",
    "Nơi nhận: (word)": "recipients_word_size",
    "Nơi nhận (list)": "recipients_size",
    "Số trang": "page_number_size",
}


@pytest.mark.parametrize("fact", OFFICIAL, ids=lambda fact: fact.key)
def test_each_official_value_lies_within_what_its_basis_permits(fact):
    assert fact.is_within_allowed()


@pytest.mark.parametrize("fact", OFFICIAL, ids=lambda fact: fact.key)
def test_each_value_names_its_basis_or_is_marked_as_ours(fact):
    assert bool(fact.basis) == (fact.confidence in {"V2", "memory"})


def test_the_compact_style_overrides_only_values_that_exist():
    compact = {fact.key for fact in layout_facts() if fact.style is Style.COMPACT}

    assert compact <= {fact.key for fact in OFFICIAL}


def test_the_compact_style_falls_back_on_the_official_one():
    layout = layout_for(Style.COMPACT)

    assert layout.number("body_size") == 10
    assert layout.text("motto_text") == "Độc lập - Tự do - Hạnh phúc"


@pytest.mark.parametrize(("component", "key"), SIZES_BY_COMPONENT.items())
def test_the_permitted_sizes_are_those_of_the_reference_table(component, key):
    reference = require(SHARED / "data" / "document_layout_nd30.csv", "bảng tham chiếu bố cục không có ở đây")
    with reference.open(encoding="utf-8") as rows:
        sizes = {row["component_vi"]: row["size_pt"] for row in csv.DictReader(rows)}

    assert layout_for(Style.OFFICIAL).facts[key].allowed == sizes[component]
