"""Recognise Vietnamese by the shape of its syllables: onset, rime and tone."""

import re
import unicodedata
from functools import lru_cache

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # huyền, sắc, ngã, hỏi, nặng
_STOP_TONES = frozenset("\u0301\u0323")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000
_ONSET_LIST = "ngh ng nh gh gi g ch c kh k ph p qu th tr t b d đ h l m n r s v x"
_ONSETS = tuple(_ONSET_LIST.split())
_FRONT_ONLY = frozenset({"k", "gh", "ngh"})
_NEVER_FRONT = frozenset({"c", "ng"})
_FRONT_VOWELS = frozenset("ieêy")
_RIME_LIST = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êng êp êt êu "
    "i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu "
    "o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay "
    "oăc oăm oăn oăng oăp oăt oe oem oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u uc ui um un ung up ut ua uân uâng uât uây uê uêch uên uênh uêt uôc uôi uôm uôn uông uôt uơ "
    "uy uya uych uyên uyêt uyn uynh uyp uyt uyu "
    "ư ưc ưi ưm ưn ưng ưp ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu "
    "y ych yn ynh yp yt yu yêm yên yêng yêt yêu"
)
_RIMES = frozenset(_RIME_LIST.split())
_STOPS = ("c", "ch", "p", "t")
MARKED_SHARE = 0.10
VALID_SHARE = 0.60


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Say whether a word (NFC; small, capital or with a capital first) is shaped like one Vietnamese syllable."""
    if not (word[1:].islower() or word.isupper() or len(word) == 1):
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in decomposed if char in _TONES]
    if len(tones) > 1 or len(decomposed) > len("nghiêng") + 4:
        return False
    plain = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
    if plain.endswith(_STOPS) and tones and tones[0] not in _STOP_TONES:
        return False
    return plain in _RIMES or any(_joins(onset, plain[len(onset) :]) for onset in _ONSETS if plain.startswith(onset))


def _joins(onset: str, rime: str) -> bool:
    if rime not in _RIMES:
        return False
    if onset in _FRONT_ONLY:
        return rime[0] in _FRONT_VOWELS
    return onset not in _NEVER_FRONT or rime[0] not in _FRONT_VOWELS


def valid_share(text: str) -> tuple[float, int]:
    """Return the share of well-shaped syllables among the words that bear a non-ASCII letter, and how many those are.

    Only the beginning of a long text is read.
    """
    marked = [word for word in _WORD.findall(text[:_SAMPLE]) if not word.isascii()]
    if not marked:
        return 0.0, 0
    return sum(map(is_syllable, marked)) / len(marked), len(marked)


def looks_vietnamese(text: str) -> bool:
    """Say whether a text is Vietnamese written with its marks (NFC)."""
    words = _WORD.findall(text[:_SAMPLE])
    share, marked = valid_share(text)
    return bool(words) and marked >= MARKED_SHARE * len(words) and share >= VALID_SHARE


def has_letters(text: str) -> bool:
    """Say whether a text holds at least one letter."""
    return _WORD.search(text) is not None
