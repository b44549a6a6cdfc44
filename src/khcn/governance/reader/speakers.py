"""Tell who speaks: who presides, whose words stand between quotation marks, whose sentence it is."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from khcn.governance.reader.clauses import ORDERING, is_body
from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern, phrases
from khcn.governance.reader.people import Cast, Mention
from khcn.governance.reader.reading import Span
from khcn.kernel.text.sentences import Sentence

_SPEECH = phrases("acts", "speech")
_ACT = phrases("acts", "orders", "requests", "petitions")
_PRESIDING = phrases("acts", "presiding")
_GIVES_ORDERS = phrases("acts", "orders")
_REPORTING = phrases("acts", "reporting")
_ATTRIBUTION_GAP = pattern(r"\s?[,.–-]?\s?(?:theo\s)?")
# "… - đó là chỉ đạo của Bí thư A": the verb stands before the one who says it.
_SAID_BY = pattern(
    r"\s?[,.–-]?\s?(?:đó|đây) (?:cũng )?là\s(?P<verb>chỉ đạo|yêu cầu|lưu ý|nhấn mạnh|khẳng định|đề nghị|chia sẻ)\s(?:của|từ)\s"
)
_AUXILIARY = pattern(
    r"\s?[-,)]?\s?(?:(?:cũng|đã|đang|sẽ|vừa|tiếp tục|chia sẻ và|phát biểu và|thẳng thắn|thay mặt\s[\w\s]{0,40}?)\s)*"
)
_PRONOUN = pattern(r"(?:(?<=[.\"”,\n])\s|(?<=\n)|(?<=, )|(?<=:\s))(?P<who>ông|bà|đồng chí|anh|chị)(?=\s[a-zà-ỹđ])")
_GOES_ON = pattern(r"[;,]\s(?:đồng thời,?|qua đó,?|từ đó,?|và)\s(?:cũng\s)?$")
_GOES_ON_REACH = 24
_PRAISES = pattern(r"(?:đánh giá cao|ghi nhận|biểu dương|hoan nghênh)")
_GUEST = pattern(r"(?:với|của|tới thăm của|làm việc của)\s?$")
_LED = pattern(
    r"(?:\bdo|dưới sự chủ trì của|sự chủ trì của|chủ trì của|chủ trì:|chủ trì là|kết luận của)\s(?:đồng chí\s)?$"
)
_PRESIDED_BY = pattern(r"chủ trì\s(?:(?:buổi|cuộc|hội|phiên|lễ)[\w\s]{0,30}?\s)?(?:là|gồm có|gồm|có)\s[^.;:,\n]{0,70}$")
_WELCOME = pattern(r"(?:về phía|tiếp đoàn|đón tiếp|đón và làm việc|làm việc với đoàn|tiếp và làm việc)")
_ATTEND = pattern(
    r"(?:cùng dự|tham dự|dự họp|tham gia buổi|cùng đi|tham gia đoàn|dự buổi|có mặt|cùng tham dự"
    r"|thành phần|dự và|về dự|tới dự|đến dự|cùng tham gia|dự cuộc|dự hội nghị|cùng với)"
)
_REPORTS = pattern(
    r"(?:báo cáo tại|thay mặt\s[^.;]{2,60}\sbáo cáo|trình bày báo cáo|trình bày|báo cáo với|báo cáo tóm tắt|nghe(?:\sbáo cáo của)?)[^.;]{0,110}$"
)
_LONGEST_QUOTE = 2500
_ATTRIBUTION_REACH = 150
_OPENING, _CLOSING = "“«", "”»"


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words (half-open) with who says them and the verb that says how; both may be unknown."""

    start: int
    end: int
    speaker: str | None
    verb: str
    verb_end: int


def _quote_spans(text: str) -> list[Span]:
    spans: list[Span] = []
    opened = -1
    for found in re.finditer(r"[“”«»\"]", text):
        mark, place = found.group(), found.start()
        if opened >= 0 and place - opened > _LONGEST_QUOTE:
            opened = -1
        if mark in _OPENING or (mark == '"' and opened < 0):
            opened = place
        elif opened >= 0:
            spans.append((opened, place + 1))
            opened = -1
    return spans


def _named_at(cast: Cast, position: int) -> list[Mention]:
    """Return who is named at a place, with or without a post before the name: ``Bí thư Huyện ủy Lê Văn A``."""
    ends = [role.end + 1 for role in cast.roles if role.start == position]
    return [mention for start in (*ends, position) for mention in cast.within(start, start + 1)]


