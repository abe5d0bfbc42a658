"""``/desk/policy/…``: versions and drafts, for managers. Each module is one page and the acts that belong to it."""
