"""The same as in Vietnamese: a person who changes the language types and reads one form of numbers and days."""

from khcn.language.formats.vi.formats import *  # noqa: F403 - the very same values