def _attributed(document: Document, cast: Cast, span: Span) -> Quote:
    start, end = span
    gap = _ATTRIBUTION_GAP.match(document.lower, end)
    after = gap.end() if gap else end
    for mention in _named_at(cast, after):
        speech = _speech_after(document, mention.reach)
        if speech and "\n" not in document.text[end : mention.start]:
            return Quote(start, end, mention.key, *speech)
    said = _SAID_BY.match(document.lower, end)
    for mention in _named_at(cast, said.end()) if said else ():
        return Quote(start, end, mention.key, said["verb"] if said else "", mention.start)
    before = cast.last_before(max(0, start - _ATTRIBUTION_REACH), start)
    if before and "\n" not in document.text[before.end : start]:
        between = document.lower[before.end : start]
        verbs = [
            word
            for word in document.words_within(before.end, start)
            if _SPEECH.at(document.lower, *_head(document, word))
        ]
        if verbs and not re.search(r"[.!?]\s", between):
            verb = _SPEECH.at(document.lower, *_head(document, verbs[-1]))
            return Quote(start, end, before.key, verb, start)
    return Quote(start, end, None, "", end)


def _head(document: Document, number: int) -> tuple[int, str]:
    word = document.words[number]
    return word.start, word.lower


def _speech_after(document: Document, position: int) -> tuple[str, int] | None:
    found = _AUXILIARY.match(document.lower, position)
    start = found.end() if found else position
    verb = _SPEECH.opens(document.lower, start)
    return (verb, start + len(verb)) if verb else None


def _with_pronouns(document: Document, cast: Cast) -> Cast:
    """Add the places where ``ông`` or ``đồng chí`` alone means the last person who spoke."""
    mentions: list[Mention] = []
    speaker: Mention | None = None
    known = iter([*cast.mentions, Mention(len(document.text), len(document.text), None)])
    following = next(known)
    for found in _PRONOUN.finditer(document.lower):
        while following.start < found.end():
            if following.key and (
                speaker is None or _speech_after(document, following.reach) or following.reach > following.end
            ):
                speaker = following
            following = next(known)
        if speaker and _fits(document, speaker, found["who"]) and _speech_after(document, found.end()):
            mentions.append(Mention(found.start("who"), found.end("who"), speaker.key, found.end("who")))
    return replace(cast, mentions=sorted([*cast.mentions, *mentions], key=lambda mention: mention.start))


def _fits(document: Document, speaker: Mention, pronoun: str) -> bool:
    """Tell whether a pronoun may stand for a person: ``bà`` never for one who was called ``ông``."""
    address = document.lower[speaker.start : speaker.start + 3]
    return {pronoun, address.strip()} != {"ông", "bà"}


