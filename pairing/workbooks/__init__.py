"""Workbooks in and out: reading .xlsx that people send, writing .xlsx that people open."""
