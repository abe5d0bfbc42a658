"""``/live``: an open page is told at once that an incident it may show has changed, and asks for it by itself."""
