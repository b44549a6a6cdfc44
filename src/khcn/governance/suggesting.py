"""Propose what a person then confirms: photos, byline, groups without names, periods, the indicator a figure speaks of.

Pure: texts in, proposals out. Every rule is general; nothing is recognised by its wording in one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from khcn.kernel.text.folding import name_key

LONGEST_CAPTION = 48
LONGEST_BYLINE = 10
LONGEST_SENTENCE = 1_000
LAST_LINES = 4
SHORTEST_NAME = 2
CLOSEST_FLOOR = 0.3
ROLE_FLOOR = 0.3

_LINE = re.compile(r"[^\n]+")
_PICTURE = re.compile(
    r"phát biểu|báo cáo|trình bày|thảo luận|quang cảnh|toàn cảnh|chụp ảnh|trao|tặng|thăm|tham quan|kiểm tra|chủ trì"
    r"|ảnh\s?:"
)
_SCENE = re.compile(r"quang cảnh|toàn cảnh|các đại biểu|ảnh\s?:")
_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}|ngày \d|^\s*(?:[-+•]|\d+[.)]|[ivx]+\.)\s")
_NOTICE = re.compile(r"^(?:thông báo|kết luận|số\s?:|văn phòng|ủy ban|tỉnh ủy)")
_CREDIT = re.compile(
    r"^(?:tin\s?,?\s?(?:và\s)?(?:bài\s?,?\s?)?(?:ảnh)?|bài\s?,?\s?(?:và\s)?(?:ảnh)?|tác giả|thực hiện|theo)\s?:?\s",
    re.IGNORECASE,
)
_TEAM = re.compile(r"^(?:[^\W\d_]+)(?:[\s,–-]+[^\W\d_]+)*\.?$")
_PRESENT = re.compile(r"dự|về phía|tiếp đoàn|tiếp và làm việc|thành phần|có mặt|tham gia")
_GROUP = re.compile(
    r"\b(?:đại diện|lãnh đạo|các đồng chí(?!\s?:)|các thành viên|thành viên|các thầy cô|cán bộ)\s"
    r"(?:[^.;:\n]|(?<=\d)[.](?=\d)){3,160}",
    re.IGNORECASE,
)
_GROUP_END = re.compile(r"\s+(?:đã|chủ trì|tham dự|dự|cùng dự)\b.*$", re.IGNORECASE)
_ACT = re.compile(r"\d|\b(?:đề nghị|yêu cầu|xây dựng|chỉ đạo|cho biết|nói|phản ánh|cần|phải|trình bày|báo cáo)\b")
_AFTER_NUMBER = re.compile(r"[\d.,\s]*(?P<words>[^\d;.\n]{3,120})")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)\s+|\n+")
_MONTHS = re.compile(
    r"\b(?P<months>6|9|sáu|chín)\s+tháng\s+(?:đầu\s+năm|của\s+năm|năm)?(?:\s+nay)?\s*(?P<year>20\d{2})?", re.IGNORECASE
)
_WHOLE_YEAR = re.compile(r"^(?:(?:trong|cả|của)\s+)*năm(?:\s+(?P<year>20\d{2})|\s+nay)?$", re.IGNORECASE)
_KIND_OF_MONTHS = {"6": "six-month", "sáu": "six-month", "9": "nine-month", "chín": "nine-month"}
_WORD = re.compile(r"[^\W\d_]+")
_STOP_WORDS = """
và của các cho về với trong là được có những một này theo tại đã để từ trên đến như do bằng việc số
"""
_STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True)
class Caption:
    """A line that describes a photo: its half-open place in the text and who is on it, if named."""

    text: str
    start: int
    end: int
    person: str = ""


def captions_of(text: str, names: Iterable[str], title: str = "") -> list[Caption]:
    """Return the caption lines of an article: short lines without a full stop that show someone or some scene."""
    lines = list(_LINE.finditer(text))
    if any(_NOTICE.match(name_key(line.group())) for line in lines[:3]):
        return []
    known = [(name, name_key(name)) for name in names if name]
    title_key = name_key(title)
    found: dict[str, Caption] = {}
    for line in lines[1:]:
        caption = _caption(line, known, title_key)
        if caption is not None:
            found.setdefault(name_key(caption.text), caption)
    return list(found.values())


def _caption(line: re.Match[str], known: Sequence[tuple[str, str]], title_key: str) -> Caption | None:
    words = line.group().strip()
    key = name_key(words)
    credited = "ảnh:" in key.replace(" :", ":")
    ends_as_sentence = words.endswith((".", ":", ";", "…", ",")) and not credited
    if not words or len(words.split()) > LONGEST_CAPTION or ends_as_sentence or words.isupper():
        return None
    if (
        _CREDIT.match(words)
        or _DATED.search(key)
        or (title_key and (key.startswith(title_key) or title_key.startswith(key)))
    ):
        return None
    person = next((name for name, name_in_key in known if name_in_key in key), "")
    if not _PICTURE.search(key) or not (person or _SCENE.search(key)):
        return None
    lead = len(line.group()) - len(line.group().lstrip())
    return Caption(words, line.start() + lead, line.start() + lead + len(words), person)


def byline_of(text: str) -> str:
    """Return who wrote the article as its last lines say; nothing where they do not."""
    lines = [line.group().strip() for line in _LINE.finditer(text) if line.group().strip()]
    if any(_NOTICE.match(name_key(line)) for line in lines[:3]):
        return ""  # the name at the end of a notice is its signer's
    for line in reversed(lines[1:][-LAST_LINES:]):
        if _CREDIT.match(line) and len(line.split()) <= LONGEST_BYLINE and ":" in line:
            return line.partition(":")[2].strip(" .")
        if _names_authors(line):
            return line.rstrip(".")
    return ""


def _names_authors(line: str) -> bool:
    """Tell whether a line holds names and nothing else; a line without any mark is navigation, not Vietnamese names."""
    words = line.replace(",", " ").split()
    fits = SHORTEST_NAME <= len(words) <= LONGEST_BYLINE and _TEAM.match(line) is not None
    return fits and all(word[:1].isupper() for word in words) and not line.isupper() and not line.isascii()


def groups_of(text: str, names: Iterable[str]) -> str:
    """Return those present without names, as the text says it («đại diện các sở, ban, ngành»), between semicolons."""
    keys = [name_key(name) for name in names if name]
    found: dict[str, str] = {}
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        if not _PRESENT.search(sentence.lower()):
            continue
        for group in _GROUP.finditer(sentence):
            words = _GROUP_END.sub("", group.group()).strip(" ,")
            key = name_key(words)
            says_who = len(words.split()) > SHORTEST_NAME and not _ACT.search(key)
            if says_who and not any(name in key for name in keys):
                found.setdefault(key, words)
    return "; ".join(found.values())


def period_of(text: str, year: int | None) -> tuple[str, int] | None:
    """Return the kind and year of the period a text names; `year` stands where the text names none."""
    months = _MONTHS.search(text or "")
    if months:
        stated = int(months["year"]) if months["year"] else year
        return (_KIND_OF_MONTHS[months["months"].lower()], stated) if stated else None
    whole = _WHOLE_YEAR.match((text or "").strip())
    if whole:
        stated = int(whole["year"]) if whole["year"] else year
        return ("year", stated) if stated else None
    return None


def words_after(text: str, start: int) -> str:
    """Return the words that follow a number at a place of the text, up to the next number or the end of the clause."""
    found = _AFTER_NUMBER.match(text, start)
    return found["words"].strip(" ,") if found else ""


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the whole sentence in which a place of the text lies, on one line."""
    begun = max(
        (found.end() for found in _SENTENCE_END.finditer(text, max(0, start - LONGEST_SENTENCE), start)), default=0
    )
    ended = _SENTENCE_END.search(text, end, min(len(text), end + LONGEST_SENTENCE))
    first = begun or max(0, start - LONGEST_SENTENCE)
    return " ".join(text[first : ended.end() if ended else min(len(text), end + LONGEST_SENTENCE)].split())


