"""Contacts as a file says them."""

from __future__ import annotations

from collections.abc import Mapping

from watchkeeper.core.policy import Contact
from watchkeeper.core.policy_file.contacts import usual_name
from watchkeeper.core.policy_file.tree import Said
from watchkeeper.core.policy_file.writing.names import given, other, some


def said_contacts(contacts: Mapping[str, Contact]) -> Said:
    """What stands under ``contacts``."""
    return {key: _contact(key, contact) for key, contact in contacts.items()} or None


def _contact(key: str, contact: Contact) -> Said:
    return given(
        {
            "name": other(contact.name, usual_name(key)),
            "emails": some(contact.emails),
            "phone": contact.phone,
            "remark": contact.remark,
            "public": None if contact.is_public else "no",
        }
    )
