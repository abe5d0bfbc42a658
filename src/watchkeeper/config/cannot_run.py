"""Why a command of the desk does not run, said to the person who called it."""


class CannotRun(Exception):
    """The installation, the machine or the settings do not allow it; the text says what to change. Exit status 1."""


class CommandError(Exception):
    """What was typed cannot be done; the message, one line, says why and what is allowed. Exit status 2."""
