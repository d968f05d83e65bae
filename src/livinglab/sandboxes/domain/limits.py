"""How much of a sandbox there may be."""

from datetime import timedelta
from typing import Final

#: how long a sandbox lives
LIFE: Final = timedelta(hours=24)
#: how many there are at once; one more takes the place of the one that was not used for longest
MOST: Final = 2_000
#: how large the stored state may be, in bytes of JSON
LARGEST: Final = 64 * 1024
#: the most characters that the answers of a form may have together: a trial is no place for long texts
MOST_CHARACTERS: Final = 5_000
#: how far the clock can be pushed in all: nobody needs more to see every deadline
FARTHEST: Final = timedelta(days=400)
#: numbers of invented people begin with a province code that does not exist
SYNTHETIC_NIK: Final = "99"
