"""Decide which names are people, what posts they hold and who is meant by a short or official form later on."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from khcn.governance.reader.document import Document
from khcn.governance.reader.lexicon import alternation, canonical, pattern, phrases, table
from khcn.governance.reader.names import NameSpan, address_start, capital_runs, find_names, seats_of
from khcn.governance.reader.roles import RoleFinder, RoleSpan
from khcn.kernel.text.folding import search_key

_SPACES = re.compile(r"[ \t\u00a0]{2,}")
_POST_LINK = pattern(r"\s?[,(:;-]{0,1}\s?(?:(?:hiện\s)?(?:là|làm|giữ chức vụ|giữ chức|với vai trò|với tư cách)\s)?")
_PRE_LINK = pattern(r"\s?[-:]?\s*(?:\(đã ký\)\s*)?")
_SHARING = pattern(r"(?:các|hai|ba|những|đồng chí)\s(?:đồng chí\s)?$")
_PRE_LINK_ADDRESSED = pattern(r"\s?[-:,]?\s?(?:là\s)?")
_CHAIN = pattern(r"\s?(?:,|-|/|;)?\s?(?:(?:kiêm(?:\snhiệm)?|và|đồng thời là|đồng thời|làm|là)\s)?")
_LIST_GAP = pattern(r"\s?(?:[,;]|và|cùng|,\svà)\s(?:các\s)?")
_SPEECH = phrases("acts", "speech")
_ROLES = phrases("people", "role_heads")
_AUXILIARY = pattern(r"\s?[-,)]?\s?(?:(?:cũng|đã|đang|sẽ|vừa|tiếp tục|thay mặt\s[\w\s]{0,40}?)\s)*")
_PREFIXES, _HEADS = alternation("people", "role_prefixes"), alternation("people", "role_heads")
_HEAD_OF_ROLE = pattern(
    rf"^(?:(?:{_PREFIXES})\s)?(?:{_HEADS})(?:\s(?:thường trực|phụ trách|chuyên trách|điều hành))?\s*",
)
_SHORT_ADDRESSES = frozenset({"ông", "bà", "anh", "chị", "cô", "bác", "thầy"})
_LONGEST_CHAIN = 6
_RANKS = [tuple(search_key(word) for word in rank) for rank in table("people")["ranks"]]


@dataclass(slots=True)
class Character:
    """A person under construction: spellings seen, posts and the places where the person is named."""

    key: str
    name: str
    first: NameSpan
    roles: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    confidence: float = 0.0

    @property
    def rank(self) -> int:
        """Return the rank of the highest post, 0 for none."""
        for place, rank in enumerate(_RANKS):
            if any(role.startswith(word) for role in self.folded for word in rank):
                return len(_RANKS) - place
        return 0

    @property
    def organisation(self) -> str | None:
        """Return the body of the first post that names one, of a seat in a committee only when there is no other."""
        bodies = []
        for role, folded in zip(self.roles, self.folded, strict=True):
            found = _HEAD_OF_ROLE.match(canonical(role))
            body = role[found.end() :].strip() if found else ""
            if body:
                ministry = folded.startswith(("bo truong", "thu truong")) and not body.lower().startswith("bộ")
                bodies.append((folded.startswith(("uy vien", "nguyen")), f"Bộ {body}" if ministry else body))
        return min(bodies, key=lambda item: item[0])[1] if bodies else None

    def add_role(self, role: str) -> None:
        """Remember a post; of two forms of one post the longer stays."""
        folded = search_key(role)
        for place, known in enumerate(self.folded):
            if folded in known:
                return
            if known in folded:
                self.roles[place], self.folded[place] = role, folded
                return
        self.roles.append(role)
        self.folded.append(folded)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place (half-open) where a person is named in full, shortly or by post; ``key`` is None for an unknown one."""

    start: int
    end: int
    key: str | None
    reach: int = 0  # where the posts after the name end


