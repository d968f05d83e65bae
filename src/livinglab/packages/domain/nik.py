"""The form of a national identity number (NIK), as far as its digits tell.

Two digits each for province, regency and district of the first registration, then day (women plus 40), month and year
of birth, then four of a series that begins at 0001 (UU 23/2006 article 13 and its elucidation; the layout is that of
the population administration). Regencies and districts are checked for not being 00 only: a number stays with its
person when an area is divided. Numbers of the province 99, which does not exist, are invented people's and free.
"""

import re
from typing import Final

_PROVINCE: Final = "1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6]"
_AREA: Final = "(?!00)[0-9]{2}"
_DAY: Final = "0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01]"
_MONTH: Final = "0[1-9]|1[0-2]"
#: readable by Python and by a browser, so that the counter without a network checks the same
FORM: Final = (
    rf"^(?:99[0-9]{{14}}|(?:{_PROVINCE}){_AREA}{_AREA}(?:{_DAY})(?:{_MONTH})[0-9]{{2}}(?!0000)[0-9]{{4}})$"
)
_FORM: Final = re.compile(FORM)


def is_well_formed(nik: str) -> bool:
    """This function will tell whether sixteen digits can be a NIK."""
    return _FORM.fullmatch(nik) is not None
