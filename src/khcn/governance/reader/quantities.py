"""Find numbers that count or measure something: number, scale and unit, ranks, fractions and shared units."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import alternation, canonical, pattern, phrases, table
from khcn.governance.reader.reading import Span
from khcn.kernel.text.dates import find_dates, is_cued
from khcn.kernel.text.numbers import NumberMatch, find_number_words, find_numbers

_SCALES = phrases("units", "scales")
_MEASURES = phrases("units", "measures")
_COUNTED = phrases("units", "counted", "structural", "time")
_STOPS = frozenset(canonical(word) for word in table("units")["context"]["no_unit_after"])
_BEFORE_FIVE = frozenset(canonical(word) for word in table("units")["context"]["before_five"])
_PER = re.compile(r"/(?:năm|tháng|ngày|ha|người|hộ|vụ|lượt|sào|giờ|m2|kg|tấn|km2|xã|đơn\svị|suất|hồ\ssơ)\b")
_REFERENCE = re.compile(rf"(?<!\w)(?:{alternation('units', 'reference_before')})\s?[:.]?\s?$")
_COUNTED_NUMBER = re.compile(rf"(?:{alternation('units', 'counted_number')})\s$")
_RANK = re.compile(rf"(?<!\w)(?<!sắp\s)(?:{alternation('units', 'rank_before')})\s(?:thứ\s)?$")
# "trong nhóm 801-1000 thế giới", "top 10 cả nước"
_TOP = pattern(r"(?:nhóm|tốp|top)\s$")
_FIELD = pattern(r"\s(?:thế giới|châu á|cả nước|toàn quốc|quốc gia|việt nam|đông nam á|trong nước)\b")
_RANK_OF = pattern(
    r"/(?P<of>\d+)(?P<noun>\s(?:tỉnh|địa phương|nước|quốc gia|nền kinh tế|sở|huyện|đơn vị|thành phố)\b)?"
)
_FRACTION = re.compile(r"/(?P<of>\d{1,3}(?:\.\d{3})*)(?=\s|$|[,;.)])")
_CODE_AFTER = re.compile(r"(?:[/-](?:\d{4}/)?(?=[A-ZĐ])|/\d{4}/)[A-ZĐa-z]")
_MONTHLIKE = pattern(r"(?:tháng|quý|tháng thứ)\s$")
_YEARLIKE = re.compile(r"(?:19|20)\d{2}$")
_MONTH_YEAR = re.compile(r"\d{1,2}/(?:19|20)\d{2}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\(?\+?84\)?|\(?0\d{1,3}\)?)[\s.]?\d{3}[\s.]?\d{3,4}(?:[\s.]?\d{0,3})")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}(?:h\d{0,2}(?!\w)|:\d{2}|\sgiờ)")
# "3 ca, 4 kíp" says that people work hard, not how many shifts there are.
_SHIFTS = re.compile(r"\d\sca,?\s(?:và\s)?\d\skíp")
_SHARED_GAP = pattern(r"\s?(?:,|;|và|hoặc|đến|-|/|rồi|, và|xuống còn|xuống|lên|còn)\s(?:khoảng\s|trên\s|hơn\s|gần\s)?")
_STRONG_REFERENCE = pattern(
    r"(?:số|điều|khoản|thứ|khóa|nghị quyết|nghị định|thông tư|quyết định|luật|chỉ thị|năm|tháng|ngày)\s?$"
)
_ACRONYM_BEFORE = re.compile(r"[A-ZĐ]{2,}[\s-]$")
_NAME_BEFORE = re.compile(r"[A-ZĐÀ-Ỹ][a-zà-ỹđ]*\s$")
_SUBJECT = pattern(r"\bsố\s(?:lượng\s)?(?P<noun>\w[\w\s]{2,60}?)\s(?:là|đạt|còn|khoảng)\s$")
_SUBJECT_REACH = 80
_SCALE_SIZES = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3}
# A number right before another number has no unit of its own.
_NUMBER_NEXT = re.compile(r"\s\d")
_BEFORE = 24


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; ``counted`` is the unit's noun without scale, lower case; offsets are half-open."""

    start: int
    number_end: int
    end: int
    value: Decimal
    unit: str
    counted: str
    rule: str
    in_words: bool = False


