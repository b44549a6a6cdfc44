"""A real server on the demonstration's data, and a real browser in front of it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "screenshots"
PASSWORD = "khcn-minh-hoa-2026"
LAPTOP = {"width": 1366, "height": 860}
PHONE = {"width": 390, "height": 844}
KHCN = (sys.executable, "-m", "khcn.config.command")
MADE_FROM = {".py", ".csv", ".toml", ".json"}


def pytest_collection_finish(session: pytest.Session) -> None:
    """Load the demonstration before the first test starts: it may take longer than one test is given."""
    if any(item.get_closest_marker("browser") for item in session.items) and not session.config.option.collectonly:
        demonstration()


def demonstration() -> Path:
    """Return the folder of the demonstration's data, never served itself; loaded once for a state of the sources."""
    kept = ROOT / "build" / "demo"
    kept.mkdir(parents=True, exist_ok=True)
    found = kept / f"{date.today():%Y%m%d}-{digest_of_sources()}"  # noqa: DTZ011 - the demonstration's days follow the clock's
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found.exists():
            for old in (path for path in kept.iterdir() if path.is_dir()):
                shutil.rmtree(old)
            made = kept / "unfinished"
            subprocess.run([*KHCN, "demo"], env=variables_of(made), cwd=ROOT, check=True)
            made.rename(found)
    return found


def digest_of_sources() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "src" / "khcn").rglob("*")):
        if path.suffix in MADE_FROM and not {"tests", "static"} & set(path.parts):
            digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def variables_of(data: Path) -> dict[str, str]:
    found = os.environ | {"KHCN_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "khcn.config.settings"}
    found.pop("DATABASE_URL", None)
    return found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def served_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the demonstration, which the server works on; one for all tests of a session."""
    data = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(demonstration(), data)
    return data


@pytest.fixture(scope="session")
def server(served_data: Path) -> Iterator[str]:
    """Start the server; one for all tests of a session."""
    port = free_port()
    variables = variables_of(served_data) | {"KHCN_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    process = subprocess.Popen([*KHCN, "serve", f"127.0.0.1:{port}"], env=variables, cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}/dang-nhap/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(url: str) -> None:
    for _ in range(150):
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "Chưa có Chromium: chạy `make packages`."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )


class Person:
    """Someone at a browser, signed in; remembers what the browser complained about."""

    def __init__(self, browser: Browser, server: str, username: str, size: dict, *, scripts: bool = True) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=server, viewport=size, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", java_script_enabled=scripts
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto("/dang-nhap/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button[type=submit], form button[type=submit]")
        self.page.wait_for_url(lambda url: "/dang-nhap/" not in url)

    def photograph(self, name: str, *, whole: bool = True) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=whole)


@pytest.fixture
def sit_down(browser: Browser, server: str):
    people: list[Person] = []

    def as_person(username: str, size: dict | None = None, *, scripts: bool = True) -> Person:
        people.append(Person(browser, server, username, size or LAPTOP, scripts=scripts))
        return people[-1]

    yield as_person
    for person in people:
        person.context.close()
