"""Who hears of an event, and in which words: from what happened to the outbox, in the same transaction."""

from watchkeeper.incidents.telling.of_events import tell
from watchkeeper.incidents.telling.of_steps import tell_step

__all__ = ["tell", "tell_step"]
