"""Write the records of an export as json, csv or xml, one after the other: a file of any length takes no memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from html import escape
from typing import Any, BinaryIO

from khcn.kernel.exchange.exporting import without_formula
from khcn.research.export_profiles import ATTRIBUTE, REPEATED, MappedField, Profile
from khcn.research.export_values import TEXT, Node

TOGETHER = "; "
"""Between the values of what repeats, in one cell."""
KEPT_SPACES = {"\r": "&#13;", "\t": "&#9;", "\n": "&#10;"}
SPACES_OF_ATTRIBUTES = "\t\n"
AS_JSON = json.JSONEncoder(ensure_ascii=False).encode


class JsonFile:
    """One object: what the file is, then the records."""

    def __init__(self, file: BinaryIO, profile: Profile, entity: str, about: Mapping[str, Any]) -> None:
        self.file = file
        head = {"profile": profile.key, "version": profile.version, "confidence": profile.confidence, "entity": entity}
        self.file.write((AS_JSON(head | dict(about))[:-1] + ', "records": [').encode())
        self.separator = "\n"

    def write(self, node: Node) -> None:
        """Write one record."""
        self.file.write((self.separator + AS_JSON(node)).encode())
        self.separator = ",\n"

    def end(self) -> None:
        """Write what ends the file."""
        self.file.write(b"\n]}\n")


class CsvFile:
    """One line for each record, a column for each field that is held; what repeats stands in one cell."""

    def __init__(self, file: BinaryIO, profile: Profile, entity: str, _about: Mapping[str, Any]) -> None:
        self.file = file
        self.fields = [one for one in profile.entities[entity] if one.is_held]
        self.file.write("\ufeff".encode())
        self._line([one.path for one in self.fields])

    def write(self, node: Node) -> None:
        """Write one record; what a spreadsheet would run as a formula is made a text."""
        self._line([without_formula(cell_of(node, one)) for one in self.fields])

    def end(self) -> None:
        """Write nothing: the file ends with its last line."""

    def _line(self, cells: list[str]) -> None:
        text = io.StringIO()
        csv.writer(text).writerow(cells)
        self.file.write(text.getvalue().encode())


class XmlFile:
    """One element for each record below a root that says what the file is."""

    def __init__(self, file: BinaryIO, profile: Profile, entity: str, about: Mapping[str, Any]) -> None:
        self.file, self.entity, self.root = file, entity, profile.root
        said = (
            {"xmlns": profile.namespace} if profile.namespace else {"profile": profile.key, "version": profile.version}
        )
        if not profile.namespace:
            said |= {"confidence": profile.confidence, **{name: str(value) for name, value in about.items() if value}}
        head = '<?xml version="1.0" encoding="UTF-8"?>\n'
        self.file.write(f"{head}<{self.root}{attributes_of(said)}>\n".encode())

    def write(self, node: Node) -> None:
        """Write one record."""
        self.file.write(f"{element_of(self.entity, node)}\n".encode())

    def end(self) -> None:
        """Write what ends the file."""
        self.file.write(f"</{self.root}>\n".encode())


WRITERS: Mapping[str, type[JsonFile | CsvFile | XmlFile]] = {
    "json": JsonFile,
    "csv": CsvFile,
    "xml": XmlFile,
}


def cell_of(node: Node, one: MappedField) -> str:
    """Return what a record says in a field as one cell; what repeats keeps its places."""
    value: Any = _at(node, [step.removesuffix(REPEATED) for step in one.group or one.inner])
    if not one.group:
        return shown(value)
    return TOGETHER.join(shown(_at(item, one.inner)) for item in value or ())


def element_of(name: str, value: Any) -> str:
    """Return a value as an XML element: what repeats several times, text escaped, attributes in the tag."""
    if isinstance(value, list):
        return "".join(element_of(name, item) for item in value)
    if not isinstance(value, dict):
        return f"<{name}>{escaped(value)}</{name}>"
    attributes = {key[1:]: one for key, one in value.items() if key.startswith(ATTRIBUTE)}
    inside = "".join(
        escaped(one) if key == TEXT else element_of(key, one)
        for key, one in value.items()
        if not key.startswith(ATTRIBUTE)
    )
    return f"<{name}{attributes_of(attributes)}>{inside}</{name}>"


def attributes_of(values: Mapping[str, Any]) -> str:
    """Return attributes as they stand in a tag."""
    return "".join(f' {name}="{_kept(escaped(value), SPACES_OF_ATTRIBUTES)}"' for name, value in values.items())


def escaped(value: Any) -> str:
    """Return a value as text of XML; a carriage return is kept from being read as a line's end."""
    return _kept(escape(shown(value)), "\r")


def shown(value: Any) -> str:
    """Return a value as files without types write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _kept(text: str, spaces: str) -> str:
    for space in spaces:
        text = text.replace(space, KEPT_SPACES[space])
    return text


def _at(node: Any, steps: Any) -> Any:
    for step in steps:
        node = node.get(step) if isinstance(node, dict) else node
    return node.get(TEXT) if isinstance(node, dict) else node
