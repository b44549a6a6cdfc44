"""Write research tasks: one verb a function, each one change of history."""
