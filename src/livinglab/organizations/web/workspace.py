"""One's own page, an organisation's home for its members, and its audit trail."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
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
from livinglab.audit.queries import count_entries, first_broken_entry, latest_entries
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
    members,
    roles_in,
)
from livinglab.organizations.web.labels import AGENCY_KINDS, KINDS, ROLES, role_names
from livinglab.ui.formats import NOTHING

ENTRIES_PER_PAGE = 50
ANY_ROLE = frozenset(Role)
#: who follows the rounds of many regions, and who looks at an organisation from outside its own work
ROUND_FOLLOWERS = frozenset({Role.MINISTRY, Role.PROVINCE})
OUTSIDERS = ROUND_FOLLOWERS | {Role.CITIZEN, Role.VILLAGE_OPERATOR, Role.MENTOR, Role.EXTERNAL_ASSESSOR}


@never_cache
@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """This function will show who is signed in, where they belong and how their account is protected."""
    assert request.user.is_authenticated
    places = [
        (one.organization, role_names(one.roles), list(_doors(one.organization, frozenset(one.roles))))
        for one in affiliations(request.user)
    ]
    context = {"places": places, "protection": protection_of(request.user), "person": request.user}
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
    if roles & ROUND_FOLLOWERS:
        yield _("Rounds of evaluation"), reverse("evaluations:rounds")
    if Role.MINISTRY in roles:
        yield _("External assessors"), reverse("evaluations:assessors")
    if Role.EXTERNAL_ASSESSOR in roles:
        yield _("Regions to assess"), reverse("evaluations:assigned")


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
        "may_read_agencies": refusal_for(roles, AGENCY_READERS) is None,
        "may_keep_members": refusal_for(roles, MEMBERSHIP_KEEPERS) is None,
        "may_read_audit": refusal_for(roles, AUDIT_READERS) is None,
        "may_read_evaluations": bool(roles - OUTSIDERS),
        "may_follow_rounds": refusal_for(roles, ROUND_FOLLOWERS) is None,
        "may_assign_assessors": Role.MINISTRY in roles,
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
    names = names_of(people)
    rows = [
        EntryRow(
            number=one.number,
            at=one.at,
            by=names.get(one.by, str(one.by)) if one.by else _("The platform"),
            action=action_name(one.action),
            facts=tuple(_facts(one.facts, names)),
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
    given = facts.get("user")
    try:
        return UUID(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _people(facts: Mapping[str, object]) -> Iterator[UUID]:
    """Everybody whom facts name, also in facts within them: what was there before."""
    if who := _person(facts):
        yield who
    for value in facts.values():
        if isinstance(value, Mapping):
            yield from _people(value)


def _facts(facts: Mapping[str, object], names: Mapping[UUID, str]) -> list[str]:
    shown = []
    for key, value in facts.items():
        if key == "user" and (who := _person(facts)):
            shown.append(names.get(who, str(value)))
        elif isinstance(value, Mapping):
            held = {name: one for name, one in value.items() if one}
            shown.append(fact_in_words(key, ", ".join(_facts(held, names)) or NOTHING))
        elif key == "role" and value in set(Role):
            shown.append(str(ROLES[Role(str(value))]))
        elif key == "kind" and value in set(AgencyKind):
            shown.append(fact_in_words(key, AGENCY_KINDS[AgencyKind(str(value))]))
        else:
            shown.append(fact_in_words(key, value))
    return shown
