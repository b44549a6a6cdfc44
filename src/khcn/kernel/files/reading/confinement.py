"""Read a hostile format in a child process of its own: bounded in time and memory, unable to write files.

A parser in C that crashes, or a file built to exhaust the machine, then costs one refused file, not a web worker.
The child gets the file on its standard input and the limits as its argument, and answers with one JSON object.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from khcn.kernel.files.reading import errors
from khcn.kernel.files.reading.errors import DamagedFile, DangerousFile, UnreadableFile
from khcn.kernel.files.reading.limits import Limits
from khcn.language.words import words as _

# The parser of a hostile file sees no password or key of the application.
_ENVIRONMENT_KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_GRACE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Extracted:
    """Hold what a format gave.

    `text`: the content. `margins`: text beside it that may bear a secrecy mark (headers, boxes, notes).
    `warnings`: Vietnamese sentences. `pages`: their number, where the format has pages. `encoding`: code of the bytes.
    """

    text: str
    margins: str = ""
    warnings: tuple[str, ...] = ()
    pages: int | None = None
    encoding: str = "unicode"


Extractor = Callable[[bytes, Limits], Extracted]


def extract_confined(module: str, data: bytes, limits: Limits) -> Extracted:
    """Run the extractor module in a child process and return what it extracted.

    Raises: UnreadableFile of any kind; DangerousFile, if the child exceeds its time or memory.
    """
    try:
        child = subprocess.run(  # noqa: S603  the command is made of our own interpreter and module names
            [sys.executable, "-B", "-P", "-X", "utf8", "-m", module, json.dumps(asdict(limits))],
            input=data,
            capture_output=True,
            check=False,
            env=child_environment(),
            timeout=limits.seconds + _GRACE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(limits) from None
    return _result(child.returncode, child.stdout, limits)


def child_environment() -> dict[str, str]:
    """Return the few environment variables that the reading process needs."""
    return {name: os.environ[name] for name in _ENVIRONMENT_KEPT if name in os.environ}


def answer(extract: Extractor) -> None:
    """Be the child: confine this process, read the file from standard input, and write the answer."""
    limits = Limits(**json.loads(sys.argv[1]))
    data = sys.stdin.buffer.read()
    _confine(limits)
    reply: dict[str, Any]
    try:
        reply = asdict(extract(data, limits))
    except UnreadableFile as refusal:
        reply = {"refused": type(refusal).__name__, "problem": refusal.problem}
    except MemoryError:
        reply = {"refused": DangerousFile.__name__, "problem": _("cần quá nhiều bộ nhớ để đọc")}
    sys.stdout.buffer.write(json.dumps(reply).encode())


def _confine(limits: Limits) -> None:
    bounds = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        _, hard = resource.getrlimit(kind)
        allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _result(returncode: int, output: bytes, limits: Limits) -> Extracted:
    if returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise _too_slow(limits)
    try:
        reply = json.loads(output)
    except ValueError:
        raise DamagedFile(_("cấu trúc bên trong bị hỏng")) from None
    if "refused" in reply:
        refusal: type[UnreadableFile] = getattr(errors, reply["refused"])
        raise refusal(_(reply["problem"]))  # the words of a fixed sentence are found again by themselves
    return Extracted(**{**reply, "warnings": tuple(reply["warnings"])})


def _too_slow(limits: Limits) -> DangerousFile:
    return DangerousFile(_("việc đọc bị dừng vì quá {seconds} giây").format(seconds=limits.seconds))
