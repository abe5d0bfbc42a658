"""Why a command of the desk does not run, said to the person who called it."""


class CannotRun(Exception):
    """The installation, the machine or the settings do not allow it; the text says what to change. Exit status 1."""
