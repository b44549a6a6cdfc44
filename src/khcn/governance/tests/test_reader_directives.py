import pytest

from khcn.governance.reader import read_text

CHAIR = "Sáng 5/3/2026, ông Lê Bá Tước, Chủ tịch UBND tỉnh chủ trì buổi làm việc với Sở Y tế.\n"


def directives_of(text):
    return [(item.to, item.action) for item in read_text(CHAIR + text).directives]


@pytest.mark.parametrize(
    ("text", "directives"),
    [
        ("Ông Tước yêu cầu Sở Y tế rà soát hồ sơ.", [("Sở Y tế", "rà soát hồ sơ")]),
        (
            "Ông Lê Bá Tước giao Sở Nội vụ chủ trì, phối hợp với Sở Y tế xây dựng đề án.",
            [("Sở Nội vụ", "chủ trì, phối hợp với Sở Y tế xây dựng đề án")],
        ),
        (
            "Chủ tịch UBND tỉnh đề nghị Sở Y tế cần quan tâm đào tạo; bố trí kinh phí; Sở Nội vụ thẩm định biên chế.",
            [("Sở Y tế", "quan tâm đào tạo"), ("Sở Y tế", "bố trí kinh phí"), ("Sở Nội vụ", "thẩm định biên chế")],
        ),
        (
            "Ông yêu cầu các sở thảo luận về nhiều việc như sắp xếp trạm y tế; đào tạo bác sĩ; mua thuốc.",
            [("các sở", "thảo luận về nhiều việc như sắp xếp trạm y tế; đào tạo bác sĩ; mua thuốc")],
        ),
        (
            "Ông Tước yêu cầu Sở Y tế báo cáo sớm. Sở Nội vụ khẩn trương rà soát biên chế.",
            [("Sở Y tế", "báo cáo sớm"), ("Sở Nội vụ", "khẩn trương rà soát biên chế")],
        ),
        (
            "Ông Tước giao Sở Y tế rà soát hồ sơ. Đơn vị này cũng được giao hướng dẫn các huyện.",
            [("Sở Y tế", "rà soát hồ sơ"), ("Sở Y tế", "hướng dẫn các huyện")],
        ),
        (
            "Kết luận, ông Tước yêu cầu Sở Y tế:\n- Rà soát mạng lưới trạm y tế.\n- Tăng cường đào tạo bác sĩ.",
            [("Sở Y tế", "Rà soát mạng lưới trạm y tế"), ("Sở Y tế", "Tăng cường đào tạo bác sĩ")],
        ),
        ("“Sở Y tế làm việc này ngay trong tuần”, ông Tước yêu cầu.", [("Sở Y tế", "làm việc này ngay trong tuần")]),
        (
            "Ông Tước lưu ý để giảm số ca bệnh, ngành Y tế cần rà soát các ổ dịch.",
            [("ngành Y tế", "rà soát các ổ dịch")],
        ),
        (
            "Ông Tước cũng lưu ý: “Trong nhiều năm tới, ngành Y tế cần đào tạo bác sĩ. Đặc biệt, tạo điều kiện về nhà ở”.",
            [("ngành Y tế", "đào tạo bác sĩ"), ("ngành Y tế", "tạo điều kiện về nhà ở")],
        ),
        (
            "Kết luận, ông Tước yêu cầu Sở Y tế rà soát hồ sơ. Song song đó cần tăng cường đào tạo bác sĩ.",
            [("Sở Y tế", "rà soát hồ sơ"), ("Sở Y tế", "tăng cường đào tạo bác sĩ")],
        ),
        (
            "Kết luận, ông Tước cơ bản nhất trí với đề án của Ban Pháp chế, Ban Đô thị; đồng thời đề nghị Sở Y tế hoàn thiện.",
            [("Sở Y tế", "hoàn thiện")],
        ),
        (
            "Ông Tước giao Sở Y tế rà soát hồ sơ; yêu cầu Sở Tài chính bố trí kinh phí.",
            [("Sở Y tế", "rà soát hồ sơ"), ("Sở Tài chính", "bố trí kinh phí")],
        ),
        (
            "Ông Tước cho rằng tỉnh luôn tạo điều kiện. Riêng đối với việc thuê trụ sở tại số 2 phố Bến (TP.Sơn Hà), bệnh viện phải hoàn thành thủ tục.",
            [("bệnh viện", "hoàn thành thủ tục")],
        ),
        (
            "Ông Tước yêu cầu Sở Y tế xây dựng mạng lưới trạm; bảo đảm an ninh bệnh viện; đặc biệt, Sở phải mua thuốc.",
            [("Sở Y tế", "xây dựng mạng lưới trạm"), ("Sở Y tế", "bảo đảm an ninh bệnh viện"), ("Sở", "mua thuốc")],
        ),
        (
            "Kết luận, ông Tước nêu một số nhiệm vụ Sở cần tập trung thực hiện thời gian tới:\nMột là, chú trọng đào tạo bác sĩ.",
            [("Sở", "chú trọng đào tạo bác sĩ")],
        ),
        (
            "Kết luận, ông Tước yêu cầu Sở Y tế rà soát hồ sơ. Địa phương cũng cần chủ động chuẩn bị đất.",
            [("Sở Y tế", "rà soát hồ sơ"), ("Địa phương", "chủ động chuẩn bị đất")],
        ),
        (
            "Phó Chủ tịch UBND tỉnh Mạc Thị Ái nói: “Tôi đề nghị các phòng phải coi trạm y tế là tuyến đầu”.",
            [("các phòng", "coi trạm y tế là tuyến đầu")],
        ),
        (
            "Ông Tước đề nghị các cấp tìm nguyên nhân; đối với các vụ kéo dài, phải có kế hoạch; cố gắng hòa giải.",
            [
                ("các cấp", "tìm nguyên nhân"),
                ("các cấp", "đối với các vụ kéo dài, phải có kế hoạch"),
                ("các cấp", "cố gắng hòa giải"),
            ],
        ),
        (
            "Ông Tước yêu cầu Sở Y tế rà soát hồ sơ cũng như tài liệu; ban hành quy chế mới; tổ chức tập huấn.",
            [
                ("Sở Y tế", "rà soát hồ sơ cũng như tài liệu"),
                ("Sở Y tế", "ban hành quy chế mới"),
                ("Sở Y tế", "tổ chức tập huấn"),
            ],
        ),
        (
            "Ông Tước giao Sở Y tế rà soát hồ sơ. Thủ tục giao đất cần được rút ngắn. Theo đó, Sở Nội vụ tăng cường kiểm tra.",
            [
                ("Sở Y tế", "rà soát hồ sơ"),
                ("Sở Y tế", "Thủ tục giao đất cần được rút ngắn"),
                ("Sở Nội vụ", "tăng cường kiểm tra"),
            ],
        ),
        (
            "Phó Chủ tịch UBND tỉnh Mạc Thị Ái cho biết tỉnh đổi mới nhiều, và đề nghị TP.Sơn Hà sớm trình đề án.",
            [("TP.Sơn Hà", "sớm trình đề án")],
        ),
        (
            "“Tôi phân công Đội cứu hộ khám nghiệm hiện trường”, ông Tô Văn Hạ, Đội trưởng nói.",
            [("Đội cứu hộ", "khám nghiệm hiện trường")],
        ),
        ("Ông Tước lưu ý TP.Sơn Hà cần mua phao.", [("TP.Sơn Hà", "mua phao")]),
        (
            "Kết luận, ông Tước nhấn mạnh, để giữ kết quả đã có, hai ngành Y tế, Nội vụ cần bám sát dịch bệnh.",
            [("hai ngành Y tế, Nội vụ", "bám sát dịch bệnh")],
        ),
        (
            "Ông Tước yêu cầu Sở Y tế cách ly tập trung người bệnh; tuyệt đối không cho cách ly tại nhà.",
            [("Sở Y tế", "cách ly tập trung người bệnh"), ("Sở Y tế", "tuyệt đối không cho cách ly tại nhà")],
        ),
        (
            "Ông Tước nhắc nhở trong mùa mưa tới, Ban Chỉ huy phòng chống thiên tai cần mua phao.",
            [("Ban Chỉ huy phòng chống thiên tai", "mua phao")],
        ),
        (
            "Ông Tước yêu cầu Sở Y tế rà soát kho thuốc. “Cần chủ động mua vắc xin”, Chủ tịch UBND tỉnh chỉ đạo.",
            [("Sở Y tế", "rà soát kho thuốc"), ("Sở Y tế", "chủ động mua vắc xin")],
        ),
        (
            "Qua kiểm tra, Chủ tịch UBND tỉnh Lê Bá Tước đánh giá cao các trạm.\nĐồng thời đề nghị các trạm mua phao.",
            [("các trạm", "mua phao")],
        ),
        (
            "“Các xã phải mua phao”, Chủ tịch UBND tỉnh Lê Bá Tước nhấn mạnh.",
            [("Các xã", "mua phao")],
        ),
        (
            '"Các xã phải mua phao" - đó là chỉ đạo của Chủ tịch UBND tỉnh Lê Bá Tước tại buổi họp.',
            [("Các xã", "mua phao")],
        ),
        (
            "Ông Tước yêu cầu Sở Y tế báo cáo sớm. Vì vậy, các huyện cần mua phao.",
            [("Sở Y tế", "báo cáo sớm"), ("các huyện", "mua phao")],
        ),
        (
            "Ông Tước yêu cầu Sở Y tế báo cáo sớm. Các địa phương chỉ đạo tiếp tục rà soát hệ thống điện.",
            [("Sở Y tế", "báo cáo sớm"), ("Các địa phương", "chỉ đạo tiếp tục rà soát hệ thống điện")],
        ),
        (
            "Ông Tước yêu cầu Sở Y tế báo cáo sớm. Ngày 2/3, Sở Y tế có công văn yêu cầu các trạm y tế mua phao.",
            [("Sở Y tế", "báo cáo sớm")],
        ),
        (
            "Ông Tước yêu cầu Sở Y tế báo cáo sớm. Chủ tịch UBND tỉnh lưu ý, năm trước nhiều trạm phải đóng cửa.",
            [("Sở Y tế", "báo cáo sớm")],
        ),
    ],
)
def test_an_order_of_the_chair_is_read_with_its_addressee(text, directives):
    assert directives_of(text) == directives


