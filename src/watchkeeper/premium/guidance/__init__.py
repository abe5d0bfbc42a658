"""Recommendations: proposed from data, written and sent by people, decided by the customer, measured afterwards."""
