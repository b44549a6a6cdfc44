"""Does a web worker stay small? Serves the demonstration, asks REQUESTS mixed pages, prints the memory of the workers.

SQLite always, PostgreSQL too where DATABASE_URL names one. Linux only: reads the resident size from /proc.
Run: `python benchmarks/web_memory.py [REQUESTS]` (10 000 if not said).
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from itertools import cycle, islice
from pathlib import Path
from urllib.error import HTTPError, URLError

from ground.databases import databases, empty_place

REQUESTS, STEPS = 10_000, 10
PASSWORD = "khcn-minh-hoa-2026"  # noqa: S105 (that of the demonstration)
KHCN = [sys.executable, "-m", "khcn.config.command"]
PAGES = (
    "/viec-can-lam/",
    "/so/",
    "/so/protection-title/",
    "/so/protection-title/?q=che&xep=code",
    "/so/assignment/",
    "/so/working-session/",
    "/bao-cao/",
    "/bao-cao/BC-2021-0001/",
    "/bao-cao/BC-2021-0001/so-lieu/ip.titles_granted/",
    "/bao-cao/BC-2021-0001/van-ban.pdf",
    "/so/protection-title/xuat/csv/",
    "/so/protection-title/xuat/xlsx/",
    "/so/protection-title/khong-co/",
    "/tim/?q=che",
    "/lich-lam-viec/",
    "/quy-dinh/",
)


def sign_in(address: str) -> urllib.request.OpenerDirector:
    """Return an opener whose cookies are those of the director."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = opener.open(f"{address}/dang-nhap/", timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    values = {"csrfmiddlewaretoken": token.group(1), "username": "giam-doc", "password": PASSWORD}
    data = urllib.parse.urlencode(values).encode()
    form = urllib.request.Request(f"{address}/dang-nhap/", data, {"Referer": f"{address}/dang-nhap/"})  # noqa: S310
    opener.open(form, timeout=30)
    return opener


def ask(opener: urllib.request.OpenerDirector, url: str) -> int:
    """Return the status of the answer, read to its end."""
    try:
        with opener.open(url, timeout=60) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as refused:
        refused.read()
        return refused.code


def workers_of(pid: int) -> dict[int, float]:
    """Return worker → resident size in MiB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return {int(child): _resident(int(child)) for child in children}


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else 0.0


def wait_for(address: str) -> None:
    """Wait until somebody answers there."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/dang-nhap/", timeout=5).close()  # noqa: S310 (loopback)
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)


def main() -> None:
    """Ask and print, for every database at hand."""
    requests = int(next((word for word in sys.argv[1:] if word.isdigit()), REQUESTS))
    for name, address in databases().items():
        print(f"\n## {name}\n", flush=True)
        with empty_place(address) as place:
            follow(place, requests)


def follow(database: str, requests: int) -> None:
    """Serve the demonstration from the empty database and report on its workers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        place = os.environ | {"KHCN_DATA_DIR": folder, "KHCN_PUBLIC_URL": address, "DATABASE_URL": database}
        subprocess.run([*KHCN, "demo"], env=place, check=True, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
        with subprocess.Popen([*KHCN, "serve", f"127.0.0.1:{port}"], env=place, stderr=subprocess.DEVNULL) as server:  # noqa: S603 - our own
            try:
                wait_for(address)
                report(address, server.pid, requests)
            finally:
                server.send_signal(signal.SIGTERM)


def report(address: str, pid: int, requests: int) -> None:
    """Print the size of each worker after every tenth of the requests."""
    opener, pages, answers = sign_in(address), cycle(PAGES), {}
    print("| requests | memory of each worker, MiB |\n|---:|---|", flush=True)
    for step in range(STEPS):
        for page in islice(pages, requests // STEPS):
            status = ask(opener, address + page)
            answers[page, status] = answers.get((page, status), 0) + 1
        sizes = ", ".join(f"{size:.0f}" for size in workers_of(pid).values())
        print(f"| {(step + 1) * requests // STEPS} | {sizes} |", flush=True)
    strange = {key: count for key, count in answers.items() if key[1] not in (200, 404)}
    print(f"\nanswers other than 200 and 404: {strange or 'none'}")


if __name__ == "__main__":
    main()
