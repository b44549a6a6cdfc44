"""The lines that a document's properties say: where a mark of State secrecy may stand that no page shows."""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO

# Word, Excel and PowerPoint keep them in docProps; OpenDocument keeps them in meta.xml.
_PART = re.compile(r"docProps/[^/]+\.xml|meta\.xml")
# Every repetition is bounded: markup built to be searched for ever costs its length, no more.
_NAMED = re.compile(
    r"<(?:\w{1,40}:)?(?:property|user-defined)\b[^<>]{0,300}?\bname=\"([^\"<>]{0,300})\"[^<>]{0,300}>"
    r"(?:\s{0,9}<[^<>]{0,200}>)?([^<>]{0,4000})<"
)
_VALUE = re.compile(r">([^<>]{1,4000})<")
_SIGNS_BETWEEN = re.compile(r"[;,]")
_PACKET, _PACKET_END = b"<x:xmpmeta", b"</x:xmpmeta>"
_MOST_PACKETS = 20
_MOST_BYTES = 1_000_000


def property_lines(archive: bytes) -> list[str]:
    """Return the values in the properties of an archive that was checked, and named ones as «name: value»."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        parts = [opened.read(name) for name in opened.namelist() if _PART.fullmatch(name)]
    return [line for part in parts for line in markup_lines(part)]


def packet_lines(data: bytes) -> list[str]:
    """Return the values of the XMP packets that stand in the bytes of a PDF or a picture."""
    lines: list[str] = []
    start = data.find(_PACKET)
    for _ in range(_MOST_PACKETS):
        end = data.find(_PACKET_END, start)
        if start < 0 or end < 0:
            break
        lines.extend(markup_lines(data[start:end] + b"<"))
        start = data.find(_PACKET, end)
    return lines


def markup_lines(part: bytes) -> list[str]:
    """Return the values that stand between the tags of a part, each whole and divided at its commas."""
    return list(_lines(_decoded(part[:_MOST_BYTES])))


def _lines(markup: str) -> Iterator[str]:
    for name, value in _NAMED.findall(markup):
        yield f"{unescape(name).strip()}: {unescape(value).strip()}"
    for value in _VALUE.findall(markup):
        said = unescape(value).strip()
        yield said
        if _SIGNS_BETWEEN.search(said):
            yield from (word.strip() for word in _SIGNS_BETWEEN.split(said))


def _decoded(part: bytes) -> str:
    wide = part.startswith((b"\xff\xfe", b"\xfe\xff"))
    return part.decode("utf-16" if wide else "utf-8", "replace")
