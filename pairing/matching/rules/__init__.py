"""The rules of matching: who may be paired, what a pair is worth, what staying unserved costs."""
