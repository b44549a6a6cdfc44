"""The patterns of notices and of the press that join, split and date what is asked and ordered."""

import pytest

from khcn.governance.reader import read_text

CHAIR = "Sáng 5/3/2026, ông Lê Bá Tước, Chủ tịch UBND tỉnh chủ trì buổi làm việc với Sở Y tế.\n"
NOTICE = (
    "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh tại buổi làm việc với Sở Y tế\n"
    "Ngày 5/3/2026, ông Lê Bá Tước, Chủ tịch UBND tỉnh chủ trì buổi làm việc với Sở Y tế.\n"
    "Sau khi nghe báo cáo, Chủ tịch UBND tỉnh kết luận như sau:\n"
)


def told(text, head=CHAIR):
    return [(item.to, item.action) for item in read_text(head + text).directives]


def asked(text, head=CHAIR):
    return [item.content for item in read_text(head + text).petitions]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Sở Y tế kiến nghị tỉnh bố trí đất cho bệnh viện và cho phép tuyển thêm bác sĩ.",
            ["tỉnh bố trí đất cho bệnh viện", "cho phép tuyển thêm bác sĩ"],
        ),
        (
            "Sở Y tế kiến nghị tỉnh tăng đầu tư cho nghiên cứu và chuyển giao kỹ thuật mới.",
            ["tỉnh tăng đầu tư cho nghiên cứu và chuyển giao kỹ thuật mới"],
        ),
        (
            "Sở Y tế kiến nghị Bộ hướng dẫn cụ thể về giá dịch vụ; đưa bệnh viện tỉnh vào mạng lưới quốc gia.",
            ["Bộ hướng dẫn cụ thể về giá dịch vụ", "đưa bệnh viện tỉnh vào mạng lưới quốc gia"],
        ),
        ("Bà Mạc Thị Ái, Giám đốc Sở Y tế mong được tỉnh hỗ trợ thuốc.", ["tỉnh hỗ trợ thuốc"]),
    ],
)
def test_two_wishes_are_two_petitions_and_two_verbs_of_one_wish_are_not(text, contents):
    assert asked(text) == contents


def test_a_paragraph_of_a_notice_answers_petitions_by_number():
    text = (
        "1. Yêu cầu Sở Y tế rà soát mạng lưới trạm y tế.\n"
        "2. Về kiến nghị của Sở Y tế: (1) Đồng ý cho phép Sở mua hai xe cứu thương, giao Sở Tài chính thẩm định. "
        "(2) Đối với đề nghị lập trạm cấp cứu lưu động: giao Sở Nội vụ nghiên cứu. "
        "(3) Không đồng ý với đề xuất miễn phí khám định kỳ do chưa có căn cứ.\n"
    )

    petitions = read_text(NOTICE + text).petitions

    assert [(item.asked_by, item.content) for item in petitions] == [
        ("Sở Y tế", "Sở mua hai xe cứu thương"),
        ("Sở Y tế", "lập trạm cấp cứu lưu động"),
        ("Sở Y tế", "miễn phí khám định kỳ"),
    ]
    assert petitions[2].response.startswith("Không đồng ý")


def test_the_answer_to_a_petition_may_name_the_body_on_the_next_line():
    text = (
        "I. NHIỆM VỤ\n1. Rà soát trạm y tế.\nII. VỀ KIẾN NGHỊ CỦA SỞ Y TẾ\n"
        "1. Về việc công nhận trường y:\nBộ Y tế hướng dẫn hồ sơ.\n"
    )

    assert read_text(NOTICE + text).petitions[0].response == "Bộ Y tế hướng dẫn hồ sơ."


@pytest.mark.parametrize(
    "text",
    [
        "Những kiến nghị của Sở Y tế, đoàn công tác ghi nhận và sẽ báo cáo Thường trực Tỉnh ủy.",
        "Riêng đề xuất về bệnh viện tuyến huyện, ông Tước giao Sở Nội vụ xem xét.",
        "Việc sửa bệnh viện tuyến huyện, ông Tước nhất trí về nguyên tắc.",
    ],
)
def test_an_answer_may_open_with_the_petition_without_a_preposition(text):
    reading = read_text(CHAIR + "Sở Y tế kiến nghị tỉnh hỗ trợ sửa bệnh viện tuyến huyện.\n" + text)

    assert [bool(petition.response) for petition in reading.petitions] == [True]


