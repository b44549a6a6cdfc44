"""Name a worker so that others on its machine can tell when it was killed, without waiting for a lease to end."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from functools import lru_cache
from pathlib import Path

PROC = Path("/proc")
PARTS = 4
STATE, STARTED = 0, 19  # places in /proc/PID/stat after the name of the program
DEAD_STATES = frozenset({"Z", "X"})


def this_worker() -> str:
    """Return the name of this thread of this process: machine, process, when it began, thread; at most 64 letters."""
    pid = os.getpid()
    return f"{_machine()}:{pid}:{_began(pid)}:{threading.get_ident()}"[:64]


def is_gone(worker: str) -> bool:
    """Tell whether a worker of this machine no longer lives. Of other machines, and where it cannot be told: False."""
    parts = worker.rsplit(":", PARTS - 1)
    if len(parts) != PARTS or parts[0] != _machine() or not parts[1].isdecimal() or not parts[2]:
        return False
    # The instant at which a process began tells it from another that was given its number later.
    return _began(int(parts[1])) != parts[2]


def _began(pid: int) -> str:
    """Return when the process began, in the kernel's own count; empty where it does not live or cannot be seen."""
    try:
        said = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if said[STATE] in DEAD_STATES else said[STARTED]


@lru_cache(maxsize=1)
def _machine() -> str:
    """Return the name of the machine with a mark of its start and of its container, where numbers of processes hold."""
    name = socket.gethostname()
    try:
        run = (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = str((PROC / "self/ns/pid").readlink())
    except OSError:
        run = space = ""
    return f"{name[:16]}#{hashlib.sha256(f'{name}|{run}|{space}'.encode()).hexdigest()[:8]}"
