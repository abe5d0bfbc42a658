"""The contacts of a file: where somebody is reached."""

from __future__ import annotations

import re
from collections.abc import Mapping

from watchkeeper.core.policy import Contact
from watchkeeper.core.policy_file.fields import Section
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.tree import Mapping as MappingNode

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def read_contacts(section: Section | None, needed: Mapping[str, str] | None = None) -> dict[str, Contact]:
    """Every contact under ``contacts``, by the name rules refer to it with.

    ``needed`` names those that must be there with an address, each with what it is needed for.
    """
    if section is None:
        return {}
    contacts = {}
    for key, node in section.entries():
        if isinstance(node, MappingNode):
            contacts[key] = _contact(section.child(key, node), key)
        else:
            section.complain(key, "must be a mapping with name, emails and phone")
    for key, purpose in (needed or {}).items():
        if not section.has(key):
            section.complain(key, f"is missing; {purpose}")
        elif key in contacts and not contacts[key].emails and _is_sound(section, key):
            section.complain(key, f"has no emails; {purpose}")
    return contacts


def _is_sound(section: Section, key: str) -> bool:
    return not any(problem.path.startswith(f"{section.at(key)}.") for problem in section.problems)


def usual_name(key: str) -> str:
    """The name of a contact that a file gives none: ``on_call`` is called On call."""
    return key.replace("_", " ").capitalize()


def _contact(entry: Section, key: str) -> Contact:
    emails = [entry.understood("emails", written, _address) for written in entry.texts("emails")]
    contact = Contact(
        name=entry.text("name") or usual_name(key),
        emails=tuple(dict.fromkeys(email for email in emails if email is not None)),
        phone=entry.text("phone"),
        remark=entry.text("remark"),
        is_public=entry.choice("public", True),
    )
    entry.refuse_unknown("a contact")
    return contact


def _address(written: str) -> str:
    """A mail address as it goes into an envelope. Raises ``ValueError``."""
    if not _ADDRESS.fullmatch(written):
        raise ValueError(f"{quoted(written)} is not a mail address; write it as desk@vendor.example")
    return written
