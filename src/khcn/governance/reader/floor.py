"""Follow who has the floor: whether orders are being given, and whether a verb of ordering orders or asks."""

from dataclasses import dataclass

from khcn.governance.reader.clauses import ORDERING, UPWARD, is_body, read_order, skip_leading
from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern, phrases, places
from khcn.governance.reader.sections import Section
from khcn.governance.reader.speakers import Quote, Speakers
from khcn.kernel.text.sentences import Sentence

ORDERS = phrases("acts", "orders")
ENUMERATED = pattern(r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|thứ \w+)\s?(?:là)?[,:]?\s")
_ASKS = pattern(r"(?:kiến nghị|đề xuất|mong muốn|đề nghị)\b")
_ABOUT = pattern(
    r"(?:đối với|về|riêng|để|trong|từ nay|thời gian tới|trên cơ sở|trước mắt|liên quan)(?:[^,;.:]|[.,](?=\S)){0,180},\s"
)
_OPENING = pattern(
    r"(?:đối với|riêng|về phía|các đồng chí|trong đó,|đồng thời,|đồng thời|ngoài ra,|bên cạnh đó,|theo đó,|cụ thể,|mặt khác,|cùng với đó,|song song đó,|trước mắt,|vì vậy,|vì thế,|do đó,|do vậy,)\s"
)
_CONCLUDES = pattern(
    r"(?:kết luận|phát biểu chỉ đạo|chỉ đạo tại|giao nhiệm vụ|yêu cầu|đề nghị|lưu ý|nhấn mạnh|chỉ đạo)"
)
_NARRATION = pattern(
    r"(?:tại buổi làm việc, (?:các|đại diện|lãnh đạo)|trước đó|báo cáo tại|theo báo cáo|cùng ngày"
    r"|tại hội nghị, các|thay mặt|phát biểu tại (?:buổi|hội|cuộc)[\w\s]+, (?:ông|bà|giám đốc)|tiếp thu"
    r"|đại diện|sau khi nghe|dịp này|nhân dịp|trong khuôn khổ)"
)
_CAPTION = pattern(
    r"(?:phát biểu|kết luận|chỉ đạo|chủ trì)(?:\s(?:chỉ đạo|kết luận))?\s(?:tại\s)?(?:buổi|hội nghị|cuộc|phiên|kỳ|lễ|hội thảo)[^,;:.]{0,90}\.?(?:\s?ảnh:.*)?$"
)
_I = pattern(r"\b(?:tôi|chúng tôi)\s(?:đã\s|cũng\s)?$")
# "Ngày 3/2, Sở X có công văn yêu cầu …" tells of a paper that went out before.
_PAPER = pattern(
    r"(?:trước đó, )?(?:ngày\s\d[^,]{0,12},\s)?[^,;:]{2,60}?\s(?:có|ban hành|gửi)\s(?:\w+\s){0,2}?(?:công văn|công điện|chỉ thị)\b"
)
_GOES_ON = pattern(r"(?:đồng thời|bên cạnh đó|cùng với đó|ngoài ra),?\s(?:cũng\s)?")
_QUOTE_MARKS = '“"«'
_SHORT_REACH = 16
_SHORT_GAP = 3
_SUBJECT_REACH = 400


@dataclass(slots=True)
class Listening:
    """What the reader remembers from sentence to sentence: whether orders are being given, and to whom."""

    ordering: bool = False
    followed: bool = False
    ordered_in: Quote | None = None  # the quotation in which the last order stands
    ordered: bool = False  # whether any order was read so far
    chair_speaks: int | None = None  # the paragraph in which the chair has the word
    chair_last: bool = False  # whether the sentence before says what the chair says
    quote: Quote | None = None
    section: Section = Section.NONE


def subject_start(document: Document, sentence: Sentence) -> int:
    """Return where the subject of a sentence begins, after ``Hai là,`` or ``Đối với nguồn điện,``."""
    enumerated = ENUMERATED.match(document.lower, sentence.start)
    if enumerated:
        return enumerated.end()
    about = _ABOUT.match(document.lower, sentence.start, sentence.end)
    if about and is_body(document, about.end()):
        return about.end()
    opening = _OPENING.match(document.lower, sentence.start)
    quoted = document.text[sentence.start] in _QUOTE_MARKS
    return opening.end() if opening else sentence.start + quoted


