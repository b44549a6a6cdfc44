"""What may be done with period reports: draft, freeze, sign, print."""
