"""Accounts, their people, the teams that serve them, and who may do what."""