class Floor:
    """Answer for one document who may order where."""

    def __init__(self, document: Document, speakers: Speakers) -> None:
        """Remember the document and who speaks in it."""
        self.document = document
        self.speakers = speakers

    def follow(self, sentence: Sentence, state: Listening) -> None:
        """Turn the giving of orders on when the chair concludes, off when somebody else takes the word."""
        if state.section is not Section.NONE:
            state.ordering = state.section in {Section.TASKS, Section.PETITIONS}
            return
        quote = state.quote
        if quote and quote.speaker:
            if quote.speaker != self.speakers.chair:
                state.ordering = False
            return
        speaker = self.speakers.opening_speaker(sentence)
        if speaker is None:
            asks = self._opens_by_asking(sentence)
            if asks or _NARRATION.match(self.document.lower, sentence.start, sentence.end):
                state.ordering = state.followed = False
                state.chair_speaks = None
            return
        commands = self.speakers.commands(speaker)
        state.chair_speaks = sentence.paragraph if commands else None
        if not commands:
            state.ordering = state.followed = False
        elif _CONCLUDES.search(self.document.lower, sentence.start, sentence.end) and not self._is_caption(sentence):
            state.ordering = True

    def _is_caption(self, sentence: Sentence) -> bool:
        """Tell whether a sentence only says that somebody speaks: ``Bí thư A phát biểu chỉ đạo tại hội nghị``."""
        return _CAPTION.search(self.document.lower, sentence.start, sentence.end) is not None

    def _opens_by_asking(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is ``Liên hiệp hội đề xuất …``: a body asks, so nobody orders."""
        start = subject_start(self.document, sentence)
        order = read_order(self.document, start, sentence.end) if is_body(self.document, start) else None
        return order is not None and _ASKS.match(self.document.lower, order.action[0]) is not None

    def orders(self, sentence: Sentence, start: int, trigger: str, state: Listening) -> bool:
        """Decide by the speaker whether a verb orders or only asks."""
        if state.section in {Section.TASKS, Section.PETITIONS}:
            return True
        if state.section in {Section.ASSESSMENT, Section.CLOSING}:
            return False
        if state.ordered and _PAPER.match(self.document.lower, sentence.start, start):
            return False
        end = start + len(trigger)
        if state.quote and state.quote.speaker:
            mine = trigger in ORDERS.all and _I.search(self.document.lower, max(0, start - _SHORT_REACH), start)
            below = self._tells_below(state.quote.speaker, end)
            return state.quote.speaker == self.speakers.chair or bool(mine) or below
        subject = self.speakers.subject(sentence.start, start)
        if subject is not None:
            if self.speakers.commands(subject):
                return True
            direct = _is_direct(self.document, subject.reach, start) or self.speakers.goes_on(subject, start)
            return direct and (
                (trigger in ORDERS.all and self._is_leader(subject.key)) or self._tells_below(subject.key, end)
            )
        return self._orders_unnamed(sentence, start, trigger, state)

    def _orders_unnamed(self, sentence: Sentence, start: int, trigger: str, state: Listening) -> bool:
        """Decide when a sentence names nobody before its verb: the one who spoke last, or a body, is meant."""
        about = _ABOUT.match(self.document.lower, sentence.start, start)
        # "Đối với đề xuất …, giao …": the word before the comma is what is answered, nobody asks here.
        if _ASKS.search(self.document.lower, about.end() if about else sentence.start, start):
            return False
        if self._asks_above(sentence, start, start + len(trigger)):
            return False
        if self._ordering_body(sentence, start):
            return trigger in ORDERS.all or state.ordering
        going_on = state.chair_last and _GOES_ON.fullmatch(self.document.lower, sentence.start, start)
        return state.ordering or bool(going_on) or (trigger in ORDERS.all and start == sentence.start)

    def _asks_above(self, sentence: Sentence, start: int, end: int) -> bool:
        """Tell whether a body turns to one above: ``Về biên chế, Sở X đề nghị UBND tỉnh …``."""
        comma = self.document.text.rfind(", ", sentence.start, start)
        clause = comma + 2 if comma >= 0 else sentence.start
        asks = is_body(self.document, clause) and not ORDERING.opens(self.document.lower, clause)
        return asks and bool(UPWARD.opens(self.document.lower, skip_leading(self.document, end, sentence.end)))

    def _tells_below(self, key: str | None, end: int) -> bool:
        """Tell whether a leader, though not the one who presides, turns to a body that is not above the session."""
        position = skip_leading(self.document, end, min(end + _SUBJECT_REACH, len(self.document.text)))
        told = is_body(self.document, position) or places().opens(self.document.lower, position)
        return bool(told) and not UPWARD.opens(self.document.lower, position) and self._is_leader(key)

    def _is_leader(self, key: str | None) -> bool:
        return key is not None and self.speakers.cast.characters[key].rank > 0

    def _ordering_body(self, sentence: Sentence, start: int) -> bool:
        """Tell whether a body that gives orders (``thành phố``, ``UBND tỉnh``) is the subject before a verb."""
        document = self.document
        numbers = document.words_within(max(sentence.start, start - _SUBJECT_REACH), start)
        return any(
            ORDERING.at(document.lower, document.words[number].start, document.words[number].lower)
            for number in numbers
        )


def _is_direct(document: Document, start: int, end: int) -> bool:
    """Tell whether at most a few words part a subject from its verb."""
    return start >= end or len(document.text[start:end].split()) <= _SHORT_GAP
