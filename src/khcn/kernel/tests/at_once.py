"""Do several things in the same instant, each by a connection of its own, as several people do on a server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from khcn.kernel.records.tracked import ChangedMeanwhile
from khcn.kernel.workflow.services import NotPossible

PATIENCE_SECONDS = 10


def at_once(work: Callable[[int], Any], places: Sequence[int]) -> list[Any]:
    """Do the work of every place in the same instant; returns what each gave or refused."""
    ready = threading.Barrier(len(places))

    def run(place: int) -> Any:
        try:
            ready.wait(PATIENCE_SECONDS)
            return work(place)
        except (NotPossible, ChangedMeanwhile) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(places)) as pool:
        return list(pool.map(run, places))
