"""Importing tables of accounts, people, licences and agreements: checked as a whole, written as a whole or not at all.

A row is found again by its natural key, so that the same file can be imported as often as one likes: what is said
already stays, what is said otherwise is changed and told, what is new is added. Nothing is ever taken away.
``docs/reference/import.md`` describes the columns.
"""
