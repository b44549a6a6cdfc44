"""What may be done with sessions: read a text and confirm it; follow conclusions to their evidence."""
