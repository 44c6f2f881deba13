"""A year of an agency: open, nothing to report, frozen."""
