"""Form councils, seal and count slips."""
