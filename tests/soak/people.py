"""People at work while processes are killed: each remembers what was acknowledged, and sends again what was not."""

from __future__ import annotations

import csv
import io
import random
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.soak.browsing import BROKEN, REDIRECT, Answer, Browser

TITLES = "/so/protection-title/"
IMPORT = f"{TITLES}nhap/"
HEADINGS = ("Đối tượng được bảo hộ", "Loại văn bằng", "Số văn bằng", "Ngày cấp", "Trạng thái")
HOLDER = "TC-2015-0001"  # of the demonstration
SMALL, LARGE, COMMAND = 40, 2_100, 900
UNPROCESSABLE = 422


class NotGranted(AssertionError):
    """The product refused what it should have done; the page that says why is in the message."""


@dataclass
class Sheet:
    """A sheet to be imported; `word` is in each of its titles. `whole`: all rows or none, at any moment."""

    word: str
    rows: int
    whole: bool


@dataclass
class Journal:
    """What the product acknowledged; every code is a record that one person alone works on."""

    titles: dict[str, str] = field(default_factory=dict)  # code → the title last acknowledged
    replaced: list[str] = field(default_factory=list)  # words of titles that were corrected away
    steps: dict[str, list[str]] = field(default_factory=dict)  # code → the states it went through
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)  # code → digest → bytes
    sheets: list[Sheet] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)  # words of sheets wholly imported
    words: list[str] = field(default_factory=list)  # one in each title that was ever sent to be entered
    sendings: Counter[str] = field(default_factory=Counter)  # kind of work → how often it was sent
    troubles: list[str] = field(default_factory=list)


class Person:
    """One thread of work that goes on over killed servers; stops between two pieces of work only."""

    def __init__(self, name: str, browser: Browser, journal: Journal, chance: random.Random) -> None:
        self.name, self.browser, self.journal, self.chance = name, browser, journal, chance
        self.number = 0
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._work, name=name, daemon=True)

    def piece(self) -> None:
        """Do one piece of work to its end."""
        raise NotImplementedError

    def word(self) -> str:
        self.number += 1
        return f"soak{self.name}x{self.number}"

    def until(self, kind: str, act: Callable[[], str | None]) -> str:
        """Repeat until the act returns something; a server that is away, or at its limit, is asked again."""
        for _ in range(600):
            try:
                self.journal.sendings[kind] += 1
                if (done := act()) is not None:
                    return done
            except BROKEN:
                time.sleep(0.4)
            except LookupError:  # signed out, or an error page instead of the form
                self.again()
            time.sleep(0.1)
        raise NotGranted(f"{self.name}: {kind} was never acknowledged")

    def again(self) -> None:
        time.sleep(0.5)
        try:
            if self.browser.get("/so/").place.startswith("/dang-nhap"):
                self.browser.sign_in()
        except (*BROKEN, LookupError):
            pass

    def enter(self, path: str, **said: str) -> str:
        """Enter a record by one numbered form, sent as often as needed; returns its code."""
        form = {}

        def act() -> str | None:
            if not form:
                form.update(self.browser.form(path, "lan-gui").values | said)
            return _code(_judged(self.browser.send(path, form)))

        return self.until("enter", act)

    def _work(self) -> None:
        try:
            self.until("sign in", lambda: self.browser.sign_in() or "yes")
            while not self.stop.is_set():
                self.piece()
                time.sleep(self.chance.uniform(0.1, 0.6))
        except Exception as trouble:  # noqa: BLE001 (told by the test, not lost in a thread)
            self.journal.troubles.append(f"{self.name}: {type(trouble).__name__}: {trouble}")


class Drafter(Person):
    """Enters legal documents and takes two steps with each; the second starts a clock."""

    def piece(self) -> None:
        word = self.word()
        self.journal.words.append(word)
        title = f"Quyết định {word}"
        code = self.enter("/van-ban-qppl/moi/", title=title, kind="committee_decision")
        self.journal.titles[code], self.journal.steps[code] = title, ["proposed"]
        for name, state in (("start_drafting", "drafting"), ("consult", "consulting")):
            self.until("step", lambda name=name: self._step(code, name))
            self.journal.steps[code].append(state)

    def _step(self, code: str, name: str) -> str | None:
        page = f"/so/legal-document/{code}/"
        try:
            form = self.browser.form(page, f"/buoc/{name}/")
        except LookupError:
            # Taken, though the answer was lost: the page then no longer offers the step.
            shown = self.browser.get(page)
            if shown.status == 200 and f"/buoc/{name}/" not in shown.page:
                return name
            raise
        answer = self.browser.send(form.action, form.values)
        return name if _judged(answer).place == page else None


