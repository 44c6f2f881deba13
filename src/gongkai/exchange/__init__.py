"""Workbooks in, sample data."""
