"""Reads of organisations for anyone else."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from livinglab.accounts.queries import Visitor
from livinglab.kernel.kept_queries import ALL, KeptModels, KeptQuery
from livinglab.organizations.domain.areas import governs_itself
from livinglab.organizations.domain.kinds import REGIONAL, AgencyKind, AreaKind, Kind
from livinglab.organizations.domain.roles import MEMBERSHIP_KEEPERS, Role, roles_of
from livinglab.organizations.models import Agency, Area, Membership, Organization, University

__all__ = [
    "REGIONAL",
    "AgencyKind",
    "Area",
    "AreaKind",
    "Kind",
    "Organization",
    "Role",
    "University",
    "governs_itself",
    "roles_of",
]


def organizations() -> "QuerySet[Organization]":
    """This function will return all organisations, to be narrowed by the caller."""
    return Organization.objects.all()


def find_organization(code: str) -> Organization | None:
    """This function will return the organisation with this code with its province, None when there is none."""
    return _AT.first(code) if "\x00" not in code else None


#: each page of a region asks for it
_AT: Final = KeptModels(
    lambda code: Organization.objects.filter(code=code).order_by(),
    "code",
    model=Organization,
    parts={"": ALL, "province": ALL},
)


def organizations_by_code(codes: Iterable[str]) -> dict[str, Organization]:
    """This function will return the organisations that have one of the codes; one query."""
    found = Organization.objects.select_related("province").filter(code__in=_storable(codes))
    return {one.code: one for one in found}


def names_by_code(codes: Iterable[str]) -> dict[str, str]:
    """This function will return the names of the organisations that have one of the codes; one query."""
    return dict(Organization.objects.filter(code__in=_storable(codes)).values_list("code", "name"))


def _storable(codes: Iterable[str]) -> list[str]:
    """PostgreSQL takes no NUL, not even to look for it."""
    return [code for code in codes if "\x00" not in code]


def codes_like(code: str, *, limit: int = 5) -> list[Organization]:
    """This function will return a few known organisations near a wrong code, for a helpful error page."""
    start = Organization.objects.filter(code__startswith=code[:2].replace("\x00", ""))
    start = start.exclude(kind=Kind.PLATFORM)
    return list(start[:limit]) or list(Organization.objects.exclude(kind=Kind.PLATFORM)[:limit])


def agencies(organization_id: UUID) -> "QuerySet[Agency]":
    """This function will return the open agencies of an organisation; call it inside its transaction."""
    return Agency.objects.filter(organization_id=organization_id, closed_at__isnull=True)


def areas(region_code: str) -> "QuerySet[Area]":
    """This function will return the districts and villages of a region."""
    return Area.objects.filter(region_code=region_code)


def area_names(region_code: str) -> list[tuple[str, str]]:
    """This function will return code and name of the districts and villages of a region, by code. One query."""
    return [(code, name) for code, name in _AREA_NAMES.rows(region_code)]


#: each look into an inbox asks for them
_AREA_NAMES: Final = KeptQuery(
    lambda region_code: areas(region_code).order_by("code").values_list("code", "name"), "region_code"
)


def parent_codes() -> set[str]:
    """This function will return what can be a parent of an area: regencies, cities and their districts."""
    regions = Organization.objects.regional().values_list("code", flat=True)
    districts = Area.objects.filter(kind=AreaKind.DISTRICT).values_list("code", flat=True)
    return {*regions, *districts}


def universities() -> "QuerySet[University]":
    """This function will return the listed universities by name."""
    return University.objects.all()


def find_university(code: str) -> University | None:
    """This function will return the listed university with this code, None when there is none."""
    return None if "\x00" in code else University.objects.filter(code=code).first()


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One organisation a person belongs to, with the roles there."""

    organization: Organization
    roles: frozenset[Role]


