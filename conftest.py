"""What holds for every test: the network is closed, hypothesis is repeatable in the build, real inputs stand beside."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("build", derandomize=bool(os.environ.get("CI")), deadline=None)
settings.load_profile("build")
_connect = socket.socket.connect
SHARED = Path(os.environ.get("KHCN_SHARED", Path(__file__).resolve().parent.parent / "shared"))


class NetworkIsClosed(Exception):
    """A test tried to reach another machine."""


def _connect_here_only(self: socket.socket, address: object) -> object:
    host = address[0] if isinstance(address, tuple) else ""
    if host and not (host in {"localhost", "::1"} or host.startswith("127.")):
        raise NetworkIsClosed(f"Kiểm thử không được ra mạng: {address}")
    return _connect(self, address)


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _connect_here_only)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real inputs; without it the test is skipped, in the build it fails."""
    if not (SHARED / "data").is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("The real inputs are absent; set KHCN_SHARED.")
        pytest.skip("The real inputs are not next to this checkout.")
    return SHARED / "data"
