"""Read a written XML file back: that it is well formed, of the right namespace, and has what its profile requires."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from khcn.research.export_profiles import ATTRIBUTE, MappedField, Profile

DEPTH_OF_RECORDS = 1  # right below the root


def checked_xml(file: Path, profile: Profile, entity: str) -> dict[str, Any]:
    """Return how many records a file holds, how many of them lack what is required, and how many are something else.

    `error`: why the file is not well formed, where it is not. However long the file, one record is in memory.
    """
    wanted = [one for one in profile.entities[entity] if one.required and one.is_held and not one.group]
    name = _named(profile.namespace, entity)
    missing: Counter[str] = Counter()
    records = others = 0
    try:
        for element in _records(file):
            records += element.tag == name
            others += element.tag != name
            missing.update(one.path for one in wanted if not _said(element, one, profile.namespace))
    except ET.ParseError as error:
        return {"well_formed": False, "records": records, "error": str(error)}
    return {"well_formed": True, "records": records, "other_elements": others, "missing_required": dict(missing)}


def _records(file: Path) -> Iterator[Any]:
    above: list[Any] = []
    with file.open("rb") as opened:
        events = ET.iterparse(opened, events=("start", "end"))  # noqa: S314 (the file that we have just written)
        for event, element in events:
            if event == "start":
                above.append(element)
                continue
            above.pop()
            if len(above) == DEPTH_OF_RECORDS:
                yield element
                above[0].clear()


def _said(element: Any, one: MappedField, namespace: str) -> bool:
    *way, last = one.path.split("/")
    place = element
    for step in way if last.startswith(ATTRIBUTE) else [*way, last]:
        place = place.find(_named(namespace, step)) if place is not None else None
    if place is None:
        return False
    return bool(place.get(last[1:]) if last.startswith(ATTRIBUTE) else (place.text or "").strip())


def _named(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}" if namespace else name
