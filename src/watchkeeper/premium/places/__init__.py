"""Ongoing support: what whoever is on duty at night knows of an account's place."""
