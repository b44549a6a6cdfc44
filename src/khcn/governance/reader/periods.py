"""Find the period a figure speaks of: a year, a quarter, the first nine months, a stage of years."""

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern
from khcn.governance.reader.reading import Span

_YEAR = r"(?:19|20)\d{2}"
_PERIOD = pattern(
    rf"giai đoạn\s(?:từ\s)?(?:năm\s)?{_YEAR}\s?-\s?{_YEAR}|(?:\d+|sáu|chín)\stháng\s(?:đầu|cuối)\snăm(?:\s{_YEAR})?"
    rf"|(?:đến\s|tính đến\s)?(?:hết\s)?tháng\s\d{{1,2}}(?:/{_YEAR}|\snăm\s{_YEAR})?|quý\s(?:iv|i{{1,3}}"
    rf"|[1-4])\b(?:/{_YEAR}|\snăm\s{_YEAR})?"
    rf"|từ\snăm\s{_YEAR}\sđến\s(?:nay|năm\s{_YEAR})|(?:đến\s|vào\s)?năm\s{_YEAR}|năm\s(?:nay|qua|ngoái)"
    rf"|{_YEAR}\s?-\s?{_YEAR}|hiện nay|trước đây",
)


def period_at(document: Document, place: Span, sentence: Span) -> str | None:
    """Return the time words nearest to a place within its sentence, as the text spells them."""
    nearest, distance = None, 10 * len(document.text) + 1000
    for found in _PERIOD.finditer(document.lower, *sentence):
        away = place[0] - found.end() if found.end() <= place[0] else found.start() - place[1]
        # What stands behind a bracket or comma speaks of the other figure.
        between = document.text[min(found.end(), place[1]) : max(found.start(), place[0])]
        away += 20 * sum(between.count(mark) for mark in ",;)(")
        if 0 <= away < distance:
            nearest, distance = found, away
    return document.clean(nearest.start(), nearest.end()) if nearest else None
