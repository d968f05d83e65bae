"""Fields of national common applications: Perpres 95/2018 article 63; grounds for one of its own, articles 36 to 38."""

from dataclasses import dataclass

from livinglab.packages.domain.words import Words


@dataclass(frozen=True, slots=True)
class NationalField:
    """One of the eight fields. `application` is the national one where two sources name it, else empty.

    `address` is where the public reaches it, empty where no source says so or nobody but officials does.
    """

    name: Words
    application: str
    address: str = ""
