"""Replay: what a policy would have promised on another help desk's export, and whether it was kept.

The incidents are judged by the same fold that the desk itself uses. Files with one row an incident are streamed; of
files with one row an event, what is kept grows with the cases.
"""

from watchkeeper.reports.replay.events import EventReader
from watchkeeper.reports.replay.incident import Incident, SeverityReader, Unusable
from watchkeeper.reports.replay.instants import TimeReader, UnreadableTime, UnusableFormat
from watchkeeper.reports.replay.judgement import Judge, Judgement
from watchkeeper.reports.replay.report import Report, replay
from watchkeeper.reports.replay.rows import RowReader
from watchkeeper.reports.replay.table import Record, Table, UnreadableTable, open_table

__all__ = [
    "EventReader",
    "Incident",
    "Judge",
    "Judgement",
    "Record",
    "Report",
    "RowReader",
    "SeverityReader",
    "Table",
    "TimeReader",
    "UnreadableTable",
    "UnreadableTime",
    "Unusable",
    "UnusableFormat",
    "open_table",
    "replay",
]
