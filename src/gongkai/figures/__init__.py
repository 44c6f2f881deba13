"""Indicator lines over records: the statutory statistics."""
