"""Whether a door is well: a fault is logged when it begins and when it is over, not each time that it is met."""

from __future__ import annotations

import logging
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass
class Health:
    """``fault`` says what is wrong with ``door`` now; empty: nothing."""

    door: str
    fault: str = ""

    def is_well(self) -> None:
        if self.fault:
            log.warning("%s: works again", self.door)
        self.fault = ""

    def is_at_fault(self, fault: BaseException) -> None:
        said = " ".join(str(fault).split()) or type(fault).__name__
        if said != self.fault:
            log.warning("%s: %s; mail stays there, trying again", self.door, said)
        log.debug("%s: where that happened", self.door, exc_info=fault)
        self.fault = said
