"""How long a matching run and every page take at the size of a district: ``python -m benchmarks``."""
