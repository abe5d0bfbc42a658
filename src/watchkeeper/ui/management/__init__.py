"""Commands of Django that the desk has changed."""