@dataclass(frozen=True)
class Cast:
    """All people of a text and all places where they are mentioned, in order."""

    characters: dict[str, Character]
    mentions: list[Mention]
    roles: list[RoleSpan]

    def last_before(self, start: int, end: int) -> Mention | None:
        """Return the last mention that lies within a half-open range."""
        place = bisect_right(self.mentions, end - 1, key=lambda mention: mention.start) - 1
        while place >= 0 and self.mentions[place].start >= start:
            if self.mentions[place].end <= end:
                return self.mentions[place]
            place -= 1
        return None

    def holders_rank(self, start: int) -> int:
        """Return the rank of the person mentioned at a position; 0 for none and for posts outside the authorities."""
        place = bisect_right(self.mentions, start - 1, key=lambda mention: mention.start)
        key = self.mentions[place].key if place < len(self.mentions) else None
        return self.characters[key].rank if key in self.characters else 0

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that start in a half-open range."""
        low = bisect_right(self.mentions, start - 1, key=lambda mention: mention.start)
        high = bisect_right(self.mentions, end - 1, key=lambda mention: mention.start)
        return self.mentions[low:high]


class _Linker:
    """Join posts to the names they stand before or after."""

    def __init__(self, document: Document) -> None:
        self.document = document
        seats = seats_of(document)
        self.names = [name for name in find_names(document) if not _is_place(document, name, seats)]
        self.roles = RoleFinder(document, self.names).find()
        self.by_start = {role.start: role for role in self.roles}
        self.starts = sorted(self.by_start)
        self.before: dict[int, list[RoleSpan]] = {}
        self.after: dict[int, list[RoleSpan]] = {}

    def link(self) -> None:
        """Fill ``before`` and ``after``: posts by the number of their name."""
        taken: set[int] = set()
        for number, name in enumerate(self.names):
            self.before[number] = self._chain_before(name, taken)
            taken.update(role.start for role in self.before[number])
            self.after[number] = self._chain_after(name)
            taken.update(role.start for role in self.after[number])

    def reach(self, number: int) -> int:
        """Return where a name's clause of posts ends."""
        return max(self.names[number].end, *(role.end for role in self.after[number]), 0)

    def _gap(self, start: int, end: int) -> str:
        # Two spaces are one; a line's end stays, for it parts a caption from what follows.
        return _SPACES.sub(" ", self.document.lower[start:end]) if 0 <= end - start < 60 else "\0"  # noqa: PLR2004 - longer is no gap

    def _previous_role(self, position: int) -> RoleSpan | None:
        place = bisect_right(self.starts, position - 1) - 1
        return self.by_start[self.starts[place]] if place >= 0 else None

    def _chain_before(self, name: NameSpan, taken: set[int]) -> list[RoleSpan]:
        role = self._previous_role(name.address_start)
        link = _PRE_LINK_ADDRESSED if name.is_addressed else _PRE_LINK
        if role is None or role.start in taken or not link.fullmatch(self._gap(role.end, name.address_start)):
            return []
        chain = [role]
        while len(chain) < _LONGEST_CHAIN:
            earlier = self._previous_role(chain[-1].start)
            if (
                earlier is None
                or earlier.start in taken
                or not _CHAIN.fullmatch(self._gap(earlier.end, chain[-1].start))
            ):
                break
            chain.append(earlier)
        return chain[::-1]

    def _chain_after(self, name: NameSpan) -> list[RoleSpan]:
        chain: list[RoleSpan] = []
        position, link = name.end, _POST_LINK
        while len(chain) < _LONGEST_CHAIN:
            place = bisect_right(self.starts, position - 1)
            if place == len(self.starts):
                break
            role = self.by_start[self.starts[place]]
            gap = self._gap(position, role.start)
            # Writers forget the comma: "đồng chí Lê Văn A ủy viên ban thường vụ, …".
            bare = not gap.strip() and not (not chain and gap == " " and self._is_bare_post(name, role))
            if bare or not link.fullmatch(gap) or "\n" in gap or self._touches_name(role, chain, name):
                break
            chain.append(role)
            position, link = role.end, _CHAIN
        return chain

    def _is_bare_post(self, name: NameSpan, role: RoleSpan) -> bool:
        """Tell whether a post in small letters may follow a name that nothing precedes but ``đồng chí``."""
        return (
            name.is_addressed
            and self.document.text[role.start].islower()
            and not self.before.get(self.names.index(name))
        )

    def _touches_name(self, role: RoleSpan, chain: list[RoleSpan], name: NameSpan) -> bool:
        """Tell whether a post belongs to the next name: it touches it, or this list puts posts before names."""
        place = bisect_right(self.names, role.end - 1, key=lambda other: other.start)
        if place == len(self.names):
            return False
        following = self.names[place]
        gap = self._gap(role.end, following.start)
        if not gap.strip() or (
            following.is_addressed and _PRE_LINK.fullmatch(self._gap(role.end, following.address_start))
        ):
            return True
        own = self.before.get(
            self.names.index(name) if chain else bisect_right(self.names, name.start - 1, key=lambda other: other.start)
        )
        return bool(own) and self._leads_to(role, following)

    def _leads_to(self, role: RoleSpan, following: NameSpan) -> bool:
        """Tell whether posts alone, parted by commas, lie between a post and the next name."""
        position = role.end
        for _ in range(_LONGEST_CHAIN):
            place = bisect_right(self.starts, position - 1)
            if place == len(self.starts):
                return False
            later = self.by_start[self.starts[place]]
            if not _CHAIN.fullmatch(self._gap(position, later.start)):
                return False
            if not self._gap(later.end, following.start).strip():
                return True
            position = later.end
        return False


def _speaks(document: Document, position: int) -> bool:
    found = _AUXILIARY.match(document.lower, position)
    return bool(_SPEECH.opens(document.lower, found.end() if found else position))


def _is_place(document: Document, name: NameSpan, seats: frozenset[str]) -> bool:
    """Tell whether two syllables after a post name its seat: ``Bí thư Kim Sơn`` in a text about ``tỉnh Kim Sơn``."""
    if name.key not in seats or name.is_addressed:
        return False
    link = _POST_LINK.match(document.lower, name.end)
    return not (link and link.end() > name.end + 1 and _ROLES.opens(document.lower, link.end()))


