"""Write what surrounds the body in a Word file: masthead, title, addressees, legal grounds, recipients, signature."""

import math

from docx.oxml.xmlchemy import BaseOxmlElement

from khcn.kernel.documents import docx_xml, wording
from khcn.kernel.documents.docx_blocks import BlockWriter
from khcn.kernel.documents.docx_xml import CellPlan, Face, Shape
from khcn.kernel.documents.layout import layout_for
from khcn.kernel.documents.metrics import text_width
from khcn.kernel.documents.model import Align, Appendix, OfficialDocument, QrCode, Signature

CENTRED = Shape(align=Align.CENTER)


class FrameWriter:
    """Write the frame of one document; widths are points."""

    def __init__(self, document: OfficialDocument, blocks: BlockWriter) -> None:
        self._document = document
        self._blocks = blocks
        self._layout = layout_for(document.style)

    def head(self, width: float) -> list[BaseOxmlElement]:
        """Return everything above the body: the masthead, the title, the addressees, the legal grounds."""
        return [self._masthead(width), *self._title(width), *self._addressees(width), *self._legal_grounds()]

    def foot(self, width: float, code: QrCode | None) -> list[BaseOxmlElement]:
        """Return the recipients and the signature side by side, with a code between them if there is one.

        Where several parties sign, their signatures share the width.
        """
        if not (self._document.recipients or self._document.signature or code):
            return []
        if self._document.cosigners:
            signers = (*self._document.cosigners, self._document.signature)
            return self._side_by_side([(self._signature(one), width / len(signers)) for one in signers])
        right = width * self._layout.number("signature_column")
        middle = width * self._layout.number("code_column") if code else 0
        parts = [(self._recipients(), width - middle - right), (self._signature(self._document.signature), right)]
        if code:
            parts.insert(1, (self._blocks.code(code), middle))
        return self._side_by_side(parts)

    def _side_by_side(self, parts: list[tuple[list[BaseOxmlElement], float]]) -> list[BaseOxmlElement]:
        row = docx_xml.row((docx_xml.cell(CellPlan(content, share)) for content, share in parts), whole=True)
        table = docx_xml.table([row], [share for _, share in parts], bordered=False)
        return [docx_xml.paragraph((), Shape(exact_line=self._number("block_gap") / 2, keep_next=True)), table]

    def appendix_head(self, appendix: Appendix) -> list[BaseOxmlElement]:
        """Return the label, the title and the line that ties the appendix to its document."""
        attached = wording.attached_line(self._document, appendix)
        last = Shape(align=Align.CENTER, after=self._number("block_gap"))
        return [
            self._line(wording.printable(appendix.label), Face(self._number("appendix_label_size"), bold=True)),
            self._line(wording.upper(appendix.title), Face(self._number("appendix_title_size"), bold=True)),
            self._line(attached, Face(self._number("appendix_attached_size"), italic=True), last),
        ]

    def _number(self, key: str) -> float:
        return self._layout.number(key)

    def _line(self, text: str, face: Face, shape: Shape = CENTRED) -> BaseOxmlElement:
        return docx_xml.paragraph((docx_xml.text_run(text, face),), shape)

    def _masthead(self, width: float) -> BaseOxmlElement:
        left = width * self._number("left_column")
        widths = [left, width - left]
        contents = (
            (self._agency(left), self._nation(widths[1])),
            (self._numbering(left), [self._place_and_date()]),
        )
        rows = [
            docx_xml.row(docx_xml.cell(CellPlan(content, share)) for content, share in zip(line, widths, strict=True))
            for line in contents
        ]
        return docx_xml.table(rows, widths, bordered=False)

    def _agency(self, space: float) -> list[BaseOxmlElement]:
        size, agency = self._number("agency_size"), wording.upper(self._document.agency)
        natural = text_width(agency, size, bold=True)
        taken = self._balanced(natural, space)
        shape = self._balanced_shape(taken, space, size) if natural > space else CENTRED
        own = [self._line(agency, Face(size, bold=True), shape), self._agency_mark(natural, space)]
        parent = wording.upper(self._document.parent_agency)
        if not parent:
            return own
        parent_size = self._number("parent_agency_size")
        taken = self._balanced(text_width(parent, parent_size), space)
        return [self._line(parent, Face(parent_size), self._balanced_shape(taken, space, parent_size)), *own]

    def _agency_mark(self, natural: float, space: float) -> BaseOxmlElement:
        if mark := self._layout.text("agency_mark_text"):
            return self._line(mark, Face(self._number("agency_mark_size")))
        return docx_xml.rule(min(natural, space) * self._number("agency_line"), space)

    def _nation(self, space: float) -> list[BaseOxmlElement]:
        # The line below is as long as the text above it: the motto, or the heading where there is no motto.
        lines = [(self._layout.text(f"{part}_text"), self._number(f"{part}_size")) for part in ("nation", "motto")]
        shown = [(text, size) for text, size in lines if text]
        last, size = shown[-1]
        return [
            *(self._line(text, Face(each, bold=True)) for text, each in shown),
            docx_xml.rule(text_width(last, size, bold=True), space),
        ]

    def _numbering(self, space: float) -> list[BaseOxmlElement]:
        before = Shape(align=Align.CENTER, before=self._number("paragraph_after"))
        lines = [self._line(wording.number_line(self._document), Face(self._number("number_size")), before)]
        if about := wording.letter_subject(self._document):
            shape = Shape(align=Align.CENTER, before=self._number("letter_subject_before"))
            face = Face(self._number("letter_subject_size"), italic=bool(self._number("letter_subject_italic")))
            lines.append(self._line(about, face, shape))
        if self._document.draft_mark:
            lines.append(self._draft(space))
        return lines

    def _draft(self, space: float) -> BaseOxmlElement:
        size, words = self._number("draft_size"), self._layout.text("draft_text")
        sides = max(0.0, (space - text_width(words, size, bold=True)) / 2 - size / 2)
        shape = Shape(align=Align.CENTER, before=4, indent_sides=sides, boxed=True)
        return self._line(words, Face(size, bold=True), shape)

    def _place_and_date(self) -> BaseOxmlElement:
        shape = Shape(align=Align.CENTER, before=self._number("paragraph_after"))
        return self._line(
            wording.place_date_line(self._document), Face(self._number("place_date_size"), italic=True), shape
        )

    def _title(self, width: float) -> list[BaseOxmlElement]:
        if not self._document.kind:
            return []
        gap, size = self._number("block_gap"), self._number("subject_size")
        subject = wording.printable(self._document.subject)
        space = self._balanced(text_width(subject, size, bold=True), width)
        return [
            self._line(
                wording.upper(self._document.kind),
                Face(self._number("kind_size"), bold=True),
                Shape(align=Align.CENTER, before=gap * 1.5),
            ),
            self._line(subject, Face(size, bold=True), self._balanced_shape(space, width, size)),
            docx_xml.rule(space * self._number("subject_line"), width),
            docx_xml.paragraph((), Shape(exact_line=gap)),
        ]

    def _balanced(self, natural: float, width: float) -> float:
        # Lines of about equal length look composed; Word itself would leave a last word alone.
        if natural <= width:
            return natural
        return min(width, natural / math.ceil(natural / width) * (1 + self._number("balance_slack")))

    def _balanced_shape(self, space: float, width: float, size: float) -> Shape:
        # One letter of slack on each side: Word's own justification must not break a line that fits.
        return Shape(align=Align.CENTER, indent_sides=max(0.0, (width - space) / 2 - size))

    def _addressees(self, width: float) -> list[BaseOxmlElement]:
        named = wording.listed(self._document.addressees)
        if not named:
            return []
        face, word = Face(self._number("addressee_size")), self._layout.text("addressee_text")
        if len(named) == 1:
            shape = Shape(align=Align.CENTER, before=self._number("block_gap"), after=self._number("block_gap"))
            return [self._line(f"{word} {wording.printable(self._document.addressees[0])}", face, shape)]
        # The names hang in a column of their own, the whole centred on the page like the single addressee.
        left = text_width(word, face.size) + face.size
        right = min(max(text_width(line, face.size) for line in named) + face.size, width - left)
        names = [self._line(line, face, Shape()) for line in named]
        cells = (CellPlan((self._line(word, face, Shape()),), left), CellPlan(names, right))
        table = docx_xml.table([docx_xml.row(map(docx_xml.cell, cells))], [left, right], bordered=False)
        return [table, docx_xml.paragraph((), Shape(exact_line=self._number("block_gap")))]

    def _legal_grounds(self) -> list[BaseOxmlElement]:
        face = Face(italic=True)
        lines = wording.listed(self._document.legal_grounds, dash="")
        return [self._blocks.body_paragraph((docx_xml.text_run(line, face),)) for line in lines]

    def _recipients(self) -> list[BaseOxmlElement]:
        lines = wording.listed(self._document.recipients)
        if not lines:
            return []
        word = Face(
            self._number("recipients_word_size"),
            bold=bool(self._number("recipients_word_bold")),
            italic=bool(self._number("recipients_word_italic")),
            underlined=bool(self._number("recipients_word_underlined")),
        )
        face = Face(self._number("recipients_size"))
        return [
            self._line(self._layout.text("recipients_text"), word, Shape(keep_next=True)),
            *(self._line(line, face, Shape(keep_next=True)) for line in lines),
        ]

    def _signature(self, signature: Signature | None) -> list[BaseOxmlElement]:
        if signature is None:
            return []
        size, position_bold = self._number("signer_size"), bool(self._number("position_bold"))
        together = Shape(align=Align.CENTER, keep_next=True)
        titles = [(signature.authority, Face(size, bold=True)), (signature.position, Face(size, bold=position_bold))]
        name = Face(self._number("signer_name_size"), bold=True)
        return [
            *(self._line(wording.upper(line), face, together) for line, face in titles if line),
            docx_xml.paragraph((), Shape(exact_line=self._number("signature_space"), keep_next=True)),
            self._line(wording.printable(signature.name or ""), name),
        ]
