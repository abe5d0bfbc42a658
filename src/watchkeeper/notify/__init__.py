"""The outbox: what must be said, to whom, and the proof that it was handed over."""