@pytest.mark.parametrize(
    "text",
    [
        "Sở đã hoàn thành theo yêu cầu của tỉnh.",
        "Sở thực hiện tốt nhiệm vụ được giao.",
        "Bà Mạc Thị Ái, Giám đốc bệnh viện, đề nghị tỉnh hỗ trợ kinh phí.",
        "“Cần có lộ trình hợp lý”, ông Tước nói.",
        "Ông Tước khẳng định tỉnh luôn quan tâm ngành giao thông.",
        "Ông Tước đánh giá cao nỗ lực của Sở Y tế.",
        "Ông Tước kết luận. Nhà nước có chính sách hỗ trợ người nghèo.",
        "Ông Tước kết luận. Các doanh nghiệp thiếu động lực tham gia thị trường.",
        "Ông Tước nêu định hướng phát triển mạng lưới trạm y tế.",
        "Ông Tước nhấn mạnh kết quả. Lãnh đạo các ban trình bày các báo cáo.",
        "Ông Tước nói. Khi tỉnh yêu cầu báo cáo thì sở mới mời phản biện.",
        "Ông Tước phát biểu chỉ đạo tại hội nghị.\nSở Y tế chủ trì cụm thi đua, huy động bác sĩ tham gia.",
        "Liên quan đến biên chế, Sở Y tế đề nghị UBND tỉnh chỉ đạo các huyện giao đủ người.",
    ],
)
def test_nouns_reports_and_wishes_are_no_orders(text):
    assert directives_of(text) == []


