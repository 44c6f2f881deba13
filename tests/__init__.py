"""The tests: folders mirror the packages; `scenarios` drives a real server, `architecture` guards the structure."""
