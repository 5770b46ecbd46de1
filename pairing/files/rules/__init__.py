"""What a file of a stranger is, by its content, and what becomes of it before it is kept."""