def affiliations(user: Visitor) -> tuple[Affiliation, ...]:
    """This function will return where a person belongs, ordered by code; nothing for a visitor. One query."""
    if not user.is_authenticated:
        return ()
    rows = (
        Membership.objects.filter(user_id=user.pk, ended_at__isnull=True)
        .select_related("organization")
        .order_by("organization__code")
    )
    roles: dict[UUID, set[Role]] = {}
    by_id: dict[UUID, Organization] = {}
    for row in rows:
        by_id[row.organization_id] = row.organization
        roles.setdefault(row.organization_id, set()).add(Role(row.role))
    return tuple(Affiliation(by_id[key], frozenset(held)) for key, held in roles.items())


def roles_in(user: Visitor, organization_id: UUID) -> frozenset[Role]:
    """This function will return the roles a person holds in an organisation now. One query."""
    if not user.is_authenticated:
        return frozenset()
    return roles_held(user.pk, organization_id)


def roles_held(user_id: UUID, organization_id: UUID) -> frozenset[Role]:
    """This function will return the roles that a person, named by id, holds in an organisation now. One query."""
    held = Membership.objects.filter(user_id=user_id, organization_id=organization_id, ended_at__isnull=True)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def has_ever_belonged(user_id: UUID, organization_ids: Iterable[UUID]) -> bool:
    """This function will return whether a person holds or ever held a role in one of the organisations. One query."""
    return Membership.objects.filter(user_id=user_id, organization_id__in=list(organization_ids)).exists()


@dataclass(frozen=True, slots=True)
class Post:
    """A role somebody holds, and the agency for which they hold it, if any."""

    organization_id: UUID
    role: Role
    agency_id: UUID | None


def posts(user_id: UUID) -> tuple[Post, ...]:
    """This function will return every role a person holds now, with organisation and agency. One query."""
    return tuple(Post(o, Role(r), a) for o, r, a in _POSTS.rows(user_id))


def _posts(user_id: UUID) -> "QuerySet[Membership, Any]":
    held = Membership.objects.filter(user_id=user_id, ended_at__isnull=True)
    return held.values_list("organization_id", "role", "agency_id")


_POSTS: Final = KeptQuery(_posts, UUID(int=1))


def members(organization_id: UUID) -> "QuerySet[Membership]":
    """This function will return the memberships held in an organisation now with their people, ordered by name."""
    held = Membership.objects.filter(organization_id=organization_id, ended_at__isnull=True)
    return held.select_related("user").order_by("user__name", "user__email", "granted_at")


def holders(role: Role) -> "QuerySet[Membership]":
    """This function will return the memberships of a role held in any organisation now, ordered by person."""
    held = Membership.objects.filter(role=role, ended_at__isnull=True, user__is_active=True)
    return held.select_related("user", "organization").order_by("user__name", "user__email", "granted_at")


def keepers(organization_id: UUID) -> "QuerySet[Membership]":
    """This function will return the memberships whose holders keep the members of an organisation."""
    return members(organization_id).filter(role__in=MEMBERSHIP_KEEPERS, user__is_active=True)


def every_agency(organization_id: UUID) -> "QuerySet[Agency]":
    """This function will return an organisation's agencies, also those that closed."""
    return Agency.objects.filter(organization_id=organization_id)


def closed_agencies(organization_id: UUID) -> "QuerySet[Agency]":
    """This function will return the closed agencies of an organisation; call it inside its transaction."""
    return Agency.objects.filter(organization_id=organization_id, closed_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that an organisation has to answer: in the reader's words, with the page to do it."""

    label: str
    url: str


#: for an organisation and somebody's roles there, what waits for an answer
WaitingReader = Callable[[Organization, Set[Role]], Sequence[Waiting]]
_waiting_readers: list[WaitingReader] = []


def tell_waiting(reader: WaitingReader) -> None:
    """This function will let another context say what waits for an organisation; call it in AppConfig.ready."""
    if reader not in _waiting_readers:
        _waiting_readers.append(reader)


def waiting_for(organization: Organization, roles: Set[Role]) -> list[Waiting]:
    """This function will return what waits for an organisation's answer, as the contexts above tell it."""
    return [one for reader in _waiting_readers for one in reader(organization, roles)]
