"""The customer's pages: report an incident, follow it, act on it, and see what was promised."""
