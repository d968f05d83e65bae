"""One's own page, an organisation's home for its members, and its audit trail."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.accounts.queries import names_of, protection_of
from livinglab.audit.actions import action_name, fact_in_words
from livinglab.audit.queries import (
    count_entries,
    first_broken_entry,
    is_digest,
    latest_entries,
    texts_behind,
    withheld_of,
)
from livinglab.kernel import clock
from livinglab.organizations.access import member_page, refusal_for
from livinglab.organizations.domain.roles import AGENCY_READERS, AUDIT_READERS, MEMBERSHIP_KEEPERS
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import (
    REGIONAL,
    AgencyKind,
    Kind,
    Role,
    affiliations,
    agencies,
    closed_agencies,
    members,
    roles_in,
    waiting_for,
)
from livinglab.organizations.web.labels import AGENCY_KINDS, KINDS, ROLES, role_names
from livinglab.ui.formats import NOTHING

ENTRIES_PER_PAGE = 50
#: characters of a kept text that the trail shows
LONGEST_SHOWN: Final = 400
ANY_ROLE = frozenset(Role)
#: who follows the rounds of many regions, and who looks at an organisation from outside its own work
ROUND_FOLLOWERS = frozenset({Role.MINISTRY, Role.PROVINCE})
#: who works on services taken over from others, and on packages of one's own
PACKAGE_WORKERS = frozenset(
    {Role.HEAD_OF_REGION, Role.COORDINATOR, Role.RESPONSIBLE_OFFICER, Role.AGENCY_OFFICER, Role.DATA_ENTRY}
)
#: who works on applications at a desk or a counter, where they have a seat
SERVICE_WORKERS = PACKAGE_WORKERS | {Role.VILLAGE_OPERATOR}
#: who says who has a seat
SEAT_GIVERS = frozenset({Role.HEAD_OF_REGION, Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})
#: who says who signs documents
CERTIFICATE_KEEPERS = frozenset({Role.HEAD_OF_REGION, Role.COORDINATOR, Role.ADMINISTRATOR})
OUTSIDERS = ROUND_FOLLOWERS | {Role.CITIZEN, Role.VILLAGE_OPERATOR, Role.MENTOR, Role.EXTERNAL_ASSESSOR}


@never_cache
@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """This function will show who is signed in, where they belong and how their account is protected."""
    assert request.user.is_authenticated
    held = affiliations(request.user)
    places = [
        (one.organization, role_names(one.roles), list(_doors(one.organization, frozenset(one.roles))))
        for one in held
    ]
    waiting = [each for one in held for each in waiting_for(one.organization, frozenset(one.roles))]
    context = {
        "waiting": waiting,
        "places": places,
        "protection": protection_of(request.user),
        "person": request.user,
    }
    return render(request, "organizations/me.html", context)


def _doors(organization: Organization, roles: frozenset[Role]) -> Iterator[tuple[str, str]]:
    """The pages where somebody with these roles works most, so that they are one step from signing in."""
    if roles - OUTSIDERS:
        yield _("Evaluations"), reverse("evaluations:list", args=[organization.code])
        if organization.kind in REGIONAL:
            yield _("Action plans"), reverse("actions:list", args=[organization.code])
        yield _("Evidence of this organisation"), reverse("evidence:library", args=[organization.code])
        if organization.kind in (Kind.REGENCY, Kind.CITY):
            yield _("Plan to a target"), reverse("planning:plan", args=[organization.code])
    if (roles - OUTSIDERS or Role.MINISTRY in roles) and organization.kind != Kind.PLATFORM:
        yield _("Study visits"), reverse("visits:own", args=[organization.code])
    if roles & PACKAGE_WORKERS and organization.kind != Kind.PLATFORM:
        yield _("Own services"), reverse("adoptions:own", args=[organization.code])
        yield _("Own packages"), reverse("releases:own", args=[organization.code])
    yield from _desks(organization, roles)
    if roles & ROUND_FOLLOWERS:
        yield _("Rounds of evaluation"), reverse("evaluations:rounds")
    if Role.MINISTRY in roles:
        yield _("External assessors"), reverse("evaluations:assessors")
        yield _("Review of packages"), reverse("releases:waiting")
    if Role.EXTERNAL_ASSESSOR in roles:
        yield _("Regions to assess"), reverse("evaluations:assigned")


def _desks(organization: Organization, roles: frozenset[Role]) -> Iterator[tuple[str, str]]:
    """The pages of who works for citizens: in a district or village, at a desk, at a counter."""
    if Role.VILLAGE_OPERATOR in roles:
        yield _("Services where you work"), reverse("adoptions:places", args=[organization.code])
    if roles & SERVICE_WORKERS and organization.kind in (Kind.REGENCY, Kind.CITY):
        yield _("What waits"), reverse("casework:desk", args=[organization.code])
        yield _("Counter"), reverse("casework:counter", args=[organization.code])


@never_cache
@require_safe
@member_page(ANY_ROLE)
def home(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show a member their organisation's workspace."""
    roles = roles_in(request.user, organization.id)
    context = {
        "organization": organization,
        "kind": KINDS[Kind(organization.kind)],
        "roles": role_names(roles),
        "agencies": list(agencies(organization.id)),
        "keepers": _names(organization),
        "waiting": waiting_for(organization, roles),
        "may_read_agencies": refusal_for(roles, AGENCY_READERS) is None,
        "may_keep_members": refusal_for(roles, MEMBERSHIP_KEEPERS) is None,
        "may_read_audit": refusal_for(roles, AUDIT_READERS) is None,
        "may_read_evaluations": bool(roles - OUTSIDERS),
        "may_follow_rounds": refusal_for(roles, ROUND_FOLLOWERS) is None,
        "may_assign_assessors": Role.MINISTRY in roles,
        "may_work_on_cases": bool(roles & SERVICE_WORKERS),
        "may_give_seats": bool(roles & SEAT_GIVERS),
        "may_keep_certificates": bool(roles & CERTIFICATE_KEEPERS),
        "may_assess": Role.EXTERNAL_ASSESSOR in roles,
        "has_portrait": organization.kind in (Kind.REGENCY, Kind.CITY),
    }
    return render(request, "organizations/home.html", context)


