"""Make the documents the tests read: Word, PDF, archives, and text in the old codes."""

import unicodedata
import zipfile
from io import BytesIO

import docx
import typst

from khcn.kernel.files.reading.legacy import TCVN3_TABLE, VNI_TABLE

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
PROSE = (
    "Uỷ ban nhân dân tỉnh giao Sở Khoa học và Công nghệ chủ trì, phối hợp với các huyện triển khai kế hoạch.\n"
    "“Đề án” đã được phê duyệt – trường hợp vướng mắc thì báo cáo trước ngày 15 hằng tháng.\n"
    "SỞ KHOA HỌC VÀ CÔNG NGHỆ\n"
    "Độc lập - Tự do - Hạnh phúc\n"
    "• Nhiệt độ bảo quản: 20°C"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WINDOWS_SIGNS = {"“": "\x93", "”": "\x94", "–": "\x96", "•": "\x95", "…": "\x85"}
_TO_TCVN3 = {letter: code for code, letter in TCVN3_TABLE.items() if code >= "\xa1"}
_TO_VNI = {letter: code for code, letter in VNI_TABLE.items() if code in (code.lower(), code.upper())}


def in_tcvn3_with_capital_font(text):
    """Write as the ABC fonts did: a capital with a tone is the small letter, shown by a capital font."""
    table = {letter.upper(): code for letter, code in _TO_TCVN3.items() if letter.upper() not in _TO_TCVN3}
    table |= {letter: code for letter, code in _TO_TCVN3.items() if letter.islower() or letter in "ĂÂÊÔƠƯĐ"}
    table |= {capital: _TO_TCVN3[capital.lower()] for capital in LETTERS.upper() if capital.lower() in _TO_TCVN3} | {
        letter: _TO_TCVN3[letter] for letter in "ĂÂÊÔƠƯĐ"
    }
    return "".join(table.get(char, _WINDOWS_SIGNS.get(char, char)) for char in text).encode("latin-1")


def in_vn1(text):
    """Write with the full table, in which capitals with tones have places of their own."""
    table = {letter: code for code, letter in TCVN3_TABLE.items()}
    return "".join(table.get(char, char) for char in text).encode("latin-1")


def in_vni(text):
    return "".join(_TO_VNI.get(char, _WINDOWS_SIGNS.get(char, char)) for char in text).encode("latin-1")


def in_windows_1258(text):
    return "".join(map(_tone_apart, text)).encode("cp1258")


def _tone_apart(char):
    if char.isascii() or not char.isalpha():
        return char
    decomposed = unicodedata.normalize("NFD", char)
    base = "".join(part for part in decomposed if part not in _TONES)
    return unicodedata.normalize("NFC", base) + "".join(part for part in decomposed if part in _TONES)


def word_document(*paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def saved(document):
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_of(*paragraphs):
    return typst.compile("\n\n".join(paragraphs).encode())


def raw_pdf(page="", *objects, trailer=""):
    """Write a one-page PDF by hand; the reader rebuilds the missing cross-reference table."""
    numbered = [f"{number} 0 obj {body} endobj" for number, body in enumerate(objects, start=4)]
    return "\n".join(
        [
            "%PDF-1.4",
            "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
            "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
            f"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]{page}>> endobj",
            *numbered,
            f"trailer <</Root 1 0 R/Size {4 + len(objects)}{trailer}>>",
            "%%EOF",
        ]
    ).encode()


def archive(*entries):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        for name, content in entries:
            made.writestr(name, content)
    return buffer.getvalue()
