"""What the tests stand on: one real PostgreSQL, a clock to set, an SMTP server to listen at, a desk, a browser."""