class Speakers:
    """Answer who speaks in each sentence of one document and whether that person may give orders there."""

    def __init__(self, document: Document, cast: Cast) -> None:
        """Find the quotations and the person who presides."""
        self.document = document
        cast = _with_pronouns(document, cast)
        self.cast = cast
        self.quotes = [_attributed(document, cast, span) for span in _quote_spans(document.text)]
        self.chair = self._chair()

    def quote_at(self, sentence: Sentence) -> Quote | None:
        """Return the quotation in which a sentence begins, or that holds its middle."""
        for position in (sentence.start, (sentence.start + sentence.end) // 2):
            place = bisect_right(self.quotes, position, key=lambda quote: quote.start) - 1
            if place >= 0 and position < self.quotes[place].end:
                return self.quotes[place]
        return None

    def subject(self, start: int, position: int) -> Mention | None:
        """Return the last person mentioned in a sentence before a verb at ``position``.

        None when a body stands nearer: ``làm việc với bà A, lãnh đạo doanh nghiệp nêu …``.
        """
        mention = self.cast.last_before(start, position)
        if mention is None:
            return None
        if self.goes_on(mention, position):
            return mention  # "…; đồng thời đề nghị": the one who said what came before goes on
        comma = self.document.text.rfind(", ", mention.reach, position)
        return None if comma >= 0 and is_body(self.document, comma + 2) else mention

    def goes_on(self, mention: Mention, position: int) -> bool:
        """Tell whether ``; đồng thời`` or ``, và`` stands before a verb: the one mentioned goes on speaking."""
        low = max(mention.reach, position - _GOES_ON_REACH)
        return _GOES_ON.search(self.document.lower, low, position) is not None

    def commands(self, mention: Mention | None) -> bool:
        """Tell whether a mentioned person presides, or is an unnamed holder of a post that gives orders."""
        if mention is None:
            return False
        if mention.key is not None:
            return mention.key == self.chair
        return bool(ORDERING.opens(self.document.lower, mention.start))

    def opening_speaker(self, sentence: Sentence) -> Mention | None:
        """Return the person who says something in a sentence: the first mention that a verb of saying follows."""
        for mention in self.cast.within(sentence.start, sentence.end):
            if _speech_after(self.document, mention.reach):
                return mention
        return None

    def _chair(self) -> str | None:
        scores: dict[str, float] = {}
        for place, (key, character) in enumerate(self.cast.characters.items()):
            scores[key] = character.rank - 0.1 * place
            for start, end in character.mentions:
                scores[key] += self._presides(start, end)
        best = max(scores, key=lambda key: scores[key], default=None)
        return best if best is not None and scores[best] > 0 else None

    def _leads(self, start: int) -> float:
        if not _LED.search(self.document.lower[max(0, start - 40) : start]):
            return 0.0
        return 4.0 if self.cast.holders_rank(start) else 1.0

    def _presides(self, start: int, end: int) -> float:
        lower = self.document.lower
        found = _AUXILIARY.match(lower, end)
        after = found.end() if found else end
        line_end = lower.find("\n", end)
        tail = lower[end : min(end + 160, line_end if line_end > 0 else len(lower))]
        score = self._leads(start)
        if _PRESIDING.opens(lower, after):
            score += 3
        elif re.search(rf"^[^.;]{{0,120}}?\b(?:{_STRONG_PRESIDING})", tail):
            score += 2
        if _PRAISES.match(lower, after):
            score += 1.5
        if _PRESIDED_BY.search(lower[max(0, start - 130) : start]):
            score += 4
        if _GUEST.search(lower[max(0, start - 20) : start]) and start < len(lower) / 4:
            score += 1.5
        if _GIVES_ORDERS.opens(lower, after):
            score += 0.7
        if re.search(r"(?:kết luận|chỉ đạo)[\w\s,]{0,50}$", lower[max(0, start - 60) : start]):
            score += 2
        return score

    def part(self, key: str) -> str:
        """Return the part a person plays: chair, host, reporter, speaker, attendee or mentioned."""
        if key == self.chair:
            return "chair"
        verbs = self._verbs_of(key)
        if any("báo cáo" in verb for verb in verbs) or self._introduced_as_reporter(key):
            return "reporter"
        if verbs:
            return "speaker"
        start = self.cast.characters[key].first.start
        sentence_start = max(self.document.lower.rfind(". ", 0, start), self.document.lower.rfind("\n", 0, start), 0)
        opening = self.document.lower[sentence_start:start]
        if _ATTEND.search(opening):
            return "attendee"
        return "host" if _WELCOME.search(opening) else "mentioned"

    def _introduced_as_reporter(self, key: str) -> bool:
        return any(
            _REPORTS.search(self.document.lower[max(0, start - 150) : start].rsplit("\n", 1)[-1])
            for start, _ in self.cast.characters[key].mentions
        )

    def _verbs_of(self, key: str) -> list[str]:
        verbs = [quote.verb for quote in self.quotes if quote.speaker == key and quote.verb]
        for start, end in self.cast.characters[key].mentions:
            speech = _speech_after(self.document, end)
            report = _REPORTING.opens(self.document.lower, _past_auxiliary(self.document, end))
            verbs += [speech[0]] if speech else []
            verbs += ["cho biết"] if self.document.lower[max(0, start - 5) : start] == "theo " else []
            verbs += [report] if report else []
        return verbs


def _past_auxiliary(document: Document, position: int) -> int:
    found = _AUXILIARY.match(document.lower, position)
    return found.end() if found else position


_STRONG_PRESIDING = pattern(
    r"chủ trì|tiếp và làm việc|tiếp, làm việc|đã tiếp|có buổi làm việc|làm việc với|làm việc tại|đến thăm"
    r"|thăm và làm việc|thăm, làm việc|làm trưởng đoàn|phát biểu chỉ đạo|phát biểu kết luận|kết luận buổi"
    r"|kết luận hội nghị|dẫn đầu|kết luận|có cuộc làm việc|đi kiểm tra|có buổi kiểm tra",
).pattern
