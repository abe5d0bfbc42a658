"""Taking a mail that is kept: read it apart, see who wrote it and what it names, and do what the table says. Once."""

from watchkeeper.intake.mail.taking.take import take_one
from watchkeeper.intake.mail.taking.until_told import take_until

__all__ = ["take_one", "take_until"]