def test_an_order_about_a_petition_keeps_what_it_is_about():
    reading = read_text(CHAIR + "Riêng đề xuất về bệnh viện huyện, ông Tước giao Sở Nội vụ xem xét phương án.")

    assert reading.directives[0].evidence.text.startswith("Riêng đề xuất về bệnh viện huyện")


@pytest.mark.parametrize(
    ("text", "directives"),
    [
        ("1. Ghi nhận nỗ lực của Sở: đã khám 300 người.\n2. Rà soát trạm y tế.\n", [("Sở Y tế", "Rà soát trạm y tế")]),
        (
            "1. Lãnh đạo rà soát trạm y tế.\n2. Rà soát thuốc men.\n",
            [("Sở Y tế", "rà soát trạm y tế"), ("Sở Y tế", "Rà soát thuốc men")],
        ),
        (
            "1. Cụ thể hóa các nghị quyết.\n2. Rà soát thuốc men.\n",
            [("Sở Y tế", "Cụ thể hóa các nghị quyết"), ("Sở Y tế", "Rà soát thuốc men")],
        ),
        (
            "1. Hằng tháng báo cáo kết quả.\n2. Rà soát thuốc men.\n",
            [("Sở Y tế", "báo cáo kết quả"), ("Sở Y tế", "Rà soát thuốc men")],
        ),
        (
            "Sở Y tế cần giữ vững kỷ luật, trong đó lưu ý:\n1. Rà soát trạm y tế.\n2. Rà soát thuốc men.\n",
            [("Sở Y tế", "Rà soát trạm y tế"), ("Sở Y tế", "Rà soát thuốc men")],
        ),
    ],
)
def test_items_of_a_notice_are_read_by_what_they_tell(text, directives):
    assert told(text, NOTICE) == directives


@pytest.mark.parametrize(
    ("text", "directives"),
    [
        (
            "Ông Tước yêu cầu Sở Y tế rà soát hồ sơ. Đối với các xã, cần phân công cán bộ trực trạm.",
            [("Sở Y tế", "rà soát hồ sơ"), ("các xã", "phân công cán bộ trực trạm")],
        ),
        ("Ông Tước nói: “Dân đang chờ. Sở Y tế phải rà soát hồ sơ ngay”.", [("Sở Y tế", "rà soát hồ sơ ngay")]),
        ("Theo ông Tước, Sở Y tế cũng nên dành kinh phí đào tạo.", [("Sở Y tế", "dành kinh phí đào tạo")]),
        ("Ông Tước giao Cục Đổi mới sáng tạo phải cử người lên.", [("Cục Đổi mới sáng tạo", "cử người lên")]),
    ],
)
def test_the_one_who_is_told_is_found_where_the_press_puts_it(text, directives):
    assert told(text) == directives


@pytest.mark.parametrize("name", ["Thượng Văn Lĩnh", "Rẩu Thị Mây"])
def test_a_middle_name_tells_a_surname_that_is_in_no_list(name):
    people = read_text(CHAIR + f"Giám đốc Sở {name} báo cáo kết quả.").people

    assert name in [person.name for person in people]


def test_what_a_body_wishes_to_be_allowed_is_asked():
    assert asked("Trung tâm đề xuất được thuê thêm kho thuốc.") == ["thuê thêm kho thuốc"]


def test_a_case_is_no_school():
    text = "I. NHIỆM VỤ\n1. Rà soát thuốc.\nII. VỀ KIẾN NGHỊ CỦA SỞ Y TẾ\n1. Về mua thuốc: Sở Y tế chủ động mua sắm; trường hợp vướng mắc, báo cáo Bộ Y tế trong tháng 5.\n"

    assert {item.to for item in read_text(NOTICE + text).directives} == {"Sở Y tế"}


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("chậm nhất cuối tháng sau", "2026-04-30"),
        ("trong tuần sau", "2026-03-15"),
        ("trong quý tới", "2026-06-30"),
        ("trước kỳ họp cuối năm của HĐND tỉnh", None),
        ("trước Tết Nguyên đán", None),
        ("trước ngày 25 hằng tháng", None),
    ],
)
def test_a_vague_deadline_keeps_its_words_and_its_last_day_where_it_has_one(words, on):
    directive = read_text(CHAIR + f"Ông Tước yêu cầu Sở Y tế rà soát hồ sơ {words}.").directives[0]

    assert (directive.deadline, directive.deadline_on) == (words, on)
