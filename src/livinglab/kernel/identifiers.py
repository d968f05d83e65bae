"""Identifiers: UUIDv7 made in Python, so that a row has its name before it is stored (RFC 9562, section 5.7)."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """This function will return a new UUIDv7: unique, and ordered by the moment it was made."""
    return uuid7()
