"""How Vietnamese pages write and read."""
