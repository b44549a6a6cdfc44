"""Find the sections of a notice of conclusions by the words of their headings; their numbers are not trusted."""

import re
from dataclasses import dataclass
from enum import StrEnum

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern


class Section(StrEnum):
    """What a part of a notice does."""

    NONE = ""
    ASSESSMENT = "assessment"
    TASKS = "tasks"
    PETITIONS = "petitions"
    CLOSING = "closing"


_ROMAN = re.compile(r"[IVX]+[.)]?$")
_HEADINGS = (
    (Section.CLOSING, pattern(r"^(?:nơi nhận|trên đây là|văn phòng .{0,80}thông báo|kt\.|tl\.|tm\.)")),
    (
        Section.ASSESSMENT,
        pattern(
            r"^(?:về\s)?(?:đánh giá|kết quả|tình hình|ưu điểm|hạn chế|nhận xét|những kết quả|tồn tại"
            r"|một số kết quả|thành phần|ý kiến chung|khó khăn)"
        ),
    ),
    (Section.PETITIONS, pattern(r"(?:kiến nghị|đề xuất của|đề nghị của|các đề xuất|các đề nghị)")),
    (
        Section.TASKS,
        pattern(
            r"(?:nhiệm vụ|giải pháp|thời gian tới|yêu cầu|chỉ đạo|phương hướng|trọng tâm|tổ chức thực hiện"
            r"|ý kiến kết luận|công việc|giao\b|trách nhiệm)"
        ),
    ),
)
_CONCLUDED = pattern(r"(?:kết luận|chỉ đạo|yêu cầu|ý kiến)(?:[^.\n]{0,60}(?:như sau|sau đây|sau|đây)\s?[:.]?|\s?:)$")
PETITIONS_ANSWERED = pattern(
    r"(?:về|đối với)\s(?:(?:các|những|một số|nội dung)\s)*(?:kiến nghị|đề xuất|đề nghị)"
    r"(?:,\s(?:kiến nghị|đề xuất|đề nghị))*\scủa\s(?P<who>[^:;.]{2,80}):\s?(?=\S)"
)
"""A paragraph that says whose petitions it answers and goes on with the answers, in no section of its own."""
_OWNER = pattern(r"(?:kiến nghị|đề xuất|đề nghị)\scủa\s(?P<who>.+)$")
_ROOF = 34


def _is_heading(line: str, marker: str) -> bool:
    words = len(line.split())
    if _ROMAN.match(marker):
        return words <= _ROOF
    if line.isupper():
        return words <= _ROOF
    return bool(marker[:1].isdigit()) and words <= 14 and not line.endswith((".", ";"))  # noqa: PLR2004 - a long item is no heading


@dataclass(frozen=True, slots=True)
class Sections:
    """The section of every paragraph, which paragraphs are headings, and whose petitions a section answers."""

    of: tuple[Section, ...]
    headings: frozenset[int]
    asked_by: str | None


def sections_of(document: Document) -> Sections:
    """Return the sections of a text; all are NONE in an article without sections."""
    sections: list[Section] = []
    headings: set[int] = set()
    asked_by, current = None, Section.NONE
    for number, paragraph in enumerate(document.paragraphs):
        line = document.lower[paragraph.start : paragraph.end]
        if document.is_notice and number > (document.title or 0):
            heading = _heading(line, paragraph.text, paragraph.marker, current)
            if heading is not None:
                headings.add(number)
                current = heading
                owner = _OWNER.search(line) if heading is Section.PETITIONS else None
                asked_by = document.clean(paragraph.start + owner.start("who"), paragraph.end) if owner else asked_by
        inline = PETITIONS_ANSWERED.match(line) if document.is_notice and number not in headings else None
        if inline:
            asked_by = document.clean(paragraph.start + inline.start("who"), paragraph.start + inline.end("who"))
        sections.append(Section.PETITIONS if inline else current)
    return Sections(tuple(sections), frozenset(headings), asked_by)


def _heading(line: str, text: str, marker: str, current: Section) -> Section | None:
    """Return the section that a line opens, None when it is no heading."""
    if _HEADINGS[0][1].search(line):
        return Section.CLOSING
    if _CONCLUDED.search(line) and not marker:
        return Section.TASKS
    if not marker and current is Section.NONE:
        return None
    if not _is_heading(text, marker) or (marker[:1].isdigit() and current is Section.PETITIONS):
        return None
    return next((section for section, words in _HEADINGS[1:] if words.search(line)), None)
