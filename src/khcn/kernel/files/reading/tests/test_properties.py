import zipfile
from io import BytesIO

import pytest

from khcn.kernel.files.reading import SecretDocument, read_document
from khcn.kernel.files.reading.properties import markup_lines, packet_lines
from khcn.kernel.files.reading.tests.samples import PROSE, raw_pdf, saved, word_document

CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
    "<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
)


def with_part(data, name, content):
    """Return the archive with one more part."""
    held = BytesIO(data)
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize("field", ["title", "subject", "category", "keywords", "comments", "content_status", "author"])
def test_a_mark_in_any_property_of_a_word_file_is_found(field):
    document = word_document(PROSE)
    setattr(document.core_properties, field, "TUYỆT MẬT")

    with pytest.raises(SecretDocument):
        read_document(saved(document), "a.docx")


def test_a_mark_among_key_words_is_found():
    document = word_document(PROSE)
    document.core_properties.keywords = "báo cáo, MẬT; 2026"

    with pytest.raises(SecretDocument):
        read_document(saved(document), "a.docx")


@pytest.mark.parametrize(("name", "value"), [("Độ mật", "Mật"), ("Phân loại", "TỐI MẬT")])
def test_a_mark_in_a_property_of_their_own_is_found(name, value):
    data = with_part(saved(word_document(PROSE)), "docProps/custom.xml", CUSTOM.format(name=name, value=value))

    with pytest.raises(SecretDocument):
        read_document(data, "a.docx")


def test_a_mark_in_a_diagram_of_a_word_file_is_found():
    data = with_part(saved(word_document(PROSE)), "word/diagrams/data1.xml", "<d><a:t>TỐI MẬT</a:t></d>")

    with pytest.raises(SecretDocument):
        read_document(data, "a.docx")


def test_properties_that_bear_no_mark_pass():
    document = word_document(PROSE)
    document.core_properties.keywords = "bảo mật, mật ong; bí mật kinh doanh"
    data = with_part(saved(document), "docProps/custom.xml", CUSTOM.format(name="Độ mật", value="Không"))

    assert read_document(data, "a.docx").text.startswith("Uỷ ban")


@pytest.mark.parametrize("key", ["Title", "Subject", "Keywords", "Author"])
def test_a_mark_in_the_properties_of_a_pdf_is_found(key):
    data = raw_pdf("", f"<</{key}<FEFF004D1EAC0054>>>", trailer="/Info 4 0 R")

    with pytest.raises(SecretDocument):
        read_document(data, "a.pdf")


def test_a_mark_in_the_packet_of_a_pdf_is_found():
    packet = "<x:xmpmeta><rdf:li>TUYỆT MẬT</rdf:li></x:xmpmeta>".encode()

    with pytest.raises(SecretDocument):
        read_document(raw_pdf() + b"\n%" + packet, "a.pdf")


@pytest.mark.parametrize("head", ["<title>TỐI MẬT</title>", '<meta name="keywords" content="Độ mật: Mật">'])
def test_a_mark_in_the_head_of_a_page_is_found(head):
    page = f"<html><head>{head}</head><body><p>{PROSE * 3}</p></body></html>"

    with pytest.raises(SecretDocument):
        read_document(page.encode(), "a.html")


@pytest.mark.parametrize(
    "markup", [b"<property" * 100_000, b">" * 900_000, b'<property name="' * 60_000, b"<x:xmpmeta" * 90_000]
)
def test_markup_built_to_be_searched_for_ever_is_read_in_time(markup):
    assert len(markup_lines(markup) + packet_lines(markup)) >= 0
