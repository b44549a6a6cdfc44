"""Hold one official document as plain frozen values, independent of Word and of PDF.

Every text is data: nothing in it is markup. What cannot be printed (control characters, marks that turn the direction
of writing) is dropped by the printers, not here: the model keeps what it was given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

DEEPEST_HEADING = 4
LONGEST_QR_BYTES = 1000


class DocumentInvalid(ValueError):
    """Say, in Vietnamese, which part of a document contradicts itself and how to mend it."""


class Align(StrEnum):
    """Name where a text stands between the left and the right edge."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Orientation(StrEnum):
    """Name how the A4 sheet is turned."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Style(StrEnum):
    """Name the layout: `official` is the decree's, `party` that of Party papers; compact ones fit a sheet."""

    OFFICIAL = "official"
    COMPACT = "compact"
    PARTY = "party"
    PARTY_COMPACT = "party-compact"


class Numbering(StrEnum):
    """Name how the items of a numbered list are counted: 1. 2. 3. or a) b) c)."""

    ARABIC = "arabic"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Text:
    """Hold a run of text in one weight and slant."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Hold a text that opens an address: a figure opens the records it counts.

    An address that is not http, https or mailto is printed as plain text.
    """

    text: str
    url: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    """Start a new line inside the same paragraph."""


Inline = Text | Link | LineBreak
Runs = tuple[Inline, ...]


def runs(*parts: str | Inline) -> Runs:
    """Return the parts as inline runs; a bare string becomes upright text."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """Hold a heading of level 1 (I.) to 4 (a)); its number is part of the text."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if not 1 <= self.level <= DEEPEST_HEADING:
            raise DocumentInvalid(
                f"Đề mục “{self.text}” có cấp {self.level}, mẫu chỉ có cấp 1 đến {DEEPEST_HEADING}. Chọn lại cấp."
            )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold a paragraph of the body; `indent` is the first-line indent."""

    runs: Runs
    align: Align = Align.JUSTIFY
    indent: bool = True

    @classmethod
    def of(cls, *parts: str | Inline) -> "Paragraph":
        """Return a justified paragraph made of strings and runs."""
        return cls(runs(*parts))


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Hold numbered items, each a sequence of runs, counted from `start`."""

    items: tuple[Runs, ...]
    numbering: Numbering = Numbering.ARABIC
    start: int = 1


