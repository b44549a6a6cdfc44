"""Tell the sessions of one text apart: ``Buổi sáng, tại Sở X …`` and ``Buổi chiều, tại Trường Y …``."""

from collections.abc import Iterator

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern
from khcn.governance.reader.reading import Evidence, SessionPart, Span
from khcn.governance.reader.sessions import place_after
from khcn.kernel.text.dates import find_dates

_OPENING = pattern(
    r"(?:(?:vào\s|trong\s)?(?:buổi\s)?(?P<part>sáng|chiều|tối)(?:\s(?:cùng ngày|ngày|nay|\d|hôm)|,\s(?:tại|ở|đồng chí|ông|bà|làm việc)"
    r"|\scùng ngày)|(?:cùng ngày|tiếp đó|sau đó|trước đó|tiếp theo),\s)"
)
_MET = pattern(r"(?:làm việc|chủ trì|tiếp|thăm|khảo sát|kiểm tra|giám sát|họp|tại|tới|đến)\b")
_WHERE = pattern(r"\b(?:tại|ở|làm việc với|tới thăm|đến thăm|thăm và làm việc (?:tại|với)|kiểm tra tại|khảo sát tại)\s")
_REACH = 260
_DAY_REACH = 12


def read_parts(document: Document, session_date: str | None) -> tuple[SessionPart, ...]:
    """Return the sessions of a text in order; none where it tells of one, and none of a notice."""
    if document.is_notice:
        return ()
    parts: list[SessionPart] = []
    for part in _parts(document, session_date):
        if not parts or (part.place is not None and part.place != parts[-1].place):
            parts.append(part)
    places = {part.place for part in parts}
    return tuple(parts) if len(parts) > 1 and len(places) > 1 and None not in places else ()


def _parts(document: Document, session_date: str | None) -> Iterator[SessionPart]:
    first = True
    for sentence in document.sentences:
        if sentence.paragraph == document.title or sentence.paragraph in document.repeated:
            continue
        opens = _OPENING.match(document.lower, sentence.start, sentence.end)
        end = min(sentence.end, sentence.start + _REACH)
        if opens is None or not _MET.search(document.lower, opens.end() - 4, end):
            continue
        place = _place(document, sentence.start, end)
        if place is None and not first:
            continue
        span = document.span(sentence.start, sentence.end)
        yield SessionPart(
            date=_day(document, sentence.start, opens.end(), session_date),
            part_of_day=opens["part"] or "",
            place=document.clean(*place) if place else None,
            evidence=Evidence(text=document.raw(span), span=span, rule="one_of_sessions", confidence=0.6),
        )
        first = False


def _place(document: Document, start: int, end: int) -> Span | None:
    found = (place_after(document, where.end()) for where in _WHERE.finditer(document.lower, start, end))
    return next((span for span in found if span is not None), None)


def _day(document: Document, start: int, end: int, session_date: str | None) -> str | None:
    """Return the day that opens a part, with the year of the session; else the session's own day."""
    # "gần 1/3 giảng viên" farther on is no day.
    own = next(find_dates(document.text[start : end + _DAY_REACH]), None)
    year = str(own.year or (session_date or "")[:4]) if own else ""
    if own is None or not year.isdigit():
        return session_date
    on = own.on(int(year))
    return on.isoformat() if on else session_date
