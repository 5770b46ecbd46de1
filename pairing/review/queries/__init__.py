"""Finding what staff have to decide, for people and for money."""
