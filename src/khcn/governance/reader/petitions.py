"""Read petitions: what the host, a delegate or an enterprise asks of a higher body, and the answer the text gives."""

from collections.abc import Iterator
from dataclasses import replace

from khcn.governance.reader.answers import find_answers, with_answers
from khcn.governance.reader.asked import decided, item_start, split_asked
from khcn.governance.reader.clauses import (
    ACTIONS,
    MODALS,
    UPWARD,
    Order,
    is_body,
    loose_order,
    read_order,
    split_list,
)
from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import pattern, phrases
from khcn.governance.reader.reading import Evidence, Petition, Span
from khcn.governance.reader.sections import Section, Sections
from khcn.governance.reader.spans import SpanSet
from khcn.governance.reader.speakers import Speakers
from khcn.kernel.text.folding import search_key
from khcn.kernel.text.sentences import Sentence

_PETITIONS = phrases("acts", "petitions")
_NOUN_AFTER = pattern(r"\s(?:của|đó|này|trên|liên quan|đã|được|nêu|chính đáng|thì|,\s(?:đề xuất|kiến nghị)\scủa)")
_NOUN_BEFORE = pattern(
    r"(?:các|những|nội dung|ý kiến|giải quyết|trả lời|một số|về|mọi|số|từng|nhiều|xem xét|tiếp thu"
    r"|lắng nghe|tổng hợp|hồ sơ|văn bản|cho|với|đối với|theo|công văn|nghiên cứu|nhiệm vụ|danh mục)\s$"
)
_ANSWERED = pattern(
    r"(?:kiến nghị|đề xuất|đề nghị)(?:,\s(?:kiến nghị|đề xuất"
    r"|đề nghị))?\scủa\s(?P<who>[^,;.:]{2,80}?),?\s(?P<answer>(?:sẽ|đã|cơ bản|được|thống nhất|đồng ý"
    r"|giao)\s?[^.]*(?:tổng hợp|xem xét|giải quyết|nghiên cứu|tiếp thu|thống nhất|đồng ý|giao"
    r"|trả lời)[^.]*)"
)
_COMPLAINT = pattern(
    r"(?:nêu|phản ánh|kiến nghị|chỉ ra|kể|bày tỏ|đề cập|báo cáo)(?:\sra|\slên"
    r"|\srõ)?\s(?:[\w\s]{0,30}?)(?:bất cập|vướng mắc|khó khăn|kiến nghị|đề xuất"
    r"|trăn trở)[^:.]{0,160}?(?:như|gồm|là|cụ thể|sau)?\s?:\s"
    r"|(?:phản ánh|nêu|đề cập)(?:\sra|\slên|\srõ)?\s(?:một số|nhiều|những|hàng loạt|các)\s(?:bất cập|vướng mắc|khó khăn)"
    r"(?:,\s(?:bất cập|vướng mắc|khó khăn))*\s(?:trong|về|liên quan|ở)\s(?=[^.\n]*;)"
)
_LISTED = pattern(
    r"(?:có|nêu|đưa ra|gồm|với|gửi)\s(?:\w+\s){0,3}?(?:kiến nghị|đề xuất|đề nghị)(?:,\s(?:kiến nghị|đề xuất|đề nghị))?"
    r"(?:\s[^:.;]{0,60})?:\s(?=\w)"
    r"|(?:kiến nghị|đề xuất|đề nghị)\s(?:[^:.;]{0,60}\s)?(?:nội dung|vấn đề|việc|giải pháp|ý kiến)(?:\s[^:.;]{0,110})?:\s(?=\w)"
)
_ABOUT = pattern(
    r"(?:về|đối với|liên quan đến)\s(?:các\s|những\s|nội dung\s)*(?:kiến nghị|đề xuất"
    r"|đề nghị)(?:, (?:kiến nghị|đề xuất))?[,:]?\s"
)
_ITEM_ABOUT = pattern(
    r"(?:việc\s(?=[^:;.]{3,160}:)|(?:về|đối với)\s(?:(?:các\s|những\s)?(?:nội dung\s)?(?:kiến nghị|đề nghị|đề xuất|việc"
    r"|nội dung)\s?(?:về\s|của\s)?)?)"
)
_AGREED = pattern(
    r"(?:cơ bản\s)?(?:đồng ý|thống nhất|nhất trí"
    r"|chấp thuận)(?:\svề)?(?:\schủ trương)?\s(?P<what>[^;.]+?)\stheo\s(?:đề nghị|kiến nghị"
    r"|đề xuất)\scủa\s(?P<who>[^;.,]+)"
)
_ANSWER_VERBS = pattern(
    r"(?:đồng ý|thống nhất|giao\s|đề nghị|yêu cầu|chưa|không|ghi nhận|tiếp thu|sẽ|cho phép|chấp thuận|nhất trí|ubnd)"
)
_ACCEPTS = pattern(
    r"(?:ghi nhận|tiếp thu|đồng tình|đồng ý|nhất trí|thống nhất|hứa|sẽ (?:xem xét|nghiên cứu|tổng hợp"
    r"|rà soát|báo cáo|tập trung))"
)
# "Đối với những kiến nghị vượt thẩm quyền, Sở sẽ tổng hợp …" answers, it asks for nothing.
_PROMISES = pattern(
    r"\ssẽ\s(?:được\s)?(?:tổng hợp|xem xét|nghiên cứu|tiếp thu|báo cáo|giải quyết|trả lời|tham mưu|phối hợp)"
)
_MATTER = pattern(r"(?:về|đối với|liên quan đến|liên quan)\s(?:[^;.:]|[.](?=\S)){2,90}?,\s(?=cần|nên|phải)")
_AFTER_NAME = pattern(r"\s(?:vừa|đã|sẽ|cũng|đang|có|công bố|tiếp tục|mạnh dạn|nói|cho|thẳng thắn|nêu)(?:\s.*)?$")
# "kiến nghị về thuế …" answers one petition, not all of them.
_ON_ONE = pattern(r"(?:kiến nghị|đề xuất|đề nghị)\s(?:về|liên quan đến)\s")
_LONGEST_SUBJECT = 90
_REMEMBERED = 200


