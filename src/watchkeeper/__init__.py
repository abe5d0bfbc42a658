"""Watchkeeper: a production-support desk that keeps its promises."""
