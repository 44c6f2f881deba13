"""OGI offices, reading points, visitors and staff."""