class Editor(Person):
    """Enters titles of protection, corrects them, and puts files on them."""

    def piece(self) -> None:
        word = self.word()
        self.journal.words.append(word)
        title = f"Nhãn {word}"
        code = self.enter(f"{TITLES}them/", title=title, kind="mark", holders=HOLDER)
        self.journal.titles[code] = title
        for time_of_edit in range(2):
            new = f"Nhãn sửa {word}s{time_of_edit}"
            self.until("correct", lambda new=new: self._correct(code, new))
            self.journal.replaced.append(self.journal.titles[code].rsplit(" ", 1)[1])
            self.journal.titles[code] = new
        for place in range(2):
            data = f"Nội dung {word}tep{place}\n".encode() + self.chance.randbytes(4_000).hex().encode()
            self.until("upload", lambda data=data, place=place: self._upload(code, f"{word}tep{place}.txt", data))
            self.journal.files.setdefault(code, {})[sha256(data).hexdigest()] = data

    def _correct(self, code: str, title: str) -> str | None:
        form = self.browser.form(f"{TITLES}{code}/sua/", "phien-ban")
        said = form.values | {"title": title, "ly-do": "Sửa theo bản gốc"}
        return title if _judged(self.browser.send(f"{TITLES}{code}/sua/", said)).place == f"{TITLES}{code}/" else None

    def _upload(self, code: str, name: str, data: bytes) -> str | None:
        said = {"csrfmiddlewaretoken": self.browser.token(), "next": f"{TITLES}{code}/"}
        answer = self.browser.send(f"/tep/dinh-kem/protection-title/{code}/", said, file=(name, data))
        return name if _judged(answer).place == f"{TITLES}{code}/" else None


class Clerk(Person):
    """Imports sheets through the pages: small ones at once, every third one by the worker."""

    def piece(self) -> None:
        word = self.word()
        large = self.number % 3 == 2
        sheet = Sheet(word, LARGE if large else SMALL, whole=not large)
        self.journal.sheets.append(sheet)
        data = sheet_of(sheet)
        self.until("upload sheet", lambda: self._upload(word, data))
        self.until("import", lambda: self._bring_in(word))
        self.journal.finished.append(word)

    def _upload(self, word: str, data: bytes) -> str | None:
        form = self.browser.form(IMPORT, "pasted")
        place = _judged(self.browser.send(IMPORT, form.values, file=(f"{word}.csv", data))).place
        self.place = place
        return place if place.startswith(IMPORT) else None

    def _bring_in(self, word: str) -> str | None:
        """Go from wherever the import stands to the next step; returns once it is done."""
        if self.place.endswith("/ket-qua/"):
            return word
        shown = self.browser.get(self.place)
        if shown.place:
            self.place = shown.place
        elif self.place.endswith("/dang-chay/"):
            time.sleep(1)
        elif self.place.endswith("/kiem-tra/"):
            form = self.browser.form(self.place, "/xac-nhan/")
            self.place = _judged(self.browser.send(form.action, form.values)).place or self.place
        else:
            raise NotGranted(f"import of {word} stands at {self.place} ({shown.status})")
        return None


class Operator(Person):
    """Imports sheets by the command, which is killed too; the same command is given again until it says it is done."""

    folder: Path
    command: list[str]
    place: dict[str, str]
    killed = 0

    def piece(self) -> None:
        word = self.word()
        sheet = Sheet(word, COMMAND, whole=self.number % 2 == 1)
        self.journal.sheets.append(sheet)
        path = self.folder / f"{word}.csv"
        path.write_bytes(sheet_of(sheet))
        self.until("command", lambda: self._run(path, [] if sheet.whole else ["--skip-bad"]))
        self.journal.finished.append(word)

    def _run(self, path: Path, mode: list[str]) -> str | None:
        command = [*self.command, "import", "protection-title", str(path), "--json", *mode]
        running = subprocess.Popen(
            command, env=self.place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        )
        try:
            said = running.communicate(timeout=self.chance.choice((5, 9, 300)))[0]
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()
            self.killed += 1
            return None
        if running.returncode and "đang được nhập" not in said and "locked" not in said:
            raise NotGranted(f"{path.name}: {said[-600:]}")
        return path.name if running.returncode == 0 else None


def sheet_of(sheet: Sheet) -> bytes:
    """Return the sheet as CSV."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(HEADINGS)
    for number in range(sheet.rows):
        kind = "Giấy chứng nhận đăng ký nhãn hiệu"
        rows.writerow((f"Nhãn {sheet.word} {number}", kind, f"{sheet.word}-{number}", "2/3/2024", "Đã cấp văn bằng"))
    return text.getvalue().encode()


def start(people: Iterable[Person]) -> None:
    for person in people:
        person.thread.start()


def let_finish(people: Iterable[Person], seconds: float) -> list[str]:
    """Let everybody finish the piece in hand; returns who did not in time."""
    people = list(people)
    for person in people:
        person.stop.set()
    end = time.monotonic() + seconds
    for person in people:
        person.thread.join(max(0.0, end - time.monotonic()))
    return [person.name for person in people if person.thread.is_alive()]


def _judged(answer: Answer) -> Answer:
    """Return the answer; a refusal is no accident that sending again would mend. A form gone stale is (422)."""
    if answer.status in {400, 403, 404, 405}:
        raise NotGranted(f"{answer.status}: {answer.page[:2000]}")
    return answer


def _code(answer: Answer) -> str | None:
    if answer.status == UNPROCESSABLE:
        at = answer.page.find('class="field__error')
        raise NotGranted(answer.page[max(0, at - 200) : at + 600])
    if answer.status < REDIRECT or not answer.place.startswith("/so/"):
        return None
    return answer.place.rstrip("/").rsplit("/", 1)[1]
