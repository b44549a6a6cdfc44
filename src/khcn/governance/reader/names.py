"""Find the full names of people: runs of capitalised syllables that open with a surname or follow a form of address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import alternation, canonical, phrases, places, surname_weights

_HONORIFICS = re.compile(rf"(?<![\w.])(?:(?:{alternation('people', 'honorifics')})[\s.,:-]{{1,3}})+$")
# "Bộ Nông nghiệp và Môi trường Lê Thị A", "Ban Dân tộc Lê Thị A": the last syllable blocks only as a word of its own.
_NO_COMPOUND = "".join(
    rf"(?<!{canonical(word)}\s)"
    for word in ("thành", "môi", "thị", "hội", "quân", "pháp", "văn", "xuất", "ban", "đồng", "vụ", "phòng", "quản lý")
)
_BLOCKERS = re.compile(
    rf"(?<!\w){_NO_COMPOUND}(?:{alternation('people', 'name_blockers')})\s$|\b(?:ảnh|tin|bài|thực hiện|nguồn)\s?:\s?$",
)
_UNITS = re.compile(rf"(?<!\w)(?:{alternation('people', 'unit_words')})\s$")
_ROLE_HEADS = phrases("people", "role_heads")
_CAPTIONS = phrases("people", "caption_words")
_NOT_NAMES = phrases("people", "not_names")
_MIDDLE = phrases("people", "middle_names").all
_BODIES = phrases("bodies", "heads", "place_heads")
_SEAT = re.compile(
    rf"(?<!\w)(?<!quốc\s){_NO_COMPOUND}(?:{alternation('people', 'unit_words')}|{alternation('bodies', 'place_heads')})"
    r"\s(?P<seat>[^\W\d]+ [^\W\d]+)",
)
_LIST_BEFORE = re.compile(r"[:;]\s$")
_LIST_AFTER = re.compile(r"\s?[,(–-]\s?")
_LISTED = (2, 3, 4)
_LINKS = frozenset({"có", "của", "do", "là", "với", "cùng", "và", "gồm", "cho", "theo", "nghe", "mời"})
_FULL = (3, 4)
_TELLING_MIDDLE = frozenset({"văn", "thị"})
_SHORTEST = 2  # two syllables right after "tỉnh" are its name
_REACH = 48
_LONGEST = 5
_LIKELY = 3
_LENGTH_BONUS = {2: 1, 3: 4, 4: 4, 5: -3}
_PLACE_BONUS = {0: 1, 1: 0, 2: 3, 3: 1}


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name's place (half-open); ``address_start`` includes the form of address before it, if there is one."""

    start: int
    end: int
    address_start: int
    key: str

    @property
    def is_addressed(self) -> bool:
        """Tell whether a form of address stands before the name."""
        return self.address_start < self.start


def address_start(document: Document, start: int) -> int:
    """Return where the forms of address that end at ``start`` begin; ``start`` itself when there are none."""
    low = max(0, start - _REACH)
    found = _HONORIFICS.search(document.lower[low:start])
    return low + found.start() if found else start


def _is_syllable(text: str) -> bool:
    if not text[0].isupper():
        return False
    rest = text[1:]
    return not rest or rest.islower() or "'" in text or "’" in text


def capital_runs(document: Document) -> Iterator[list[int]]:
    """Yield runs of capitalised words joined by single spaces, as word numbers."""
    run: list[int] = []
    for number, word in enumerate(document.words):
        fits = _is_syllable(word.text)
        if run and (not fits or document.text[document.words[run[-1]].end : word.start] != " "):
            yield run
            run = []
        if fits:
            run.append(number)
    if run:
        yield run


def _weight(document: Document, number: int) -> int:
    word = document.words[number]
    if word.text[:2] in {"H'", "H’", "K'", "K’", "Y'"} or word.text == "Y":
        return _LIKELY
    return surname_weights().get(word.lower, 0) or (_LIKELY if _before_middle(document, number) else 0)


def _before_middle(document: Document, number: int) -> bool:
    """Tell whether ``Văn`` or ``Thị`` and a third syllable follow a word: they tell a rare surname from a place."""
    following = document.words[number + 1 : number + 3]
    if len(following) < len(_TELLING_MIDDLE) or following[0].lower not in _TELLING_MIDDLE:
        return False
    word = document.words[number]
    joined = document.text[word.end : following[1].start] == f" {following[0].text} "
    capital = all(_is_syllable(one.text) for one in (word, *following))
    return joined and capital and not _BODIES.opens(document.lower, word.start)


def _best_split(document: Document, run: list[int]) -> int:
    """Return how many words of a run after ``tỉnh``, ``huyện``… are the place; all when no name follows."""
    best, best_score = len(run), 0
    for size in range(min(4, len(run) - 1)):
        length, weight = len(run) - size, _weight(document, run[size])
        if weight and length in _LENGTH_BONUS and (size or length > _SHORTEST):
            score = weight + _LENGTH_BONUS[length] + _PLACE_BONUS[size]
            if score > best_score:
                best, best_score = size, score
    return best


