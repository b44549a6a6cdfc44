import unicodedata

import pytest

from khcn.governance.reader import read_text


def people_of(text):
    return {person.name: person for person in read_text(text).people}


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        ("Ông Lê Bá Tước, Giám đốc Sở Nội vụ, phát biểu.", "Lê Bá Tước", ["Giám đốc Sở Nội vụ"]),
        ("Giám đốc Sở Nội vụ Lê Bá Tước phát biểu.", "Lê Bá Tước", ["Giám đốc Sở Nội vụ"]),
        ("Lê Bá Tước - Giám đốc Sở Nội vụ - nói vậy.", "Lê Bá Tước", ["Giám đốc Sở Nội vụ"]),
        ("Lê Bá Tước (Giám đốc Sở Nội vụ) có mặt.", "Lê Bá Tước", ["Giám đốc Sở Nội vụ"]),
        ("GS.TS Lê Bá Tước, Viện trưởng, cho biết.", "Lê Bá Tước", ["Viện trưởng"]),
        ("PGS.TS. Mạc Thị Ái đến dự, bà Mạc Thị Ái nói.", "Mạc Thị Ái", []),
        ("Có ông Lê Bá Tước, nguyên Giám đốc Sở Y tế.", "Lê Bá Tước", ["nguyên Giám đốc Sở Y tế"]),
        (
            "Đồng chí Mạc Thị Ái, Ủy viên Ban Thường vụ, Phó Chủ tịch Thường trực UBND tỉnh chủ trì.",
            "Mạc Thị Ái",
            ["Ủy viên Ban Thường vụ", "Phó Chủ tịch Thường trực UBND tỉnh"],
        ),
        (
            "Thứ trưởng Bộ Y tế kiêm Cục trưởng Cục Quản lý giá Lê Bá Tước dự họp.",
            "Lê Bá Tước",
            ["Thứ trưởng Bộ Y tế", "Cục trưởng Cục Quản lý giá"],
        ),
        (
            "Bà Mạc Thị Ái, Giám đốc Sở Văn hóa, Thể thao và Du lịch trình bày.",
            "Mạc Thị Ái",
            ["Giám đốc Sở Văn hóa, Thể thao và Du lịch"],
        ),
        ("Chủ tịch UBND huyện Phù Ninh Lê Bá Tước phát biểu.", "Lê Bá Tước", ["Chủ tịch UBND huyện Phù Ninh"]),
        ("Phó chủ tịch UBND tỉnh Lê Bá Tước phát biểu.", "Lê Bá Tước", ["Phó chủ tịch UBND tỉnh"]),
        (
            "Có đồng chí Lê Bá Tước ủy viên ban thường vụ, phó chủ tịch UBND huyện.",
            "Lê Bá Tước",
            ["ủy viên ban thường vụ", "phó chủ tịch UBND huyện"],
        ),
        (
            "Đoàn do ông Lê Bá Tước, Giám đốc Sở Y tế làm trưởng đoàn.",
            "Lê Bá Tước",
            ["Giám đốc Sở Y tế", "trưởng đoàn"],
        ),
        ("Có ông Lê Bá Tước, Tỉnh ủy viên, Giám đốc Sở Y tế.", "Lê Bá Tước", ["Tỉnh ủy viên", "Giám đốc Sở Y tế"]),
        ("Có ông Lê Bá Tước, TUV, Giám đốc Sở Y tế.", "Lê Bá Tước", ["TUV", "Giám đốc Sở Y tế"]),
        ("Bà Mạc Thị Ái –  Ủy viên BTV Tỉnh ủy dự.", "Mạc Thị Ái", ["Ủy viên BTV Tỉnh ủy"]),
        ("Ông Lê Bá Tước, Ủy viên T.Ư Đảng, dự.", "Lê Bá Tước", ["Ủy viên T.Ư Đảng"]),
        (
            "Có Phó Chủ nhiệm Ủy ban Quốc gia về Biển Lê Bá Tước.",
            "Lê Bá Tước",
            ["Phó Chủ nhiệm Ủy ban Quốc gia về Biển"],
        ),
        (
            "Cục trưởng Cục Quản lý đê điều và Phòng, chống thiên tai Lê Bá Tước nói.",
            "Lê Bá Tước",
            ["Cục trưởng Cục Quản lý đê điều và Phòng, chống thiên tai"],
        ),
    ],
)
def test_a_name_is_joined_to_its_posts(text, name, roles):
    person = people_of(text)[name]

    assert list(person.roles) == roles


