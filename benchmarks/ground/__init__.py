"""Throw-away ground to measure on: a database of its own, filled with as many invented records as asked for."""
