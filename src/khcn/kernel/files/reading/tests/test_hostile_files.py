import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khcn.kernel.files.reading import (
    DamagedFile,
    DangerousFile,
    EmptyFile,
    EncryptedFile,
    ExtensionMismatch,
    FileTooLarge,
    Limits,
    NoText,
    UnreadableFile,
    UnrecognisedType,
    read_document,
    read_pasted,
)
from khcn.kernel.files.reading.confinement import child_environment, extract_confined
from khcn.kernel.files.reading.docx_text import extract_docx
from khcn.kernel.files.reading.html_text import extract_html
from khcn.kernel.files.reading.pdf_text import extract_pdf
from khcn.kernel.files.reading.tests.samples import PROSE, archive, pdf_of, saved, word_document

BODY = ("word/document.xml", "<document/>")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "filename", "error", "said"),
    [
        (b"", "a.txt", EmptyFile, "tệp trống"),
        (b" \r\n\t", "a.docx", EmptyFile, "tệp trống"),
        (b"12/11/2026", "a.txt", NoText, "không có chữ nào"),
        (b"\x00\x01\x02\xff" * 100, "a.txt", UnrecognisedType, "không phải văn bản"),
        (b"\x89PNG\r\n\x1a\n....", "a.png", UnrecognisedType, "ảnh PNG"),
        (b"\xff\xd8\xff\xe0....", "a.pdf", UnrecognisedType, "ảnh JPEG"),
        (b"{\\rtf1 a}", "a.rtf", UnrecognisedType, "RTF"),
        (b"MZ\x90\x00\x03", "a.txt", UnrecognisedType, "chương trình Windows"),
        (OLE + bytes(64), "a.doc", UnrecognisedType, "Office đời cũ"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", EncryptedFile, "mật khẩu"),
        (archive(("a.txt", "a")), "a.zip", UnrecognisedType, "tệp nén zip"),
        (archive(("xl/workbook.xml", "a")), "a.xlsx", UnrecognisedType, "bảng tính Excel"),
        (archive(BODY, ("word/vbaProject.bin", "a")), "a.docm", UnrecognisedType, "có macro"),
        (archive(("a.txt", "a")), "a.docx", DamagedFile, "không có nội dung văn bản"),
        (b"%PDF-1.7 ...", "a.docx", ExtensionMismatch, "đuôi tệp là “.docx” nhưng nội dung là PDF"),
        (archive(BODY), "a.txt", ExtensionMismatch, "nội dung là Word"),
        (PROSE.encode(), "a.pdf", ExtensionMismatch, "nội dung là văn bản thuần"),
        (bytes(range(256)), "a.docx", DamagedFile, "nội dung không phải Word"),
        (b"%PDF-1.7 junk", "a.pdf", DamagedFile, "PDF bị hỏng"),
        (archive(BODY), "a.docx", DamagedFile, "cấu trúc tệp Word bị hỏng"),
        (b"\xff\xfe\x00\xd8\x41", "a.txt", DamagedFile, "UTF-16"),
    ],
)
def test_each_unreadable_file_is_told_with_its_name_and_cause(data, filename, error, said):
    with pytest.raises(UnreadableFile) as refusal:
        read_document(data, filename)

    assert type(refusal.value) is error
    assert f"“{filename}”" in str(refusal.value)
    assert said in str(refusal.value)


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at():
    with pytest.raises(FileTooLarge, match="nặng 50,0 MB, quá mức 30 MB"):
        read_document(bytes([65]) * 50_000_000, "a.txt")


def test_the_limit_is_a_setting():
    with pytest.raises(FileTooLarge, match=r"quá mức 0\.001 MB"):
        read_document(b"a" * 1001, "a.txt", Limits(max_bytes=1000))