class PetitionReader:
    """Read the petitions of one document, outside the spans that were read as directives."""

    def __init__(self, document: Document, speakers: Speakers, sections: Sections, ordered: SpanSet) -> None:
        """Remember the document, who speaks in it, its sections and where orders stand."""
        self.document = document
        self.speakers = speakers
        self.sections = sections
        self.ordered = ordered
        self._asking: tuple[int, str | None] | None = None  # the paragraph where somebody asks, and who

    def read(self) -> tuple[list[Petition], list[Span]]:
        """Return the petitions in order and their canonical spans."""
        found: list[tuple[Petition, Span]] = []
        for sentence in self.document.sentences:
            if (
                sentence.paragraph in self.document.repeated | self.sections.headings
                or sentence.paragraph == self.document.title
            ):
                continue
            new = self._read_sentence(sentence) or self._by_continuation(sentence)
            self._asking = (sentence.paragraph, new[-1][0].asked_by) if new else None
            found += new
        kept = self._without_repetition(found)
        told = _without_bare_answers([petition for petition, _ in kept])
        answered = with_answers(self.document, find_answers(self.document, self.sections), told)
        return self._answered(answered), [span for _, span in found]

    def _read_sentence(self, sentence: Sentence) -> list[tuple[Petition, Span]]:
        if self.sections.of[sentence.paragraph] is Section.PETITIONS:
            return self._by_item(sentence)
        if self.sections.of[sentence.paragraph] is Section.TASKS:
            return []
        for reader in (
            self._by_answer,
            self._by_topic,
            self._by_list,
            self._by_verb,
            self._by_complaint,
            self._by_need,
        ):
            found = reader(sentence)
            if found:
                return found
        return []

    def _by_item(self, sentence: Sentence) -> list[tuple[Petition, Span]]:
        """Read ``1. Về kiến nghị …: Giao Sở X …`` in the section that answers petitions."""
        lower = self.document.lower
        start = item_start(self.document, sentence.start, sentence.end)
        agreed = _AGREED.match(lower, start, sentence.end)
        if agreed:
            who = self.document.clean(*agreed.span("who"))
            return [
                self._made(
                    sentence,
                    agreed.span("what"),
                    who,
                    "petition_agreed",
                    self.document.clean(sentence.start, sentence.end),
                )
            ]
        about = _ITEM_ABOUT.match(lower, start, sentence.end)
        if about is None:
            return self._by_decision(sentence, start)
        colon = lower.find(":", about.end(), sentence.end)
        answer = None if colon > 0 else _ANSWER_VERBS.search(lower, about.end(), sentence.end)
        end = colon if colon > 0 else (answer.start() if answer else sentence.end)
        response = self.document.clean(min(end + (colon > 0), sentence.end), sentence.end) or self._next_line(sentence)
        return [self._made(sentence, (about.end(), end), self.sections.asked_by, "petition_item", response)]

    def _by_decision(self, sentence: Sentence, start: int) -> list[tuple[Petition, Span]]:
        what = decided(self.document, start, sentence.end)
        if what is None:
            return []
        response = self.document.clean(start, sentence.end)
        return [self._made(sentence, what, self.sections.asked_by, "petition_decided", response)]

    def _next_line(self, sentence: Sentence) -> str | None:
        following = sentence.paragraph + 1
        if following >= len(self.document.paragraphs):
            return None
        paragraph = self.document.paragraphs[following]
        line = self.document.lower[paragraph.start : paragraph.end]
        answers = _ANSWER_VERBS.match(line) or is_body(self.document, paragraph.start)
        return self.document.clean(paragraph.start, paragraph.end) if answers else None

    def _by_answer(self, sentence: Sentence) -> list[tuple[Petition, Span]]:
        """Read ``những kiến nghị của X sẽ được xem xét``: the petition's words are not given, its answer is."""
        found = _ANSWERED.search(self.document.lower, sentence.start, sentence.end)
        if found is None or self._is_ordered(sentence.start):
            return []
        who = self.document.clean(*found.span("who"))
        answer = self.document.clean(*found.span("answer"))
        return [self._made(sentence, (sentence.start, found.end("who")), who, "answered_petition", answer)]

    def _by_topic(self, sentence: Sentence) -> list[tuple[Petition, Span]]:
        """Read ``Về kiến nghị, X cho rằng …``."""
        about = _ABOUT.match(self.document.lower, sentence.start, sentence.end)
        speaker = self.speakers.opening_speaker(sentence)
        if about is None or _PROMISES.search(self.document.lower, about.end(), sentence.end):
            return []
        if self.speakers.commands(speaker) or self.ordered.touches(sentence.start, sentence.end):
            return []
        return [
            self._made(
                sentence, (about.end(), sentence.end), self._subject(about.end(), sentence.end), "petition_topic"
            )
        ]

    def _by_verb(self, sentence: Sentence) -> list[tuple[Petition, Span]]:
        for start, verb in self._verbs(sentence):
            if self._is_ordered(start) or self._by_chair(sentence, start):
                continue
            order = read_order(self.document, start + len(verb), sentence.end, asking=True) or self._loosely(
                start + len(verb), sentence.end
            )
            if order is None or not self._is_asked(sentence, start, verb, order.to):
                continue
            who = self._subject(sentence.start, start)
            parts = split_asked(self.document, *order.action)
            first = (
                (order.to[0] if order.to[0] < order.to[1] else order.action[0], parts[0][1]) if parts else order.action
            )
            spans = [first, *parts[1:]]
            return [self._made(sentence, part, who, f"verb:{verb}") for part in spans]
        return []

    def _loosely(self, start: int, limit: int) -> Order | None:
        order = loose_order(self.document, start, limit)
        return order if order and UPWARD.opens(self.document.lower, order.to[0]) else None

    def _verbs(self, sentence: Sentence) -> Iterator[tuple[int, str]]:
        document = self.document
        for number in document.words_within(sentence.start, sentence.end):
            word = document.words[number]
            verb = _PETITIONS.at(document.lower, word.start, word.lower)
            if not verb or _NOUN_AFTER.match(document.lower, word.start + len(verb)):
                continue
            if not _NOUN_BEFORE.search(document.lower[max(0, word.start - 16) : word.start]):
                yield word.start, verb

    def _by_chair(self, sentence: Sentence, start: int) -> bool:
        quote = self.speakers.quote_at(sentence)
        if quote and quote.speaker:
            return quote.speaker == self.speakers.chair
        subject = self.speakers.subject(sentence.start, start)
        return subject is not None and subject.key is not None and subject.key == self.speakers.chair

    def _is_asked(self, sentence: Sentence, start: int, verb: str, to: Span) -> bool:
        """Accept ``kiến nghị``; softer verbs only with somebody who asks or a higher body."""
        upward = bool(UPWARD.opens(self.document.lower, to[0])) and to[0] < to[1]
        subject = self.speakers.subject(sentence.start, start)
        named = subject is not None or is_body(self.document, sentence.start)
        if "kiến nghị" in verb:
            return upward or named
        if verb.removesuffix(" được") in {"mong", "xin", "mong muốn", "đề xuất"}:
            return upward or subject is not None or (named and verb.endswith(" được"))
        if to[0] < to[1] and not upward:
            return False
        return upward or (named and start - sentence.start < _LONGEST_SUBJECT * 2)

    def _by_list(self, sentence: Sentence) -> list[tuple[Petition, Span]]:
        """Read ``Sở có 3 kiến nghị, đề xuất: cấp thêm …; bổ sung …; sớm phê duyệt …``."""
        found = _LISTED.search(self.document.lower, sentence.start, sentence.end)
        if found is None or self._is_ordered(found.start()) or self._by_chair(sentence, found.start()):
            return []
        who = self._subject(sentence.start, found.start())
        # Between semicolons stand things asked for, verbs ("cấp thêm …") and nouns ("công tác quản lý …") alike.
        parts = split_list(self.document, found.end(), sentence.end)
        return [self._made(sentence, part, who, "petition_list") for part in parts]

    def _by_continuation(self, sentence: Sentence) -> list[tuple[Petition, Span]]:
        """Read what the same body goes on to ask for: ``Về cơ sở vật chất, cần đầu tư …``."""
        if self._asking is None or self._asking[0] != sentence.paragraph or self._is_ordered(sentence.start):
            return []
        about = _MATTER.match(self.document.lower, sentence.start, sentence.end)
        start = about.end() if about else sentence.start
        asks = MODALS if about else ACTIONS
        if not asks.opens(self.document.lower, start) or self.speakers.opening_speaker(sentence):
            return []
        order = read_order(self.document, start, sentence.end, asking=True)
        parts = split_asked(self.document, *order.action) if order else []
        return [self._made(sentence, part, self._asking[1], "goes_on_asking") for part in parts]

    def _by_complaint(self, sentence: Sentence) -> list[tuple[Petition, Span]]:
        """Read ``nêu ra hàng loạt bất cập …: …; …`` as one petition: remove these difficulties."""
        found = _COMPLAINT.search(self.document.lower, sentence.start, sentence.end)
        if found is None or self._is_ordered(found.start()) or self._by_chair(sentence, found.start()):
            return []
        span = found.start(), sentence.end
        return [self._made(sentence, span, self._subject(sentence.start, found.start()), "complaint")]

    def _by_need(self, sentence: Sentence) -> list[tuple[Petition, Span]]:
        """Read a guest's ``Thành phố cần …``: the subject stands above the one who speaks."""
        quote = self.speakers.quote_at(sentence)
        if quote is None or quote.speaker is None or quote.speaker == self.speakers.chair:
            return []
        said = self.document.text[sentence.start : sentence.end]
        start = sentence.end - len(said.lstrip("\"“ '"))
        limit = min(sentence.end, quote.end - 1)
        order = read_order(self.document, start, limit) if start < limit else None
        if order is None or not order.has_modal or not UPWARD.opens(self.document.lower, start):
            return []
        name = self.speakers.cast.characters[quote.speaker]
        return [self._made(sentence, (start, limit), name.organisation or name.name, "guest_need")]

    def _is_ordered(self, position: int) -> bool:
        return self.ordered.covers(position)

    def _subject(self, start: int, end: int) -> str | None:
        mention = self.speakers.subject(start, end)
        if mention and mention.key:
            character = self.speakers.cast.characters[mention.key]
            return character.organisation or character.name
        document = self.document
        for number in document.words_within(start, end):
            word = document.words[number]
            if is_body(document, word.start):
                words = document.text[word.start : end].split(",")[0]
                name = document.clean(word.start, word.start + min(len(words), _LONGEST_SUBJECT))
                return _AFTER_NAME.sub("", name).strip(' ,;:"“')
        return None

    def _made(
        self,
        sentence: Sentence,
        content: Span,
        who: str | None,
        rule: str,
        response: str | None = None,
    ) -> tuple[Petition, Span]:
        document = self.document
        clause = (
            (sentence.start, sentence.end) if rule in {"petition_topic", "answered_petition", "complaint"} else content
        )
        span = document.span(*clause)
        petition = Petition(
            asked_by=who,
            content=document.clean(*content).strip(' ,;:."“”'),
            response=response,
            evidence=Evidence(text=document.raw(span), span=span, rule=rule, confidence=0.8),
        )
        return petition, clause

    def _without_repetition(self, found: list[tuple[Petition, Span]]) -> list[tuple[Petition, Span]]:
        """Keep of two petitions with the same words the longer, and drop what only a summary line announces."""
        kept: list[tuple[Petition, Span]] = []
        known: list[set[str]] = []
        edge = max((self.document.paragraphs[number].end for number in self.document.summary), default=0)
        inside = [item for item in found if item[1][0] >= edge] or found
        for item in inside:
            words = set(search_key(item[0].content).split())
            first = max(0, len(kept) - _REMEMBERED)
            twin = next((place for place in range(first, len(kept)) if _alike(words, known[place])), None)
            if twin is None:
                kept.append(item)
                known.append(words)
            elif len(words) > len(known[twin]):
                kept[twin], known[twin] = item, words
        return kept

    def _answered(self, petitions: list[Petition]) -> list[Petition]:
        """Give petitions without an answer the sentence in which the chair takes note of them."""
        answer = next(
            (
                self.document.clean(sentence.start, sentence.end)
                for sentence in self.document.sentences
                if _ACCEPTS.search(self.document.lower, sentence.start, sentence.end)
                and not _ON_ONE.search(self.document.lower, sentence.start, sentence.end)
                and pattern_petition.search(self.document.lower, sentence.start, sentence.end)
                and self._by_chair(sentence, sentence.end)
            ),
            None,
        )
        return [
            petition if petition.response or answer is None else replace(petition, response=answer)
            for petition in petitions
        ]


pattern_petition = pattern(r"(?:kiến nghị|đề xuất|vướng mắc|đề nghị)")


def _without_bare_answers(petitions: list[Petition]) -> list[Petition]:
    """Drop complaints and bare answers where petitions are told; a bare answer then answers those."""
    bare = [petition for petition in petitions if petition.evidence.rule == "answered_petition"]
    told = [petition for petition in petitions if petition.evidence.rule not in {"answered_petition", "complaint"}]
    if not told:
        return petitions
    answer = bare[0].response if bare else None
    return [petition if petition.response else replace(petition, response=answer) for petition in told]


def _alike(left: set[str], right: set[str]) -> bool:
    smaller = min(len(left), len(right))
    return bool(smaller) and len(left & right) / smaller >= 0.8  # noqa: PLR2004 - four words in five
