"""Find posts: a head such as ``Phó Chủ tịch`` and the body it belongs to, up to the next comma, name or verb."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from khcn.governance.reader.document import Document, Word
from khcn.governance.reader.lexicon import alternation, pattern, phrases
from khcn.governance.reader.names import NameSpan

_HEADS = phrases("people", "role_heads")
_OCCUPATIONS = phrases("people", "occupations")
_STOPS = phrases("people", "role_stops")
_CONTINUATIONS = phrases("people", "role_continuations")
_JOINED = phrases("people", "joined_words")
_COMMA = phrases("people", "comma_words")
_HONORIFICS = phrases("people", "honorifics")
_PREFIX = re.compile(rf"(?<!\w)(?:{alternation('people', 'role_prefixes')})\s$")
# A committee's name says what it is about: "Ban Chỉ đạo Trung ương về phòng, chống thiên tai".
_COMMITTEE = pattern(r"(?:ban chỉ đạo|ủy ban|hội đồng|tổ công tác|ban vận động)(?:\s\w+){0,4}\s$")
_POINTED = frozenset({"tp", "tx", "tt"})
_LONGEST = 18
_REACH = 12
_COMMITTEE_REACH = 60
_AFTER_NAME = 3


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A post's place (half-open), with the length of its head."""

    start: int
    end: int
    head_end: int


class RoleFinder:
    """Find the posts of one document, given where its names stand."""

    def __init__(self, document: Document, names: list[NameSpan]) -> None:
        """Remember the starts of names: a post never runs into one."""
        self.document = document
        self.name_starts = {name.start for name in names} | {name.address_start for name in names}
        self.names = names

    def find(self) -> list[RoleSpan]:
        """Return all posts in order; they do not overlap."""
        roles, words = [], self.document.words
        number = 0
        while number < len(words):
            word = words[number]
            head = _HEADS.at(self.document.lower, word.start, word.lower) or self._occupation(word)
            if not head or self._inside_name(word.start):
                number += 1
                continue
            role = self._role(number, word.start + len(head))
            roles.append(role)
            number = max(number + 1, self.document.word_at(role.end))
        return roles

    def _occupation(self, word: Word) -> str:
        """Return what a plain citizen is, said right after the name: ``bà A, nông dân xã B``."""
        place = bisect_right(self.names, word.start - 1, key=lambda name: name.start) - 1
        if place < 0 or word.start - self.names[place].end > _AFTER_NAME:
            return ""
        if self.document.text[self.names[place].end : word.start] not in {", ", " (", " - "}:
            return ""
        return _OCCUPATIONS.at(self.document.lower, word.start, word.lower)

    def _inside_name(self, position: int) -> bool:
        place = bisect_right(self.names, position, key=lambda name: name.start) - 1
        return place >= 0 and position < self.names[place].end

    def _role(self, number: int, head_end: int) -> RoleSpan:
        document = self.document
        start = document.words[number].start
        prefix = _PREFIX.search(document.lower, max(0, start - _REACH), start)
        last = document.word_at(head_end) - 1
        end = max(head_end, document.words[last].end)
        limit = min(len(document.words), number + _LONGEST)
        following = last + 1
        while following < limit and self._goes_on(following):
            end = document.words[following].end
            following += 1
        return RoleSpan(prefix.start() if prefix else start, end, head_end)

    def _goes_on(self, number: int) -> bool:
        document = self.document
        before, word = document.words[number - 1], document.words[number]
        gap = document.text[before.end : word.start]
        if word.start in self.name_starts:
            return False
        if gap.strip() == "," and gap.startswith(","):
            return bool(_COMMA.at(document.lower, word.start, word.lower))
        if gap.strip() == "-" and gap != "-":
            return self._is_body_word(word)
        if gap.strip() == gap == "." and before.text == "T":
            return True  # "Ủy viên T.Ư Đảng"
        if gap not in {" ", "  ", "-", "&", " & ", "/", ". ", "."} or ("." in gap and before.lower not in _POINTED):
            return False
        return self._word_goes_on(number, word)

    def _is_body_word(self, word: Word) -> bool:
        lower = self.document.lower
        return word.text[0].isupper() and not (
            _HEADS.at(lower, word.start, word.lower) or _HONORIFICS.at(lower, word.start, word.lower)
        )

    def _word_goes_on(self, number: int, word: Word) -> bool:
        lower = self.document.lower
        if word.lower == "và":
            return self._joins(number + 1)
        if word.lower == "về":
            return bool(_COMMITTEE.search(lower, max(0, word.start - _COMMITTEE_REACH), word.start))
        if word.lower == "của":
            return (
                number + 1 < len(self.document.words)
                and self._is_body_word(self.document.words[number + 1])
                and self._joins(number + 1)
            )
        if word.text[0].isupper():
            before = self.document.words[number - 1]
            # "Ủy viên BTV Tỉnh ủy": an acronym of a committee is no post of its own there.
            seat = word.lower == "thường" or (word.text.isupper() and before.lower == "viên")
            return not (_HEADS.at(lower, word.start, word.lower) and before.text[0].islower()) or seat
        if word.text[0].isdigit():
            return False
        before = self.document.words[number - 1]
        if word.lower == "chỉ" and before.lower != "ban":
            return False  # "Bộ trưởng chỉ đạo, …" orders; only a "ban chỉ đạo" is a body
        if _CONTINUATIONS.at(lower, word.start, word.lower):
            return True
        if _CONTINUATIONS.at(lower, before.start, before.lower).endswith(f" {word.lower}"):
            return True
        return not (_STOPS.at(lower, word.start, word.lower) or _HONORIFICS.at(lower, word.start, word.lower))

    def _joins(self, number: int) -> bool:
        if number >= len(self.document.words):
            return False
        word = self.document.words[number]
        if word.start in self.name_starts:
            return False
        return self._is_body_word(word) or bool(_JOINED.at(self.document.lower, word.start, word.lower))
