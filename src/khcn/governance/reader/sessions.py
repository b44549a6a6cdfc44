"""Read title, date and place of a session."""

import re
from dataclasses import dataclass
from datetime import date

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern, phrases, places
from khcn.governance.reader.people import Cast
from khcn.governance.reader.reading import Evidence, Span
from khcn.kernel.text.dates import DateMatch, find_dates, is_cued
from khcn.kernel.text.sentences import Sentence

_SESSION = pattern(
    r"(?:làm việc|chủ trì|cuộc họp|họp|hội nghị|thăm|khảo sát|kiểm tra|tiếp|thị sát|giám sát|tọa đàm"
    r"|tổng kết|đối thoại)"
)
_DATELINE = pattern(r"^[\w\s,-]{0,30}, ngày\s")
_NOT_SESSION = pattern(
    r"(?:từ|trước|đến|hết|hạn|số|luật|nghị định|quyết định|nghị quyết|thông tư|kế hoạch|công văn"
    r"|thông báo|chỉ thị|kết luận số|văn bản)[\w\s.,/-]{0,25}$"
)
# "tại buổi làm việc ngày 19/5" says when they met; "ngày 22/5, thông báo kết luận" when it was told.
_MET_ON = pattern(
    r"(?:buổi làm việc|cuộc họp|phiên họp|hội nghị|cuộc làm việc|chuyến thăm)\s(?:vào\s|diễn ra\s)*(?:sáng|chiều|tối)?\s?(?:ngày\s)?$"
)
_TIME_WORD = pattern(r"(?:(?:sáng|chiều|tối|trưa|đêm)\s(?:nay\s)?|thứ\s\w+,?\s)?[(,]?\s?(?:ngày\s)?$")
_AT = pattern(
    r"(?:làm việc|tổ chức|diễn ra|họp|chủ trì[\w\s,]{0,80}?|hội nghị|kiểm tra"
    r"|khảo sát)?\s?(?:ngay\s)?\b(?:tại|ở)\s(?:trụ sở\s|hội trường\s)?"
)
_TO = pattern(
    r"(?:tới|đến|thăm và làm việc tại|thăm, làm việc tại|thăm|kiểm tra"
    r"|khảo sát)(?:,\s(?:chúc mừng|tặng quà|động viên|chúc tết|làm việc(?: với)?))*\s(?:(?:cán bộ|viên chức|công chức|tập thể"
    r"|người lao động|đội ngũ|lãnh đạo)(?:,\s|\s))*(?:thăm và làm việc tại\s|thăm\s|làm việc tại\s)?"
)
_WITH = pattern(
    r"làm việc(?:\svà \w+)? với\s(?:lãnh đạo\s|tập thể\s|đại diện\s|ban giám đốc\s|ban lãnh đạo\s"
    r"|cán bộ\s|các doanh nghiệp (?:tại|trong)\s|ban thường vụ\s|ban giám hiệu\s|đảng ủy\s(?=sở|ban|các"
    r"|khối|công ty|trường|tập đoàn)|và\s|,\s)*"
)
_PLACE_HEADS = phrases("bodies", "place_heads")
_SEAT = pattern(r"(?:TP\.?|(?i:thành phố|tỉnh|huyện|thị xã|quận|xã|phường))\s[A-ZĐÀ-Ỹ]")
_NOT_PLACE = pattern(r"(?:buổi|cuộc|hội nghị|đây|kỳ họp|phiên|lễ|chương trình|điều|khoản|nghị|luật|địa phương)")
_PLACE_END = pattern(
    r"(?:(?<!tp)(?<!tx)\.|[,;:()\"“”\n])|\s(?:về|đã|để|nhằm|và làm việc|cùng|do|với|theo|trong|ngày|sáng"
    r"|chiều|có|diễn|là|của|phục vụ|vào|giai đoạn|cho|năm|tình hình|khi|\d)\b|\s-\s"
)
_MONTHS = pattern(r"(?:\d{1,2}|sáu|chín)\stháng\s(?:đầu|cuối)\snăm\s(?P<months>(?:19|20)\d{2})")
_CURRENT = pattern(
    r"(?:nhiệm vụ|kế hoạch|quý\s(?:iv|i{1,3}|[1-4])|công tác)[/\s](?:năm\s)?(?P<year>(?:19|20)\d{2})(?!\s?-)"
)
_MONTH = pattern(r"tháng\s(?P<month>\d{1,2})(?:/|\snăm\s)(?P<year>(?:19|20)\d{2})")
_PAST = pattern(r"(?<!đến\s)(?<!vào\s)(?<!trước\s)(?<!từ\s)(?<!lập\s)(?<!đời\s)năm\s(?P<year>(?:19|20)\d{2})(?!\s?-)")
_NOTICE_WORD = pattern(r"thông báo\s")
_NOTICE_BODY = pattern(r"(?:ngày|sáng|chiều|thực hiện|căn cứ|vừa qua|trong|hôm|tại|i\.|1\.|[-_]{3,}|\()")
_NOTICE_HEAD, _HEADLINE = 16, 4
_NOTICE = "thông báo"
_JUNE = 6
_LONGEST_PLACE = 14


