"""Fifty random kills of server and worker under load on both databases: nothing acknowledged lost, nothing half-done.

KHCN_SOAK_KILLS says how many kills there are in all; KHCN_SOAK_SEED repeats their order and their moments, as far as
the machine allows. Runs on PostgreSQL only where KHCN_SOAK_DATABASE_URL names a throw-away database.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.soak.browsing import BROKEN, Browser
from tests.soak.people import Clerk, Drafter, Editor, Journal, Operator, Person, let_finish, start

pytestmark = [
    pytest.mark.skipif(not os.environ.get("KHCN_SOAK"), reason="chạy dài; dùng `make soak`"),
    pytest.mark.timeout(3600),
]
KILLS = int(os.environ.get("KHCN_SOAK_KILLS", "50"))
SEED = int(os.environ.get("KHCN_SOAK_SEED") or random.SystemRandom().randrange(1_000_000))
ADDRESS = os.environ.get("KHCN_SOAK_DATABASE_URL", "")
KHCN = [sys.executable, "-m", "khcn.config.command"]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 420
"""How many seconds the people may take to finish, and the queue to drain, after the last kill."""


@dataclass
class Installation:
    """One installation: its environment, its two processes, where its server answers."""

    name: str
    folder: Path
    place: dict[str, str]
    address: str
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, which: str) -> None:
        words = {"web": ["serve", self.address.removeprefix("http://")], "worker": ["worker"]}[which]
        with (self.folder / f"{which}.log").open("ab") as log:
            self.running[which] = subprocess.Popen(
                [*KHCN, *words], env=self.place, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, which: str) -> None:
        """End the process and its children without warning."""
        os.killpg(self.running[which].pid, signal.SIGKILL)
        self.running.pop(which).wait()

    def kill_one_child(self, chance: random.Random) -> None:
        """End one of the server's children; the server itself brings another up."""
        pid = self.running["web"].pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        if children:
            os.kill(int(chance.choice(children)), signal.SIGKILL)

    def wait(self) -> None:
        for _ in range(600):
            try:
                if Browser(self.address, "").get("/dang-nhap/").status == 200:
                    return
            except BROKEN:
                time.sleep(0.2)
        raise TimeoutError(self.address)

    def stop(self) -> None:
        for which in list(self.running):
            self.kill(which)

    def tell(self, expression: str) -> Any:
        """Return what an expression over the proofs is inside the installation."""
        code = f"from tests.soak.proofs import *; tell({expression})"
        done = subprocess.run(
            [*KHCN, "manage", "shell", "-c", code],
            env=self.place,
            check=False,
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.partition("FOUND")[2])

    def rows_of(self, word: str) -> int:
        """Return how many rows of a sheet are in the register, asked of the database itself."""
        asked = "SELECT COUNT(*) FROM ip_protectiontitle WHERE title LIKE "
        if self.place["DATABASE_URL"]:
            with psycopg.connect(self.place["DATABASE_URL"]) as connection:
                return int(connection.execute(f"{asked} %s", (f"Nhãn {word} %",)).fetchone()[0])
        connection = sqlite3.connect(self.folder / "khcn.sqlite3", timeout=30)
        try:
            return int(connection.execute(f"{asked} ?", (f"Nhãn {word} %",)).fetchone()[0])
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request, tmp_path):
    """Yield an installation filled with the demonstration, its jobs in a worker of their own."""
    if request.param == "postgresql" and not ADDRESS:
        pytest.skip("KHCN_SOAK_DATABASE_URL không nêu cơ sở dữ liệu PostgreSQL dùng một lần")
    if request.param == "postgresql":
        with psycopg.connect(ADDRESS, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    address = f"http://127.0.0.1:{free_port()}"
    place = os.environ | {
        "KHCN_DATA_DIR": str(tmp_path),
        "DATABASE_URL": ADDRESS if request.param == "postgresql" else "",
        "DJANGO_SETTINGS_MODULE": "khcn.config.settings",
        "KHCN_PUBLIC_URL": address,
        "KHCN_JOBS_IN_PROCESS": "0",
    }
    subprocess.run([*KHCN, "demo"], env=place, check=True, capture_output=True)
    made = Installation(request.param, tmp_path, place, address)
    try:
        yield made
    finally:
        made.stop()


def crowd(here: Installation, journal: Journal, chance: random.Random) -> list[Person]:
    """Return the people at work: they enter, take steps, correct, upload, and import in both ways."""

    def person(kind: type[Person], name: str, username: str = "chuyen-vien") -> Person:
        return kind(name, Browser(here.address, username), journal, random.Random(chance.random()))  # noqa: S311 (to be repeated)

    operator = person(Operator, "lenh")
    operator.folder, operator.command, operator.place = here.folder, KHCN, here.place
    return [
        person(Drafter, "soan"),
        person(Editor, "sua"),
        person(Editor, "sua2", "truong-phong"),
        person(Clerk, "nhap"),
        operator,
    ]


def kill_at_random(here: Installation, journal: Journal, chance: random.Random, kills: int) -> Counter[str]:
    """Kill and start again so many times; after each kill no sheet that is imported whole is in the register in part."""
    done: Counter[str] = Counter()
    for _ in range(kills):
        time.sleep(chance.uniform(0.5, 6))
        which = chance.choice(("web", "worker", "both", "child"))
        done[which] += 1
        if which == "child":
            here.kill_one_child(chance)
        for name in {"web": ["web"], "worker": ["worker"], "both": ["web", "worker"]}.get(which, []):
            here.kill(name)
        parts = {one.word: here.rows_of(one.word) for one in list(journal.sheets)[-6:] if one.whole}
        sizes = {one.word: one.rows for one in journal.sheets}
        assert {w: n for w, n in parts.items() if n not in {0, sizes[w]}} == {}
        time.sleep(chance.uniform(0, 1.5))
        for name in {"web", "worker"} - here.running.keys():
            here.start(name)
        here.wait()
        assert journal.troubles == []
    return done


def drained(here: Installation) -> dict[str, Any]:
    """Wait until nothing waits any more, or patience ends; returns what still waits."""
    end = time.monotonic() + PATIENCE
    while True:
        left = here.tell("waiting()")
        if not (left["outbox"] or left["jobs"] or left["runs"] or left["stagings"]) or time.monotonic() > end:
            return left
        time.sleep(5)


def test_random_kills_lose_nothing_and_leave_nothing_half_done(installation):
    here, chance = installation, random.Random(f"{SEED}-{installation.name}")  # noqa: S311 (to be repeated)
    kills = KILLS // 2 if installation.name == "sqlite" else KILLS - KILLS // 2
    journal = Journal()
    people = crowd(here, journal, chance)
    print(f"{here.name}: seed {SEED}, {kills} kills")
    for name in ("web", "worker"):
        here.start(name)
    here.wait()
    start(people)

    done = kill_at_random(here, journal, chance, kills)
    late = let_finish(people, PATIENCE)

    print(f"kills: {dict(done)}; commands killed: {people[-1].killed}; sent: {dict(journal.sendings)}")
    assert journal.troubles == []
    assert late == []
    left = drained(here)
    assert {**left, "failed": []} == {"outbox": 0, "jobs": [], "failed": [], "runs": 0, "stagings": 0}
    assert_nothing_lost(here, journal)
    assert left["failed"] == []
    assert_nothing_half_done(here, journal)


def assert_nothing_lost(here: Installation, journal: Journal) -> None:
    """Every acknowledged write is there once, and only what was sent is there; files come back byte for byte."""
    entered = here.tell("entered()")
    titles = dict(entered)
    assert {code: titles.get(code) for code in journal.titles} == journal.titles
    by_hand = [title for _, title in entered if not any(f" {one.word} " in f"{title} " for one in journal.sheets)]
    assert len(by_hand) == len(journal.titles) == len(journal.words)
    for sheet in journal.sheets:
        assert sheet.word in journal.finished
        rows = [title for _, title in entered if f" {sheet.word} " in title]
        assert (len(rows), len(set(rows))) == (sheet.rows, sheet.rows), sheet
    states = here.tell("states()")
    assert {code: states.get(code) for code in journal.steps} == journal.steps
    files = here.tell("files()")
    assert {code: sorted(d for d, _ in some) for code, some in files.items()} == {
        code: sorted(some) for code, some in journal.files.items()
    }
    reader = Browser(here.address, "chuyen-vien")
    reader.sign_in()
    for digest, url in (one for some in files.values() for one in some):
        assert sha256(reader.get(url).body).hexdigest() == digest
    print(
        f"kept: {len(journal.titles)} records, {sum(map(len, journal.steps.values()))} states, "
        f"{sum(map(len, files.values()))} files, {len(journal.replaced)} corrections, {len(journal.sheets)} sheets, "
        f"{sum(one.rows for one in journal.sheets)} rows"
    )


def assert_nothing_half_done(here: Installation, journal: Journal) -> None:
    """History, codes, obligations and index agree with the registers, and the doctor finds nothing."""
    assert here.tell("history()") == {}
    said = here.tell("obligations()")
    assert said["moved"] == 0
    assert {code: n for code, n in said["open"].items() if n != 1} == {}
    assert here.tell(f"index({journal.replaced!r})") == []
    for name in ("web", "worker"):
        here.kill(name)
    doctor = subprocess.run(
        [*KHCN, "doctor", "--files", "all", "--json"],
        env=here.place,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    said = json.loads(doctor.stdout)
    notes = [f"{found['where']}: {found['what']}" for check in said["checks"] for found in check["findings"]]
    assert said["well"], notes
    print("doctor: well; notes: " + " | ".join(notes))
