"""How much a mail may ask of its reader. All are far above what people send, and bound what one stranger can cost."""

PARTS = 200
DEPTH = 30
FILES = 1_000
MAIL_BYTES = 35 * 1024 * 1024
HEADERS = 2_000
HEADER_BYTES = 1_000_000
PARAMETER_CHARACTERS = 8_000
"""Of one Content-… header, whose parameters the standard library reads in squared time."""

TEXT_CHARACTERS = 500_000
TEXT_BYTES = 4 * TEXT_CHARACTERS
"""Shown as text, and decoded for it; what is beyond comes along as a file."""

HTML_CHARACTERS = 200_000
HTML_DEPTH = 100
HTML_REFERENCES = 20_000
"""Beyond any of them, HTML loses its tags and nothing is made of them. A reference is an `&`: what cleans HTML takes
16 µs for each."""

LINE_CHARACTERS = 1_000
"""Of a subject, a name, a reason: what is shown on one line."""

ADDRESSES = 1_000
ADDRESS_CHARACTERS = 100_000
"""Of a header with addresses; in a longer one none is looked for."""

MESSAGE_IDS = 100
DELIVERIES = 500

CPU_SECONDS = 2
MEMORY_BYTES = 256 * 1024 * 1024
TOO_MUCH_MEMORY = "it needed more than 256 MB"
WALL_SECONDS = 10


class Unreadable(Exception):
    """Why a mail cannot be read, in words for the person who will look at it instead."""


class TookTooLong(Unreadable):
    """It was not read in the time that it was given."""