@dataclass(frozen=True, slots=True)
class SessionDate:
    """The session's day and month; ``year`` is None when neither text nor caller gives one."""

    day: int
    month: int
    year: int | None
    is_inferred: bool
    stated: str
    evidence: Evidence

    @property
    def iso(self) -> str:
        """Return ISO 8601; without a year the truncated form ``--09-24``."""
        year = f"{self.year:04d}" if self.year else "-"
        return f"{year}-{self.month:02d}-{self.day:02d}"

    @property
    def on(self) -> date | None:
        """Return the calendar date when the year is known and the day exists."""
        try:
            return date(self.year, self.month, self.day) if self.year else None
        except ValueError:
            return None


_NEAR = 400
"""How far before a date its sentence is read; a sentence of many dates is not read again whole for each of them."""


def _score(document: Document, found: DateMatch, sentence: Sentence, *, of_session: bool) -> float:
    before = document.lower[max(sentence.start, found.start - _NEAR) : found.start]
    score = 1.0 if is_cued(document.text, found.start) else 0.0
    score += 2.0 if of_session else 0.0
    score += 1.0 if re.search(r"(?:sáng|chiều|tối)[\s,(]+(?:ngày\s)?$", before) else 0.0
    score -= (
        2.0 if found.end >= sentence.end - 1 and _DATELINE.match(document.lower[sentence.start : found.end]) else 0.0
    )
    score += 2.0 if _MET_ON.search(before) else 0.0
    score -= 3.0 if _NOT_SESSION.search(before) else 0.0
    return score - sentence.paragraph * 0.05


def read_date(document: Document, published_on: date | None) -> SessionDate | None:
    """Return the day of the session: a date in a sentence that speaks of the session, rather than any other date."""
    dates, best, best_score = list(find_dates(document.text)), None, -9.0
    position = 0
    for sentence in document.sentences:
        of_session = _SESSION.search(document.lower, sentence.start, sentence.end) is not None
        while position < len(dates) and dates[position].start < sentence.end:
            score = _score(document, dates[position], sentence, of_session=of_session)
            if score > best_score:
                best, best_score = dates[position], score
            position += 1
    return _session_date(document, best, published_on) if best and best_score > 0 else None


def _session_date(document: Document, found: DateMatch, published_on: date | None) -> SessionDate:
    lead = _TIME_WORD.search(document.lower, max(0, found.start - 20), found.start)
    span = document.span(lead.start() if lead else found.start, found.end)
    evidence = Evidence(text=document.raw(span), span=span, rule="session_date", confidence=0.9 if found.year else 0.7)
    year = found.year or _inferred_year(document, found, published_on)
    return SessionDate(found.day, found.month, year, bool(year and not found.year), evidence.text, evidence)


def _inferred_year(document: Document, found: DateMatch, published_on: date | None) -> int | None:
    if published_on:
        return published_on.year - ((found.month, found.day) > (published_on.month, published_on.day))
    for words in (_MONTHS, _CURRENT):
        current = [int(match.group(1)) for match in words.finditer(document.lower)]
        if current:
            return max(current)
    stated = [found_date.year for found_date in find_dates(document.text) if found_date.year]
    months = [int(match["year"]) + (int(match["month"]) > found.month + 1) for match in _MONTH.finditer(document.lower)]
    if months or stated:
        return max([*months, *stated])
    past = [int(match["year"]) for match in _PAST.finditer(document.lower)]
    return max(past) + (found.month <= _JUNE) if past else None


