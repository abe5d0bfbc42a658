"""Incidents are tested on the stage, standing for the desk."""

from tests.stage import browser_of, cast, report

__all__ = ["browser_of", "cast", "report"]
