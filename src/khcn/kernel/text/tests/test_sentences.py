import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.text.sentences import split_paragraphs, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("GS.TS. Lê An đến. Ông B nói.", ["GS.TS. Lê An đến.", "Ông B nói."]),
        ("Họp tại TP. Hà Đông. Xong.", ["Họp tại TP. Hà Đông.", "Xong."]),
        ("Đạt 1.200 hồ sơ… và còn nữa. Hết", ["Đạt 1.200 hồ sơ… và còn nữa.", "Hết"]),
        ("“Tốt lắm.” Bà C cười.", ["“Tốt lắm.”", "Bà C cười."]),
        ("Có 3,5%. Tăng! Thật không? Thật.", ["Có 3,5%.", "Tăng!", "Thật không?", "Thật."]),
        ("Điện, nước v.v. đều thiếu.", ["Điện, nước v.v. đều thiếu."]),
        ("Ông Y. Moan phát biểu.", ["Ông Y. Moan phát biểu."]),
        ("Tên ảnh chụp\nCâu sau.", ["Tên ảnh chụp", "Câu sau."]),
        ("", []),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text, sentences):
    assert [sentence.text for sentence in split_sentences(text)] == sentences


@pytest.mark.parametrize(
    ("line", "marker", "text"),
    [
        ("1. Giao Sở A", "1.", "Giao Sở A"),
        ("2.1. Giao Sở A", "2.1.", "Giao Sở A"),
        ("II. KẾT QUẢ", "II.", "KẾT QUẢ"),
        ("a) Sở B", "a)", "Sở B"),
        ("- Sở C", "-", "Sở C"),
        ("• Sở D", "•", "Sở D"),
        ("12 dự án mới", "", "12 dự án mới"),
        ("   lùi vào", "", "lùi vào"),
    ],
)
def test_a_list_mark_is_kept_apart_from_its_item(line, marker, text):
    paragraph = split_paragraphs(line)[0]

    assert (paragraph.marker, paragraph.text) == (marker, text)
    assert line[paragraph.start : paragraph.end] == text


@given(st.text(alphabet='aB1.!?… \n"”-)IVđ,;', max_size=120))
def test_every_sentence_stands_where_it_says_and_nothing_is_lost(text):
    sentences = split_sentences(text)

    for sentence in sentences:
        assert text[sentence.start : sentence.end] == sentence.text
    written = sum(len(line.text.replace(" ", "")) for line in split_paragraphs(text))
    assert sum(len(sentence.text.replace(" ", "")) for sentence in sentences) == written
