"""Plain text and CSV: UTF-8 without anything a browser would run."""

from pathlib import Path

from livinglab.evidence.adapters.sandbox.findings import Finding, Refused
from livinglab.evidence.domain.formats import Fault, is_markup


def examined(path: Path) -> Finding:
    """This function will refuse a text that is not UTF-8, holds a NUL, or is a page in disguise."""
    content = path.read_bytes()
    if b"\x00" in content:
        raise Refused(Fault.NAME_LIES)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(Fault.NOT_UTF8) from error
    if is_markup(content):
        raise Refused(Fault.WEB_PAGE)
    return Finding()
