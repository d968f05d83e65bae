"""Ratings: at the end only, once for each person, and by nobody who is or ever was of a party, in code and database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from livinglab.accounts.models import User
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.organizations.models import Membership
from livinglab.organizations.operations import end_membership
from livinglab.organizations.queries import Role
from livinglab.visits.domain.kinds import Completion, Potential
from livinglab.visits.models import Commitment, Rating
from livinglab.visits.operations import ratings
from tests.organizations.people import make_member, trail
from tests.visits import kit
from tests.visits.kit import AT, ENDS_ON, HOST, VISITOR, Scene

pytestmark = pytest.mark.django_db

END = kit.on(ENDS_ON + timedelta(days=2))


@pytest.fixture
def who() -> Scene:
    return kit.scene()


def rate(
    commitment: Commitment,
    by: User,
    *,
    reason: str = "Terlihat (uji).",
    potential: Potential | None = Potential.MODEST,
) -> Rating:
    return ratings.rate(
        commitment_id=commitment.id,
        potential=potential,
        completion=Completion.LIMITED,
        reason=reason,
        by=by,
        at=END,
    )


def refusal_code(commitment: Commitment, by: User, **values: object) -> str:
    with pytest.raises(Refused) as refused:
        rate(commitment, by, **values)  # type: ignore[arg-type]
    return refused.value.refusal.code


def insert(commitment: Commitment, by: User) -> None:
    """Past every operation, as somebody with the app's own rights to the database could."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO visits_rating (id, commitment_id, rater_id, potential, completion, reason, rated_at) "
            "VALUES (%s, %s, %s, 'modest', 'limited', 'uji', now())",
            [new_id(), commitment.id, by.id],
        )


def ended_membership(code: str) -> User:
    """Somebody who worked for a party, and left."""
    user = make_member(f"mantan.{code}", Role.RESPONSIBLE_OFFICER, code)
    membership = Membership.objects.get(user=user)
    end_membership(membership=membership, by=None, at=END)
    assert Membership.objects.get(user=user).ended_at is not None
    return user


def test_the_ministry_a_mentor_and_another_region_rate_once_each(who: Scene) -> None:
    commitment = kit.ended(who)
    for by in (who.ministry, who.mentor, who.third_coordinator):
        rate(commitment, by)
        assert refusal_code(commitment, by) == "rated_already"
    assert Rating.objects.count() == 3
    assert trail(HOST)[0].facts == {"potential": "modest", "completion": "limited"}


@pytest.mark.parametrize("code", [HOST, VISITOR])
def test_nobody_of_a_party_rates_nor_who_ever_was(who: Scene, code: str) -> None:
    commitment = kit.ended(who)
    present = who.host_coordinator if code == HOST else who.visitor_head
    for by in (present, ended_membership(code)):
        assert refusal_code(commitment, by) == "a_party"
        with pytest.raises(IntegrityError, match="a party does not rate"):
            insert(commitment, by)
    assert not Rating.objects.exists()


def test_somebody_of_both_a_party_and_the_ministry_does_not_rate(who: Scene) -> None:
    commitment = kit.ended(who)
    ended = ended_membership(HOST)
    Membership.objects.create(
        user=ended, organization_id=Membership.objects.get(user=who.ministry).organization_id,
        role=Role.MINISTRY, granted_at=AT,
    )  # fmt: skip
    assert refusal_code(commitment, ended) == "a_party"


def test_the_database_takes_a_rating_of_neither_party_and_refuses_to_move_it_to_a_party(who: Scene) -> None:
    commitment = kit.ended(who)
    insert(commitment, who.third_coordinator)
    with pytest.raises(IntegrityError, match="a party does not rate"), transaction.atomic():
        Rating.objects.update(rater=who.visitor_head)
    assert Rating.objects.get().rater_id == who.third_coordinator.id


def test_who_only_enters_answers_elsewhere_does_not_rate(who: Scene) -> None:
    commitment = kit.ended(who)
    entry = make_member("entri.lain", Role.DATA_ENTRY, kit.THIRD)
    assert refusal_code(commitment, entry) == "not_a_rater"


def test_a_commitment_in_force_is_not_rated(who: Scene) -> None:
    assert refusal_code(kit.committed(who), who.ministry) == "not_ended"


def test_a_rating_needs_both_scales_and_a_reason(who: Scene) -> None:
    commitment = kit.ended(who)
    assert refusal_code(commitment, who.ministry, potential=None) == "potential_missing"
    assert refusal_code(commitment, who.ministry, reason=" \x00") == "reason_missing"
    assert refusal_code(commitment, who.ministry, reason="x" * 4001) == "reason_too_long"
    assert not Rating.objects.exists()
    with pytest.raises(IntegrityError, match="a_rating_says_why"), transaction.atomic():
        Rating.objects.create(
            commitment=commitment, rater=who.ministry, potential="modest", completion="limited", reason="", rated_at=AT
        )  # fmt: skip
