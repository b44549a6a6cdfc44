"""Lay a document out as plain data for the PDF template: resolved lines, blocks as dictionaries, no markup anywhere.

The template only places what it is given; every wording is decided here or in `wording`.
"""

import io
from collections.abc import Callable
from typing import Any, Final

import segno

from khcn.kernel.documents import wording
from khcn.kernel.documents.layout import layout_for
from khcn.kernel.documents.model import (
    Align,
    Appendix,
    Block,
    Blocks,
    BulletList,
    Heading,
    Inline,
    KeyFigures,
    LineBreak,
    Link,
    Note,
    NumberedList,
    OfficialDocument,
    Orientation,
    PageBreak,
    Paragraph,
    QrCode,
    Runs,
    Signature,
    Table,
)

BREAK_HERE: Final = "\u200b"
LONGEST_WORD: Final = 24
BREAK_EVERY: Final = 8
SHORT_PARAGRAPH: Final = 500

Plan = dict[str, Any]
Filter = Callable[[str], str]


class Planner:
    """Turn one document into the data of the template; `keep` filters each text before it is broken into lines."""

    def __init__(self, keep: Filter = str) -> None:
        self._keep = keep

    def plan(self, document: OfficialDocument) -> Plan:
        """Return the whole document: layout values, header lines, body, foot, appendices."""
        body, code = wording.body_and_code(document)
        return {
            "layout": layout_for(document.style).values(),
            "metadata": self._metadata(document),
            "flipped": document.orientation is Orientation.LANDSCAPE,
            "parent_agency": self._capitals(document.parent_agency),
            "agency": self._capitals(document.agency),
            "number_line": self._line(wording.number_line(document)),
            "place_date_line": self._line(wording.place_date_line(document)),
            "draft": document.draft_mark,
            "kind": self._capitals(document.kind),
            "subject": self._line(document.subject) if document.kind else "",
            "letter_subject": self._line(wording.letter_subject(document)),
            "addressees": self._addressees(document),
            "legal_grounds": [self._line(line) for line in wording.listed(document.legal_grounds, dash="")],
            "blocks": self._closing(self._blocks(body)),
            "code": self._display(code) if code else None,
            "recipients": [self._line(line) for line in wording.listed(document.recipients)],
            "signature": self._signature(document.signature),
            "cosigners": [self._signature(one) for one in document.cosigners],
            "appendices": [self._appendix(document, appendix) for appendix in document.appendices],
        }

    def _line(self, text: str) -> str:
        return breakable(self._keep(wording.printable(text)))

    def _capitals(self, text: str) -> str:
        return breakable(self._keep(wording.upper(text)))

    def _metadata(self, document: OfficialDocument) -> Plan:
        metadata = document.metadata
        return {
            "title": wording.file_title(document),
            "author": wording.printable(metadata.author),
            "subject": wording.printable(metadata.subject),
        }

    def _addressees(self, document: OfficialDocument) -> list[str]:
        named = wording.listed(document.addressees)
        if len(named) == 1:
            return [self._line(document.addressees[0])]
        return [self._line(line) for line in named]

    def _signature(self, signature: Signature | None) -> Plan | None:
        if signature is None:
            return None
        return {
            "authority": self._capitals(signature.authority),
            "position": self._capitals(signature.position),
            "name": self._line(signature.name or ""),
        }

    def _appendix(self, document: OfficialDocument, appendix: Appendix) -> Plan:
        return {
            "label": self._line(appendix.label),
            "title": self._capitals(appendix.title),
            "attached": self._line(wording.attached_line(document, appendix)),
            "flipped": appendix.orientation is Orientation.LANDSCAPE,
            "blocks": self._blocks(appendix.blocks),
        }

    def _blocks(self, blocks: Blocks) -> list[Plan]:
        leads = wording.leads_into_table(blocks)
        return [
            {**self._block(block), "sticky": True} if leading else self._block(block)
            for block, leading in zip(blocks, leads, strict=True)
        ]

    def _closing(self, blocks: list[Plan]) -> list[Plan]:
        # A signature never stands alone on a page: a short last paragraph goes over with it.
        last = blocks[-1] if blocks else {}
        if last.get("kind") == "paragraph" and sum(len(run.get("text", "")) for run in last["runs"]) <= SHORT_PARAGRAPH:
            return [*blocks[:-1], {**last, "sticky": True}]
        return blocks

    def _block(self, block: Block) -> Plan:
        match block:
            case Heading():
                return {"kind": "heading", "level": block.level, "text": self._line(block.text)}
            case Paragraph():
                return {
                    "kind": "paragraph",
                    "runs": self._runs(block.runs),
                    "align": block.align,
                    "indent": block.indent,
                }
            case NumberedList() | BulletList():
                return {"kind": "items", "items": [self._runs(item) for item in wording.marked_items(block)]}
            case Table():
                return self._table(block)
            case PageBreak():
                return {"kind": "page_break"}
            case Note():
                return {"kind": "note", "text": self._line(block.text)}
            case KeyFigures() | QrCode():
                return self._display(block)

    def _display(self, block: KeyFigures | QrCode) -> Plan:
        if isinstance(block, QrCode):
            return {"kind": "qr", "svg": qr_svg(wording.code_text(block)), "caption": self._line(block.caption)}
        figures = [
            {
                "label": self._line(figure.label),
                "value": self._line(figure.value),
                "unit": self._line(figure.unit),
                "url": wording.safe_address(figure.url) or "",
            }
            for figure in block.figures
        ]
        return {"kind": "figures", "figures": figures}

    def _table(self, table: Table) -> Plan:
        return {
            "kind": "table",
            "caption": self._line(table.caption),
            "unit": self._line(table.unit),
            "source": self._line(table.source),
            "columns": [
                {"title": self._line(column.title), "width": column.width, "align": _cell_align(column.align)}
                for column in table.columns
            ],
            "groups": [{"title": self._line(group.title), "span": group.span} for group in table.groups],
            "rows": [
                {
                    "emphasised": row.emphasised,
                    "cells": [
                        {
                            "runs": self._runs(cell.runs),
                            "span": cell.span,
                            "align": _cell_align(cell.align) if cell.align else "",
                        }
                        for cell in row.cells
                    ],
                }
                for row in table.rows
            ],
        }

    def _runs(self, runs: Runs) -> list[Plan]:
        return [self._run(run) for run in runs]

    def _run(self, run: Inline) -> Plan:
        if isinstance(run, LineBreak):
            return {"break": True}
        plan: Plan = {"text": self._line(run.text), "bold": run.bold, "italic": run.italic}
        if isinstance(run, Link):
            plan["url"] = wording.safe_address(run.url) or ""
        return plan


def breakable(text: str) -> str:
    """Return the text with places to break inside words too long for a line; ordinary words stay whole."""
    if len(text) <= LONGEST_WORD:
        return text
    return " ".join(
        word
        if len(word) <= LONGEST_WORD
        else BREAK_HERE.join(word[start : start + BREAK_EVERY] for start in range(0, len(word), BREAK_EVERY))
        for word in text.split(" ")
    )


def qr_svg(text: str) -> str:
    """Return the QR code of a text as a standalone SVG drawing."""
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", border=2, xmldecl=False)
    return drawing.getvalue().decode("utf-8")


def _cell_align(align: Align) -> Align:
    # A narrow cell set justified opens rivers of white between words.
    return Align.LEFT if align is Align.JUSTIFY else align
