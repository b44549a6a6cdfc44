from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.places.models import Place, PlaceSuccession
from khcn.kernel.places.selectors import PlaceNotFound, ancestors, describe, place_on, successors
from khcn.kernel.places.services import load_places
from khcn.kernel.places.shipped import shipped_places, shipped_successions

pytestmark = pytest.mark.django_db

SESSION_DAY = date(2021, 9, 24)
REFORM = date(2025, 7, 1)


@pytest.fixture(scope="module")
def _places_of_the_country(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_places()
        yield
        PlaceSuccession.objects.all().delete()
        Place.objects.update(parent=None)
        Place.objects.all().delete()


@pytest.fixture
def country(_places_of_the_country):
    return place_on("VN", SESSION_DAY)


@pytest.mark.parametrize(
    ("level", "day", "count"),
    [
        ("province", SESSION_DAY, 63),
        ("province", date(2025, 6, 30), 63),
        ("province", REFORM, 34),
        ("district", date(2025, 6, 30), 696),
        ("district", REFORM, 0),
        ("commune", date(2025, 6, 30), 10_035),
        ("commune", REFORM, 3_321),
    ],
)
def test_the_country_has_its_number_of_units_on_the_day(country, level, day, count):
    assert Place.objects.valid_on(day).filter(level=level).count() == count


def test_thai_nguyen_has_92_communes_since_the_reform_and_had_172(country):
    now, before = place_on("Tỉnh Thái Nguyên", REFORM), place_on("Tỉnh Thái Nguyên", SESSION_DAY)

    assert Place.objects.filter(parent=now, level="commune").count() == 92
    assert Place.objects.filter(parent__parent=before, level="commune").count() == 172


def test_bac_kan_existed_in_2021_and_does_not_since_the_reform(country):
    assert place_on("Bắc Kạn", SESSION_DAY).full_name == "Tỉnh Bắc Kạn"
    assert place_on("Bắc Kạn", REFORM).full_name == "Phường Bắc Kạn"
    with pytest.raises(PlaceNotFound, match="Tỉnh Bắc Kạn"):
        place_on("Tỉnh Bắc Kạn", REFORM)


def test_a_commune_of_bac_kan_lives_on_in_thai_nguyen(country):
    commune = place_on("Phường Sông Cầu, Thành phố Bắc Kạn", SESSION_DAY)

    (after,) = successors(commune)

    assert (after.full_name, [unit.full_name for unit in ancestors(after)]) == ("Phường Bắc Kạn", ["Tỉnh Thái Nguyên"])


def test_a_succession_of_thai_nguyen_names_the_act(country):
    row = PlaceSuccession.objects.filter(successor__parent__code="19").first()

    assert row.legal_basis == "1683/NQ-UBTVQH15"


def test_hue_was_thua_thien_hue_until_the_end_of_2024(country):
    assert place_on("46", SESSION_DAY).full_name == "Tỉnh Thừa Thiên Huế"
    assert place_on("46", date(2025, 1, 1)).full_name == "Thành phố Huế"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Đại Từ", "huyện Đại Từ, tỉnh Thái Nguyên (đến 30/6/2025; nay thuộc tỉnh Thái Nguyên)"),
        ("tỉnh Bắc Kạn", "tỉnh Bắc Kạn (đến 30/6/2025; nay thuộc tỉnh Thái Nguyên)"),
        ("Cao Bằng", "tỉnh Cao Bằng"),
    ],
)
def test_a_place_is_described_with_what_became_of_it(country, name, text):
    assert describe(place_on(name, SESSION_DAY)) == text


def test_a_commune_is_described_with_the_units_above_it_then_and_now(country):
    text = describe(place_on("Phường Sông Cầu, Bắc Kạn", SESSION_DAY))

    assert text.startswith("phường Sông Cầu, thành phố Bắc Kạn, tỉnh Bắc Kạn (đến 30/6/2025; ")
    assert text.endswith("; nay thuộc phường Bắc Kạn, tỉnh Thái Nguyên)")


@pytest.mark.parametrize("typed", ["huyện đại từ", "HUYEN DAI TU", "dai tu", "Đại Từ, Thái Nguyên", "171"])
def test_a_careless_name_finds_the_place(country, typed):
    assert place_on(typed, SESSION_DAY).full_name == "Huyện Đại Từ"


def test_an_ambiguous_name_lists_the_units_it_may_mean(country):
    with pytest.raises(PlaceNotFound, match="Ghi thêm đơn vị cấp trên"):
        place_on("Xã Tân Lập", SESSION_DAY)


def test_a_name_no_unit_ever_had_is_told(country):
    with pytest.raises(PlaceNotFound, match="không có đơn vị hành chính «Không Đâu»"):
        place_on("Không Đâu", SESSION_DAY)


def test_a_place_that_stands_is_its_own_successor(country):
    standing = place_on("Lạng Sơn", REFORM)

    assert successors(standing) == [standing]


def test_loading_twice_changes_nothing_and_asks_little(country, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        again = load_places()

    assert (again.places, again.successions, again.corrected) == (0, 0, 0)


def test_a_newer_list_corrects_a_name(country):
    Place.objects.filter(code="171").update(name="Đại từ")

    assert load_places().corrected == 1


def test_every_unit_that_ended_has_a_successor_or_parts_that_have():
    told = {row.old for row in shipped_successions()}
    ended = [row for row in shipped_places() if row.valid_to is not None]

    silent = {row.code for row in ended if row.code not in told}

    assert silent <= {row.parent for row in ended if row.code in told}