@dataclass(frozen=True, slots=True)
class BulletList:
    """Hold items introduced by a dash, each a sequence of runs."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Hold a table column: its title, its share of the width (any unit) and where its cells stand."""

    title: str
    width: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Hold a title standing over `span` columns; without a title, the columns' own titles reach up."""

    title: str
    span: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one cell, `span` columns wide; `align` overrides the column's."""

    runs: Runs
    span: int = 1
    align: Align | None = None

    @classmethod
    def of(cls, *parts: str | Inline) -> "Cell":
        """Return a cell one column wide made of strings and runs."""
        return cls(runs(*parts))


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row of cells; an emphasised row (a total, a part's title) is bold."""

    cells: tuple[Cell, ...]
    emphasised: bool = False

    @classmethod
    def of(cls, *cells: "str | Inline | Cell", emphasised: bool = False) -> "Row":
        """Return a row with one cell for each argument."""
        return cls(tuple(cell if isinstance(cell, Cell) else Cell.of(cell) for cell in cells), emphasised)


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table whose heading rows are repeated on each page.

    Raises: DocumentInvalid, when a row or the groups do not cover exactly the columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    groups: tuple[ColumnGroup, ...] = ()
    caption: str = ""
    unit: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        name = f"Bảng “{self.caption}”"
        if not self.columns:
            raise DocumentInvalid(f"{name} không có cột nào. Khai báo ít nhất một cột.")
        if any(column.width <= 0 for column in self.columns):
            raise DocumentInvalid(f"{name} có cột rộng bằng 0 hoặc âm. Sửa độ rộng của cột.")
        if self.groups and not _covers(self.groups, len(self.columns)):
            raise DocumentInvalid(
                f"{name} có {len(self.columns)} cột nhưng nhóm cột không phủ đúng số cột. Sửa nhóm cột."
            )
        for number, row in enumerate(self.rows, start=1):
            if not _covers(row.cells, len(self.columns)):
                raise DocumentInvalid(
                    f"{name}: dòng {number} không phủ đúng {len(self.columns)} cột. Thêm hoặc bớt ô của dòng này."
                )


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Start a new page."""


@dataclass(frozen=True, slots=True)
class Note:
    """Hold a remark in small italics: how a figure is counted, as of when."""

    text: str


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """Hold one figure shown large: already formatted value, unit and label, and the address of its records."""

    label: str
    value: str
    unit: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Hold the figures shown side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class QrCode:
    """Hold a text to be read by a phone, with the words standing beside the code.

    Raises: DocumentInvalid, when the text is empty or longer than 1 000 bytes, which a phone reads badly from paper.
    """

    text: str
    caption: str = ""

    def __post_init__(self) -> None:
        size = len(self.text.encode("utf-8", "replace"))
        if not 0 < size <= LONGEST_QR_BYTES:
            raise DocumentInvalid(
                f"Mã QR cần từ 1 đến {LONGEST_QR_BYTES} byte, nội dung đang có {size} byte. Dùng địa chỉ ngắn hơn."
            )


Block = Heading | Paragraph | NumberedList | BulletList | Table | PageBreak | Note | KeyFigures | QrCode
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Appendix:
    """Hold an appendix: it starts on a page of its own, turned if its tables need it.

    `label` is "Phụ lục I"; `attached_to` completes the line "(Kèm theo …)"; empty, it is derived from the document.
    """

    label: str
    title: str
    blocks: Blocks
    attached_to: str = ""
    orientation: Orientation = Orientation.PORTRAIT


@dataclass(frozen=True, slots=True)
class Signature:
    """Hold who signs: authority ("KT. GIÁM ĐỐC", may be empty), position, and the name once it is known."""

    position: str
    authority: str = ""
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """Hold what the files say of themselves; `produced_at` is an aware instant and the only clock of the output."""

    title: str
    produced_at: datetime
    author: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocument:
    """Hold an official document with every component of its layout.

    `number` is None until the document system gives one; `dated_on` is None until signing: then
    only `year` is printed.
    `kind` is "BÁO CÁO" and the like; without it the paper is a plain letter and its subject stands under the number.
    `cosigners` sign beside `signature`, from the left; such a paper of several parties has no recipients.
    Raises: DocumentInvalid, when the date and the year disagree, or cosigners stand where recipients do.
    """

    parent_agency: str
    agency: str
    symbol: str
    place: str
    year: int
    kind: str
    subject: str
    metadata: Metadata
    body: Blocks
    number: int | None = None
    dated_on: date | None = None
    addressees: tuple[str, ...] = ()
    legal_grounds: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: Signature | None = None
    cosigners: tuple[Signature, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    draft_mark: bool = False
    orientation: Orientation = Orientation.PORTRAIT
    style: Style = Style.OFFICIAL

    def __post_init__(self) -> None:
        if self.dated_on is not None and self.dated_on.year != self.year:
            raise DocumentInvalid(
                f"Văn bản “{self.subject}” ghi năm {self.year} nhưng ngày ban hành thuộc năm {self.dated_on.year}. "
                "Sửa năm hoặc ngày ban hành."
            )
        if self.number is not None and self.number < 1:
            raise DocumentInvalid(
                f"Văn bản “{self.subject}” có số {self.number}, số văn bản bắt đầu từ 01. Sửa số văn bản."
            )
        if self.cosigners and (self.recipients or self.signature is None):
            raise DocumentInvalid(
                f"Văn bản “{self.subject}” có nhiều bên ký nên không có “Nơi nhận”. "
                "Bỏ nơi nhận, hoặc chỉ để một người ký."
            )
        if self.metadata.produced_at.tzinfo is None:
            raise DocumentInvalid(f"Thời điểm lập văn bản “{self.subject}” thiếu múi giờ. Truyền thời điểm có múi giờ.")


def _covers(parts: Sequence[Cell] | Sequence[ColumnGroup], columns: int) -> bool:
    return all(part.span >= 1 for part in parts) and sum(part.span for part in parts) == columns
