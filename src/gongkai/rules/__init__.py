"""The law: calendars, limits, outcomes, indicator tables. Pure: no Django, no clock, no I/O but its data."""
