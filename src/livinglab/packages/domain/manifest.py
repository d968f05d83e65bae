"""What `package.yaml` says: identity, law, standard, roles, parameters, data. docs/package-format.md section 2."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.life_events import LifeEvent
from livinglab.packages.domain.words import Words

FORMAT: Final = "livinglab-package/1"

#: the fourteen components of a service standard, in the order of UU 25/2009 article 21 letters a to n
STANDARD_COMPONENTS: Final = (
    "legal_basis",
    "requirements",
    "procedure",
    "duration",
    "fee",
    "product",
    "facilities",
    "competence",
    "supervision",
    "complaints",
    "staffing",
    "service_guarantee",
    "safety_guarantee",
    "evaluation",
)


class Maturity(StrEnum):
    """How far the publishing region has gone with the service."""

    DRAFTED = "drafted"
    PILOTED = "piloted"
    IN_USE = "in_use"


class RoleKind(StrEnum):
    """Who stands in a lane."""

    CITIZEN = "citizen"
    VILLAGE = "village"
    DISTRICT = "district"
    AGENCY = "agency"
    SIGNER = "signer"
    INSPECTOR = "inspector"


class Office(StrEnum):
    """Whose signer somebody is: of the place of an application, of its district, or of the whole region."""

    VILLAGE = "village"
    DISTRICT = "district"
    REGION = "region"


class Calendar(StrEnum):
    """How days are counted."""

    WORKING = "working"
    CALENDAR = "calendar"


class ParameterType(StrEnum):
    """What an adopter fills in for a parameter."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    MONEY = "money"
    DAYS = "days"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    OFFICIAL = "official"
    LETTERHEAD = "letterhead"


class Policy(StrEnum):
    """What adoption does with an attribute."""

    COPIED = "copied"
    PARAMETER = "parameter"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Publisher:
    """The organisation that publishes: its code (province, region or institution) and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The published version that a package was derived from; `digest` is `sha256:` and 64 hexadecimal digits."""

    publisher: str
    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Law:
    """One legal basis; scope `national` travels, `local` is the publisher's own and must be replaced by the adopter."""

    id: str
    cite: str
    article: str
    about: Words
    scope: str


@dataclass(frozen=True, slots=True)
class NationalApplication:
    """A national common application in the field of the service, and how the service is linked to it."""

    id: str
    application: str
    link: Words


@dataclass(frozen=True, slots=True)
class Within:
    """A duration in whole days and how they are counted.

    `parameter` names a number of days that a region, and each place in it, may set; it only ever shortens the duration.
    """

    days: int
    calendar: Calendar
    parameter: str = ""

    def by(self, parameters: Mapping[str, object]) -> "Within":
        """This function will return the duration as it holds by the values of a place."""
        own = parameters.get(self.parameter) if self.parameter else None
        return replace(self, days=min(own, self.days)) if isinstance(own, int) and own > 0 else self


@dataclass(frozen=True, slots=True)
class Standard:
    """The fourteen components; duration and fee also as values. `fee_rule` names a rule and its output."""

    components: Mapping[str, Words]
    within: Within
    is_free: bool
    fee_rule: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Role:
    """Who works in a lane of the process; the lane has the same id. `of` counts for signers alone."""

    id: str
    kind: RoleKind
    name: Words
    of: Office = Office.REGION


@dataclass(frozen=True, slots=True)
class Option:
    """A choice and its text."""

    value: str
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What an adopter must set. `hint` is the origin's value as text; `per` is "", "district" or "village".

    `only_stricter`: a place may set its own number only at or below the one that holds above it.
    """

    id: str
    type: ParameterType
    name: Words
    is_required: bool
    help: Words | None = None
    hint: Words | None = None
    minimum: int | None = None
    maximum: int | None = None
    options: tuple[Option, ...] = ()
    per: str = ""
    only_stricter: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorStep:
    """An indicator level that running the service may evidence."""

    instrument: str
    indicator: int
    level: int


@dataclass(frozen=True, slots=True)
class DataUse:
    """Why personal data is asked, on which ground (UU 27/2022 article 20), and how many months it is kept.

    `only_aggregates_leave`: who somebody is stays within the region; nothing but numbers of many goes outside.
    """

    purpose: Words
    ground: str
    keep_months: int
    only_aggregates_leave: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """A document that the service issues: its template's id, register series and the role that signs ("" for none)."""

    id: str
    name: Words
    series: str
    signed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything `package.yaml` says."""

    id: str
    version: str
    name: Words
    summary: Words
    publisher: Publisher
    licence: str
    maturity: Maturity
    functions: tuple[str, ...]
    sector: str
    indicators: tuple[IndicatorStep, ...]
    derived_from: Origin | None
    law: tuple[Law, ...]
    standard: Standard
    roles: tuple[Role, ...]
    parameters: tuple[Parameter, ...]
    data: DataUse
    documents: tuple[Issued, ...]
    has_survey: bool
    national: tuple[NationalApplication, ...] = ()
    life_events: tuple[LifeEvent, ...] = ()

    @property
    def identity(self) -> str:
        """The publisher's code and the package's id: `32.11/sktm`."""
        return f"{self.publisher.code}/{self.id}"
