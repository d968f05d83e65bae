"""Until when an ended case may be opened again, and after which ends."""

from datetime import date
from typing import Final

from livinglab.packages.domain.manifest import Calendar
from livinglab.packages.domain.process import Outcome
from livinglab.packages.domain.running.days import Days

#: working days after the end in which its applicant may ask. As long as an objection to a decision may be made
#: (UU 30/2014 article 77 paragraph 1); that the same holds here is our choice, a package cannot say otherwise
WITHIN: Final = 21
#: characters of the reason
LONGEST_REASON: Final = 1_000
#: who withdrew applies anew; what was handed over lies with another agency, and two would work on it
OUTCOMES: Final = frozenset({Outcome.GRANTED, Outcome.REFUSED, Outcome.LAPSED})


def last_day(ended: date, days: Days) -> date:
    """This function will return the last day on which a case that ended may be opened again."""
    return days.add(ended, WITHIN, Calendar.WORKING)
