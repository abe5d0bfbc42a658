"""The process that groups: reports as JSON on its input, groups as JSON on its output, and its memory is given back.

``python -m watchkeeper.premium.reviews.grouping.child``; it imports nothing of the desk but ``alike``.
"""

from __future__ import annotations

import json
import sys

from watchkeeper.premium.reviews.grouping.alike import Report, groups


def main() -> None:
    """Group what stands on the standard input."""
    reports = [Report(**report) for report in json.load(sys.stdin)]
    json.dump([group._asdict() for group in groups(reports)], sys.stdout)


if __name__ == "__main__":
    main()