def place_after(document: Document, position: int) -> Span | None:
    """Return the span of the place or body that is named at a position; None when none is."""
    if not (_PLACE_HEADS.opens(document.lower, position) or places().opens(document.lower, position)):
        return None
    if _NOT_PLACE.match(document.lower, position):
        return None
    found = _PLACE_END.search(document.lower, position)
    end = found.start() if found else len(document.text)
    while (
        found
        and document.lower[found.start() : found.end()].strip() == "-"
        and document.text[found.end() : found.end() + 1].isupper()
    ):
        found = _PLACE_END.search(document.lower, found.end())
        end = found.start() if found else len(document.text)
    words = document.words_within(position, end)
    if not words or len(words) > _LONGEST_PLACE:
        return None
    return position, end


def _by_words(document: Document, sentences: list[Sentence], words: re.Pattern[str]) -> Span | None:
    for sentence in sentences:
        if not _SESSION.search(document.lower, sentence.start, sentence.end):
            continue
        for found in words.finditer(document.lower, sentence.start, sentence.end):
            span = place_after(document, found.end())
            if span:
                return span
    return None


def _of_chair(document: Document, cast: Cast, chair: str | None) -> Span | None:
    character = cast.characters.get(chair or "")
    for role in cast.roles:
        text = document.clean(role.start, role.end)
        if character and text in character.roles:
            for number in document.words_within(role.head_end, role.end):
                word = document.words[number]
                place = places().at(document.lower, word.start, word.lower)
                if place:
                    return word.start, word.start + len(place)
                if _SEAT.match(document.text, word.start):
                    return word.start, role.end
    return None


def host_of(document: Document) -> str | None:
    """Return the body that a notice says was worked with; None when it names none."""
    first = [sentence for sentence in document.sentences if sentence.paragraph < _NOTICE_HEAD]
    for sentence in first:
        for found in _WITH.finditer(document.lower, sentence.start, sentence.end):
            span = place_after(document, found.end())
            if span:
                return document.clean(*span)
    return None


def read_place(document: Document, cast: Cast, chair: str | None) -> tuple[str, Evidence] | None:
    """Return the place: after ``tại``, else where they went, else with whom they worked, else the chair's seat."""
    first = 24 if document.is_notice else 4
    body = [sentence for sentence in document.sentences if sentence.paragraph not in document.summary][:first]
    lead = [*body, *document.sentences[:3]]
    for rule, span in (
        ("at", _by_words(document, lead, _AT)),
        ("to", _by_words(document, lead, _TO)),
        ("with", _by_words(document, lead, _WITH)),
        ("seat_of_chair", _of_chair(document, cast, chair)),
    ):
        if span:
            where = document.span(*span)
            return document.clean(*span), Evidence(
                text=document.raw(where), span=where, rule=f"place_{rule}", confidence=0.7
            )
    return None


def read_title(document: Document) -> str | None:
    """Return the title line; a notice's headline goes on over its next lines up to the first sentence."""
    if document.title is None:
        return None
    first = last = document.title
    for number, paragraph in enumerate(document.paragraphs[:_NOTICE_HEAD]):
        if document.is_notice and _NOTICE_WORD.match(document.lower, paragraph.start):
            first, last = _headline(document, number)
            break
    return document.clean(document.paragraphs[first].start, document.paragraphs[last].end)


def _headline(document: Document, word: int) -> tuple[int, int]:
    """Return the first and the last line of what a notice is about, below the line that calls it a notice."""
    starts = [paragraph.start for paragraph in document.paragraphs]
    last = word
    while (
        last + 1 < len(starts) and last < word + _HEADLINE and not _NOTICE_BODY.match(document.lower, starts[last + 1])
    ):
        last += 1
    alone = document.lower[starts[word] : document.paragraphs[word].end].strip() == _NOTICE
    return (word + 1 if alone and last > word else word), last
