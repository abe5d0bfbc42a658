"""Log lines that nobody outside can forge: whatever a message quotes, one record starts exactly one line."""

import logging
import time

CONTROLS = {code: f"\\x{code:02x}" for code in [*range(0x20), *range(0x7F, 0xA0)]} | {
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
CONTINUED = "\n    | "


class LogLines(logging.Formatter):
    """`2026-03-06 22:30:00.123Z WARNING room: text`; the lines of a traceback follow indented behind a bar."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%d %H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(record).translate(CONTROLS)

    def formatException(self, ei: object) -> str:
        return _continued(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:
        return _continued(super().formatStack(stack_info))

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another formatter's text would be used in place of ours
        return super().format(record)


def _continued(text: str) -> str:
    lines = [line.translate(CONTROLS) for line in text.split("\n")]
    return "    | " + CONTINUED.join(lines)
