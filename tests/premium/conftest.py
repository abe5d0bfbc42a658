"""Premium is tested on the stage."""

from tests.stage import browser_of, cast, look_again, report

__all__ = ["browser_of", "cast", "look_again", "report"]
