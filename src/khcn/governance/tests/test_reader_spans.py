import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.governance.reader.spans import SpanSet

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1])))


@given(SPANS, st.integers(0, 60))
def test_a_position_is_covered_when_one_of_the_spans_holds_it(spans, position):
    assert SpanSet(spans).covers(position) is any(start <= position < end for start, end in spans)


@pytest.mark.parametrize(("start", "end", "touched"), [(0, 3, False), (0, 4, True), (6, 9, False), (5, 9, True)])
def test_a_range_touches_a_span_when_they_share_a_position(start, end, touched):
    assert SpanSet([(3, 6)]).touches(start, end) is touched


def test_an_empty_set_covers_nothing():
    assert not SpanSet().covers(0)