def _judged(linker: _Linker) -> dict[int, float]:
    """Return the confidence that each name is a person, by number of the name, for those that have evidence."""
    document, certain = linker.document, {}
    for number, name in enumerate(linker.names):
        if linker.before[number] or linker.after[number]:
            certain[number] = 0.95
        elif name.is_addressed:
            certain[number] = 0.85
        elif _speaks(document, name.end) and len(name.key.split()) > 2:  # noqa: PLR2004 - two syllables may be a place
            certain[number] = 0.6
    for number in range(1, len(linker.names)):
        gap = document.lower[linker.names[number - 1].end : linker.names[number].address_start]
        if number - 1 in certain and number not in certain and _LIST_GAP.fullmatch(gap):
            certain[number] = 0.7
    return certain


def _shared(linker: _Linker, number: int, shared: list[RoleSpan]) -> list[RoleSpan]:
    """Return the posts that a list shares: ``các Phó Chủ tịch: A, B`` gives B the post of A."""
    before = linker.before[number]
    if before:
        for place, role in enumerate(before):
            if _SHARING.search(linker.document.lower[max(0, role.start - 20) : role.start]):
                return before[place:]
        return []
    gap = linker.document.lower[linker.names[number - 1].end : linker.names[number].address_start] if number else ""
    return shared if _LIST_GAP.fullmatch(gap) else []


def _characters(linker: _Linker) -> dict[str, Character]:
    document = linker.document
    characters: dict[str, Character] = {}
    certain = _judged(linker)
    shared: list[RoleSpan] = []
    for number, name in enumerate(linker.names):
        if number not in certain:
            continue
        character = characters.get(name.key)
        if character is None:
            character = characters[name.key] = Character(name.key, document.clean(name.start, name.end), name)
        character.confidence = max(character.confidence, certain[number])
        shared = _shared(linker, number, shared)
        own = [*linker.before[number], *linker.after[number]]
        for role in own or shared:
            character.add_role(document.clean(role.start, role.end))
    return characters


def _shorter_forms(characters: dict[str, Character]) -> dict[str, str]:
    """Return the full key of each key that is only the end of a longer one."""
    keys = list(characters)
    return {
        short: full
        for short in keys
        for full in keys
        if full != short and full.endswith(f" {short}") and not characters[short].roles
    }


def _short_mentions(document: Document, characters: dict[str, Character], taken: set[int]) -> list[Mention]:
    mentions = []
    latest: dict[str, str] = {}
    endings = sorted((character.first.start, key) for key, character in characters.items())
    pending = 0
    for capitals in capital_runs(document):
        # At the head of a sentence the form of address is a capital too: "Ông Hạ nói".
        opens = len(capitals) > 1 and document.words[capitals[0]].lower in _SHORT_ADDRESSES
        run = capitals[1:] if opens else capitals
        start, end = document.words[run[0]].start, document.words[run[-1]].end
        while pending < len(endings) and endings[pending][0] <= start:
            latest |= {" ".join(endings[pending][1].split()[-size:]): endings[pending][1] for size in (1, 2)}
            pending += 1
        key = latest.get(document.lower[start:end])
        addressed = address_start(document, start)
        if start not in taken and key and addressed < start:
            mentions.append(Mention(addressed, end, key, end))
    return mentions


class _Posts:
    """Answer who holds a post that is mentioned without a name."""

    def __init__(self, characters: dict[str, Character]) -> None:
        self.characters = characters
        self.known: dict[str, str | None] = {}

    def holder(self, document: Document, role: RoleSpan) -> str | None:
        """Return the key of the highest person one of whose posts begins with the words of this one."""
        folded = search_key(document.text[role.start : role.end])
        if folded not in self.known:
            holders = [
                (character.rank, key)
                for key, character in self.characters.items()
                if any(post.startswith(folded) for post in character.folded)
            ]
            self.known[folded] = max(holders)[1] if holders else None
        return self.known[folded]


def read_people(document: Document) -> Cast:
    """Return the people of a text with their posts, and every place where one of them is mentioned."""
    linker = _Linker(document)
    linker.link()
    characters = _characters(linker)
    for short, full in _shorter_forms(characters).items():
        characters.pop(short, None)
        characters.setdefault(full, Character(full, full, linker.names[0]))
    posts = _Posts(characters)
    linked = {role.start for chains in (linker.before, linker.after) for chain in chains.values() for role in chain}
    mentions = [
        Mention(name.address_start, name.end, name.key, linker.reach(number))
        for number, name in enumerate(linker.names)
        if name.key in characters
    ]
    mentions += _short_mentions(document, characters, {name.start for name in linker.names})
    mentions += [
        Mention(role.start, role.end, posts.holder(document, role), role.end)
        for role in linker.roles
        if role.start not in linked
    ]
    mentions.sort(key=lambda mention: mention.start)
    for mention in mentions:
        if mention.key in characters:
            characters[mention.key].mentions.append((mention.start, mention.reach))
    return Cast(characters, mentions, linker.roles)
