"""Who reads is known within a block, and to pieces that are made after it."""

from __future__ import annotations

from khcn.kernel.access.reader import SYSTEM, current_reader, pieces_as, read_on_as, reading_as


def test_outside_every_block_the_system_reads():
    assert current_reader() is SYSTEM


def test_a_block_answers_for_its_reader_and_ends_with_what_was_before():
    with reading_as("an"):
        with reading_as("bình"):
            read_on_as("chi")
            inner = current_reader()
        outer = current_reader()

    assert (inner, outer, current_reader()) == ("chi", "an", SYSTEM)


def test_pieces_are_made_for_their_reader_and_taken_by_another():
    pieces = pieces_as("an", (current_reader() for _ in range(2)))

    with reading_as("bình"):
        taken = [(piece, current_reader()) for piece in pieces]

    assert taken == [("an", "bình")] * 2
