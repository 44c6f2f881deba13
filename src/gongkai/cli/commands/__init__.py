"""One module per command; a module is imported when its command runs."""