@pytest.mark.parametrize(
    ("words", "raw", "on", "precision"),
    [
        ("trước ngày 30/9", "trước ngày 30/9", "2026-09-30", "day"),
        ("trong tháng 8 năm 2026", "trong tháng 8 năm 2026", "2026-08-31", "month"),
        ("trong quý III", "trong quý III", "2026-09-30", "quarter"),
        ("chậm nhất ngày 15/4/2027", "chậm nhất ngày 15/4/2027", "2027-04-15", "day"),
        ("định kỳ hằng tháng", "định kỳ hằng tháng", None, "continuous"),
        ("giai đoạn 2026 - 2030", None, None, "none"),
        ("và báo cáo trước ngày 30/9", "trước ngày 30/9", "2026-09-30", "day"),
    ],
)
def test_the_deadline_of_an_order_is_kept_raw_and_made_a_date(words, raw, on, precision):
    directive = read_text(f"{CHAIR}Ông Tước giao Sở Y tế báo cáo kết quả {words}.").directives[0]

    assert (directive.deadline, directive.deadline_on, directive.deadline_precision) == (raw, on, precision)


def test_an_order_names_who_takes_part_and_its_topic():
    directive = read_text(
        f"{CHAIR}Ông Tước giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ rà soát thủ tục hành chính."
    ).directives[0]

    assert directive.coordinators == ("Sở Nội vụ",)
    assert directive.topic == "cải cách hành chính"
    assert directive.evidence.rule == "verb:giao"


NOTICE = """UBND TỈNH X
THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh Lê Bá Tước tại buổi làm việc với Sở Y tế
Ngày 5 tháng 3 năm 2026, tại Sở Y tế, ông Lê Bá Tước, Chủ tịch UBND tỉnh làm việc với Sở Y tế và kết luận như sau:
I. ĐÁNH GIÁ CHUNG
1. Sở cần cù, đã hoàn thành 12 đề án.
{number}. NHIỆM VỤ THỜI GIAN TỚI
1. Sở Y tế khẩn trương rà soát mạng lưới trạm y tế.
2. Giao Sở Nội vụ chủ trì thẩm định biên chế, hoàn thành trong tháng 8 năm 2026.
{number}. VỀ CÁC KIẾN NGHỊ CỦA SỞ Y TẾ
1. Về kiến nghị sửa trụ sở: Giao Sở Tài chính cân đối nguồn.
2. Đối với đề nghị tăng biên chế: Chưa xem xét.
"""


@pytest.mark.parametrize("number", ["II", "I", "V"])
def test_a_notice_is_read_by_its_headings_whatever_their_numbers(number):
    reading = read_text(NOTICE.format(number=number))

    assert [item.to for item in reading.directives] == ["Sở Y tế", "Sở Nội vụ", "Sở Tài chính"]
    assert [item.deadline_on for item in reading.directives] == [None, "2026-08-31", None]
    assert [(item.content, item.response) for item in reading.petitions] == [
        ("sửa trụ sở", "Giao Sở Tài chính cân đối nguồn."),
        ("tăng biên chế", "Chưa xem xét."),
    ]
    assert {item.asked_by for item in reading.petitions} == {"SỞ Y TẾ"}
