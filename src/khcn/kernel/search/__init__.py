"""Find records and the words of their files; what a person may not know of is neither shown nor counted."""
