"""QR codes (ISO/IEC 18004) of addresses, as modules and as a drawing."""

from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from typing import Any, Final

#: the rows of a code's modules, dark ones true
Modules = tuple[tuple[bool, ...], ...]
#: empty modules around a code, which readers need
QUIET: Final = 4
_LIBRARY: Final[Any] = import_module("qrcode")  # without types


def modules_of(address: str) -> Modules:
    """Return the rows of a code's modules with the quiet zone around it.

    Level M: the code can be read with 15 per cent of it damaged.
    """
    code = _LIBRARY.QRCode(error_correction=_LIBRARY.ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def path_of(modules: Modules) -> str:
    """Return the dark modules as the path of a drawing, one unit each, a run of them at a time."""
    return "".join(f"M{start} {row}h{length}v1h-{length}z" for row, start, length in _runs(modules))


def _runs(modules: Modules) -> Iterator[tuple[int, int, int]]:
    for row, line in enumerate(modules):
        place = 0
        for is_dark, run in groupby(line):
            length = len(list(run))
            if is_dark:
                yield row, place, length
            place += length
