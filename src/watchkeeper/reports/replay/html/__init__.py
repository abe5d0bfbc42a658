"""The report of a replay as one file that needs nothing beside it: it opens anywhere, prints, and loads nothing."""

from watchkeeper.reports.replay.html.collected import Collected
from watchkeeper.reports.replay.html.document import document

__all__ = ["Collected", "document"]
