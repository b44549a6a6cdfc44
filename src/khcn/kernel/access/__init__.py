"""Decisions that carry their reasons, and the roles they speak of."""
