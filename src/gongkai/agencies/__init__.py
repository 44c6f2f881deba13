"""Agencies, departments, posts, officers, number counters; who may see what."""
