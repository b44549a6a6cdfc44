"""Word the fixed lines of an official document, and make any text safe to print.

Both printers take their lines from here, so Word and PDF say the same.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Final
from urllib.parse import quote, urlsplit

from khcn.kernel.documents.layout import layout_for
from khcn.kernel.documents.model import (
    Appendix,
    Block,
    Blocks,
    BulletList,
    Inline,
    LineBreak,
    Link,
    NumberedList,
    Numbering,
    OfficialDocument,
    Paragraph,
    QrCode,
    Runs,
    Table,
    Text,
)

BLANK: Final = "\u00a0"
NUMBER_BLANK: Final = BLANK * 8
DAY_BLANK: Final = BLANK * 6
LAST_PADDED_MONTH: Final = 2
LAST_PADDED_DAY: Final = 9
LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
LINKED_SCHEMES: Final = frozenset({"http", "https", "mailto"})
LONGEST_ADDRESS: Final = 2000
LONGEST_PROPERTY: Final = 255
# Categories with nothing to print: controls, direction and joining marks, halves of pairs, private and unassigned.
UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
SPACE_LIKE: Final = frozenset("\t\n\r\v\f\u0085\u2028\u2029")


def printable(text: str) -> str:
    """Return the text composed (NFC), in one line, without characters that no page can carry."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if mark in SPACE_LIKE else mark
        for mark in composed
        if mark in SPACE_LIKE or unicodedata.category(mark) not in UNPRINTABLE
    )


def core_text(text: str) -> str:
    """Return the printable text cut to what the properties of a Word file can hold."""
    return printable(text)[:LONGEST_PROPERTY]


def file_title(document: OfficialDocument) -> str:
    """Return the title a reader's program shows: the given one, or else the subject, or else the kind."""
    candidates = (document.metadata.title, document.subject, document.kind, document.symbol)
    return next((words for text in candidates if (words := printable(text).strip())), "-")


def safe_address(url: str) -> str | None:
    """Return the address in ASCII, or None when it is not a web or mail address that a reader may be sent to."""
    cleaned = printable(url).strip()
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    if parts.scheme not in LINKED_SCHEMES or not (parts.path if parts.scheme == "mailto" else parts.netloc):
        return None
    address = quote(cleaned, safe=":/?#@!$&'()*+,;=%~")
    return address if len(address) <= LONGEST_ADDRESS else None


def code_text(code: QrCode) -> str:
    """Return what a code says; a text of which nothing can be printed becomes a dash."""
    return printable(code.text).strip() or "-"


def official_number(document: OfficialDocument) -> str:
    """Return "05/BC-SKHCN", or "05-BC/TU" in a paper of the Party; a blank while the number is not given."""
    number = NUMBER_BLANK if document.number is None else f"{document.number:02d}"
    return f"{number}{layout_for(document.style).text('number_joint')}{printable(document.symbol)}"


def number_line(document: OfficialDocument) -> str:
    """Return the line "Số: 05/BC-SKHCN"; nothing for a sheet that bears neither number nor symbol."""
    if document.number is None and not document.symbol:
        return ""
    return f"{layout_for(document.style).text('number_text')} {official_number(document)}"


def dated(on: date | None, year: int) -> str:
    """Return "ngày 05 tháng 02 năm 2026": days below 10 and months 1, 2 are padded; blanks while undated."""
    if on is None:
        return f"ngày{DAY_BLANK}tháng{DAY_BLANK}năm {year}"
    day = f"{on.day:02d}" if on.day <= LAST_PADDED_DAY else str(on.day)
    month = f"{on.month:02d}" if on.month <= LAST_PADDED_MONTH else str(on.month)
    return f"ngày {day} tháng {month} năm {on.year}"


def place_date_line(document: OfficialDocument) -> str:
    """Return "Thái Nguyên, ngày 24 tháng 9 năm 2021"."""
    return f"{printable(document.place)}, {dated(document.dated_on, document.year)}"


def upper(text: str) -> str:
    """Return the printable text in capitals."""
    return printable(text).upper()


