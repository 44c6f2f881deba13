"""The common look: base templates, components, error pages, middleware."""
