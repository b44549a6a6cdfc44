from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.selectors import (
    DOCUMENT_KIND,
    RESEARCH_FIELD,
    ClassNotFound,
    class_named,
    classes,
    document_kind,
)
from khcn.kernel.classifications.services import load_classifications

pytestmark = pytest.mark.django_db

DAY = date(2021, 9, 24)


@pytest.fixture
def lists(db):
    return load_classifications()


def test_the_shipped_lists_hold_their_entries(lists):
    kinds = Classification.objects.of(DOCUMENT_KIND)

    assert kinds.filter(attributes__system="admin").count() == 29
    assert Classification.objects.of(RESEARCH_FIELD).filter(parent=None).count() == 6
    assert Classification.objects.of(RESEARCH_FIELD).exclude(parent=None).count() == 352


def test_loading_twice_changes_nothing(lists):
    again = load_classifications()

    assert (again.added, again.corrected) == (0, 0)


def test_a_newer_list_corrects_a_name(lists):
    Classification.objects.filter(code="HC-BC").update(name="Bao cao")

    assert load_classifications().corrected == 1


def test_the_fields_of_2008_ended_when_the_circular_repealed_them(lists):
    assert classes(RESEARCH_FIELD, date(2025, 12, 14)).count() == 358
    assert not classes(RESEARCH_FIELD, date(2025, 12, 15)).exists()


@pytest.mark.parametrize(
    ("system", "abbreviation", "issuer", "code"),
    [
        ("admin", "TB", "UBND", "HC-TB"),
        ("party", "TB", "TU", "DANG-TB"),
        ("admin", "", "SKHCN", "HC-CONG-VAN"),
        ("party", "CV", "", "DANG-CV"),
        ("qppl", "QĐ", "UBND", "QPPL-QD-UBND"),
        ("qppl", "QĐ", "CTUBND", "QPPL-QD-CTUBND"),
    ],
)
def test_an_abbreviation_means_one_kind_in_its_system(lists, system, abbreviation, issuer, code):
    assert document_kind(DAY, system=system, abbreviation=abbreviation, issuer=issuer).code == code


def test_an_abbreviation_nobody_uses_means_no_kind(lists):
    assert document_kind(DAY, system="admin", abbreviation="CV") is None


def test_an_entry_is_found_by_its_code_or_its_name(lists):
    assert class_named(DOCUMENT_KIND, "tờ trình", DAY).code == "HC-TTr"
    assert class_named(RESEARCH_FIELD, "101", DAY).name == "Toán học và thống kê"


def test_a_name_of_two_entries_asks_for_the_code(lists):
    with pytest.raises(ClassNotFound, match="HC-TB: Thông báo"):
        class_named(DOCUMENT_KIND, "Thông báo", DAY)


def test_every_entry_says_how_sure_it_is(lists):
    assert set(Classification.objects.values_list("confidence", flat=True)) == {"secondary", "unchecked"}
