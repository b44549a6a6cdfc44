"""How dates and numbers are written and read: one way in every language of the interface."""
