from __future__ import annotations

import pytest

from khcn.kernel.access.roles import Role
from khcn.kernel.files.services import attach, detach
from khcn.kernel.records.recording import recording
from khcn.kernel.search.contracts import Filters, Page, Sort
from khcn.kernel.search.selectors import find, similar_records, suggestions
from khcn.kernel.search.visibility import office_viewer, viewer_of
from khcn.kernel.tests.factories import TODAY, make_granted_title, make_office, make_title, make_user

pytestmark = pytest.mark.django_db

LETTER = "Công văn về việc kiểm tra nhãn hiệu.\nĐề nghị các hợp tác xã trồng quế hồi gửi hồ sơ trước ngày lễ.\n"


@pytest.fixture
def viewer(office):
    return office_viewer(office)


def titles(results):
    return [hit.record.title for hit in results.hits]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Đề án đổi mới công nghệ", "doi moi"),
        ("Đề án đổi mới công nghệ", "ĐỔI MỚI"),
        ("Đề án đổi mới công nghệ", "đổi mới"),
        ("Nhãn hiệu của bà Thuý", "Thuy"),
        ("Nhãn hiệu của bà Thuý", "Thúy"),
        ("Nhãn hiệu của bà Thúy", "Thuý"),
        ("Chè Đại Từ", "dai tu"),
        ("Chè Đại Từ", "“đại từ”"),
        ("Chè Đại Từ", "đại t*"),
        ("Chè Đại Từ", "Chè Đại Từ"),
        ("Quyết định 1234/QĐ-UBND về chè", "1234/qd-ubnd"),
        ("Quyết định 1234/QĐ-UBND về chè", "che"),
    ],
)
def test_a_record_is_found_with_and_without_marks(viewer, indexed, title, query):
    make_title(title)
    indexed()

    assert titles(find(query, viewer)) == [title]


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "*", "doi AND (", 't:"x', "---", "\x00", "a" * 5000, "(" * 300, "'; DROP TABLE", "🍵"]
)
def test_no_query_breaks_the_search(viewer, indexed, query):
    make_title("Chè Tân Cương")
    indexed()

    assert find(query, viewer).hits == ()


def test_every_word_must_be_there_and_a_phrase_must_stand_together(viewer, indexed):
    make_title("Chè xanh Tân Cương")
    make_title("Tân Cương: chè đen")
    indexed()

    assert titles(find("chè xanh", viewer)) == ["Chè xanh Tân Cương"]
    assert len(find("tan cuong che", viewer).hits) == 2
    assert titles(find('"tân cương chè"', viewer)) == ["Tân Cương: chè đen"]


def test_words_typed_with_marks_put_texts_with_those_marks_first(viewer, indexed):
    make_title("Che phủ đất đồi")
    make_title("Chè phủ đất đồi")
    make_title("Chẻ phủ đất đồi")
    indexed()

    assert titles(find("chè", viewer))[0] == "Chè phủ đất đồi"
    assert len(find("chè", viewer).hits) == 3


def test_a_record_is_found_by_its_code_and_by_a_part_of_it(viewer, indexed):
    record = make_title("Nhãn hiệu mẫu")
    make_title("Nhãn hiệu khác")
    indexed()

    assert [hit.record.code for hit in find(record.code, viewer).hits] == [record.code]


def test_a_record_is_found_by_the_words_of_its_files_which_are_shown(viewer, indexed):
    record = make_title("Nhãn hiệu mẫu")
    attach(record=record, data=LETTER.encode(), filename="cong-van.txt", actor=None, on=TODAY)
    indexed()

    (hit,) = find("que hoi", viewer).hits

    assert "trồng quế hồi gửi hồ sơ" in hit.snippet
    assert [piece.text for piece in hit.passage if piece.hit] == ["quế", "hồi"]


def test_words_of_a_file_taken_off_are_not_found(viewer, indexed):
    record = make_title("Nhãn hiệu mẫu")
    attached = attach(record=record, data=LETTER.encode(), filename="cong-van.txt", actor=None, on=TODAY)
    indexed()

    detach(attachment=attached, actor=None, on=TODAY, why="gắn nhầm")
    indexed()

    assert find("que hoi", viewer).hits == ()


def test_a_changed_record_is_found_by_its_new_words_only(viewer, indexed):
    record = make_title("Tên cũ kỹ")
    indexed()
    with recording(actor=None, verb="test", label="sửa"):
        record.title = "Tên mới tinh"
        record.save()
    indexed()

    assert find("cu ky", viewer).hits == ()
    assert titles(find("moi tinh", viewer)) == ["Tên mới tinh"]


def test_facets_count_by_register_and_year_and_filters_narrow(viewer, indexed):
    director = make_user(Role.DIRECTOR)
    make_granted_title("Chè một", number="4-1", granted_on=TODAY.replace(year=2020), actor=director)
    make_granted_title("Chè hai", number="4-2", granted_on=TODAY, actor=director)
    indexed()

    every = find("che", viewer)
    narrowed = find("che", viewer, filters=Filters(registers=("protection-title",), years=(2020,)))
    elsewhere = find("che", viewer, filters=Filters(registers=("foreign-registration",)))

    assert every.facets == {"register": {"protection-title": 2}, "year": {"2020": 1, "2021": 1}}
    assert titles(narrowed) == ["Chè một"]
    assert (elsewhere.total, elsewhere.facets["register"]) == (0, {"protection-title": 2})


def test_the_newest_come_first_when_asked_and_pages_do_not_overlap(viewer, indexed):
    director = make_user(Role.DIRECTOR)
    for year in (2019, 2021, 2020):
        make_granted_title(f"Chè {year}", number=f"4-{year}", granted_on=TODAY.replace(year=year), actor=director)
    indexed()

    first = find("che", viewer, sort=Sort.NEWEST, page=Page(1, 2))
    second = find("che", viewer, sort=Sort.NEWEST, page=Page(2, 2))

    assert titles(first) + titles(second) == ["Chè 2021", "Chè 2020", "Chè 2019"]
    assert first.total == second.total == 3


def test_a_suggestion_goes_on_as_the_words_begin(viewer, indexed):
    make_title("Chè Tân Cương")
    make_title("Miến Việt Cường")
    indexed()

    assert [hit.record.title for hit in suggestions("tan cu", viewer)] == ["Chè Tân Cương"]
    assert suggestions("", viewer) == ()


def test_the_most_similar_record_comes_first_and_the_record_itself_is_left_out(viewer, indexed):
    record = make_title("Máy sấy chè bằng hơi nước áp suất thấp")
    near = make_title("Máy sấy chè bằng hơi nước")
    make_title("Quy trình nuôi cá tầm")
    indexed()

    found = similar_records(record.title, viewer, besides=record.ref)

    assert [hit.record for hit in found] == [near]


def test_the_system_sees_its_office_and_no_other(indexed):
    make_title("Chè của mình", confidentiality="confidential")
    make_title("Chè tỉnh bạn", office=make_office("XX"), confidentiality="public")
    indexed()

    assert titles(find("che", office_viewer(make_office()))) == ["Chè của mình"]


def test_someone_not_signed_in_finds_what_is_public_only(office, indexed):
    make_title("Chè công khai", confidentiality="public")
    make_title("Chè nội bộ")
    indexed()

    found = find("che", viewer_of(None))

    assert (titles(found), found.total) == (["Chè công khai"], 1)
