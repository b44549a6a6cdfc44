"""Find the verbs that order or ask, and leave alone the nouns that look like them (``theo yêu cầu của``)."""

from collections.abc import Iterator

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import phrases
from khcn.kernel.text.sentences import Sentence

_TRIGGERS = phrases("acts", "orders", "requests")
_NOUN_BEFORE = phrases("acts", "noun_before").all
_NOUN_AFTER = phrases("acts", "noun_after")
_REACH = 24


def ordering_verbs(document: Document, sentence: Sentence) -> Iterator[tuple[int, str]]:
    """Yield the position and the verb, in order."""
    for number in document.words_within(sentence.start, sentence.end):
        word = document.words[number]
        verb = _TRIGGERS.at(document.lower, word.start, word.lower)
        # A capital in mid-sentence belongs to a name: "ông Giao".
        named = word.text[0].isupper() and document.text[max(0, word.start - 2) : word.start].strip().isalnum()
        if verb and not named and not _is_noun(document, number, word.start + len(verb)):
            yield word.start, verb


def _is_noun(document: Document, number: int, end: int) -> bool:
    after = document.text[end : end + 2]
    if after[:1] == " " and not after[1:].isupper() and _NOUN_AFTER.opens(document.lower, end + 1):
        return True
    start = document.words[number].start
    if number == 0 or document.text[document.words[number - 1].end : start] != " ":
        return False
    before = document.lower[max(0, start - _REACH) : start].split()
    return before[-1] in _NOUN_BEFORE or " ".join(before[-2:]) in _NOUN_BEFORE
