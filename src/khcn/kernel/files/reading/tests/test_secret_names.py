import unicodedata

import pytest

from khcn.kernel.files.reading import SecretDocument, read_document, secrecy_of_name
from khcn.kernel.files.reading.tests.samples import PROSE


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("TUYỆT MẬT.csv", "TUYỆT MẬT"),
        ("Công văn TUYỆT MẬT số 5.docx", "TUYỆT MẬT"),
        ("bao-cao_TUYET-MAT.docx", "TUYỆT MẬT"),
        ("bao_cao_tuyet_mat_2026.pdf", "TUYỆT MẬT"),
        ("TUYETMAT.pdf", "TUYỆT MẬT"),
        ("bao-cao.TuyetMat.xlsx", "TUYỆT MẬT"),
        ("tài liệu tuyệt mật.jpg", "TUYỆT MẬT"),
        ("TUYỆT\u200bMẬT.jpg", "TUYỆT MẬT"),
        (unicodedata.normalize("NFD", "TUYỆT MẬT.jpg"), "TUYỆT MẬT"),  # as some systems write names
        ("công văn.TỐI MẬT", "TỐI MẬT"),  # where an extension should be
        ("Tối mật - kế hoạch.docx", "TỐI MẬT"),
        ("bao-cao_TOI-MAT.docx", "TỐI MẬT"),
        ("KE HOACH TOI MAT.docx", "TỐI MẬT"),
        ("Báo cáo (MẬT).pdf", "MẬT"),
        ("Báo cáo MẬT số 7.pdf", "MẬT"),
        ("so-12_MẬT_2026.xlsx", "MẬT"),
        ("CÔNG VĂN MẬT SỐ 5.docx", "MẬT"),
        ("CONG VAN MAT SO 5.docx", "MẬT"),
        ("Tai lieu MAT.docx", None),  # without its marks the word may be «mất» or «mặt»
        ("TÀI LIỆU MẬT.docx", "MẬT"),
        ("MẬT.png", "MẬT"),
        ("Độ mật - Mật.docx", "MẬT"),
    ],
)
def test_a_mark_in_a_name_is_found_among_other_words(name, level):
    assert secrecy_of_name(name) == level


@pytest.mark.parametrize(
    "name",
    [
        "Quy chế bảo mật thông tin.docx",
        "KẾ HOẠCH BẢO MẬT.docx",
        "Quy chế BẢO MẬT 2026.docx",
        "Quy định bảo vệ bí mật nhà nước.pdf",
        "QUY ĐỊNH BẢO VỆ BÍ MẬT NHÀ NƯỚC.pdf",
        "Bí mật kinh doanh.docx",
        "Hướng dẫn quản lý tài liệu mật.docx",
        "quy-che-bao-mat.docx",
        "MẬT ONG Thái Nguyên.jpg",
        "Nhãn hiệu MẬT ONG Định Hóa.jpg",
        "mật ong.xlsx",
        "DANH SÁCH HỘ NUÔI LẤY MẬT.xlsx",
        "SẢN LƯỢNG MẬT 2026.xlsx",
        "Mật độ dân số.pdf",
        "MẬT MÃ DÂN SỰ.pdf",
        "mat-khau.txt",
        "don-bao-toi-mat-the.docx",
        "DON BAO TOI MAT THE.docx",  # «tôi mất thẻ»
        "Buổi tối mật ong được mùa.docx",
        "Danh mục các độ MẬT, TỐI MẬT, TUYỆT MẬT.docx",  # a list of degrees, not one
        "mặt bằng.dwg",
        "",
    ],
)
def test_a_word_in_a_name_that_has_nothing_to_do_with_secrecy_of_state_passes(name):
    assert secrecy_of_name(name) is None


def test_the_reader_refuses_a_document_by_its_name():
    with pytest.raises(SecretDocument, match="TUYỆT MẬT"):
        read_document(PROSE.encode(), "bao-cao_TUYET-MAT.txt")


def test_a_name_of_a_thousand_marks_is_read_in_time():
    assert secrecy_of_name("MẬT ong " * 20_000) is None