def _forbidden(document: Document) -> list[Span]:
    """Return, in order, the spans whose digits are dates, clocks, telephone numbers or list numbers."""
    text, spans = document.text, []
    for found in find_dates(text):
        follows = document.lower[found.end : found.end + 1] == " " and _noun(document, found.end + 1)
        if found.year or not follows or is_cued(text, found.start) or "tháng" in found.raw.lower():
            spans.append((found.start, found.end))
    for shape in (_MONTH_YEAR, _PHONE, _CLOCK, _SHIFTS):
        spans += [found.span() for found in shape.finditer(text)]
    spans += [(max(0, paragraph.start - 8), paragraph.start) for paragraph in document.paragraphs if paragraph.marker]
    return sorted(spans)


def _noun(document: Document, start: int) -> str:
    return _MEASURES.opens(document.lower, start) or _COUNTED.opens(document.lower, start)


def _is_reference(document: Document, found: NumberMatch) -> bool:
    low = max(0, found.start - _BEFORE)
    before = document.lower[low : found.start]
    if _COUNTED_NUMBER.search(before) or _RANK.search(before):
        return False
    if _CODE_AFTER.match(document.text, found.end) or _MONTHLIKE.search(before):
        return True
    if _YEARLIKE.match(found.raw) or (found.high and _YEARLIKE.match(str(found.high))):
        return True
    if not _REFERENCE.search(before) and not _ACRONYM_BEFORE.search(document.text[low : found.start]):
        return False
    # "Quốc lộ 1", "giai đoạn 2" name something; "cấp 60 văn bằng", "số 1 tỷ đồng" still count.
    return not _unit_after_reference(document, found, before)


def _unit_after_reference(document: Document, found: NumberMatch, before: str) -> bool:
    # Of "quận 8 chịu trách nhiệm" the words after the number may be anything: only a known unit counts here.
    return not _STRONG_REFERENCE.search(before) and _unit(document, found.end)[3] == "number_and_unit"


def _unit(document: Document, position: int) -> tuple[int, str, str, str]:
    """Return end, unit, noun and rule of the unit that begins after a position; an empty unit when there is none."""
    lower = document.lower
    start = position + (lower[position : position + 1] == " ")
    scale = _SCALES.opens(lower, start)
    at = start + len(scale) + (bool(scale) and lower[start + len(scale) : start + len(scale) + 1] == " ")
    noun = _noun(document, at)
    if noun:
        per = _PER.match(lower, at + len(noun))
        end = per.end() if per else at + len(noun)
        return end, document.clean(start, end), noun, "number_and_unit"
    if scale:
        end = start + len(scale)
        loose = _loose_noun(document, at)
        if loose and document.lower[end : end + 1] == " ":
            return loose, document.clean(start, loose), document.lower[at:loose], "number_and_noun"
        return end, f"{document.clean(start, end)} đồng", "đồng", "number_and_unit"
    # "1 góc hồ": a single thing of an unknown kind is no count.
    single = document.text[max(0, position - 2) : position].strip() == "1"
    loose = _loose_noun(document, start) if start > position and not single else 0
    if loose:
        return loose, document.clean(start, loose), lower[start:loose], "number_and_noun"
    return position, "", "", ""


def _number_of(document: Document, start: int) -> str:
    """Return the noun of ``số doanh nghiệp … là 486``."""
    found = _SUBJECT.search(document.lower, max(0, start - _SUBJECT_REACH), start)
    return _COUNTED.opens(document.lower, found.start("noun")) if found else ""


def _merged(document: Document, quantities: list[Quantity]) -> list[Quantity]:
    """Join ``18 tỷ 600 triệu đồng`` into 18,6 tỷ đồng."""
    result: list[Quantity] = []
    for quantity in quantities:
        before = result[-1] if result else None
        ratio = _ratio(before, quantity) if before and document.text[before.end : quantity.start] == " " else 0
        if before and ratio:
            unit = f"{before.unit.split(maxsplit=1)[0]} {quantity.unit.split(maxsplit=1)[-1]}"
            result[-1] = replace(
                before, end=quantity.end, value=before.value + quantity.value / ratio, unit=unit, rule="number_and_unit"
            )
        else:
            result.append(quantity)
    return result


def _ratio(before: Quantity, after: Quantity) -> int:
    scales = [quantity.unit.split(maxsplit=1)[0] if quantity.unit else "" for quantity in (before, after)]
    sizes = [_SCALE_SIZES.get(scale, 0) for scale in scales]
    return sizes[0] // sizes[1] if all(sizes) and sizes[0] > sizes[1] and after.value < sizes[0] // sizes[1] else 0


