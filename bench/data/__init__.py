"""Data for benchmarks."""
