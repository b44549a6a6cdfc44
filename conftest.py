"""What holds for every test: the network is closed, hypothesis is repeatable in the build."""

from __future__ import annotations

import os
import socket

import pytest
from hypothesis import settings

settings.register_profile("build", derandomize=bool(os.environ.get("CI")), deadline=None)
settings.load_profile("build")
_connect = socket.socket.connect


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