@pytest.mark.parametrize(
    "name",
    [
        "H'Loan Kbuôr",
        "Y Bhăm Niê",
        "Lò Văn Xôm",
        "Hoàng A Sếnh",
        "Giàng Seo Chẩn",
        "Ksor Thủy",
        "Tôn Nữ Thị Ba",
        "Kim Min Jae",
        "Vương Quốc Sính",
    ],
)
def test_names_of_many_peoples_are_names(name):
    assert name in people_of(f"Cùng dự có ông {name}, Phó Giám đốc Sở Y tế.")


@pytest.mark.parametrize(
    "text",
    [
        "Tuyến đường Lê Bá Tước, Giám đốc dự án cho biết, dài 3 km.",
        "Trường Lê Quý Đôn đã khánh thành.",
        "Ảnh: Lê Bá Tước",
        "Giải thưởng Tạ Quang Bửu được trao.",
        "Đại diện Trường Cao đẳng Lê Bá Tước đề nghị hỗ trợ.",
        "Lê Bá Tước",
        "Đoàn Thanh niên tỉnh ra quân.",
        "Bí thư Kim Sơn đã về. Thành phố Kim Sơn đổi mới.",
    ],
)
def test_streets_schools_prizes_and_bylines_are_not_people(text):
    assert people_of(text) == {}


@pytest.mark.parametrize(
    "body",
    ["Sở Nông nghiệp và Môi trường", "Ban Dân tộc", "Ban Quản lý dự án", "Cục Quản lý thị trường"],
)
def test_a_name_follows_a_body_whose_last_word_names_streets_or_schools_elsewhere(body):
    person = people_of(f"Giám đốc {body} Lê Bá Tước báo cáo.")["Lê Bá Tước"]

    assert person.roles == (f"Giám đốc {body}",)


def test_posts_in_a_list_stay_with_their_own_names():
    people = people_of(
        "Dự có các đồng chí: Lê Bá Tước, Ủy viên Ban Thường vụ, Trưởng Ban Nội chính Tỉnh ủy; "
        "Mạc Thị Ái, Phó Giám đốc Sở Y tế.",
    )

    assert people["Lê Bá Tước"].roles == ("Ủy viên Ban Thường vụ", "Trưởng Ban Nội chính Tỉnh ủy")
    assert people["Mạc Thị Ái"].roles == ("Phó Giám đốc Sở Y tế",)


def test_posts_before_names_stay_with_the_name_that_follows():
    people = people_of("Dự có Giám đốc Sở Y tế Lê Bá Tước, Giám đốc Sở Nội vụ Mạc Thị Ái và Cục trưởng Cục Thuế Tô Hạ.")

    assert [people[name].roles for name in people] == [
        ("Giám đốc Sở Y tế",),
        ("Giám đốc Sở Nội vụ",),
        ("Cục trưởng Cục Thuế",),
    ]


def test_a_post_in_the_plural_is_shared_by_the_names_after_it():
    people = people_of("Dự họp có các Phó Chủ tịch UBND tỉnh: Lê Bá Tước, Mạc Thị Ái.")

    assert people["Mạc Thị Ái"].roles == ("Phó Chủ tịch UBND tỉnh",)


def test_all_posts_in_the_plural_are_shared():
    people = people_of(
        "Các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch UBND tỉnh: Lê Bá Tước, Mạc Thị Ái đồng chủ trì.",
    )

    assert people["Mạc Thị Ái"].roles == ("Ủy viên Ban Thường vụ Tỉnh ủy", "Phó Chủ tịch UBND tỉnh")


def test_two_spellings_of_a_name_are_one_person_and_two_surnames_are_two():
    text = "Bà Lê Thị Thuý, Giám đốc Sở Y tế. Bà Lê Thị Thúy nói. Bà Mạc Thị Thúy, Giám đốc Sở Nội vụ."

    assert list(people_of(text)) == ["Lê Thị Thuý", "Mạc Thị Thúy"]


def test_a_name_in_decomposed_letters_is_stored_composed():
    text = unicodedata.normalize("NFD", "Ông Lê Bá Tước, Giám đốc Sở Y tế.")

    assert list(people_of(text)) == ["Lê Bá Tước"]


def test_the_words_of_a_caption_are_no_part_of_a_name():
    assert list(people_of("Đồng chí Lê Bá Tước Phát biểu tại hội nghị")) == ["Lê Bá Tước"]


def test_everyone_has_a_part():
    people = people_of(
        "Sáng 5/3, ông Lê Bá Tước, Chủ tịch UBND tỉnh chủ trì cuộc họp. "
        "Cùng dự có bà Mạc Thị Ái, Phó Giám đốc Sở Y tế.\n"
        "Ông Tô Văn Hạ, Giám đốc Sở Nội vụ báo cáo kết quả. Bà Vi Thị Lụa, Trưởng thôn chia sẻ khó khăn.",
    )

    assert [person.part for person in people.values()] == ["chair", "attendee", "reporter", "speaker"]
