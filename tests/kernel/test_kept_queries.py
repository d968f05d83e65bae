"""A query whose SQL is kept answers as the same query made anew."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db.models import F, QuerySet

from livinglab.evaluations.models import Participation
from livinglab.evaluations.queries.participations import participations
from livinglab.kernel.kept_queries import ALL, KeptModels, KeptQuery
from livinglab.organizations.models import Organization
from tests.evaluations.kit import open_round

pytestmark = pytest.mark.django_db

SIAK, RIAU = "14.08", "14"


def _by_code(code: str) -> "QuerySet[Organization]":
    return Organization.objects.filter(code=code).annotate(kept_name=F("name"))


def _taking_part(organization_id: UUID) -> "QuerySet[Participation]":
    return Participation.objects.filter(organization_id=organization_id)


def _fields(row: Any) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in type(row)._meta.concrete_fields}


def test_other_values_give_other_rows(django_assert_num_queries: Callable[[int], Any]) -> None:
    names = KeptQuery(lambda code: _by_code(code).values_list("name"), "a code")
    with django_assert_num_queries(3):
        assert names.rows(SIAK) == [("Kabupaten Siak",)]
        assert names.rows(RIAU) == [("Provinsi Riau",)]
        assert names.rows("a code") == []


def test_a_mark_that_is_no_parameter_and_a_missing_value_are_refused() -> None:
    unmarked = KeptQuery(lambda code: Organization.objects.values_list("name"), "a code")
    with pytest.raises(ValueError, match="no parameter of the query is 'a code'"):
        unmarked.rows(SIAK)
    names = KeptQuery(lambda code: _by_code(code).values_list("name"), "a code")
    with pytest.raises(ValueError, match="0 values for 1 marks"):
        names.rows()


def test_models_are_those_that_select_related_gives(django_assert_num_queries: Callable[[int], Any]) -> None:
    kept = KeptModels(
        _by_code, "a code", model=Organization, parts={"": ALL, "province": ALL}, extra=("kept_name",)
    )
    for code in (SIAK, RIAU):
        plain = Organization.objects.select_related("province").get(code=code)
        with django_assert_num_queries(1):
            (found,) = kept.read(code)
            province = found.province
        assert _fields(found) == _fields(plain)
        assert getattr(found, "kept_name", None) == plain.name
        assert province == plain.province
        assert province is None or _fields(province) == _fields(plain.province)
    assert kept.read("99.99") == []


def test_fields_that_django_reads_in_its_own_way_are_read_so() -> None:
    here = open_round().participation
    Participation.objects.filter(id=here.id).update(published_levels={"21": "3"})
    kept = KeptModels(
        _taking_part, UUID(int=1), model=Participation, parts={"": ALL, "round": ALL, "organization": ALL}
    )
    (found,) = kept.read(here.organization_id)
    plain = participations().get(id=here.id)
    assert found.published_levels == {"21": "3"}
    assert [_fields(one) for one in (found, found.round, found.organization)] == [
        _fields(one) for one in (plain, plain.round, plain.organization)
    ]


def test_a_field_that_was_not_wanted_is_read_when_it_is_asked_for(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    kept = KeptModels(_by_code, "a code", model=Organization, parts={"": ("id", "code")})
    (found,) = kept.read(SIAK)
    assert found.get_deferred_fields() >= {"name", "kind", "province_id"}
    with django_assert_num_queries(1):
        assert found.name == "Kabupaten Siak"
