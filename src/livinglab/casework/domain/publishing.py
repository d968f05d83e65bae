"""What may not become public: who applied, and the number of their case."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from livinglab.packages.domain.form import FieldType, Form, Personal

#: shorter answers, such as "Ani", stand in any text by chance
_SHORTEST: Final = 5
_NAMING: Final = frozenset(
    {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NIK, FieldType.PHONE, FieldType.EMAIL}
)


def of_applicant(form: Form, answers: Mapping[str, object]) -> tuple[str, ...]:
    """This function will return what an applicant said of themselves that could be found again in a text."""
    said = (
        str(answers.get(one.id) or "").strip()
        for one in form.fields.values()
        if one.personal is not Personal.NONE and one.type in _NAMING
    )
    return tuple(one for one in said if len(one) >= _SHORTEST)


def named_in(said: Mapping[str, object], names: tuple[str, ...], number: str) -> Iterator[str]:
    """This function will yield the questions whose answer holds one of these names or the number of the case."""
    sought = {_plain(one) for one in (*names, number)} - {""}
    for question, answer in said.items():
        text = _plain(str(answer.get("name", "") if isinstance(answer, Mapping) else answer))
        if any(one in text for one in sought):
            yield question


def _plain(text: str) -> str:
    """Return a text as it is compared: its letters and digits, small, whatever stands between two words."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
