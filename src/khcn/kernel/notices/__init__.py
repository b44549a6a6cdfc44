"""Tell people of something: in the product, and by e-mail through the queue."""
