"""The desk's pages of mail that came in: what became of each, and what waits for a person."""
