from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import models
from django.utils import translation

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.classifications.models import Classification
from khcn.kernel.exchange.cells import BadCell, _checked, _plain_reader, reader_of, text_cell
from khcn.kernel.exchange.lookups import Lookups, NotFound
from khcn.kernel.places.models import Place
from khcn.kernel.records.registry import Column, register
from khcn.kernel.tests.factories import TODAY, make_division, make_office, make_title, make_user
from khcn.language.words import in_source

DECIMAL = models.DecimalField(max_digits=14, decimal_places=2)


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        (models.DateField(), "24/9/2021", date(2021, 9, 24)),
        (models.DateField(), "2021-09-24", date(2021, 9, 24)),
        (models.DateField(), "ngày 24 tháng 9 năm 2021", date(2021, 9, 24)),
        (models.DateField(), datetime(2021, 9, 24, 8, tzinfo=UTC), date(2021, 9, 24)),  # a cell of a spreadsheet
        (DECIMAL, "1.234.567,89", Decimal("1234567.89")),
        (DECIMAL, 1234.5, Decimal("1234.5")),
        (models.IntegerField(), "1.200", 1200),
        (models.IntegerField(), 7.0, 7),
        (models.FloatField(), "3,44", 3.44),
        (models.BooleanField(), "Có", True),
        (models.BooleanField(), "không", False),
        (models.BooleanField(), True, True),
        (models.CharField(max_length=9), 2021.0, "2021"),  # spreadsheets hold whole numbers with a fraction of zero
        (models.TextField(), "'=1+1", "=1+1"),  # the apostrophe of an export
        (models.TextField(), "  chữ\n", "chữ"),
    ],
)
def test_a_cell_is_read_as_people_write_it(field, cell, value):
    assert _checked(field, _plain_reader(field))(cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "reason"),
    [
        (models.DateField(), "24/9", "đủ năm"),  # which year is not for us to guess
        (models.DateField(), "+2021", "đủ năm"),  # no reckoning in files of old data
        (models.DateField(), "30/2/2021", "không phải là ngày"),
        (DECIMAL, "mười hai", "không phải là số"),
        (models.IntegerField(), "1,5", "số nguyên"),
        (models.BooleanField(), "có lẽ", "Có hoặc Không"),
        (models.CharField(max_length=3), "bốn chữ", "tối đa 3"),
        (models.EmailField(), "không phải thư", "địa chỉ email"),
    ],
)
def test_a_cell_that_cannot_be_is_told_why(field, cell, reason):
    with pytest.raises(BadCell, match=reason):
        _checked(field, _plain_reader(field))(cell)


def test_what_a_column_remembers_of_a_cell_is_not_said_of_another():
    read = _plain_reader(models.DecimalField(max_digits=9, decimal_places=2))

    assert (repr(read(1)), repr(read(1.0)), repr(read("1"))) == ("Decimal('1')", "Decimal('1.0')", "Decimal('1')")
    with pytest.raises(BadCell, match="Có"):
        read(True)  # noqa: FBT003 (a cell)
    with pytest.raises(BadCell, match="mười"):
        [read(cell) for cell in ("1", "mười", "1")]


@pytest.mark.parametrize("cell", ["2021-09-24T10:00:00+07:00", "24/9/2021", datetime(2021, 9, 24, 3, tzinfo=UTC)])
def test_an_instant_is_always_aware(cell):
    found = _plain_reader(models.DateTimeField())(cell)

    assert found.tzinfo is not None
    assert found.astimezone(UTC).date() in (date(2021, 9, 24), date(2021, 9, 23))


@pytest.mark.parametrize(
    ("cell", "text"), [(True, "Có"), (False, "Không"), (date(2021, 9, 4), "4/9/2021"), (1.5, "1.5")]
)
def test_any_cell_may_become_a_text(cell, text):
    assert text_cell(cell) == text


def reader(name, actor=None):
    lookups = Lookups(actor=actor, office=make_office(), on=TODAY)
    return reader_of(register("foreign-registration"), Column(name), lookups)


def place(name, **values):
    return Place.objects.create(name=name, full_name=f"Xã {name}", level="commune", **values)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Phòng QLCN", "QLCN", "phong qlcn"])
def test_a_division_is_named_by_its_code_or_name(text):
    division = make_division()

    assert reader("division")(text) == division


@pytest.mark.django_db
def test_a_person_is_named_by_the_full_name_or_the_account():
    user = make_user(Role.SPECIALIST, username="lan")

    assert reader("responsible")("Người lan") == reader("responsible")("lan") == user


@pytest.mark.django_db
def test_of_two_places_of_one_name_the_one_that_exists_is_meant():
    place("Tân Cương", code="1", valid_to=date(2019, 12, 31))
    now = place("Tân Cương", code="2", valid_from=date(2020, 1, 1))

    assert reader("place")("Xã Tân Cương") == now


@pytest.mark.django_db
def test_a_name_that_several_rows_have_is_refused_with_their_codes():
    place("Phú Thịnh", code="1")
    place("Phú Thịnh", code="2")

    with pytest.raises(NotFound, match=r"khớp 2 mục \(1: .*2: "):
        reader("place")("Phú Thịnh")


@pytest.mark.django_db
def test_a_class_is_named_by_its_code():
    found = Classification.objects.create(scheme="research-field-2008", code="NN", name="Nông nghiệp")

    assert reader("field")("NN") == found


@pytest.mark.django_db
def test_a_record_is_named_by_its_title_or_code_and_as_lists_write_it():
    title = make_title("Chè mẫu")

    found = [reader("title_at_home")(text) for text in ("chè mẫu", title.code, f"{title.code} · Chè mẫu")]

    assert found == [title] * 3


@pytest.mark.django_db
def test_a_record_that_the_importing_person_may_not_know_of_is_not_found():
    make_title("Kín", confidentiality=Confidentiality.CONFIDENTIAL, division=make_division(code="KHAC"))

    with pytest.raises(NotFound, match="không có «Kín»"):
        reader("title_at_home", make_user(Role.SPECIALIST, division=make_division()))("Kín")


@pytest.mark.django_db
def test_choices_are_read_by_their_words_or_codes():
    assert [reader("confidentiality")(text) for text in ("Công khai", "cong khai", "public")] == ["public"] * 3


@pytest.mark.parametrize("name", ["kind", "state"])
def test_a_sheet_is_read_alike_whatever_language_its_reader_reads(name):
    """What stands in a sheet is Vietnamese, as what is exported to one."""
    found = register("protection-title")
    with translation.override("en"):
        reader = reader_of(found, Column(name), None)
        labels = [label for label in _labels(found, name) if reader(label)]

    assert labels == _labels(found, name)


def _labels(found, name):
    if name == "state":
        return [in_source(state.label) for state in found.workflow.states]
    return [in_source(label) for _, label in found.model._meta.get_field(name).flatchoices]
