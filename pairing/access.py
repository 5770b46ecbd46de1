"""The access table."""
