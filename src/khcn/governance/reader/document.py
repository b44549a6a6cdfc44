"""Prepare a text for reading: canonical form, words, sentences, title, summary lines and captions."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from khcn.governance.reader.lexicon import canonical, pattern
from khcn.kernel.text.folding import AlignedText, align, nfc, search_key
from khcn.kernel.text.sentences import Paragraph, Sentence, split_paragraphs, split_sentences

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SPACES = re.compile(r"\s+")
_SESSION = pattern(r"\b(?:làm việc|chủ trì|họp|hội nghị|thăm|khảo sát|kiểm tra|tiếp và|dự)\b")
_DATED = re.compile(r"(?:sáng|chiều|tối|ngày)[\s,]+(?:ngày\s)?\(?\d{1,2}[/.-]\d")
_NOTICE = pattern(r"\b(?:thông báo|kết luận của|tb-)")
_NAVIGATION = re.compile(r"(?:facebook|zalo|twitter|chia sẻ|in trang|gửi email|cỡ chữ)\b")
_HEAD_LINES = 12
_TITLE_WORDS = 3
_LONGEST_TITLE = 60


class Word(NamedTuple):
    """One word of the canonical text with its half-open offsets."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True)
class Document:
    """One text and everything the reading rules ask of it; offsets are those of the canonical ``text``."""

    aligned: AlignedText
    text: str
    lower: str
    words: tuple[Word, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def word_starts(self) -> list[int]:
        """Return the start of every word, for bisection."""
        return [word.start for word in self.words]

    def word_at(self, position: int) -> int:
        """Return the number of the first word that starts at or after a position."""
        return bisect_left(self.word_starts, position)

    def words_within(self, start: int, end: int) -> range:
        """Return the numbers of the words that start in a half-open range of positions."""
        return range(self.word_at(start), self.word_at(end))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span in the input text of a range of the canonical text, without outer spaces."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return self.aligned.span(start, end)

    def raw(self, span: tuple[int, int]) -> str:
        """Return exactly the input text of a span of it."""
        return self.aligned.source[span[0] : span[1]]

    def clean(self, start: int, end: int) -> str:
        """Return a range as the writer spelled it, composed and single-spaced: the form that is shown and stored."""
        return _SPACES.sub(" ", nfc(self.raw(self.span(start, end)))).strip()

    @cached_property
    def title(self) -> int | None:
        """Return the number of the paragraph that is the title."""
        for number, paragraph in enumerate(self.paragraphs[:_HEAD_LINES]):
            if len(paragraph.text.split()) >= _TITLE_WORDS and not _NAVIGATION.match(paragraph.text.lower()):
                # A headline is short and ends without a full stop; a text that opens with a sentence has none.
                opens_text = paragraph.text.endswith((".", ";", ":")) or len(paragraph.text.split()) > _LONGEST_TITLE
                return None if opens_text else number
        return None

    @cached_property
    def is_notice(self) -> bool:
        """Tell whether the text is a notice of conclusions with sections, not a report in a newspaper."""
        head = " ".join(paragraph.text.lower() for paragraph in self.paragraphs[:_HEAD_LINES])
        numbered = sum(1 for paragraph in self.paragraphs if paragraph.marker)
        return bool(_NOTICE.search(canonical(head))) and numbered > 1

    @cached_property
    def summary(self) -> frozenset[int]:
        """Return the paragraphs that only announce the article: title and the lines before its dated beginning."""
        if self.title is None or self.is_notice:
            return frozenset()
        for number in range(self.title + 1, min(self.title + 4, len(self.paragraphs))):
            line = self.lower[self.paragraphs[number].start : self.paragraphs[number].end]
            if _DATED.search(line) or (number > self.title + 1 and _SESSION.search(line)):
                return frozenset(range(number))
        return frozenset(range(self.title + 1))

    @cached_property
    def repeated(self) -> frozenset[int]:
        """Return the paragraphs that say again a line or sentence of the text: captions and titles put in twice."""
        first: dict[str, int] = {}
        for sentence in self.sentences:
            first.setdefault(search_key(sentence.text), sentence.paragraph)
        for number, paragraph in enumerate(self.paragraphs):
            first.setdefault(search_key(paragraph.text), number)
        return frozenset(
            number
            for number, paragraph in enumerate(self.paragraphs)
            if first.get(search_key(paragraph.text).removesuffix(" 0"), number) < number
        )


def _lowered(text: str) -> str:
    lower = text.lower()
    # A few foreign letters grow when lowered; offsets must not move.
    return (
        lower if len(lower) == len(text) else "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    )


def prepare(source: str) -> Document:
    """Make the document of a text."""
    aligned = align(source)
    text = aligned.text
    lower = _lowered(text)
    words = tuple(
        Word(found.start(), found.end(), found.group(), lower[found.start() : found.end()])
        for found in _WORD.finditer(text)
    )
    return Document(aligned, text, lower, words, tuple(split_paragraphs(text)), tuple(split_sentences(text)))
