"""What the promised metrics are called where a sentence names one, or counts those that were missed."""

from __future__ import annotations

from collections.abc import Mapping

from watchkeeper.core.said import Said, sentence

METRICS: Mapping[str, Said] = {
    "acknowledgement": sentence("acknowledgement"),
    "assignment": sentence("assignment"),
    "arrival": sentence("arrival"),
    "diagnosis": sentence("diagnosis"),
    "workaround": sentence("workaround"),
    "restoration": sentence("restoration"),
    "update": sentence("update"),
    "resolution": sentence("resolution"),
    "post_incident_report": sentence("post incident report"),
    "escalation_answer": sentence("escalation answer"),
}

_SEVERAL: Mapping[str, Said] = {
    "acknowledgement": sentence("acknowledgements"),
    "assignment": sentence("assignments"),
    "arrival": sentence("arrivals"),
    "diagnosis": sentence("diagnoses"),
    "workaround": sentence("workarounds"),
    "restoration": sentence("restorations"),
    "update": sentence("updates"),
    "resolution": sentence("resolutions"),
    "post_incident_report": sentence("post incident reports"),
    "escalation_answer": sentence("escalation answers"),
}
"""They stand after *after 4 missed*, and so in German in the dative."""


def spoken(metric: str, times: int) -> Said:
    """A metric in words, and in the plural where there are several: ``acknowledgements``, ``diagnoses``."""
    return (METRICS if times == 1 else _SEVERAL)[metric]
