"""What a stream may tell is tested on the stage; the streams themselves on a running desk."""

from tests.stage import browser_of, cast, look_again, report

__all__ = ["browser_of", "cast", "look_again", "report"]
