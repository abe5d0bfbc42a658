"""Reading a mail: from bytes that anybody may have written to a ``Letter``, in a child process with limits."""


class Unreadable(Exception):
    """A mail that cannot be read; the message says why, for a person."""


class TookTooLong(Unreadable):
    """A mail whose reading took more time than it was given; with more it may be read."""
