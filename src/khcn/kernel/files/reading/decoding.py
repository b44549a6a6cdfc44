"""Find the code of bytes or of old-font text by statistics over Vietnamese syllables, and decode it."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from khcn.kernel.files.reading.cleaning import nfc
from khcn.kernel.files.reading.errors import DamagedFile, UnrecognisedType
from khcn.kernel.files.reading.legacy import as_places, convert_tcvn3, convert_vni
from khcn.kernel.files.reading.syllables import is_syllable, valid_share
from khcn.language.words import words as _

UNICODE = "unicode"
CODE_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "windows-1258": "Windows-1258", "windows-1252": "Windows-1252"}
MOST_CHARACTERS = 3_000_000
_MOST_BYTES_A_LETTER = 2  # in VNI and Windows-1258 a letter and its mark
SAMPLE = 60_000
GOOD_SHARE = 0.60
CERTAIN_SHARE = 0.75
CLEAR_GAIN = 0.25
BROKEN_SHARE = 0.01
CONTROL_SHARE = 0.02
UTF16_ZERO_SHARE = 0.25
UTF16_STRAY_SHARE = 0.05  # the combining grave accent U+0300 also ends in a zero byte
# Capitals of VN1 stand on control codes, so these alone do not make a file binary.
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1a\x01\x02\x04\x05\x06\x11\x12\x13\x14\x15\x16\x17")
_PRINTED = bytes(code for code in range(256) if code >= ord(" ") or code in _TEXT_CONTROLS)
_GLUED_WORD = re.compile(r"[\xa1-\xbf\xd7\xf7]*[^\W\d_](?:[^\W\d_]|[\xa1-\xbf\xd7\xf7])*")  # with at least one letter
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_ONE_BYTE_RUN = re.compile("[\x80-\xff]+")
_MODERN = re.compile("[ĂăĐđƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")  # letters no one-byte font has


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hold decoded text (NFC), the code it was in, and Vietnamese warnings."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode_bytes(data: bytes, most: int = MOST_CHARACTERS) -> Decoded:
    """Decode text bytes: UTF-8, UTF-16, Windows-1258, TCVN3, VNI, or Western as a last resort.

    `most`: characters; of a longer text in an old code only the beginning is converted.
    Raises: UnrecognisedType, if the bytes are not text; DamagedFile, if a byte order mark is not kept to.
    """
    utf16 = _utf16_codec(data)
    if utf16:
        return _decode_utf16(data, utf16)
    if is_binary(data):
        raise UnrecognisedType(_("nội dung không phải văn bản"))
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(nfc(body.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return _decode_eight_bit(body[: _MOST_BYTES_A_LETTER * most])


def repair_old_font(text: str) -> Decoded:
    """Convert the lines of a Unicode text that were typed in TCVN3, VNI or misread Windows-1258; leave the others.

    `encoding` of the result is the old code, or "unicode" when nothing was converted.
    """
    lines = text.split("\n")
    foreign = [index for index, line in enumerate(lines) if not line.isascii() and not _MODERN.search(line)]
    suspicious = [index for index in foreign if _share_as_it_stands(lines[index]) < GOOD_SHARE]
    sample = "\n".join(lines[index] for index in suspicious)[:SAMPLE]
    code, share = _best_code(as_places(sample)) if sample else ("", 0.0)
    if share < CERTAIN_SHARE or share < _share_as_it_stands(sample) + CLEAR_GAIN:
        return Decoded(nfc(text), UNICODE)
    doubtful_too = 2 * len(suspicious) >= len(foreign)
    for index in foreign if doubtful_too else suspicious:
        converted = nfc(_CONVERTERS[code](as_places(lines[index])))
        before, after = _share_as_it_stands(lines[index]), _share_as_it_stands(converted)
        if after > before or after == before >= GOOD_SHARE:
            lines[index] = converted
    return Decoded(nfc("\n".join(lines)), code, (_converted_warning(code),))


def is_binary(data: bytes) -> bool:
    """Say whether bytes hold too many control codes to be text in an eight-bit code."""
    sample = data[:SAMPLE]
    controls = len(sample.translate(None, _PRINTED))
    return b"\x00" in sample or controls > CONTROL_SHARE * len(sample)


def _utf16_codec(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:SAMPLE]
    even, odd = sample[0::2], sample[1::2]
    if len(data) % 2 or not odd:
        return None
    even_zeros, odd_zeros = even.count(0) / len(even), odd.count(0) / len(odd)
    if odd_zeros > UTF16_ZERO_SHARE and even_zeros < UTF16_STRAY_SHARE:
        return "utf-16-le"
    if even_zeros > UTF16_ZERO_SHARE and odd_zeros < UTF16_STRAY_SHARE:
        return "utf-16-be"
    return None


def _decode_utf16(data: bytes, codec: str) -> Decoded:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        raise DamagedFile(_("văn bản UTF-16 bị hỏng hoặc bị cắt giữa chừng")) from None
    if len(_CONTROLS.findall(text[:SAMPLE])) > CONTROL_SHARE * len(text[:SAMPLE]):
        raise UnrecognisedType(_("nội dung không phải văn bản"))
    return Decoded(nfc(text), "utf-16")


def _from_1258(places: str) -> str:
    return _ONE_BYTE_RUN.sub(lambda run: run[0].encode("latin-1").decode("cp1258", errors="replace"), places)


_CONVERTERS: dict[str, Callable[[str], str]] = {
    "windows-1258": _from_1258,
    "tcvn3": convert_tcvn3,
    "vni": convert_vni,
}


def _best_code(places: str) -> tuple[str, float]:
    """Return the old code under which a text has the largest share of well-shaped syllables, and that share."""
    shares = {code: _share_as_it_stands(nfc(convert(places))) for code, convert in _CONVERTERS.items()}
    best = max(shares, key=lambda code: shares[code])
    return best, shares[best]


def _share_as_it_stands(line: str) -> float:
    """Return the share of well-shaped syllables if the text is Unicode; a sign inside a word spoils it."""
    words = [word.strip("«»") for word in _GLUED_WORD.findall(nfc(line)) if not word.isascii()]
    return sum(map(is_syllable, filter(None, words))) / len(words) if words else 1.0


def _decode_eight_bit(data: bytes) -> Decoded:
    places = data.decode("latin-1")
    code, share = _best_code(places[:SAMPLE])
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    # A truncated UTF-8 file is still UTF-8; each marked letter of another code would be one broken place.
    if broken <= max(1, BROKEN_SHARE * len(lenient)) and valid_share(nfc(lenient))[0] >= share:
        return Decoded(
            nfc(lenient), "utf-8", (_("Văn bản UTF-8 có {broken} chỗ hỏng, thay bằng dấu “�”.").format(broken=broken),)
        )
    if share >= GOOD_SHARE:
        return Decoded(nfc(_CONVERTERS[code](places)), code, (_converted_warning(code),))
    western = data.decode("cp1252", errors="replace")
    return Decoded(nfc(western), "windows-1252", (_("Không rõ bảng mã của văn bản: đã đọc theo Windows-1252."),))


def _converted_warning(code: str) -> str:
    return _(
        "Văn bản viết bằng bảng mã {code_names}, đã chuyển sang Unicode; đối chiếu lại các chữ hoa có dấu."
    ).format(code_names=CODE_NAMES[code])
