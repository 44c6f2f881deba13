"""Sign-in pages, staff home and menus."""
