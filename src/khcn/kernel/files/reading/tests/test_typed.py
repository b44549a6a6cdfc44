import pytest

from khcn.kernel.files.reading import SecretText, UnreadableFile, refuse_secret_text, refuse_secret_title
from khcn.kernel.files.reading.tests.samples import PROSE


@pytest.mark.parametrize(
    "text",
    [
        "MẬT",
        "TUYỆT MẬT",
        "TUYỆT-MẬT",
        "tuyệt\u00a0mật".upper(),
        "TUYỆT_MẬT",
        "Độ mật: Mật",
        f"{PROSE}\r\nTỐI MẬT\r\n{PROSE}",
    ],
)
def test_what_people_type_is_refused_when_it_bears_a_mark(text):
    with pytest.raises(SecretText):
        refuse_secret_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PROSE,
        "Chúng tôi bảo mật thông tin của tổ chức.",
        "Hướng dẫn tiếp nhận tài liệu mật theo quy định.",
        "Bí mật kinh doanh không phải là bí mật nhà nước.",
        "Mô hình nuôi ong lấy mật ong, mật độ 20 đàn/ha.",
        "Độ mật: Không",
    ],
)
def test_the_word_in_what_people_write_passes(text):
    refuse_secret_text(text)
    refuse_secret_title(text)


def test_the_refusal_names_the_field_and_repeats_nothing():
    with pytest.raises(SecretText) as refusal:
        refuse_secret_text(f"TỐI MẬT\n{PROSE}", "Nội dung")

    said = str(refusal.value)
    assert said.startswith("Không ghi được mục «Nội dung»: có dấu chỉ độ mật “TỐI MẬT”. Thông tin bí mật nhà nước")
    assert "Khoa học" not in said
    assert isinstance(refusal.value, UnreadableFile)


def test_a_title_is_refused_for_a_mark_among_its_words():
    with pytest.raises(SecretText, match="nội dung đã nhập"):
        refuse_secret_title("Công văn TUYỆT MẬT số 5")
