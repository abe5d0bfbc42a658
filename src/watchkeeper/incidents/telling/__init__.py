"""Who hears of an event, and in which words: from what happened to what the outbox is given."""

from watchkeeper.incidents.telling.of_events import call_off, told_of
from watchkeeper.incidents.telling.of_steps import told_of_step

__all__ = ["call_off", "told_of", "told_of_step"]
