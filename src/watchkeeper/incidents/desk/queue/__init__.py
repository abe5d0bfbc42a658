"""The queue: what is open, what is most urgent first."""
