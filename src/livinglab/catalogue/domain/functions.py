"""Service functions: what a digital service does and for whom. One row each when regions are compared."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Side(StrEnum):
    """The two kinds of service of Perpres 95/2018 article 42."""

    ADMINISTRATION = "administration"
    PUBLIC = "public"


class Status(StrEnum):
    """What is known of a service. NONE is a region's own statement that it has none for a function.

    DRAFTED and PILOTED are said of packages alone: what has not run yet, and what runs at its publisher for a trial.
    """

    ACTIVE = "active"
    INACTIVE = "inactive"
    UNKNOWN = "unknown"
    NONE = "none"
    DRAFTED = "drafted"
    PILOTED = "piloted"


#: what may be known of a service
OF_SERVICES: Final = (Status.ACTIVE, Status.INACTIVE, Status.UNKNOWN, Status.NONE)


class Reliability(StrEnum):
    """How sure a source is, the surest first."""

    REGISTER = "register"
    REPORT = "report"
    OFFICIAL_SITE = "official_site"
    REGION = "region"  # entered on this platform by the region itself
    PRESS = "press"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Words:
    """A text of the reference files in both languages."""

    id: str
    en: str

    def to(self, language: str) -> str:
        """This function will return the text in the reader's language: "id" or "en"."""
        return self.en if language == "en" else self.id


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of public service (Perpres 95/2018 article 44 paragraph 2)."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class CommonField:
    """A field of national common applications (Perpres 95/2018 article 63).

    `application` is the national one where two sources name it, else None.
    """

    code: str
    name: Words
    application: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFunction:
    """A function, its sector on the public side, and the SPBE 2020 indicators it may evidence."""

    code: str
    name: Words
    purpose: Words
    side: Side
    sector: Sector | None
    indicators: tuple[int, ...]
    field: CommonField | None


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All functions in the order of the comparison, with their sectors."""

    sectors: tuple[Sector, ...]
    functions: tuple[ServiceFunction, ...]

    def function(self, code: str) -> ServiceFunction | None:
        """This function will return the function with this code, None when there is none."""
        return next((one for one in self.functions if one.code == code), None)

    def narrowed(
        self, *, side: str = "", sector: str = "", function: str = ""
    ) -> tuple[ServiceFunction, ...]:
        """This function will return the functions of a side, a sector and a code; empty takes them all."""
        return tuple(
            one
            for one in self.functions
            if (not side or one.side == side)
            and (not sector or (one.sector is not None and one.sector.code == sector))
            and (not function or one.code == function)
        )
