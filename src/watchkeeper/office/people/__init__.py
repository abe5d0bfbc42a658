"""Pages about people: the vendor's own and its customers' at the desk, an account's own in the portal."""
