"""Every attribute of what a region keeps about a service says what happens to it when the package goes on."""

import pytest
from django.apps import apps
from django.db.models import Model

from livinglab.adoptions.domain.attributes import POLICIES, policy_of
from livinglab.adoptions.models import Adoption, Answered, DraftFile, Edition, HandedDown, Value
from livinglab.kernel.tenancy import TenantModel, tenancy
from livinglab.packages.domain.manifest import Policy
from livinglab.packages.queries.reading import digest_of, read_zip
from tests.adoptions import kit
from tests.organizations.people import organization
from tests.releases import kit as releases

TABLES = [one for one in apps.get_app_config("adoptions").get_models() if issubclass(one, TenantModel)]


def without_policy(table: type[Model]) -> list[str]:
    names = [one.name for one in table._meta.concrete_fields if one.name not in ("id", "organization_id")]
    return [name for name in names if policy_of(table.__name__, name) is None]


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.__name__)
def test_every_attribute_has_a_policy_and_nothing_of_a_person_is_copied(table: type[TenantModel]) -> None:
    assert without_policy(table) == []
    people = {name: policy_of(table.__name__, name) for name in table.personal_data}
    assert [name for name, policy in people.items() if policy is Policy.COPIED] == []


def test_a_policy_names_an_attribute_that_there_is() -> None:
    for table in (Adoption, Value, Edition, DraftFile):
        declared = POLICIES[table.__name__]
        assert not isinstance(declared, Policy)
        names = {one.name for one in table._meta.concrete_fields}
        assert declared.keys() - names == set(), table


def test_an_attribute_without_a_policy_would_be_found() -> None:
    assert policy_of("Value", "colour") is None
    assert policy_of("Secret", "text") is None


@pytest.mark.django_db
def test_of_another_adopters_service_nothing_but_the_release_is_taken_over() -> None:
    release = releases.published()
    first = kit.started(release)
    kit.valued(first)
    kit.answered(first)
    kit.edited(first, "CHANGELOG.md", "- ", "- Kami: ")
    row = kit.adoptions.start(
        organization=organization("73.71"), release=release, by=releases.coordinator("73.71"), at=kit.AT
    )
    with tenancy(row.organization_id):
        row.refresh_from_db()
        assert (row.base_id, row.agreement_id, row.live_at, row.reason) == (release.id, None, None, "")
        for table in (Value, Answered, HandedDown, DraftFile):
            assert not table.objects.filter(adoption_id=row.id).exists(), table
        edition = Edition.objects.get(adoption_id=row.id)
        assert (edition.digest, edition.made_by) == (release.digest, releases.coordinator("73.71").id)
        assert digest_of(read_zip(bytes(edition.content))) == release.digest
