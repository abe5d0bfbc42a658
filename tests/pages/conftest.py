"""Pages are tried on the stage, and in a browser on a running desk."""

from tests.stage import browser_of, cast, report

__all__ = ["browser_of", "cast", "report"]
