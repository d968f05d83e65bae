"""The table of all checks for `docs/package-checks.md`.

python -m livinglab.packages.domain.checks.document > docs/package-checks.md
"""

import sys
from typing import Final

from livinglab.packages.domain.checks import CHECKS, WEIGHTS, Part

_HEAD: Final = """\
# Checks of service packages

What `./livinglab package check PATH` looks for, and the platform before it lists, publishes, adopts or merges a
package.
Ids are stable: a check that is dropped leaves its number unused, a new one takes the next of its hundred.

- **error**: the package is refused. **warning**: it works, and is less ready. **hint**: neither.
- A file that cannot be read says so alone; the other checks run once every file can be read, and the scenarios are
  played once there is no error.
- Words of the `%(…)s` are filled in; Indonesian stands in the catalogue of the context.

## Readiness
The share of weighted requirements that are met, in per cent. A requirement is met when no check of it has an error or a
warning; hints do not count. A package that cannot be read has none.

| requirement | weight |
|---|---|
"""
_TABLE: Final = """
This page is written by `python -m livinglab.packages.domain.checks.document`; a test compares it with the table of
checks. To add one: a row and its code in a module of `packages/domain/checks/`, its Indonesian, a fault in
`tests/packages/check/`, and this page anew.

## The checks

| id | severity | requirement | what it says | source |
|---|---|---|---|---|
"""


def page() -> str:
    """This function will return the page: the weights, and one line for each check."""
    weights = "".join(f"| {part} | {WEIGHTS[part]} |\n" for part in Part)
    rows = (
        f"| {one.id} | {one.severity} | {one.part} | {one.message.replace('|', chr(92) + '|')} | {one.source} |\n"
        for one in CHECKS
    )
    return _HEAD + weights + _TABLE + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(page())
