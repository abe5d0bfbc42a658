"""The doors for mail."""
