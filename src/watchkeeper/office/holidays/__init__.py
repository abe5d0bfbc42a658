"""Proposals of holidays: taken from a country's list or a file, looked at day by day, and written into a draft."""
