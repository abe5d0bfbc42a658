"""Incidents: their timeline, the verbs that write it, and the conductor that carries out what follows."""
