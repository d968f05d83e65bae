"""Who may give which role to whom: every combination, from the tables alone."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.organizations import policies
from livinglab.organizations.domain.kinds import AgencyKind, AreaKind, Kind
from livinglab.organizations.domain.roles import AGENCY_KEEPERS, HELD_IN, MEMBERSHIP_KEEPERS, Role, roles_of
from livinglab.organizations.web import labels

some_roles = st.frozensets(st.sampled_from(Role))


def _code(refusal: object) -> str | None:
    return getattr(refusal, "code", None)


def test_every_role_exists_somewhere_and_the_table_names_them_all() -> None:
    assert set(HELD_IN) == set(Role)
    assert all(HELD_IN.values())


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (Kind.REGENCY, {Role.EXTERNAL_ASSESSOR, Role.MENTOR, Role.PROVINCE, Role.MINISTRY}),
        (Kind.CITY, {Role.EXTERNAL_ASSESSOR, Role.MENTOR, Role.PROVINCE, Role.MINISTRY}),
        (
            Kind.PROVINCE,
            {Role.EXTERNAL_ASSESSOR, Role.MENTOR, Role.MINISTRY, Role.VILLAGE_OPERATOR, Role.CITIZEN},
        ),
        (Kind.CENTRAL, {Role.HEAD_OF_REGION, Role.VILLAGE_OPERATOR, Role.PROVINCE, Role.CITIZEN}),
        (Kind.PLATFORM, set(Role) - {Role.ADMINISTRATOR, Role.EXTERNAL_ASSESSOR, Role.MENTOR}),
    ],
)
def test_an_organization_has_the_roles_of_its_kind(kind: Kind, missing: set[Role]) -> None:
    assert set(Role) - set(roles_of(kind)) == missing
    for role in Role:
        assert _code(policies.may_hold(role, kind=kind)) == ("role_of_others" if role in missing else None)


@given(st.sampled_from(Role), some_roles, st.booleans(), st.booleans())
def test_only_keepers_grant_to_others_whose_address_is_confirmed(
    role: Role, by_roles: frozenset[Role], to_self: bool, verified: bool
) -> None:
    kind = next(iter(HELD_IN[role]))
    refusal = policies.may_grant(
        role, kind=kind, by_roles=by_roles, to_self=to_self, is_address_verified=verified
    )
    if not by_roles & MEMBERSHIP_KEEPERS:
        assert _code(refusal) == "not_a_keeper"
    elif to_self:
        assert _code(refusal) == "own_role"
    elif not verified:
        assert _code(refusal) == "address_not_verified"
    else:
        assert refusal is None


@given(st.sampled_from(Role), some_roles, st.booleans(), st.integers(0, 3))
def test_a_role_is_ended_by_keepers_or_given_up_but_never_the_last_keepers(
    role: Role, by_roles: frozenset[Role], is_own: bool, other_keepers: int
) -> None:
    refusal = policies.may_end(role, by_roles=by_roles, is_own=is_own, other_keepers=other_keepers)
    if not is_own and not by_roles & MEMBERSHIP_KEEPERS:
        assert _code(refusal) == "not_a_keeper"
    elif role in MEMBERSHIP_KEEPERS and other_keepers == 0:
        assert _code(refusal) == "last_keeper"
    else:
        assert refusal is None


@given(some_roles, st.booleans(), st.integers(0, 3))
def test_an_agency_is_closed_by_its_keepers_when_nothing_stands_below_it(
    roles: frozenset[Role], is_closed: bool, open_units: int
) -> None:
    refusal = policies.may_close_agency(roles=roles, is_closed=is_closed, open_units=open_units)
    if not roles & AGENCY_KEEPERS:
        assert _code(refusal) == "not_an_agency_keeper"
    elif is_closed:
        assert _code(refusal) == "already_closed"
    else:
        assert _code(refusal) == ("has_units" if open_units else None)


def test_every_role_and_kind_has_a_name_of_its_own() -> None:
    assert set(labels.ROLES) == set(Role)
    assert set(labels.KINDS) == set(Kind)
    assert set(labels.AGENCY_KINDS) == set(AgencyKind)
    assert set(labels.AREA_KINDS) == set(AreaKind)
    for names in (labels.ROLES, labels.KINDS, labels.AGENCY_KINDS, labels.AREA_KINDS):
        assert not any(str(one) == str(other) for one, other in combinations(names.values(), 2))
