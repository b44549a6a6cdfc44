"""The one queue of the product, in its database: retries, schedule, dead letters; knows no other mechanism."""
