"""Find places by name and day, and tell what became of them."""

from __future__ import annotations

from datetime import date

from khcn.kernel.places.models import Place, PlaceLevel, PlaceQuerySet, PlaceSuccession
from khcn.kernel.text.folding import name_key, search_key
from khcn.language.words import words as _

LEVELS = (PlaceLevel.COUNTRY, PlaceLevel.PROVINCE, PlaceLevel.DISTRICT, PlaceLevel.COMMUNE)
SHOWN = 3


class PlaceNotFound(Exception):
    """No unit, or more than one, had the name on the day; the message says which."""


def place_on(name_or_code: str, day: date, *, within: Place | None = None) -> Place:
    """Return the unit that had the code or the name on the day.

    A name may carry its type («huyện Đại Từ») and the units above it after commas («xã Yên Lãng, huyện Đại Từ»); marks
    count first, and are put aside if nothing matches. Among levels the highest is meant: «Thái Nguyên» is the province.
    Raises: PlaceNotFound.
    """
    name, _comma, above = name_or_code.partition(",")
    if above.strip():
        within = place_on(above.strip(), day, within=within)
    rows = Place.objects.valid_on(day)
    found = [place for place in _named(rows, name.strip()) if within is None or _lies_in(place, within)]
    if not found:
        raise PlaceNotFound(
            _("Ngày {day} không có đơn vị hành chính «{name_or_code}». Ghi mã hoặc tên đầy đủ.").format(
                day=_day(day), name_or_code=name_or_code
            )
        )
    top = min(LEVELS.index(PlaceLevel(place.level)) for place in found)
    meant = [place for place in found if place.level == LEVELS[top]]
    if len(meant) > 1:
        shown = "; ".join(describe(place) for place in meant[:SHOWN])
        raise PlaceNotFound(
            _("«{name_or_code}» là tên của {count} đơn vị ({shown}). Ghi thêm đơn vị cấp trên.").format(
                name_or_code=name_or_code, count=len(meant), shown=shown
            )
        )
    return meant[0]


def ancestors(place: Place) -> list[Place]:
    """Return the units above a place, the nearest first, without the country."""
    found = []
    above = place.parent
    while above is not None and above.level != PlaceLevel.COUNTRY:
        found.append(above)
        above = above.parent
    return found


def successors(place: Place) -> list[Place]:
    """Return the units standing now on the territory of a place, through any number of steps; itself while it stands.

    A district has those of its communes, where nothing was said of the district itself.
    """
    if place.valid_to is None:
        return [place]
    reached: dict[int, Place] = {}
    seen: set[int] = {place.pk}
    wave = [place]
    while wave:
        following = [after for after in _next(wave) if after.pk not in seen]
        seen |= {after.pk for after in following}
        reached |= {after.pk: after for after in following if after.valid_to is None}
        wave = [after for after in following if after.valid_to is not None]
    return sorted(reached.values(), key=lambda after: after.code)


def describe(place: Place) -> str:
    """Return the place with the units above it and, where it ended, until when and what it belongs to now."""
    text = ", ".join(_small(unit.full_name) for unit in (place, *ancestors(place)))
    if place.valid_to is None:
        return text
    after = _units_now(place)
    now = _("; nay thuộc {after}").format(after=after) if after else ""
    return _("{text} (đến {valid_to}{now})").format(text=text, valid_to=_day(place.valid_to), now=now)


def _next(wave: list[Place]) -> list[Place]:
    rows = PlaceSuccession.objects.filter(predecessor__in=wave).select_related("successor__parent")
    found = {row.successor_id: row.successor for row in rows}
    told = {row.predecessor_id for row in rows}
    silent = [place for place in wave if place.pk not in told]
    if silent:
        # What nothing is said of lives on in its parts: the communes of a district.
        parts = PlaceSuccession.objects.filter(predecessor__parent__in=silent).select_related("successor__parent")
        found |= {row.successor_id: row.successor for row in parts}
    return list(found.values())


def _units_now(place: Place) -> str:
    now = successors(place)
    if len(now) > SHOWN:
        provinces = {unit.pk: unit for one in now for unit in (ancestors(one) or [one])[-1:]}
        return ", ".join(_small(unit.full_name) for unit in provinces.values())
    names = [_small(unit.full_name) for unit in now]
    above = {_small(unit.full_name): None for one in now for unit in ancestors(one)}
    return ", ".join([", ".join(names), *above]) if names else ""


def _named(rows: PlaceQuerySet, name: str) -> list[Place]:
    exact = rows.filter(code=name) | rows.filter(name=name) | rows.filter(full_name=name[:1].upper() + name[1:])
    found = list(exact.select_related("parent__parent"))
    return found or _folded(rows, name)


def _folded(rows: PlaceQuerySet, name: str) -> list[Place]:
    """Match by folded names; these few thousand rows are read only when nothing matched letter by letter."""
    names = list(rows.values_list("pk", "name", "full_name"))
    for fold in (name_key, search_key):
        wanted = fold(name)
        keys = [pk for pk, short, full in names if wanted in (fold(short), fold(full))]
        if keys:
            return list(rows.filter(pk__in=keys).select_related("parent__parent"))
    return []


def _lies_in(place: Place, above: Place) -> bool:
    return (
        above.pk == place.pk
        or any(unit.pk == above.pk for unit in ancestors(place))
        or above.level == PlaceLevel.COUNTRY
    )


def _small(full_name: str) -> str:
    return full_name[:1].lower() + full_name[1:]


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
