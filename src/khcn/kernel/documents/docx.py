"""Print an official document as a Word file that Word, LibreOffice and the document system open alike."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from khcn.kernel.documents import docx_xml, wording
from khcn.kernel.documents.docx_blocks import BlockWriter
from khcn.kernel.documents.docx_frame import FrameWriter
from khcn.kernel.documents.docx_xml import POINTS_PER_MM, Face, Shape, element, twips
from khcn.kernel.documents.layout import Layout, layout_for
from khcn.kernel.documents.model import Align, OfficialDocument, Orientation

LANGUAGE: Final = "vi-VN"
STYLES_WITH_FACES: Final = ("Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4")
EARLIEST_ZIP_YEAR: Final = 1980


def to_docx(document: OfficialDocument) -> bytes:
    """Return the document as a Word file: the same bytes for the same document."""
    word = Document()
    layout = layout_for(document.style)
    _set_styles(word, layout)
    _set_properties(word, document)
    header_id = _page_number_header(word, layout)
    sheets = _sheets(word, document, layout)
    body = word.element.body
    for leftover in list(body):
        body.remove(leftover)
    for number, (content, orientation) in enumerate(sheets, start=1):
        body.extend(content)
        section = _section(layout, orientation, header_id)
        _close_sheet(body, section, is_last=number == len(sheets))
    packed = io.BytesIO()
    word.save(packed)
    return _repacked(packed.getvalue(), document.metadata.produced_at)


def _sheets(
    word: WordDocument, document: OfficialDocument, layout: Layout
) -> list[tuple[list[BaseOxmlElement], Orientation]]:
    blocks = BlockWriter(word.part, layout)
    frame = FrameWriter(document, blocks)
    width = _text_width(layout, document.orientation)
    body, code = wording.body_and_code(document)
    sheets = [([*frame.head(width), *blocks.write_body(body, width), *frame.foot(width, code)], document.orientation)]
    for appendix in document.appendices:
        written = blocks.write(appendix.blocks, _text_width(layout, appendix.orientation))
        sheets.append(([*frame.appendix_head(appendix), *written], appendix.orientation))
    return sheets


def _sides(layout: Layout, orientation: Orientation) -> tuple[float, float]:
    width, height = layout.number("paper_width"), layout.number("paper_height")
    return (height, width) if orientation is Orientation.LANDSCAPE else (width, height)


def _text_width(layout: Layout, orientation: Orientation) -> float:
    across = _sides(layout, orientation)[0] - layout.number("margin_left") - layout.number("margin_right")
    return across * POINTS_PER_MM


def _section(layout: Layout, orientation: Orientation, header_id: str) -> BaseOxmlElement:
    width, height = (twips(side * POINTS_PER_MM) for side in _sides(layout, orientation))
    margins = {
        side: twips(layout.number(f"margin_{side}") * POINTS_PER_MM) for side in ("top", "right", "bottom", "left")
    }
    header = element("headerReference", type="default")
    header.set(docx_xml.RELATION_ID, header_id)
    section = element("sectPr", header, element("type", val="nextPage"))
    section.append(element("pgSz", w=width, h=height, orient=orientation.value))
    from_edge = twips(layout.number("page_number_top") * POINTS_PER_MM)
    section.append(element("pgMar", **margins, header=from_edge, footer=margins["bottom"], gutter="0"))
    if layout.number("appendix_restart"):
        section.append(element("pgNumType", start="1"))
    # A page of its own kind comes first, and has no header: so the first page shows no number.
    section.append(element("titlePg"))
    return section


def _close_sheet(body: BaseOxmlElement, section: BaseOxmlElement, *, is_last: bool) -> None:
    if not len(body) or body[-1].tag == qn("w:tbl"):
        body.append(docx_xml.paragraph((), Shape(exact_line=1)))
    if is_last:
        body.append(section)
    else:
        body[-1].find(qn("w:pPr")).append(section)


def _page_number_header(word: WordDocument, layout: Layout) -> str:
    header = word.sections[0].header
    header.is_linked_to_previous = False
    for leftover in list(header._element):  # noqa: SLF001 - python-docx has no way to empty a header
        header._element.remove(leftover)  # noqa: SLF001
    field = docx_xml.page_number_field(Face(layout.number("page_number_size")))
    header._element.append(docx_xml.paragraph(field, Shape(align=Align.CENTER)))  # noqa: SLF001
    return str(word.part.relate_to(header.part, RELATIONSHIP_TYPE.HEADER))


def _set_styles(word: WordDocument, layout: Layout) -> None:
    for theme_language in word.settings.element.findall(qn("w:themeFontLang")):
        for attribute in list(theme_language.attrib):
            theme_language.set(attribute, LANGUAGE)
    root = word.styles.element
    defaults = root.find(qn("w:docDefaults"))
    for leftover in list(defaults):
        defaults.remove(leftover)
    defaults.append(element("rPrDefault", _face_properties(layout, "body_size")))
    defaults.append(element("pPrDefault"))
    for name in STYLES_WITH_FACES:
        style = word.styles[name].element
        for leftover in (*style.findall(qn("w:rPr")), *style.findall(qn("w:pPr"))):
            style.remove(leftover)
        if name != "Normal":
            level = name[-1]
            style.append(element("pPr", element("keepNext"), element("outlineLvl", val=str(int(level) - 1))))
            style.append(_face_properties(layout, f"heading{level}_size"))


def _face_properties(layout: Layout, size_key: str) -> BaseOxmlElement:
    font = layout.text("word_font")
    half_points = str(round(layout.number(size_key) * 2))
    return element(
        "rPr",
        element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
        element("color", val="000000"),
        element("sz", val=half_points),
        element("szCs", val=half_points),
        element("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi=LANGUAGE),
    )


def _set_properties(word: WordDocument, document: OfficialDocument) -> None:
    metadata, properties = document.metadata, word.core_properties
    produced_at = metadata.produced_at.astimezone(UTC).replace(tzinfo=None)
    properties.title = wording.core_text(wording.file_title(document))
    properties.author = properties.last_modified_by = wording.core_text(metadata.author)
    properties.subject = wording.core_text(metadata.subject)
    properties.comments = properties.keywords = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = produced_at
    properties.revision = 1
    relations = word.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def _repacked(packed: bytes, produced_at: datetime) -> bytes:
    # The library stamps the archive's entries with the clock; here every entry carries the document's own instant.
    instant = produced_at.astimezone(UTC)
    stamp = (max(instant.year, EARLIEST_ZIP_YEAR), instant.month, instant.day, instant.hour, instant.minute, 0)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return made.getvalue()
