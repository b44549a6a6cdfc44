"""Links by which a released page is read without an account: signed, expiring, revocable."""
