"""Columns and disclosed items, from draft to public page."""
