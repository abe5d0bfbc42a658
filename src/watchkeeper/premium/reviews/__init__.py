"""Service reviews: a period of an account looked back on, drafted by the desk and written by people."""
