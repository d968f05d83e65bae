"""Reads a small text file whole, or says why not."""

from __future__ import annotations

from pathlib import Path

from livinglab.assessments.adapters.yaml_nodes import MAXIMUM_BYTES, Unreadable
from livinglab.assessments.domain.instrument_rules import InstrumentError, Rule


def read_text(path: Path) -> str:
    """Return the text of a YAML file. Raises Unreadable with an InstrumentError as its argument."""
    try:
        with path.open("rb") as file:
            content = file.read(MAXIMUM_BYTES + 1)
        if len(content) > MAXIMUM_BYTES:
            message = f"the file is larger than {MAXIMUM_BYTES} bytes"
            raise Unreadable(InstrumentError(str(path), 1, Rule.FILE_READABLE, message))
        return content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise Unreadable(
            InstrumentError(str(path), 1, Rule.FILE_READABLE, f"cannot be read: {reason}")
        ) from error
