"""Incidents are tested on the stage, standing for the desk."""

from tests.stage import browser_of, cast, look_again, report

__all__ = ["browser_of", "cast", "look_again", "report"]
