"""The HTTP API, version 1: one published contract for machines. Bearer tokens, JSON, and problems as RFC 9457 says."""
