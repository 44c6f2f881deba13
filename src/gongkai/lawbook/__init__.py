"""Settings that the law leaves to an agency, each with its legal note."""
