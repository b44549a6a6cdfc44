"""The languages of the interface: words kept in Vietnamese and drawn in the reader's language."""
