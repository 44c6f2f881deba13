"""One full-text index, exact for any substring of two characters or more."""
