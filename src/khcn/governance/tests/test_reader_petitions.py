import pytest

from khcn.governance.reader import read_text

CHAIR = "Sáng 5/3/2026, ông Lê Bá Tước, Chủ tịch UBND tỉnh chủ trì buổi làm việc với Sở Y tế.\n"


def petitions_of(text):
    return [(item.asked_by, item.content) for item in read_text(CHAIR + text).petitions]


@pytest.mark.parametrize(
    ("text", "petitions"),
    [
        ("Sở Y tế kiến nghị tỉnh hỗ trợ kinh phí.", [("Sở Y tế", "tỉnh hỗ trợ kinh phí")]),
        (
            "Bà Mạc Thị Ái, Giám đốc Sở Y tế đề nghị UBND tỉnh bổ sung biên chế; sửa chữa trụ sở.",
            [("Sở Y tế", "UBND tỉnh bổ sung biên chế"), ("Sở Y tế", "sửa chữa trụ sở")],
        ),
        ("Anh Tô Văn Hạ, chủ trang trại, mong muốn tỉnh có quỹ bảo lãnh.", [("Tô Văn Hạ", "tỉnh có quỹ bảo lãnh")]),
        (
            "“Thành phố cần công bố rõ mức phí”, bà Mạc Thị Ái, Giám đốc Sở Y tế nói.",
            [("Sở Y tế", "Thành phố cần công bố rõ mức phí")],
        ),
    ],
)
def test_what_is_asked_of_a_higher_body_is_a_petition(text, petitions):
    assert petitions_of(text) == petitions


def test_a_list_of_what_is_asked_gives_one_petition_each():
    text = "Sở Y tế kiến nghị với đoàn một số nội dung như: Có cơ chế thu hút bác sĩ; hỗ trợ các xã mua thiết bị."

    assert petitions_of(text) == [
        ("Sở Y tế", "Có cơ chế thu hút bác sĩ"),
        ("Sở Y tế", "hỗ trợ các xã mua thiết bị"),
    ]


def test_difficulties_told_in_a_row_are_one_petition():
    text = "Các xã phản ánh một số khó khăn trong khám bệnh; mua thuốc; tuyển bác sĩ."

    assert [content for _, content in petitions_of(text)] == [text.removeprefix("Các xã ").rstrip(".")]


def test_a_list_of_nouns_is_asked_for_as_well_as_a_list_of_verbs():
    text = "Các xã đã kiến nghị nhiều nội dung về y tế, gồm: công tác bố trí bác sĩ; nhu cầu mua sắm thiết bị."

    assert [content for _, content in petitions_of(text)] == ["công tác bố trí bác sĩ", "nhu cầu mua sắm thiết bị"]


def test_a_body_goes_on_asking_in_its_next_sentence():
    text = "Sở Y tế đề nghị UBND tỉnh bổ sung biên chế. Về trụ sở, cần đầu tư sửa chữa; cấp thêm đất cho các trạm."

    assert petitions_of(text) == [
        ("Sở Y tế", "UBND tỉnh bổ sung biên chế"),
        ("Sở Y tế", "đầu tư sửa chữa"),
        ("Sở Y tế", "cấp thêm đất cho các trạm"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Đối với những kiến nghị vượt thẩm quyền, Sở sẽ tổng hợp, tham mưu cấp trên giải quyết.",
        "Ông Tước giao Sở Nội vụ giải quyết kiến nghị của Sở Y tế.",
        "Ông Tước đề nghị Sở Y tế tiếp tục phát huy.",
        "Sở đã tổng hợp nhiều kiến nghị.",
    ],
)
def test_orders_and_the_mere_word_are_no_petitions(text):
    assert petitions_of(text) == []


def test_petitions_whose_words_are_not_told_keep_their_answer():
    text = f"{CHAIR}Những kiến nghị của Sở Y tế sẽ được xem xét, giải quyết theo quy định."

    petition = read_text(text).petitions[0]

    assert petition.asked_by == "Sở Y tế"
    assert petition.response == "sẽ được xem xét, giải quyết theo quy định"


def test_difficulties_in_a_list_are_one_petition_and_several_points():
    text = f"{CHAIR}Lãnh đạo doanh nghiệp nêu ra nhiều vướng mắc như: thủ tục kéo dài; thiếu điện; đường xấu."

    reading = read_text(text)

    assert [item.evidence.rule for item in reading.petitions] == ["complaint"]
    assert [item.point for item in reading.discussion_points] == ["thủ tục kéo dài", "thiếu điện", "đường xấu"]
