"""Registers: codes, one interval history, reading as of an instant, links between records."""
