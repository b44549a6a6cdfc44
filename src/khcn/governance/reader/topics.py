"""Name the topic of a task by the words it uses."""

from functools import cache

from khcn.governance.reader.lexicon import canonical, table

GENERAL = "định hướng chung"


@cache
def _keywords() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((topic, tuple(canonical(word) for word in words)) for topic, words in table("topics").items())


def topic_of(lower: str) -> str:
    """Return the topic most of whose keywords occur in a lower-case text; the general one when none does."""
    best, most = GENERAL, 0
    for topic, words in _keywords():
        hits = sum(word in lower for word in words)
        if hits > most:
            best, most = topic, hits
    return best