def _loose_noun(document: Document, start: int) -> int:
    """Return the end of one or two lower-case words that may be a noun; 0 when the next word cannot be one."""
    number = document.word_at(start)
    end = 0
    for word in document.words[number : number + 2]:
        expected = start if not end else end + 1
        if word.start != expected or not word.text.islower() or not word.text.isalpha() or word.lower in _STOPS:
            break
        end = word.end
    return end


def _rank(document: Document, found: NumberMatch) -> Quantity | None:
    before = document.lower[max(0, found.start - _BEFORE) : found.start]
    ranked, of = _RANK.search(before), _RANK_OF.match(document.lower, found.end)
    if ranked and of:
        return Quantity(found.start, found.end, of.end("of"), found.value, f"hạng/{of['of']}", "hạng", "rank")
    if of and of["noun"] and int(of["of"]) in range(60, 66):
        return Quantity(found.start, found.end, of.end("of"), found.value, f"hạng/{of['of']}", "hạng", "rank")
    if _TOP.search(before) and _FIELD.match(document.lower, found.end):
        return Quantity(found.start, found.end, found.end, found.value, "hạng", "hạng", "rank")
    if ranked and not _noun(document, found.end + 1):
        return Quantity(found.start, found.end, found.end, found.value, "hạng", "hạng", "rank")
    return None


def _in_digits(document: Document, found: NumberMatch) -> list[Quantity]:
    if "," not in found.raw and _NUMBER_NEXT.match(document.text, found.end):
        return []
    rank = _rank(document, found)
    if rank:
        return [rank, replace(rank, value=found.high)] if found.high is not None else [rank]
    if _is_reference(document, found):
        return []
    low = _with_unit(document, found)
    if found.high is None:
        return [low]
    return [replace(low, rule="range_low"), replace(low, value=found.high, rule="range_high")]


def _with_unit(document: Document, found: NumberMatch) -> Quantity:
    part = _FRACTION.match(document.text, found.end)
    end, unit, noun, rule = _unit(document, part.end() if part else found.end)
    if part:
        rule = "fraction"
    elif not unit and "," in found.raw:
        rule = "bare_decimal"
    if not unit:
        unit = noun = _number_of(document, found.start)
        rule = "number_of" if unit else rule
    # A number without a unit stays, for a neighbour may lend its own; it is dropped later.
    return Quantity(found.start, found.end, end, found.value, unit, noun, rule)


def _in_words(document: Document) -> Iterator[Quantity]:
    for found in find_number_words(document.lower):
        before = document.lower[max(0, found.start - _BEFORE) : found.start].split()
        previous = before[-1] if before else ""
        if found.value <= 1 or previous in {"thứ", "tháng", "mồng", "mùng", "số", "hạng"}:
            continue
        if document.text[found.start].isupper() and previous and not previous.endswith((".", ":", '"')):
            continue
        if found.raw == "năm" and previous not in _BEFORE_FIVE:
            continue
        end, unit, noun, rule = _unit(document, found.end)
        if unit and rule == "number_and_unit" and noun in _COUNTED.all | _MEASURES.all:
            yield Quantity(found.start, found.end, end, found.value, unit, noun, "number_in_words", in_words=True)


def _lend_units(document: Document, quantities: list[Quantity]) -> list[Quantity]:
    """Give numbers in an enumeration the unit that stands after the last of them."""
    result: list[Quantity] = []
    for quantity in reversed(quantities):
        lender = result[-1] if result else None
        loose = not quantity.unit or (quantity.rule == "number_and_noun" and quantity.counted == "đến")
        if (
            loose
            and lender
            and lender.unit
            and _SHARED_GAP.fullmatch(document.lower[quantity.number_end : lender.start])
        ):
            quantity = replace(quantity, unit=lender.unit, counted=lender.counted, rule="shared_unit")  # noqa: PLW2901
        result.append(quantity)
    return result[::-1]


def find_quantities(document: Document) -> list[Quantity]:
    """Return all quantities of a text in order; ranges give two with the same place."""
    forbidden, place = _forbidden(document), 0
    found_in_digits: list[Quantity] = []
    for found in find_numbers(document.text):
        while place < len(forbidden) and forbidden[place][1] <= found.start:
            place += 1
        if place < len(forbidden) and forbidden[place][0] < found.end:
            continue
        found_in_digits += _in_digits(document, found)
    lent = _lend_units(document, found_in_digits)
    kept = [quantity for quantity in _merged(document, lent) if quantity.unit or quantity.rule == "bare_decimal"]
    return sorted([*kept, *_in_words(document)], key=lambda quantity: quantity.start)
