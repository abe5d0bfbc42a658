"""A form read byte for byte: Django's reader takes no field of some megabytes, and decodes what it takes."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

MOST_FIELDS = 200

_NAME = re.compile(rb'^content-disposition:[^\r\n]*?[ ;]name="([^"\r\n]*)"', re.IGNORECASE | re.MULTILINE)


class UnreadableForm(ValueError):
    """A post that is no form, or has too many fields."""


def fields_of(body: bytes, content_type: str, parameters: dict[str, str]) -> dict[str, bytes]:
    """Of the fields with one name the last. Takes as long as the body is, whatever stands in it."""
    if content_type == "application/x-www-form-urlencoded":
        try:
            pairs = parse_qsl(body.decode("latin-1"), True, max_num_fields=MOST_FIELDS, encoding="latin-1")
        except ValueError as fault:
            raise UnreadableForm(str(fault)) from None
        return {name: value.encode("latin-1") for name, value in pairs}  # which is a letter for each byte
    boundary = parameters.get("boundary", "")
    if content_type != "multipart/form-data" or not boundary:
        raise UnreadableForm("it is no form")
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if len(parts) > MOST_FIELDS + 2:
        raise UnreadableForm("it has too many fields")
    found = {}
    for part in parts[1:-1]:
        head, _, value = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if name := _NAME.search(head):
            found[name[1].decode(errors="replace")] = value
    return found
