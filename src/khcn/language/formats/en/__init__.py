"""How English pages write and read."""