def _names(organization: Organization) -> list[str]:
    held = members(organization.id).filter(role__in=MEMBERSHIP_KEEPERS)
    return [f"{one.user} ({ROLES[Role(one.role)]})" for one in held]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An audit entry as people read it."""

    number: int
    at: datetime
    by: str
    action: str
    facts: tuple[str, ...]
    hash: str


@never_cache
@require_safe
@member_page(AUDIT_READERS)
def trail(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show an organisation's audit trail, newest first, and whether its chain holds."""
    entries = latest_entries(organization.id, limit=ENTRIES_PER_PAGE, before=_before(request))
    people = {one.by for one in entries if one.by} | {who for one in entries for who in _people(one.facts)}
    named = {one for entry in entries for one in _named(entry.facts)}
    names = {**_agency_names(organization, named), **names_of(people | named)}
    hidden = withheld_of(organization.id, entries)
    digests = {one for entry in entries if entry.number not in hidden for one in _digests(entry.facts)}
    read = _Reading(names, texts_behind(organization.id, digests))
    rows = [
        EntryRow(
            number=one.number,
            at=one.at,
            by=names.get(one.by, str(one.by)) if one.by else _("The platform"),
            action=action_name(one.action),
            facts=(_("What is told of it here has not been shown to this organisation yet."),)
            if one.number in hidden
            else tuple(_facts(one.facts, read)),
            hash=one.hash,
        )
        for one in entries
    ]
    context = {
        "organization": organization,
        "rows": rows,
        "count": count_entries(organization.id),
        "broken": first_broken_entry(organization.id),
        "older": rows[-1].number if rows and rows[-1].number > 1 else None,
        "zone": clock.ZONES[organization.zone],
    }
    return render(request, "organizations/audit.html", context)


def _before(request: HttpRequest) -> int | None:
    given = request.GET.get("before", "")
    if not given:
        return None
    if not given.isdecimal() or len(given) > 15:
        raise Http404(given)
    return int(given)


def _person(facts: Mapping[str, object]) -> UUID | None:
    return _id(facts.get("user"))


def _people(facts: Mapping[str, object]) -> Iterator[UUID]:
    """Everybody whom facts name, also in facts within them: what was there before."""
    if who := _person(facts):
        yield who
    for value in facts.values():
        if isinstance(value, Mapping):
            yield from _people(value)


#: facts that hold ids of agencies and of people
_IDS: Final = frozenset({"agencies", "agencies_before", "agency", "people", "people_before"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the ids and fingerprints of facts stand for: names by id, kept texts by fingerprint."""

    names: Mapping[UUID, str]
    texts: Mapping[str, str]


def _named(facts: Mapping[str, object]) -> Iterator[UUID]:
    """Every agency and person that facts name, alone or in a list, also within facts."""
    for key, value in facts.items():
        if isinstance(value, Mapping):
            yield from _named(value)
        given = value if isinstance(value, list) else [value]
        found = (_id(one) for one in given) if key in _IDS else ()
        yield from (one for one in found if one is not None)


def _digests(facts: Mapping[str, object]) -> Iterator[str]:
    """The fingerprints of texts among facts, also within facts."""
    for value in facts.values():
        if isinstance(value, Mapping):
            yield from _digests(value)
        elif isinstance(value, str) and is_digest(value):
            yield value


def _agency_names(organization: Organization, ids: set[UUID]) -> dict[UUID, str]:
    if not ids:
        return {}
    rows = (
        *agencies(organization.id).filter(id__in=ids),
        *closed_agencies(organization.id).filter(id__in=ids),
    )
    return {one.id: one.name for one in rows}


def _id(given: object) -> UUID | None:
    try:
        return UUID(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _name(given: object, names: Mapping[UUID, str]) -> str:
    found = _id(given)
    return str(given) if found is None else names.get(found, str(given))


def _facts(facts: Mapping[str, object], read: _Reading) -> list[str]:
    shown = []
    for key, value in facts.items():
        if key == "user" and (who := _person(facts)):
            shown.append(read.names.get(who, str(value)))
        elif isinstance(value, Mapping):
            held = {name: one for name, one in value.items() if one}
            shown.append(fact_in_words(key, ", ".join(_facts(held, read)) or NOTHING))
        elif key in _IDS:
            given = value if isinstance(value, list) else [value]
            shown.append(fact_in_words(key, [_name(one, read.names) for one in given if one]))
        elif isinstance(value, str) and is_digest(value):
            shown.append(fact_in_words(key, _text(value, read.texts)))
        elif key == "role" and value in set(Role):
            shown.append(str(ROLES[Role(str(value))]))
        elif key == "kind" and value in set(AgencyKind):
            shown.append(fact_in_words(key, AGENCY_KINDS[AgencyKind(str(value))]))
        else:
            shown.append(fact_in_words(key, value))
    return shown


def _text(digest: str, texts: Mapping[str, str]) -> str:
    """A kept text, cut where it is long; of one that is kept in versions its fingerprint."""
    text = texts.get(digest)
    if text is None:
        return _("a text with the fingerprint %(start)s…") % {"start": digest.partition(":")[2][:12]}
    cut = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return f"“{' '.join(cut.split())}”"
