"""Commitment rows: a copy of what core computed, written with the event that changed it."""
