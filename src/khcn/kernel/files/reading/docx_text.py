"""Take the text out of a Word document: paragraphs and tables in order, and what stands in its margins."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.oxml.parser import parse_xml

from khcn.kernel.files.reading.archives import check_archive
from khcn.kernel.files.reading.confinement import Extracted, answer
from khcn.kernel.files.reading.errors import DamagedFile
from khcn.kernel.files.reading.limits import Limits
from khcn.kernel.files.reading.properties import markup_lines, property_lines
from khcn.language.words import words as _

_DROPPED = frozenset(
    {"pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "instrText", "delText", "del", "moveFrom", "Fallback"}
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_MARGIN_PARTS = ("/header", "/footer", "/comments")
_DRAWN_PARTS = re.compile(r"word/(?:charts|diagrams|drawings)/[^/]+\.xml$")
_NOTE_PARTS = ("/footnotes", "/endnotes")


def extract_docx(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a Word document, notes at the end; headers, footers, properties go to `margins`.

    Text boxes stand before the paragraph they are anchored to; deleted text is left out, inserted text is kept.
    Raises: DangerousFile; EncryptedFile; DamagedFile.
    """
    names = check_archive(data, limits)
    try:
        document = docx.Document(BytesIO(data))
        body = _lines(document.element.body)
        margins = [*property_lines(data), *_part_lines(document, _MARGIN_PARTS), *_drawn_lines(data, names)]
        notes = _part_lines(document, _NOTE_PARTS)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a broken file makes the parsers fail in countless ways; all mean the same
        raise DamagedFile(_("cấu trúc tệp Word bị hỏng")) from None
    embedded = sum(name.startswith("word/embeddings/") for name in names)
    warning = _("Tệp có {embedded} đối tượng nhúng (bảng tính, tệp đính kèm) chưa được đọc.").format(embedded=embedded)
    return Extracted(
        text="\n".join([*body, *notes])[: limits.max_characters],
        margins="\n".join(margins)[: limits.max_characters],
        warnings=(warning,) if embedded else (),
    )


def _drawn_lines(data: bytes, names: list[str]) -> list[str]:
    """Return the words of charts and diagrams, which Word keeps in parts of their own."""
    with ZipFile(BytesIO(data)) as archive:
        parts = [archive.read(name) for name in names if _DRAWN_PARTS.match(name)]
    return [line for part in parts for line in markup_lines(part)]


def _part_lines(document: Any, kinds: tuple[str, ...]) -> list[str]:
    parts = [relation.target_part for relation in document.part.rels.values() if relation.reltype.endswith(kinds)]
    return [line for part in parts for line in _lines(parse_xml(part.blob))]


def _lines(root: Any) -> list[str]:
    """Return the lines of a tree: one for each paragraph, one for each table row of one-line cells."""
    gathering = _Gathering()
    for element, entering in _walk(root):
        gathering.take(element, entering=entering)
    return gathering.lines


def _walk(root: Any) -> Iterator[tuple[Any, bool]]:
    """Yield each element on entering and on leaving, without recursion and without the dropped branches."""
    pending = [(root, True)]
    while pending:
        element, entering = pending.pop()
        if not entering:
            yield element, False
        elif isinstance(element.tag, str) and _name(element) not in _DROPPED:
            yield element, True
            pending.append((element, False))
            pending.extend((child, True) for child in reversed(element))


class _Gathering:
    """Gather text into paragraphs, paragraphs into cells, cells into rows; each may stand inside another."""

    def __init__(self) -> None:
        self._sinks: list[list[str]] = [[]]
        self._paragraphs: list[list[str]] = []
        self._rows: list[list[list[str]]] = []

    @property
    def lines(self) -> list[str]:
        return self._sinks[0]

    def take(self, element: Any, *, entering: bool) -> None:
        name = _name(element)
        if name in {"p", "tc", "tr"}:
            (self._open if entering else self._close)(name)
        elif entering and name == "textpath":
            self._sinks[-1].append(element.get("string", ""))
        elif entering and self._paragraphs:
            self._paragraphs[-1].append(_SIGNS.get(name) or ((element.text or "") if name == "t" else ""))

    def _open(self, name: str) -> None:
        if name == "p":
            self._paragraphs.append([])
        elif name == "tc":
            self._sinks.append([])
        else:
            self._rows.append([])

    def _close(self, name: str) -> None:
        if name == "p":
            self._sinks[-1].extend("".join(self._paragraphs.pop()).split("\n"))
        elif name == "tc":
            cell = self._sinks.pop()
            self._rows[-1].append(cell) if self._rows else self._sinks[-1].extend(cell)
        else:
            self._sinks[-1].extend(_row_lines(self._rows.pop()))


def _row_lines(cells: list[list[str]]) -> list[str]:
    """Return one tabbed line when every cell has one line, else the lines cell after cell (a letterhead)."""
    filled = [[line for line in cell if line.strip()] for cell in cells]
    if all(len(cell) <= 1 for cell in filled):
        return ["\t".join(cell[0] if cell else "" for cell in filled)]
    return [line for cell in filled for line in cell]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


if __name__ == "__main__":
    answer(extract_docx)
