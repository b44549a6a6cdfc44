import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khcn.kernel.files.reading import looks_vietnamese, read_document
from khcn.kernel.files.reading.decoding import decode_bytes, repair_old_font
from khcn.kernel.files.reading.legacy import TCVN3_TABLE, VNI_TABLE, convert_tcvn3, convert_vni
from khcn.kernel.files.reading.syllables import is_syllable
from khcn.kernel.files.reading.tests.samples import (
    LETTERS,
    PROSE,
    in_tcvn3_with_capital_font,
    in_vn1,
    in_vni,
    in_windows_1258,
)

ALL_LETTERS = LETTERS + LETTERS.upper()
MARKED = [letter for letter in ALL_LETTERS if not letter.isascii()]
SYLLABLE_LIST = (
    "nghiêng ngả trường học kỹ thuật quốc gia khuỷu tay thuở xưa giếng nước quyển sách huỳnh tuýp bướm ướt ưỡn "
    "hoẵng ngoằn ngoèo khuya quắn quặn lũy thừa đẫm mỗi mẫu hẽm kẻ rễ ngữ nghĩa kỳ kỵ ý ỷ mỹ lỡ lẵng bẳn "
    "cằn cắt hắt ẩn ẫm ấp ậm ề ể ế ệ ỉ ĩ ồ ổ ỗ ố bộ có rõ gỏ chò họ ngộ ờ ở ỡ ớ ợ ừ ử ữ ứ ự"
)
SYLLABLES = SYLLABLE_LIST.split()
ENCODERS = [
    ("tcvn3", in_tcvn3_with_capital_font),
    ("vni", in_vni),
    ("windows-1258", in_windows_1258),
]


def test_the_tables_hold_every_marked_letter_of_the_alphabet():
    assert len(MARKED) == 134
    assert set(TCVN3_TABLE.values()) == set(MARKED)
    assert set(VNI_TABLE.values()) == set(MARKED)


def test_no_two_letters_share_a_place_in_tcvn3():
    assert len(set(TCVN3_TABLE.values())) == len(TCVN3_TABLE)


@pytest.mark.parametrize("letter", MARKED)
def test_every_letter_returns_from_vni(letter):
    assert convert_vni(in_vni(letter).decode("latin-1")) == letter


@pytest.mark.parametrize("letter", MARKED)
def test_every_letter_returns_from_windows_1258(letter):
    assert unicodedata.normalize("NFC", in_windows_1258(letter).decode("cp1258")) == letter


@pytest.mark.parametrize("letter", [letter for letter in MARKED if letter.islower() or letter in "ĂÂÊÔƠƯĐ"])
def test_every_letter_that_tcvn3_has_returns_from_it(letter):
    assert convert_tcvn3(in_tcvn3_with_capital_font(letter).decode("latin-1")) == letter


@pytest.mark.parametrize("syllable", SYLLABLES)
def test_capitals_return_from_vn1_and_from_the_capital_font(syllable):
    word = f"KH {syllable.upper()} TH"

    assert convert_tcvn3(in_vn1(word).decode("latin-1")) == word
    assert convert_tcvn3(in_tcvn3_with_capital_font(word).decode("latin-1")) == word


@pytest.mark.parametrize(("code", "encode"), ENCODERS)
def test_prose_in_an_old_code_is_recognised_and_converted_exactly(code, encode):
    document = read_document(encode(PROSE), "a.txt")

    assert (document.encoding, document.text) == (code, PROSE)
    assert "đã chuyển sang Unicode" in document.warnings[0]


@pytest.mark.parametrize(("code", "encode"), ENCODERS)
def test_an_old_font_in_a_unicode_document_is_recognised_and_converted(code, encode):
    shown = encode(PROSE).decode("cp1252")

    repaired = repair_old_font(shown)

    assert (repaired.encoding, repaired.text) == (code, PROSE)


def test_only_the_lines_in_an_old_font_are_converted():
    old = in_tcvn3_with_capital_font("Báo cáo việc thực hiện nhiệm vụ").decode("latin-1")

    repaired = repair_old_font(f"Kết luận của cuộc họp\n{old}\nÉtude de l'été")

    assert repaired.text == "Kết luận của cuộc họp\nBáo cáo việc thực hiện nhiệm vụ\nÉtude de l'été"


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "L'élève déjà reçu à l'hôtel où naît la forêt",
        "Σ criterion scores ≥ 70 %, 3 × 4 ÷ 2 · 20°C, µ-chip",
        "Größe und Höhe für schöne Bäume",
    ],
)
def test_unicode_text_in_any_language_is_left_alone(text):
    assert repair_old_font(text).text == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_in_any_form_becomes_composed_text(codec, form):
    document = read_document(unicodedata.normalize(form, PROSE).encode(codec), "a.txt")

    assert document.text == PROSE
    assert document.encoding == codec.removesuffix("-sig").removesuffix("-le").removesuffix("-be")


def test_utf_8_cut_in_the_middle_of_a_letter_is_still_utf_8():
    decoded = decode_bytes(("Sở Khoa học và Công nghệ " * 20 + "ệ").encode()[:-1])

    assert decoded.encoding == "utf-8"
    assert decoded.warnings == ("Văn bản UTF-8 có 1 chỗ hỏng, thay bằng dấu “\ufffd”.",)


def test_western_bytes_are_read_with_a_warning():
    document = read_document("L'élève a reçu la leçon à l'école".encode("cp1252"), "a.txt")

    assert document.encoding == "windows-1252"
    assert document.text == "L'élève a reçu la leçon à l'école"
    assert not document.is_vietnamese


@pytest.mark.parametrize("word", [*SYLLABLES, "Hà", "NỘI", "quýt", "gì", "giữa", "oẳn"])
def test_vietnamese_syllables_are_recognised(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["céng", "phÝ", "hoc̀", "strength", "ViÖt", "tàc", "école", "ngề", "kông", "zỉ"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("text", "vietnamese"),
    [
        (PROSE, True),
        ("Hà Nội", True),
        ("The council met on Monday and took note of the plan.", False),
        ("So Khoa hoc va Cong nghe bao cao", False),
        ("", False),
        ("12/2026", False),
    ],
)
def test_vietnamese_is_told_by_its_marks(text, vietnamese):
    assert looks_vietnamese(text) is vietnamese


@settings(deadline=None)
@given(st.lists(st.sampled_from(SYLLABLES), min_size=12, max_size=60), st.sampled_from(ENCODERS))
def test_any_sentence_of_syllables_returns_from_any_code(words, encoder):
    code, encode = encoder
    text = "kết quả thực hiện " + " ".join(words)

    decoded = decode_bytes(encode(text))

    assert (decoded.encoding, decoded.text) == (code, text)
