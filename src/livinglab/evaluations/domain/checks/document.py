"""The table of all checks for `docs/checks.md`.

python -m livinglab.evaluations.domain.checks.document > docs/checks.md
"""

import sys
from collections.abc import Iterator
from typing import Final

from livinglab.evaluations.domain.checks import CHECKS, Check

_HEAD: Final = """\
# Quality checks

What the platform says about a working sheet (*lembar kerja evaluasi*), live while an answer is written and over the
whole sheet. Ids are stable: a check that is dropped leaves its number unused, a new one takes the next.

- **error** stops the step it is due by: approving, sending, consolidating or deciding. **warning** and **info** stop
  nothing.
- *due by* is the step by which a remark must be settled; *for* the instruments it holds for.
- Words of the `%(…)s` are filled in; Indonesian stands in the catalogue of the context.
- Ages count by the calendar (`domain/ages.py`): "less than 24 months" is strict, the last day of a term still counts.

This page is written by `python -m livinglab.evaluations.domain.checks.document`; a test compares it with the table of
checks. To add one: a function and its row in a module of `evaluations/domain/checks/`, its Indonesian, a fault in
`tests/evaluations/test_checks.py`, and this page anew.

| id | severity | due by | for | what it finds | what it says | source |
|---|---|---|---|---|---|---|
"""


def page() -> str:
    """This function will return the page, with one line for each check."""
    return _HEAD + "".join(f"| {' | '.join(_cells(check))} |\n" for check in CHECKS)


def _cells(check: Check) -> Iterator[str]:
    yield check.id
    yield check.severity.value
    yield check.by.value
    yield ", ".join(sorted(check.instruments)) or "all"
    yield check.title
    yield check.message.replace("|", "\\|")
    yield check.source


if __name__ == "__main__":
    sys.stdout.write(page())
