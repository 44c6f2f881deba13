"""Proof-reading of published annual reports; pure: no Django, no database, no clock."""
