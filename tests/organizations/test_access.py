"""Why somebody may not: a member of another role is told so, and a stranger is not told of a role."""

import pytest

from livinglab.organizations.access import refusal_for
from livinglab.organizations.queries import Role

ALLOWED = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        (frozenset({Role.COORDINATOR}), None),
        (frozenset({Role.CITIZEN, Role.ADMINISTRATOR}), None),
        (frozenset({Role.CITIZEN}), "role_missing"),
        (frozenset(), "not_a_member"),
    ],
)
def test_the_reason_fits_the_roles_that_are_held(roles: frozenset[Role], code: str | None) -> None:
    refusal = refusal_for(roles, ALLOWED)
    assert (refusal.code if refusal else None) == code
