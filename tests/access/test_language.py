"""An English reader finds no Vietnamese word of the interface on any page, and has the same files as everyone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

import khcn
from khcn.kernel.access.gates import gates
from khcn.kernel.access.roles import Role
from khcn.kernel.records.registry import registers
from tests.access.test_every_address import ASKED, QuickClient, visits_of
from tests.marking import stored_texts

READERS = [Role.DIRECTOR, Role.ADMINISTRATOR]
# Papers, rules and the days of the law stay in their language; permissions name addresses; the gallery shows samples.
NOT_INTERFACE = (
    "ui:",
    "permissions",
    "old-permissions",
    "reporting:",
    "programme-export",
    "api:",
    "rule",
    "work-calendar",
)
SHOWN = {"title", "aria-label", "placeholder", "alt", "data-label"}
MARKED = re.compile("⟦[^⟦⟧]*⟧")
VIETNAMESE = re.compile("[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
LANGUAGES = {"Tiếng Việt"}
# Rows of statistical forms, fields of exports and the basis of classifications are data, and stay in their language.
DATA = (
    "kernel/classifications/data/schemes.csv",
    "parties/stat_form_rows.csv",
    "research/statistics_form.csv",
    "research/export_mapping.csv",
    "research/export_profiles.csv",
)
CELLS = {
    cell.lower()
    for name in DATA
    for row in csv.reader(io.StringIO((Path(khcn.__file__).parent / name).read_text(encoding="utf-8")))
    for cell in row
}
TYPED = {"ngoài tỉnh"}  # what is typed as it stands, in either language


class Texts(HTMLParser):
    """The words that a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes that people read or hear."""
        self.quiet += tag in {"script", "style", "textarea"}
        self.found += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        """Listen again after what is not shown."""
        self.quiet -= tag in {"script", "style", "textarea"}

    def handle_data(self, data: str) -> None:
        """Take what is written."""
        if not self.quiet:
            self.found.append(data)


@pytest.mark.django_db
@pytest.mark.usefixtures("marking")
@pytest.mark.parametrize("role", READERS)
def test_every_word_of_every_page_is_marked_for_translation(world, role):
    people, records = world
    client: Any = QuickClient(raise_request_exception=False)
    client.force_login(people[role.value].act_on(timezone.localdate()))
    client.cookies["language"] = "en"
    told = {text.lower() for text in stored_texts()}

    bare = {text: path for path, text in _unmarked(client, records) if not _is_told(text, told)}

    assert bare == {}


def _unmarked(client: Any, records: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    """Yield what stands outside brackets on the pages that a reader opens, with the page."""
    for number, gate in enumerate(gates()):
        if gate.name.startswith(NOT_INTERFACE):
            continue
        for visit in visits_of(gate, records, number % len(registers())):
            if visit.method != "GET":
                continue
            with transaction.atomic():
                answer = client.get(visit.path, ASKED.get(gate.name))
                transaction.set_rollback(True)
            if not answer.streaming and answer.get("Content-Type", "").startswith("text/html"):
                yield from ((visit.path, text) for text in _outside(answer.content.decode()))


def _outside(page: str) -> Iterator[str]:
    texts = Texts()
    texts.feed(page)
    for text in texts.found:
        bare = text
        while (less := MARKED.sub("\n", bare)) != bare:
            bare = less
        yield from (piece.strip(" .,:;·()[]«»“”→–—") for piece in re.split(r"\n|: |; | · |[«»“”⟦⟧]", bare))


def _is_told(text: str, told: set[str]) -> bool:
    """Tell whether a text says nothing in Vietnamese, or says what a record does."""
    if not VIETNAMESE.search(text) or text in LANGUAGES | TYPED:
        return True
    small = text.lower().rstrip("…")
    if any(small.removesuffix(" *").removesuffix(" (*") in cell for cell in CELLS):
        return True
    return any(small in one or one in small for one in told if len(one) > 2)


@pytest.mark.django_db
@pytest.mark.usefixtures("marking")
@pytest.mark.parametrize("file_format", ["csv", "json"])
def test_files_are_the_same_whoever_asks(world, file_format):
    people, _records = world
    client: Any = QuickClient()
    client.force_login(people[Role.DIRECTOR.value].act_on(timezone.localdate()))
    made: dict[str, dict[str, bytes]] = {"vi": {}, "en": {}}

    for language, files in made.items():
        client.cookies["language"] = language
        for found in registers():
            answer = client.get(reverse("register-export", args=[found.key, file_format]))
            files[found.key] = b"".join(answer.streaming_content)
            assert answer["Content-Language"] == "vi"

    assert made["vi"] == made["en"]
    assert all(made["vi"].values())
