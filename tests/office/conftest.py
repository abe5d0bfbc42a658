"""The office is tested on the stage."""

from tests.stage import browser_of, cast, report

__all__ = ["browser_of", "cast", "report"]
