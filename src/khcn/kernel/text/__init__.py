"""Read and write Vietnamese text: folding, numbers, dates and sentences; pure functions without database."""
