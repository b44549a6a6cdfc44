"""Fields that take records by code or name: what they find, what they do not tell, how much they weigh."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.pages.record_fields import SUGGESTED, ChosenRows, RecordField, RecordsField
from khcn.kernel.tests.factories import make_user
from khcn.parties.models import Organisation
from khcn.parties.selectors import organisations_known
from khcn.parties.tests.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make_user(Role.CLERK)


def field(user, **more):
    return RecordField(rows=organisations_known(user), what="tổ chức", required=False, **more)


@pytest.mark.parametrize("typed", ["Viện Thuỷ lợi mẫu", "viện thủy lợi mẫu", "TC-2021-0001", "tc-2021-0001 · gì đó"])
def test_a_record_is_found_by_code_or_by_name_however_it_is_spelled(clerk, typed):
    made = make_organisation("Viện Thuỷ lợi mẫu", actor=clerk)

    assert field(clerk).clean(typed) == made


@pytest.mark.parametrize("typed", ["Viện mẫu", "TC-2021-0001", "Không có"])
def test_what_one_may_not_know_of_is_refused_like_what_does_not_exist(clerk, typed):
    make_organisation("Viện mẫu", actor=clerk, confidentiality=Confidentiality.CONFIDENTIAL)

    with pytest.raises(ValidationError, match=r"Không có tổ chức «.*» trong sổ bạn được xem"):
        field(clerk).clean(typed)


def test_of_two_of_one_name_the_code_says_which(clerk):
    one, _two = (make_organisation("Viện mẫu", actor=clerk) for _ in range(2))

    with pytest.raises(ValidationError, match=r"Có nhiều tổ chức tên «Viện mẫu»\. Ghi mã"):
        field(clerk).clean("Viện mẫu")
    assert field(clerk).clean(one.code) == one


def test_what_stands_already_stays_though_its_name_is_not_told(clerk):
    hidden = make_organisation("Viện mẫu", actor=clerk, confidentiality=Confidentiality.CONFIDENTIAL)
    kept = field(clerk, kept=hidden)

    assert (kept.initial, kept.clean(hidden.code), kept.clean("")) == (hidden.code, hidden, None)


def test_several_are_taken_each_once_and_each_on_its_line(clerk):
    one, two = make_organisation("Viện một", actor=clerk), make_organisation("Viện hai", actor=clerk)
    several = RecordsField(rows=organisations_known(clerk), what="tổ chức", required=False)

    assert several.clean(f"Viện hai\n\n{one.code}\nviện HAI") == [two, one]
    with pytest.raises(ValidationError, match="Viện ba"):
        several.clean("Viện hai\nViện ba")


def test_a_form_offers_no_more_however_long_the_register_is(clerk):
    for number in range(SUGGESTED + 10):
        make_organisation(f"Viện {number}", actor=clerk)

    class Form(forms.Form):
        place = field(clerk)

    page = str(Form()["place"])

    assert page.count("<option") == SUGGESTED
    assert 'list="goi-y-place"' in page
    assert f"Viện {SUGGESTED + 9}" in page


@pytest.mark.parametrize("number", ["9" * 25, "-1", "hai"])
def test_a_number_no_database_holds_is_no_choice(clerk, number):
    rows = ChosenRows(Organisation.objects.all())

    with pytest.raises(ValidationError):
        rows.clean([number])


def test_of_several_that_stand_a_hidden_one_is_shown_by_code_and_stays(clerk):
    shown = make_organisation("Viện một", actor=clerk)
    hidden = make_organisation("Viện hai", actor=clerk, confidentiality=Confidentiality.CONFIDENTIAL)
    several = RecordsField(rows=organisations_known(clerk), kept=[shown, hidden], required=False)

    assert several.initial == f"{shown.code} · Viện một\n{hidden.code}"
    assert several.clean(several.initial) == [shown, hidden]
