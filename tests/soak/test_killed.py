"""No acknowledged write is lost, none is half-done: processes are killed without warning, over and over.

Runs on the embedded database, and on PostgreSQL too where KHCN_SOAK_DATABASE_URL names a throw-away one.
"""

from __future__ import annotations

import csv
import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path
from urllib.error import URLError

import psycopg
import pytest

pytestmark = pytest.mark.skipif(not os.environ.get("KHCN_SOAK"), reason="chạy dài; dùng `make soak`")
ROWS = 3_000
KILLS = 8
PASSWORD = "khcn-minh-hoa-2026"
KHCN = [sys.executable, "-m", "khcn.config.command"]
COUNT = """
import json
from khcn.kernel.records.clock import FOREVER
from khcn.kernel.records.registry import register, registers
found = {}
for one in registers():
    model = one.model
    rows = model.objects.order_by("pk")
    opened = model.Version._base_manager.filter(recorded_to=FOREVER)
    codes = {}
    for code in rows.values_list("code", flat=True):
        prefix, _, number = code.rpartition("-")
        codes.setdefault(prefix, []).append(int(number))
    found[one.key] = {
        "rows": rows.count(),
        "opened": opened.count(),
        "same": sorted(rows.values_list("pk", flat=True)) == sorted(opened.values_list("id", flat=True)),
        "gaps": [p for p, n in codes.items() if sorted(n) != list(range(min(n), min(n) + len(n)))],
    }
found["titles"] = list(register("work-plan-item").model.objects.values_list("title", flat=True))
print("FOUND" + json.dumps(found, ensure_ascii=False))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path) -> dict[str, str]:
    """Return the environment of an installation filled with the demonstration."""
    address = os.environ.get("KHCN_SOAK_DATABASE_URL", "")
    if request.param == "postgresql" and not address:
        pytest.skip("KHCN_SOAK_DATABASE_URL không nêu cơ sở dữ liệu PostgreSQL dùng một lần")
    if request.param == "postgresql":
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    place = os.environ | {
        "KHCN_DATA_DIR": str(tmp_path),
        "DATABASE_URL": address if request.param == "postgresql" else "",
        "DJANGO_SETTINGS_MODULE": "khcn.config.settings",
    }
    subprocess.run([*KHCN, "demo"], env=place, check=True, capture_output=True)
    return place


def state_of(place: dict[str, str]) -> dict:
    done = subprocess.run(
        [*KHCN, "manage", "shell", "-c", COUNT], env=place, check=True, capture_output=True, encoding="utf-8"
    )
    return json.loads(done.stdout.partition("FOUND")[2])


def assert_whole(found: dict) -> None:
    registers = {key: one for key, one in found.items() if isinstance(one, dict)}
    assert {key: one for key, one in registers.items() if not one["same"] or one["gaps"]} == {}


def write_titles(path: Path, mark: str = "SOAK") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Đối tượng được bảo hộ", "Loại văn bằng", "Số văn bằng", "Ngày cấp", "Trạng thái"])
        for number in range(ROWS):
            rows.writerow(
                [
                    f"Nhãn thử {number}",
                    "Giấy chứng nhận đăng ký nhãn hiệu",
                    f"{mark}-{number}",
                    "2/3/2024",
                    "Đã cấp văn bằng",
                ]
            )


@pytest.mark.parametrize("mode", [[], ["--skip-bad"]], ids=["all-or-nothing", "in-batches"])
def test_an_import_killed_again_and_again_ends_whole_and_once(place, tmp_path, mode):
    path, whole = tmp_path / "van-bang.csv", tmp_path / "van-bang-khac.csv"
    write_titles(path)
    write_titles(whole, "WHOLE")
    command = [*KHCN, "import", "protection-title", str(path), "--json", *mode]
    begun = time.monotonic()
    subprocess.run(
        [part.replace(str(path), str(whole)) for part in command], env=place, check=True, capture_output=True
    )
    takes = time.monotonic() - begun
    before = state_of(place)["protection-title"]["rows"]

    seen, hit = [], 0
    for attempt in range(KILLS):
        running = subprocess.Popen(command, env=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(takes * (0.25 + 0.7 * attempt / KILLS))  # another place in its work each time, on any machine
        hit += running.poll() is None
        running.send_signal(signal.SIGKILL)
        running.wait()
        found = state_of(place)
        assert_whole(found)
        seen.append(found["protection-title"]["rows"] - before)
    final = subprocess.run(command, env=place, capture_output=True, encoding="utf-8", check=False)

    assert final.returncode == 0, final.stderr
    found = state_of(place)
    assert_whole(found)
    assert found["protection-title"]["rows"] == before + ROWS
    assert seen == sorted(seen)
    assert hit, "no kill met a running import"
    print(f"an import takes {takes:.1f} s; kills that met one running: {hit}; rows after each kill: {seen}")


class Client:
    """Someone signed in who sends forms and remembers what was acknowledged."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def sign_in(self) -> None:
        self.send("/dang-nhap/", username="chuyen-vien", password=PASSWORD)

    def send(self, path: str, **values: str) -> str:
        page = self.opener.open(self.address + path, timeout=10).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1), **values}).encode()
        request = urllib.request.Request(self.address + path, data, {"Referer": self.address + path})
        return str(self.opener.open(request, timeout=20).url)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/dang-nhap/", timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def keep_writing(address: str, name: str, acknowledged: list[str], stop: threading.Event) -> None:
    client = Client(address)
    number = 0
    while not stop.is_set():
        try:
            if not client.jar:
                client.sign_in()
            number += 1
            title = f"Việc thử {name} {number}"
            went_to = client.send(
                "/ke-hoach-cong-tac/moi/", title=title, year="2027", quarter="1", confidentiality="internal"
            )
            if "/moi/" not in went_to:
                acknowledged.append(title)
        except (URLError, OSError, AssertionError):
            time.sleep(0.2)


def test_whatever_a_killed_server_acknowledged_is_there(place):
    acknowledged: list[str] = []
    for round_number in range(KILLS // 2):
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        server = subprocess.Popen(
            [*KHCN, "serve", f"127.0.0.1:{port}"],
            env=place | {"KHCN_PUBLIC_URL": address},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_for(address)
        stop = threading.Event()
        writers = [
            threading.Thread(target=keep_writing, args=(address, f"{round_number}{who}", acknowledged, stop))
            for who in "abc"
        ]
        for writer in writers:
            writer.start()
        time.sleep(4 + 0.9 * round_number)
        os.killpg(server.pid, signal.SIGKILL)
        stop.set()
        for writer in writers:
            writer.join()
        server.wait()
        found = state_of(place)
        assert_whole(found)
        assert set(acknowledged) <= set(found["titles"])
    assert len(acknowledged) > KILLS
    print(f"acknowledged writes kept: {len(acknowledged)}")
