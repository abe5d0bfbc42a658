"""How things come in by other ways than the pages."""
