"""The annual report, every number bound to a figure."""
