"""What the public asks outside OGI requests: hotline work orders and petitions."""
