"""Ids as forms and addresses bring them."""

from uuid import UUID


def read_id(text: str) -> UUID | None:
    """This function will return the id that a text names, None where it names none."""
    try:
        return UUID(text)
    except ValueError:
        return None
