"""Incidents are tested on the stage, standing for the desk."""

from tests.stage import cast, report

__all__ = ["cast", "report"]