def _place_size(document: Document, run: list[int]) -> int:
    """Return how many words at the head of a run are a known place and not the beginning of a name."""
    word = document.words[run[0]]
    phrase = places().at(document.lower, word.start, word.lower)
    size = len(phrase.split()) if phrase else 0
    if not size or size > len(run):
        return 0
    rest = run[size:]
    followed = not rest or _weight(document, rest[0]) > 0 or len(rest) == 1
    return size if followed or not _weight(document, run[0]) else 0


def _trimmed(document: Document, run: list[int]) -> list[int]:
    """Cut a run where a post, a caption's verb or a word that is no name begins, and at its greatest length."""
    for place, number in enumerate(run):
        word = document.words[number]
        later = place > 1 and (
            _ROLE_HEADS.at(document.lower, word.start, word.lower)
            or _CAPTIONS.at(document.lower, word.start, word.lower)
        )
        if later:
            return run[:place]
    return run[:_LONGEST]


def _skipped(document: Document, run: list[int], seats: frozenset[str], *, introduced: bool) -> int:
    """Return how many words at the head of a run cannot open a name."""
    word = document.words[run[0]]
    strange = _NOT_NAMES.at(document.lower, word.start, word.lower)
    if strange and strange == word.lower and _is_surname_ong(document, run):
        return 0
    if strange:
        # "GS Sơn Thanh Bình": a form of address tells a rare surname from the word it looks like.
        surname = introduced and strange == word.lower and _weight(document, run[0]) > 0
        return 0 if surname and not _ROLE_HEADS.at(document.lower, word.start, word.lower) else 1
    if introduced and _opens_body(document, run[0]) and not _weight(document, run[0]):
        return 1
    return _seat_size(document, run, seats) or _place_size(document, run)


def _is_surname_ong(document: Document, run: list[int]) -> bool:
    """Tell whether ``Ông`` is a surname: after a post, in mid-sentence, and before no other surname."""
    word = document.words[run[0]]
    if word.lower != "ông" or len(run) < _FULL[0] or run[0] == 0 or _weight(document, run[1]):
        return False
    before = document.words[run[0] - 1]
    return document.text[before.end : word.start] == " " and before.lower not in _LINKS


def _seat_size(document: Document, run: list[int], seats: frozenset[str]) -> int:
    """Return how many words at the head of a run are a place of this text that a full name follows."""
    if len(run) < _SHORTEST + _FULL[0] - 1:
        return 0
    head = document.lower[document.words[run[0]].start : document.words[run[1]].end]
    return 2 if head in seats and (_weight(document, run[2]) or len(run) > 1 + _FULL[0]) else 0


def seats_of(document: Document) -> frozenset[str]:
    """Return the pairs of syllables that follow ``tỉnh``, ``đại học``… somewhere in the text."""
    return frozenset(found["seat"] for found in _SEAT.finditer(document.lower))


def _name_in(document: Document, run: list[int], seats: frozenset[str]) -> list[int]:
    first = document.words[run[0]]
    before = document.lower[max(0, first.start - _REACH) : first.start]
    if _UNITS.search(before) and not _place_size(document, run):
        run = run[_best_split(document, run) :]
    elif _BLOCKERS.search(before):
        return []
    while run:
        addressed = address_start(document, document.words[run[0]].start) < document.words[run[0]].start
        introduced = addressed or _is_listed(document, run)
        skipped = _skipped(document, run, seats, introduced=introduced)
        if not skipped and (introduced or _opens_name(document, run)):
            return _trimmed(document, run)
        run = run[skipped or 1 :]
    return []


def _is_listed(document: Document, run: list[int]) -> bool:
    """Tell whether a run stands in a list of people: after ``:`` or ``;`` and before a comma and a post."""
    first, last = document.words[run[0]], document.words[_trimmed(document, run)[-1]]
    if len(run) not in _LISTED or not _LIST_BEFORE.search(document.text, max(0, first.start - 2), first.start):
        return False
    follows = _LIST_AFTER.match(document.text, last.end)
    known = _opens_body(document, run[0]) and not _weight(document, run[0])
    return bool(follows and _ROLE_HEADS.opens(document.lower, follows.end())) and not known


def _opens_name(document: Document, run: list[int]) -> bool:
    weight = _weight(document, run[0])
    if weight >= _LIKELY:
        return True
    if (
        len(run) in _FULL
        and document.words[run[1]].lower in _MIDDLE
        and not weight
        and not _opens_body(document, run[0])
    ):
        return not any(_weight(document, number) >= _LIKELY for number in run[1:-1])
    return weight > 0 and not any(_weight(document, number) > _LIKELY for number in run[1:-1])


def _opens_body(document: Document, number: int) -> bool:
    word = document.words[number]
    return bool(_BODIES.at(document.lower, word.start, word.lower))


def find_names(document: Document) -> list[NameSpan]:
    """Return every place where a full name may stand, in order; evidence that it is a person is judged elsewhere."""
    names, seats = [], seats_of(document)
    for run in capital_runs(document):
        name = _name_in(document, run, seats) if len(run) > 1 else []
        if len(name) > 1:
            start, end = document.words[name[0]].start, document.words[name[-1]].end
            names.append(NameSpan(start, end, address_start(document, start), document.lower[start:end]))
    return names
