"""Demo data: a company one would believe in, the same on every machine."""
