"""Approval chains bound to content hashes; knows no model of what it approves."""