def closest(text: str, labels: Mapping[str, str], *, unit: str = "") -> str:
    """Return the key whose label shares most words and pairs of words with the text; nothing where none is near.

    Rare words weigh more than those that many labels share; a label must hold every word of the unit that is counted.
    Two labels equally near are no proposal.
    """
    asked, counted = _features(text), _features(unit)
    if not asked:
        return ""
    features = {key: words for key, label in labels.items() if counted <= (words := _features(label))}
    spread: dict[str, int] = {}
    for words in features.values():
        for word in words:
            spread[word] = spread.get(word, 0) + 1
    scores = sorted(((_nearness(asked, words, spread), key) for key, words in features.items()), reverse=True)
    if not scores or scores[0][0] < CLOSEST_FLOOR or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return ""
    return scores[0][1]


def _features(text: str) -> frozenset[str]:
    words = [word for word in _WORD.findall(name_key(text)) if word not in _STOP]
    pairs = [f"{left} {right}" for left, right in pairwise(words)]
    return frozenset(words) | frozenset(pairs)


def _nearness(asked: frozenset[str], words: frozenset[str], spread: Mapping[str, int]) -> float:
    def weight(some: Iterable[str]) -> float:
        return sum((2.0 if " " in word else 1.0) / spread.get(word, 1) for word in some)

    both = weight(asked) + weight(words)
    return 2 * weight(asked & words) / both if both else 0.0


def roles_clash(left: Iterable[str], right: Iterable[str]) -> bool:
    """Tell whether two lists of roles have nothing in common, so that one name may stand for two people.

    Where one side says no role there is nothing to clash.
    """
    mine, theirs = [_features(role) for role in left if role], [_features(role) for role in right if role]
    if not mine or not theirs:
        return False
    return all(
        len(one & other) / min(len(one), len(other)) < ROLE_FLOOR for one in mine for other in theirs if one and other
    )
