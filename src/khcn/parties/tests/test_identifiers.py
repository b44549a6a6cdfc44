from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from khcn.parties.identifiers import BadIdentifier, doi_of, field_level, orcid_check, orcid_of

FIFTEEN = st.text(alphabet="0123456789", min_size=15, max_size=15)
# Public samples of the registry's own documentation; the third ends with the sign for ten.
SAMPLES = ("0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X")


def grouped(signs):
    return "-".join(signs[start : start + 4] for start in range(0, 16, 4))


@pytest.mark.parametrize("sample", SAMPLES)
def test_known_identifiers_are_right(sample):
    assert orcid_of(sample) == sample


@given(FIFTEEN)
def test_fifteen_digits_with_their_check_are_an_orcid_however_written(digits):
    signs = digits + orcid_check(digits)

    written = (signs, grouped(signs), f"https://orcid.org/{grouped(signs)}", f" orcid.org/{grouped(signs).lower()} ")

    assert {orcid_of(one) for one in written} == {grouped(signs)}


@given(FIFTEEN, st.integers(0, 14), st.sampled_from("0123456789"))
def test_one_digit_mistyped_is_found(digits, place, other):
    assume(digits[place] != other)
    wrong = digits[:place] + other + digits[place + 1 :]

    with pytest.raises(BadIdentifier, match="sai ký tự kiểm tra"):
        orcid_of(wrong + orcid_check(digits))


@given(FIFTEEN, st.integers(0, 13))
def test_two_neighbours_exchanged_are_found(digits, place):
    assume(digits[place] != digits[place + 1])
    wrong = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]

    with pytest.raises(BadIdentifier):
        orcid_of(wrong + orcid_check(digits))


@given(FIFTEEN)
def test_the_sum_of_all_signs_is_one_modulo_eleven(digits):
    check = orcid_check(digits)
    values = [*map(int, digits), 10 if check == "X" else int(check)]

    assert sum(value * 2 ** (15 - place) for place, value in enumerate(values)) % 11 == 1


@pytest.mark.parametrize("text", ["", "0000", "0000-0002-1825-00971", "000X-0002-1825-0097", "٠٠٠٠-0002-1825-0097"])
def test_what_has_not_the_form_is_refused_with_an_example(text):
    with pytest.raises(BadIdentifier, match="cần 16 ký tự"):
        orcid_of(text)


@pytest.mark.parametrize(
    "text", ["10.1000/182", "https://doi.org/10.1000/182", "http://dx.doi.org/10.1000/182", "doi: 10.1000/182"]
)
def test_a_doi_is_kept_without_its_address(text):
    assert doi_of(text) == "10.1000/182"


@pytest.mark.parametrize("text", ["", "11.1000/182", "10.1/x", "10.1000/", "10.1000/a b"])
def test_what_is_no_doi_is_refused(text):
    with pytest.raises(BadIdentifier, match="DOI"):
        doi_of(text)


@pytest.mark.parametrize(
    ("code", "level"),
    [("1", 1), ("101", 2), ("10101", 3), ("1010101", 4), ("10", 0), ("", 0), ("1a1", 0), ("١٠١", 0)],
)
def test_digits_of_a_code_tell_its_level(code, level):
    assert field_level(code) == level
