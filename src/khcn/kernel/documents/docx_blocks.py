"""Turn the blocks of a document into the elements of a Word text."""

import io
from collections.abc import Iterable

import segno
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart
from docx.shared import Mm

from khcn.kernel.documents import docx_xml, wording
from khcn.kernel.documents.docx_xml import CellPlan, Face, Shape
from khcn.kernel.documents.layout import Layout
from khcn.kernel.documents.model import (
    Align,
    Block,
    Blocks,
    BulletList,
    Cell,
    Column,
    Heading,
    Inline,
    KeyFigure,
    KeyFigures,
    LineBreak,
    Link,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    QrCode,
    Row,
    Runs,
    Table,
)

PIXELS_PER_MODULE = 8
BOLD_HEADINGS = 3
FIRST_ITALIC_HEADING = 3


class BlockWriter:
    """Write blocks for one Word file: addresses and pictures become parts of that file."""

    def __init__(self, part: DocumentPart, layout: Layout) -> None:
        self._part = part
        self._layout = layout
        self._addresses: dict[str, str] = {}

    def write(self, blocks: Blocks, width: float) -> list[BaseOxmlElement]:
        """Return the elements of the blocks, set in a column `width` points wide."""
        made: list[BaseOxmlElement] = []
        for block, leads in zip(blocks, wording.leads_into_table(blocks), strict=True):
            made += self._block(block, width)
            if leads:
                docx_xml.keep_with_next(made[-1])
        return made

    def runs(self, runs: Runs, face: Face) -> list[BaseOxmlElement]:
        """Return the elements of inline runs; `face` gives the size and what is already bold or italic."""
        return [self._run(run, face) for run in runs]

    def write_body(self, blocks: Blocks, width: float) -> list[BaseOxmlElement]:
        """Return the elements of the body; its last paragraph stays with the signature, which never stands alone."""
        made = self.write(blocks, width)
        if made and made[-1].tag == qn("w:p"):
            docx_xml.keep_with_next(made[-1])
        return made

    def body_paragraph(self, content: Iterable[BaseOxmlElement], *, indent: bool = True) -> BaseOxmlElement:
        """Return a paragraph of the body: justified, first line set in."""
        first = self._layout.number("first_line") * docx_xml.POINTS_PER_MM if indent else 0
        return docx_xml.paragraph(content, self._body_shape(first_line=first))

    def code(self, code: QrCode) -> list[BaseOxmlElement]:
        """Return a code and the words below it, as paragraphs."""
        caption = docx_xml.text_run(wording.printable(code.caption), Face(self._layout.number("note_size")))
        return [docx_xml.paragraph((self._picture(code),)), docx_xml.paragraph((caption,))]

    def _body_shape(self, *, align: Align = Align.JUSTIFY, first_line: float = 0, style: str = "") -> Shape:
        return Shape(
            align=align,
            style=style,
            first_line=first_line,
            after=self._layout.number("paragraph_after"),
            line=self._layout.number("line_spacing"),
            keep_next=bool(style),
        )

    def _block(self, block: Block, width: float) -> list[BaseOxmlElement]:
        match block:
            case Heading():
                return [self._heading(block)]
            case Paragraph():
                return [self._paragraph(block)]
            case NumberedList() | BulletList():
                return [self.body_paragraph(self.runs(item, Face())) for item in wording.marked_items(block)]
            case Table():
                return self._table(block, width)
            case PageBreak():
                return [docx_xml.paragraph((docx_xml.page_break(),))]
            case Note():
                face = Face(self._layout.number("note_size"), italic=True)
                return [self.body_paragraph((docx_xml.text_run(wording.printable(block.text), face),))]
            case KeyFigures():
                return self._figures(block, width)
            case QrCode():
                return self.code(block)

    def _heading(self, heading: Heading) -> BaseOxmlElement:
        face = Face(
            self._layout.number(f"heading{heading.level}_size"),
            bold=heading.level <= BOLD_HEADINGS,
            italic=heading.level >= FIRST_ITALIC_HEADING,
        )
        first = self._layout.number("first_line") * docx_xml.POINTS_PER_MM
        shape = self._body_shape(first_line=first, style=f"Heading{heading.level}")
        return docx_xml.paragraph((docx_xml.text_run(wording.printable(heading.text), face),), shape)

    def _paragraph(self, block: Paragraph) -> BaseOxmlElement:
        content = self.runs(block.runs, Face())
        if block.align is Align.JUSTIFY:
            return self.body_paragraph(content, indent=block.indent)
        return docx_xml.paragraph(content, self._body_shape(align=block.align))

    def _run(self, run: Inline, face: Face) -> BaseOxmlElement:
        if isinstance(run, LineBreak):
            return docx_xml.line_break()
        address = wording.safe_address(run.url) if isinstance(run, Link) else None
        look = Face(face.size, bold=run.bold or face.bold, italic=run.italic or face.italic, linked=address is not None)
        made = docx_xml.text_run(wording.printable(run.text), look)
        return made if address is None else self._linked(made, address)

    def _linked(self, run: BaseOxmlElement, address: str) -> BaseOxmlElement:
        if address not in self._addresses:
            self._addresses[address] = self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made = docx_xml.element("hyperlink", run)
        made.set(docx_xml.RELATION_ID, self._addresses[address])
        return made

    def _picture(self, code: QrCode) -> BaseOxmlElement:
        drawing = io.BytesIO()
        symbol = segno.make(wording.code_text(code), error="m", micro=False)
        symbol.save(drawing, kind="png", border=2, scale=PIXELS_PER_MODULE)
        drawing.seek(0)
        inline = self._part.new_pic_inline(drawing, width=Mm(self._layout.number("qr_size")))
        inline.docPr.set("descr", wording.printable(code.caption))
        return docx_xml.element("r", docx_xml.element("drawing", inline))

    def _figures(self, block: KeyFigures, width: float) -> list[BaseOxmlElement]:
        if not block.figures:
            return []
        across = min(len(block.figures), int(self._layout.number("figures_per_row")))
        each = width / across
        lines = [block.figures[start : start + across] for start in range(0, len(block.figures), across)]
        rows = [
            docx_xml.row(docx_xml.cell(CellPlan(self._figure(figure), each)) for figure in line)
            if len(line) == across
            else docx_xml.row(
                [
                    *(docx_xml.cell(CellPlan(self._figure(figure), each)) for figure in line),
                    docx_xml.cell(CellPlan((), each * (across - len(line)), span=across - len(line))),
                ]
            )
            for line in lines
        ]
        return [docx_xml.table(rows, [each] * across, bordered=False), self._gap()]

    def _figure(self, figure: KeyFigure) -> list[BaseOxmlElement]:
        small = Face(self._layout.number("note_size"))
        value = (Link(figure.value, figure.url, bold=True),)
        first = self.runs(value, Face(self._layout.number("figure_size")))
        if figure.unit:
            first.append(docx_xml.text_run(f" {wording.printable(figure.unit)}", small))
        centred = Shape(align=Align.CENTER)
        label = docx_xml.text_run(wording.printable(figure.label), small)
        return [docx_xml.paragraph(first, centred), docx_xml.paragraph((label,), centred)]

    def _gap(self) -> BaseOxmlElement:
        return docx_xml.paragraph((), Shape(exact_line=self._layout.number("block_gap")))

    def _table(self, table: Table, width: float) -> list[BaseOxmlElement]:
        total = sum(column.width for column in table.columns)
        widths = [width * column.width / total for column in table.columns]
        padding = self._layout.number("table_padding")
        rows = [*self._heading_rows(table, widths), *(self._row(row, table.columns, widths) for row in table.rows)]
        made = docx_xml.table(rows, widths, bordered=True, padding=(padding, padding * 1.3))
        return [*self._above(table), made, *self._below(table)]

    def _above(self, table: Table) -> list[BaseOxmlElement]:
        caption = Face(self._layout.number("body_size"), bold=True)
        unit = Face(self._layout.number("table_size"), italic=True)
        lines = ((table.caption, caption, Align.CENTER), (table.unit, unit, Align.RIGHT))
        return [
            docx_xml.paragraph(
                (docx_xml.text_run(wording.printable(text), face),),
                Shape(align=align, before=3, after=3, keep_next=True),
            )
            for text, face, align in lines
            if text
        ]

    def _below(self, table: Table) -> list[BaseOxmlElement]:
        # Word joins two tables that touch: a paragraph always stands between.
        if not table.source:
            return [self._gap()]
        face = Face(self._layout.number("note_size"), italic=True)
        shape = Shape(before=3, after=self._layout.number("paragraph_after"))
        return [docx_xml.paragraph((docx_xml.text_run(wording.printable(table.source), face),), shape)]

    def _heading_rows(self, table: Table, widths: list[float]) -> list[BaseOxmlElement]:
        if not table.groups:
            cells = [self._title(column.title, width) for column, width in zip(table.columns, widths, strict=True)]
            return [docx_xml.row(cells, heading=True)]
        upper: list[BaseOxmlElement] = []
        lower: list[BaseOxmlElement] = []
        at = 0
        for group in table.groups:
            members = list(zip(table.columns, widths, strict=True))[at : at + group.span]
            at += group.span
            if group.title:
                upper.append(self._title(group.title, sum(width for _, width in members), span=group.span))
                lower.extend(self._title(column.title, width) for column, width in members)
            else:
                upper.extend(self._title(column.title, width, merge="restart") for column, width in members)
                lower.extend(docx_xml.cell(CellPlan((), width, merge="continue")) for _, width in members)
        return [docx_xml.row(upper, heading=True), docx_xml.row(lower, heading=True)]

    def _title(self, title: str, width: float, *, span: int = 1, merge: str = "") -> BaseOxmlElement:
        face = Face(self._layout.number("table_size"), bold=True)
        content = docx_xml.paragraph((docx_xml.text_run(wording.printable(title), face),), Shape(align=Align.CENTER))
        return docx_xml.cell(CellPlan((content,), width, span=span, merge=merge, middle=True))

    def _row(self, row: Row, columns: tuple[Column, ...], widths: list[float]) -> BaseOxmlElement:
        made, at = [], 0
        for cell in row.cells:
            width = sum(widths[at : at + cell.span])
            made.append(self._cell(cell, columns[at].align, width, emphasised=row.emphasised))
            at += cell.span
        return docx_xml.row(made)

    def _cell(self, cell: Cell, align: Align, width: float, *, emphasised: bool) -> BaseOxmlElement:
        chosen = cell.align or align
        # A part's title does not stay behind at the foot of a page.
        shape = Shape(align=Align.LEFT if chosen is Align.JUSTIFY else chosen, keep_next=emphasised)
        face = Face(self._layout.number("table_size"), bold=emphasised)
        content = docx_xml.paragraph(self.runs(cell.runs, face), shape)
        return docx_xml.cell(CellPlan((content,), width, span=cell.span))
