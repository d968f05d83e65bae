"""The nine elements that every survey of satisfaction asks about, and what an answer may be."""

from enum import StrEnum
from typing import Final


class Element(StrEnum):
    """The elements (*unsur*) of PermenPANRB 14/2017, in its order; each weighs one ninth."""

    REQUIREMENTS = "U1"  # persyaratan
    PROCEDURE = "U2"  # sistem, mekanisme dan prosedur
    TIME = "U3"  # waktu penyelesaian
    COST = "U4"  # biaya atau tarif
    PRODUCT = "U5"  # produk spesifikasi jenis pelayanan
    COMPETENCE = "U6"  # kompetensi pelaksana
    BEHAVIOUR = "U7"  # perilaku pelaksana
    COMPLAINTS = "U8"  # penanganan pengaduan, saran dan masukan
    FACILITIES = "U9"  # sarana dan prasarana


ELEMENTS: Final = tuple(Element)
LOWEST: Final = 1
HIGHEST: Final = 4
#: what one person answers, element by element
Answers = tuple[int, ...]


class WrongAnswers(ValueError):
    """Answers that are not nine whole numbers from 1 to 4."""


def checked(answers: Answers) -> Answers:
    """This function will return nine answers unchanged. Errors: `WrongAnswers` that names the first wrong element."""
    if len(answers) != len(ELEMENTS):
        raise WrongAnswers(f"{len(answers)} answers to {len(ELEMENTS)} questions")
    for element, answer in zip(ELEMENTS, answers, strict=True):
        if not LOWEST <= answer <= HIGHEST:
            raise WrongAnswers(f"{element}: {answer} is no answer; answers are {LOWEST} to {HIGHEST}")
    return answers