def letter_subject(document: OfficialDocument) -> str:
    """Return "V/v …" for a letter, and nothing for a paper that has a kind."""
    return (
        ""
        if document.kind
        else f"{layout_for(document.style).text('letter_subject_text')} {printable(document.subject)}"
    )


def attached_line(document: OfficialDocument, appendix: Appendix) -> str:
    """Return "(Kèm theo Báo cáo số … ngày … của …)"."""
    paper = f"{printable(document.kind).capitalize() or 'Công văn'} số {official_number(document)}"
    own = f"{paper} {dated(document.dated_on, document.year)} của {printable(document.agency)}"
    return f"(Kèm theo {printable(appendix.attached_to) or own})"


def listed(lines: Iterable[str], *, dash: str = "- ") -> tuple[str, ...]:
    """Return the lines as a list of the decree: each ends with a semicolon, the last with a full stop."""
    bare = [stripped for line in lines if (stripped := printable(line).strip().rstrip(";.,").lstrip("-– ").strip())]
    return tuple(f"{dash}{line}{'.' if place == len(bare) else ';'}" for place, line in enumerate(bare, start=1))


def item_mark(numbering: Numbering, place: int) -> str:
    """Return the mark of the item at `place` (from 1): "3." or "c)"; after the last letter, "aa)"."""
    if numbering is Numbering.ARABIC:
        return f"{place}."
    rounds, letter = divmod(place - 1, len(LETTERS))
    return f"{LETTERS[letter] * (rounds + 1)})"


def marked_items(block: NumberedList | BulletList) -> tuple[Runs, ...]:
    """Return the items of a list as paragraphs that begin with their mark."""
    if isinstance(block, BulletList):
        return tuple((Text("- "), *item) for item in block.items)
    marks = (item_mark(block.numbering, place) for place in range(block.start, block.start + len(block.items)))
    return tuple((Text(f"{mark} "), *item) for mark, item in zip(marks, block.items, strict=True))


def body_and_code(document: OfficialDocument) -> tuple[Blocks, QrCode | None]:
    """Return the closed body, and apart from it the code that ended it: it is printed beside the signature."""
    last = document.body[-1] if document.body else None
    code = last if isinstance(last, QrCode) else None
    body = document.body if code is None else document.body[:-1]
    return closed(body, layout_for(document.style).text("closing_mark")), code


def leads_into_table(blocks: Blocks) -> list[bool]:
    """Return for each block whether it is a line that ends with a colon before a table: both stand on one page."""
    return [
        isinstance(block, Paragraph) and isinstance(after, Table) and _plain(block).rstrip().endswith(":")
        for block, after in zip_longest(blocks, blocks[1:])
    ]


def _plain(block: Paragraph) -> str:
    return "".join("" if isinstance(run, LineBreak) else run.text for run in block.runs)


def closed(body: Blocks, mark: str) -> Blocks:
    """Return the body ended by the closing mark ("./."), in place of a final full stop.

    The mark ends the last paragraph or list item; after a table or another block it stands on a line of its own.
    An empty mark closes nothing.
    """
    if not mark:
        return body
    last: Block | None = body[-1] if body else None
    if isinstance(last, Paragraph):
        return (*body[:-1], replace(last, runs=_closed_runs(last.runs, mark)))
    if isinstance(last, NumberedList | BulletList) and last.items:
        items = (*last.items[:-1], _closed_runs(last.items[-1], mark))
        return (*body[:-1], replace(last, items=items))
    return (*body, Paragraph.of(mark))


def _closed_runs(runs: Runs, mark: str) -> Runs:
    last: Inline | None = runs[-1] if runs else None
    if last is None or isinstance(last, LineBreak):
        return (*runs, Text(mark))
    ending = last.text.rstrip()
    if ending.endswith(mark):
        return runs
    if isinstance(last, Link):
        return (*runs, Text(mark))
    return (*runs[:-1], replace(last, text=ending.removesuffix(".") + mark))
