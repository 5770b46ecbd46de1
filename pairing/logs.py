"""Structured logs: one line per event, personal data masked before it is written."""
