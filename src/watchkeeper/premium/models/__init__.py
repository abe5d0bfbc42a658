"""The tables of the room, by what they hold."""
