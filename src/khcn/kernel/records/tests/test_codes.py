from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from khcn.kernel.records.bulk import write_new
from khcn.kernel.records.codes import fault_of_code, keep_codes, take_codes
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TITLES, make_office, make_title

pytestmark = pytest.mark.postgresql
TAKES = st.lists(
    st.tuples(
        st.sampled_from(["TN", "BK"]),
        st.sampled_from(["VB", "NN"]),
        st.integers(2020, 2022),
        st.integers(1, 5),
        st.booleans(),
    ),
    max_size=20,
)


def take_or_roll_back(*, office, prefix, year, count, keep):
    with transaction.atomic():
        codes = take_codes(office=make_office(office), prefix=prefix, year=year, count=count)
        transaction.set_rollback(not keep)
    return codes if keep else []


class CodesAreGapFree(TestCase):
    @settings(max_examples=40)
    @given(TAKES)
    def test_whatever_is_taken_and_rolled_back_each_sequence_runs_from_one_without_a_gap(self, takes):
        given_out: dict[tuple, list[str]] = {}
        for office, prefix, year, count, keep in takes:
            codes = take_or_roll_back(office=office, prefix=prefix, year=year, count=count, keep=keep)
            given_out.setdefault((office, prefix, year), []).extend(codes)

        wanted = {
            key: [f"{key[1]}-{key[2]}-{number:04d}" for number in range(1, len(codes) + 1)]
            for key, codes in given_out.items()
        }

        assert given_out == wanted


@pytest.mark.django_db
def test_a_code_carries_the_year_of_the_business_date():
    assert make_title(on=date(2020, 12, 31)).code == "VB-2020-0001"
    assert make_title(on=date(2021, 1, 1)).code == "VB-2021-0001"


@pytest.mark.django_db
def test_without_a_business_date_the_year_is_that_of_the_local_day():
    title = register(TITLES).model(office=make_office(), title="Nửa đêm", kind="mark", state="filed")

    with recording(
        actor=None, verb="t", label="t", known_from=datetime(2020, 12, 31, 17, 30, tzinfo=UTC)
    ):  # 0:30 on 1 January in Viet Nam
        title.save()

    assert title.code == "VB-2021-0001"


@pytest.mark.django_db
def test_two_offices_count_apart():
    codes = [make_title(office=make_office(code)).code for code in ("TN", "BK")]

    assert codes == ["VB-2021-0001", "VB-2021-0001"]


@pytest.mark.django_db
def test_a_code_that_a_record_brings_along_is_never_given_again():
    make_title(code="VB-2021-0002")

    assert [make_title().code for _ in range(2)] == ["VB-2021-0003", "VB-2021-0004"]


@pytest.mark.django_db
def test_codes_brought_along_in_bulk_are_kept_too():
    model = register(TITLES).model
    rows = [
        model(office=make_office(), title="x", kind="mark", state="filed", code=code) for code in ("VB-2021-0009", "")
    ]

    with recording(actor=None, verb="t", label="t", on=date(2021, 1, 4)):
        write_new(rows)

    assert [row.code for row in rows] == ["VB-2021-0009", "VB-2021-0010"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code", ["HS 12/2019", "XX-2021-0005", "VB-21-0005", "VB-2021-", "VB-2021-9999999999", "VB-２０２１-0005"]
)
def test_a_code_of_another_form_moves_no_counter(code):
    keep_codes(office=make_office(), prefix="VB", codes=[code])

    assert take_codes(office=make_office(), prefix="VB", year=2021) == ["VB-2021-0001"]


@pytest.mark.parametrize("code", ["VB-2021-0007", "DA-2014-03", "HS.12.2019", "ho_so_12", "VB-2021-999999999", "7"])
def test_a_code_that_can_stand_in_an_address_may_be_brought_along(code):
    assert fault_of_code(code) == ""


@pytest.mark.parametrize(
    "code",
    [
        "DA-2014/03",  # would be two parts of an address
        "..",  # an address would lead one step up
        "-",
        "A1.",
        "HS 12",
        "Hồ-sơ-1",
        "VB-２０２１-0001",  # digits of another script
        "VB-2021-9999999999",  # more than the counter holds
        "9" * 41,
        "",
        "1?a=2",
        "1\n",
        *("nhap", "them", "moi", "xuat", "sua", "buoc", "tep", "thu-hoi", "lien-ket", "doc"),  # words of addresses
    ],
)
def test_a_code_that_would_break_an_address_or_a_counter_is_refused_with_words(code):
    assert "mã" in fault_of_code(code)
