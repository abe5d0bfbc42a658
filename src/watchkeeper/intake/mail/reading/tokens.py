"""The pieces of which headers with an inner order are made (RFC 5322, 3.2): words, quotes, comments and marks.

In one pass from left to right; nesting is counted, not recursed into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|\\.|[(),:;<>"\\]|[^"\\(),:;<>]+', re.DOTALL)
_TOKEN_OF_COMMENT = re.compile(r"\\.|[()\\]|[^\\()]+", re.DOTALL)  # a quote says nothing there


def of(value: str) -> Iterator[tuple[str, bool]]:
    """Each with whether it stands in a comment. In place of a comment's own brackets a blank is given, since it parts
    what is beside it. A comment without end ends as an open bracket, a quote without end begins with its mark alone."""
    depth = position = 0
    while found := (_TOKEN_OF_COMMENT if depth else _TOKEN).match(value, position):
        token, position, was_deep = found[0], found.end(), depth > 0
        if not was_deep and token != "(":
            yield token, False
            continue
        depth += (token == "(") - (token == ")")
        yield (token, True) if depth and was_deep else (" ", False)
    if depth:
        yield "(", False
