"""Requests for government information with their replies, reconsiderations and lawsuits."""
