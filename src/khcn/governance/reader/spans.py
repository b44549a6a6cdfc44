"""Ask quickly whether a place of a text lies within a set of spans."""

from bisect import bisect_right
from collections.abc import Iterable

from khcn.governance.reader.reading import Span


class SpanSet:
    """A set of half-open spans, merged where they touch."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        """Merge the spans."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def covers(self, position: int) -> bool:
        """Tell whether a position lies within a span."""
        return self.touches(position, position + 1)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a half-open range shares a position with a span."""
        place = bisect_right(self._starts, end - 1) - 1
        return place >= 0 and start < self._ends[place]