def test_a_file_name_cannot_smuggle_control_characters_into_the_message():
    with pytest.raises(EmptyFile) as refusal:
        read_document(b"", "a\r\n\x1b[31m" + "b" * 500 + ".txt")

    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([("word/document.xml", b" " * 45_000_000)], "bung ra 45 MB"),
        ([BODY, ("word/media/a.bin", bytes(20_000_000))], "bom nén"),
        ([BODY, *((f"word/{number}.rels", "") for number in range(3001))], "quá 3000 mục"),
        ([BODY, ("word/a.zip", archive())], "lại có tệp nén"),
        ([BODY, ("word/media/a.png", archive())], "lại có tệp nén"),
        ([("word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")], "DTD"),
        ([("word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".encode("utf-16"))], "DTD"),
        ([("word/document.xml", "<?xml version='1.0' encoding='utf-7'?><a/>")], "bảng mã lạ"),
    ],
)
def test_a_word_file_built_to_exhaust_the_machine_is_refused(entries, said):
    with pytest.raises(DangerousFile, match=said):
        read_document(archive(*entries), "a.docx")


@pytest.mark.parametrize("cut", [100, 2000, 10_000, -100, -10])
def test_a_word_file_cut_short_is_damaged(cut):
    with pytest.raises((DamagedFile, UnrecognisedType)):
        read_document(saved(word_document(PROSE))[:cut], "a.docx")


def test_deeply_nested_xml_is_damaged_not_a_crash():
    with pytest.raises(DamagedFile):
        read_document(archive(("word/document.xml", "<a>" * 50_000)), "a.docx")


def test_a_reader_that_dies_costs_one_refused_file():
    with pytest.raises(DamagedFile):
        extract_confined("khcn.kernel.files.reading.nowhere", b"", Limits())


def test_the_reading_process_does_not_see_the_secrets_of_the_application(monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "secret")

    assert "DATABASE_PASSWORD" not in child_environment()


@pytest.mark.timeout(30)
def test_markup_that_would_take_forever_is_stopped():
    page = b"<html><body>" + b"<!--a>" * 1_000_000

    with pytest.raises(DangerousFile, match="quá 1 giây"):
        read_document(page, "a.html", Limits(seconds=1))


def test_reading_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    read_document(saved(word_document(PROSE)), "a.docx")
    read_document(pdf_of(PROSE), "a.pdf")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0323\u0301\u0300" * 300_000,
        "Độ mật: mật x\n" * 70_000,
        "BÍ\nMẬT\n" * 120_000,
        "độ" + " " * 990_000,
        "MẬT" + "-" * 990_000,
        "µ¸" * 450_000,
        "à" * 990_000,
    ],
    ids=["marks", "labels", "lines", "spaces", "dashes", "old letters", "one word"],
)
def test_pasted_text_built_to_take_forever_is_read_in_time(text):
    assert read_pasted(text).text


@pytest.mark.parametrize("text", ["", "  \n"])
def test_pasting_nothing_is_told(text):
    with pytest.raises(EmptyFile, match="Không đọc được văn bản"):
        read_pasted(text)


def test_pasting_too_much_is_told():
    with pytest.raises(FileTooLarge, match="dài 11 ký tự"):
        read_pasted("Báo cáo 123", Limits(max_characters=10))


def reads_or_refuses(call):
    try:
        call()
    except UnreadableFile as refusal:
        return str(refusal).startswith("Không đọc được")
    return True


@settings(deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(["a.txt", "a", "a.docx", "a.pdf", "..", "\x00.txt"]))
def test_random_bytes_are_read_or_refused_but_never_break(data, filename):
    assert reads_or_refuses(lambda: read_document(data, filename))


@settings(deadline=None)
@given(st.text(max_size=500))
def test_any_pasted_text_is_read_or_refused_but_never_breaks(text):
    assert reads_or_refuses(lambda: read_pasted(text))


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_random_markup_never_breaks_the_page_reader(data):
    assert reads_or_refuses(lambda: extract_html(b"<html><body><p>" + data, Limits()))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_word_file_with_flipped_bytes_never_breaks_the_reader(data):
    content = bytearray(saved(word_document(PROSE)))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=20)):
        content[place] ^= data.draw(st.integers(1, 255))

    assert reads_or_refuses(lambda: extract_docx(bytes(content), Limits()))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_pdf_with_flipped_bytes_never_breaks_the_reader(data):
    content = bytearray(pdf_of(PROSE))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=20)):
        content[place] ^= data.draw(st.integers(1, 255))

    assert reads_or_refuses(lambda: extract_pdf(bytes(content), Limits()))
