"""Texts that strangers send, before they are stored."""


def storable(text: str) -> str:
    """This function will return a text without spaces around it and without NUL, which PostgreSQL cannot store.

    No keyboard types a NUL; nobody misses it.
    """
    return text.replace("\x00", "").strip()
