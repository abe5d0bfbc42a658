"""Nobody outside can write a log line of their own."""

import logging
import sys

from watchkeeper.config.log_lines import LogLines


def line_of(message: str, *arguments: object, exc_info: object = None) -> str:
    record = logging.LogRecord("room", logging.WARNING, __file__, 1, message, arguments, exc_info)  # type: ignore[arg-type]
    return LogLines().format(record)


def test_a_line_says_when_how_grave_and_where() -> None:
    record = logging.LogRecord("room", logging.WARNING, __file__, 1, "no room for %s", ("more",), None)
    record.created, record.msecs = 1772836200.123, 123.0
    assert LogLines().format(record) == "2026-03-06 22:30:00.123Z WARNING room: no room for more"


def test_what_a_message_quotes_cannot_begin_a_line_or_move_the_cursor() -> None:
    said = line_of("not found: %s", "/x\r\n2026-01-01 CRITICAL forged\x1b[2J\x9b\u2028\x00")
    assert said.splitlines() == [said]
    assert r"/x\x0d\x0a2026-01-01 CRITICAL forged\x1b[2J\x9b\u2028\x00" in said


def test_a_traceback_keeps_its_lines_behind_a_bar() -> None:
    try:
        raise ValueError("first\n2026-01-01 CRITICAL forged\x1b[2J")
    except ValueError:
        said = line_of("it failed", exc_info=sys.exc_info())
    first, *others = said.splitlines()
    assert first.endswith("it failed")
    assert all(line.startswith("    | ") for line in others)
    assert others[-1] == r"    | 2026-01-01 CRITICAL forged\x1b[2J"
