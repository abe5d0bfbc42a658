"""One incident at the desk: what was promised, what was said, what happened, and what can be done next."""
