"""Searches that people follow by letter: saving, what is new for each, letters."""
