"""Jobs that the tests put in the queue."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from khcn.kernel.jobs.queue import job

done: list[object] = []
noted = threading.Event()


@job()
def note(word: str) -> str:
    done.append(word)
    noted.set()
    return word


@job(retries=2, backoff=timedelta(minutes=1))
def stumble(word: str) -> None:
    done.append(word)
    raise OSError("máy chủ thư không trả lời")


@job(wants_now=True)
def tell_time(*, now: datetime) -> None:
    done.append(now)


@job(queue="mail")
def post(word: str) -> None:
    done.append(word)
