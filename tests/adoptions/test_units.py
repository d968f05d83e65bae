"""A service is handed down to districts and villages, which inherit the region's values and set their own."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from livinglab.adoptions.domain.states import AdoptionStep
from livinglab.adoptions.domain.units import Held, NoUnit, chain_of, may_set, owed
from livinglab.adoptions.domain.values import Wrong, effective
from livinglab.adoptions.models import Adoption, AdoptionFigure, HandedDown, Value
from livinglab.adoptions.operations import adoptions, units
from livinglab.adoptions.queries.adoptions import package_of
from livinglab.adoptions.queries.units import Counts, described, lacking, unit_counts, units_like, values_for
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations import operations as organizations
from livinglab.organizations.queries import Role, governs_itself
from livinglab.packages.domain.manifest import Parameter, ParameterType
from livinglab.packages.domain.words import Words
from tests.adoptions import kit
from tests.organizations.people import make_member, trail

pytestmark = pytest.mark.django_db
DISTRICT, DESA, OTHER_DESA, KELURAHAN = "14.08.01", "14.08.01.2001", "14.08.02.2001", "14.08.01.1001"
AREAS = {
    DISTRICT: "Contoh Satu",
    KELURAHAN: "Kelurahan Contoh",
    DESA: "Desa Contoh",
    "14.08.02": "Contoh Dua",
    OTHER_DESA: "Desa Seberang",
}


def load(areas: dict[str, str]) -> None:
    rows = "".join(f"{code},{name}\n" for code, name in areas.items())
    organizations.import_areas(stream=io.BytesIO(f"code,name\n{rows}".encode()), by=None, at=kit.AT)


def whose(**more: object) -> dict[str, object]:
    return {"organization": kit.home(), "by": kit.officer(), "at": kit.AT, **more}


def started() -> Adoption:
    load(AREAS)
    return kit.started()


def handed(*codes: str) -> Adoption:
    row = started()
    units.hand_down(adoption_id=row.id, unit_codes=codes or tuple(AREAS), **whose())
    return row


def set_for(row: Adoption, code: str, **said: str) -> None:
    values = {name: {"": text} for name, text in said.items()}
    adoptions.set_values(adoption_id=row.id, unit_code=code, said=values, **whose())


def held(row: Adoption, code: str) -> dict[str, tuple[object, str]]:
    with tenancy(row.organization_id):
        return {name: (one.value, one.unit_code) for name, one in values_for(row, code).items()}


def refusal_of(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def test_only_a_desa_governs_itself() -> None:
    assert [governs_itself(code) for code in (DISTRICT, KELURAHAN, DESA, "14.08.01.3001")] == [
        False,
        False,
        True,
        True,
    ]
    with pytest.raises(NoUnit):
        chain_of("14.08")


def test_a_village_inherits_from_its_district_and_that_from_the_region_until_each_sets_its_own() -> None:
    row = handed()
    set_for(row, "", office_name="Kantor Kabupaten")
    assert held(row, DESA)["office_name"] == ("Kantor Kabupaten", "")
    set_for(row, DISTRICT, office_name="Kantor Kecamatan")
    assert held(row, DESA)["office_name"] == ("Kantor Kecamatan", DISTRICT)
    assert held(row, OTHER_DESA)["office_name"] == ("Kantor Kabupaten", "")
    set_for(row, DESA, office_name="Kantor Desa")
    assert held(row, DESA)["office_name"] == ("Kantor Desa", DESA)
    assert held(row, KELURAHAN)["office_name"] == ("Kantor Kecamatan", DISTRICT)
    set_for(row, DESA, office_name="")
    assert held(row, DESA)["office_name"] == ("Kantor Kecamatan", DISTRICT)


def test_one_statement_resolves_every_value_of_a_unit() -> None:
    row = handed()
    kit.valued(row)
    set_for(row, DESA, office_name="Kantor Desa")
    with tenancy(row.organization_id):
        package = package_of(row)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = values_for(row, DESA, package=package)
    assert len(asked) == 1
    assert found["office_name"] == Held("office_name", "Kantor Desa", DESA)
    assert found["income_limit"] == Held("income_limit", 650_000, "")


def parameter(name: str, per: str) -> Parameter:
    return Parameter(id=name, type=ParameterType.TEXT, name=Words(name), is_required=True, per=per)


PARAMETERS = tuple(parameter(f"p_{per or 'region'}", per) for per in ("", "district", "village"))
PLACES = ("", DISTRICT, DESA, KELURAHAN)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(PLACES), st.sampled_from([one.id for one in PARAMETERS])), st.integers()
    ),
    st.sampled_from(PLACES),
)
def test_what_holds_is_the_nearest_value_and_no_other_unit_touches_it(
    values: dict[tuple[str, str], object], unit: str
) -> None:
    for one in PARAMETERS:
        found = effective(one, values, chain_of(unit))
        ranks = [place for place in chain_of(unit) if (place, one.id) in values]
        assert found == ((values[ranks[0], one.id], ranks[0]) if ranks else None)
        elsewhere = {key: value for key, value in values.items() if key[0] in chain_of(unit)}
        assert effective(one, elsewhere, chain_of(unit)) == found
        without = {key: value for key, value in values.items() if key != (unit, one.id)}
        above = chain_of(unit)[1:]
        assert effective(one, without, chain_of(unit)) == effective(one, values, above)


@pytest.mark.parametrize(
    ("unit", "allowed", "needed"),
    [
        ("", ["p_region", "p_district", "p_village"], None),
        (DISTRICT, ["p_district", "p_village"], ["p_district"]),
        (DESA, ["p_village"], ["p_district", "p_village"]),
    ],
)
def test_the_package_says_who_may_set_what_and_what_is_owed_where(
    unit: str, allowed: list[str], needed: list[str] | None
) -> None:
    assert [one.id for one in PARAMETERS if may_set(one, unit)] == allowed
    if needed is not None:
        assert [one.id for one in owed(PARAMETERS, unit)] == needed


def test_the_database_resolves_as_the_domain_does() -> None:
    row = handed()
    for code in ("", DISTRICT, DESA):
        set_for(row, code, office_name=f"Kantor {code}")
    with tenancy(row.organization_id):
        Value.objects.create(  # what a package with another `per` once allowed
            organization_id=row.organization_id,
            adoption=row,
            unit_code=DESA,
            parameter="income_limit",
            value=1,
            set_at=kit.AT,
            set_by=kit.officer().id,
        )
    kit.valued(row)
    for code in ("", *AREAS):
        expected = "" if code in ("", "14.08.02", OTHER_DESA) else DISTRICT if code != DESA else DESA
        assert held(row, code)["office_name"] == (f"Kantor {expected}".strip(), expected)
        assert held(row, code)["income_limit"] == (650_000, "")


def test_a_unit_sets_only_what_is_local_and_what_the_region_could_set_too() -> None:
    row = handed(DESA)
    with pytest.raises(Refused) as error:
        set_for(row, DESA, income_limit="700000")
    assert refusal_of(error) == "parameter_not_local"
    with pytest.raises(Refused) as error:
        set_for(row, OTHER_DESA, office_name="Kantor")
    assert refusal_of(error) == "unit_without_service"
    with pytest.raises(adoptions.ValuesRefused) as refused:
        set_for(row, DESA, office_name="x" * 301)
    assert refused.value.problems == {"office_name": Wrong.TOO_LONG}
    assert held(row, DESA) == {}


def test_three_hundred_villages_take_as_many_statements_as_one() -> None:
    many = {f"14.08.01.{2000 + number}": f"Desa {number}" for number in range(1, 301)}
    load({DISTRICT: "Contoh", **many})
    row = kit.started()
    codes = list(many)
    with CaptureQueriesContext(connection) as first:
        assert units.hand_down(adoption_id=row.id, unit_codes=codes[:1], **whose()) == 1
    with CaptureQueriesContext(connection) as rest:
        assert units.hand_down(adoption_id=row.id, unit_codes=codes, **whose()) == 299
    assert len(rest) == len(first) <= 25
    with CaptureQueriesContext(connection) as agreed:
        assert decided(row, *codes) == 300
    assert len(agreed) <= 25
    assert AdoptionFigure.objects.get(adoption_id=row.id).units == 300
    with CaptureQueriesContext(connection) as out:
        assert units.take_out(adoption_id=row.id, unit_codes=codes, **whose()) == 300
    assert len(out) <= 25
    assert AdoptionFigure.objects.get(adoption_id=row.id).units == 0


def decided(row: Adoption, *codes: str, number: str = "141/2/2026", days: int = -1) -> int:
    on = date(2026, 11, 2) + timedelta(days=days)
    return units.decide(adoption_id=row.id, unit_codes=codes, number=number, on=on, **whose())


def test_a_desa_takes_part_by_its_own_decision_and_a_kelurahan_without() -> None:
    row = handed(DESA, KELURAHAN)
    with tenancy(row.organization_id):
        assert unit_counts(row.id) == Counts(districts=0, villages=2, waiting=1)
    assert AdoptionFigure.objects.get(adoption_id=row.id).units == 1
    for problem, said in (
        ("number_missing", {"number": " "}),
        ("day_to_come", {"days": 1}),
    ):
        with pytest.raises(Refused) as error:
            decided(row, DESA, **said)  # type: ignore[arg-type]
        assert refusal_of(error) == problem
    with pytest.raises(Refused) as error:
        decided(row, DESA, KELURAHAN)
    assert refusal_of(error) == "no_decision_owed"
    assert decided(row, DESA) == 1
    with tenancy(row.organization_id):
        assert unit_counts(row.id) == Counts(districts=0, villages=2, waiting=0)
    assert AdoptionFigure.objects.get(adoption_id=row.id).units == 2
    assert [one.action for one in trail(kit.ADOPTER)][:2] == [
        "adoptions.village_decided",
        "adoptions.handed_down",
    ]


def test_only_units_of_the_region_have_the_service_and_only_once() -> None:
    row = started()
    load({"32.11.01": "Wado", "32.11.01.2001": "Cilengkrang"})
    for codes, problem in (
        (["32.11.01.2001"], "unit_unknown"),
        ([DESA, "14.08.01.2\x00"], "unit_unknown"),
        ([], "no_unit"),
    ):
        with pytest.raises(Refused) as error:
            units.hand_down(adoption_id=row.id, unit_codes=codes, **whose())
        assert refusal_of(error) == problem
    assert units.hand_down(adoption_id=row.id, unit_codes=[DESA], **whose()) == 1
    assert units.hand_down(adoption_id=row.id, unit_codes=[DESA, DISTRICT], **whose()) == 1
    with tenancy(row.organization_id):
        assert set(HandedDown.objects.values_list("unit_code", flat=True)) == {DESA, DISTRICT}


def test_a_unit_that_is_taken_out_takes_its_values_with_it_and_its_villages_inherit_from_the_region() -> None:
    row = handed()
    for code in ("", DISTRICT):
        set_for(row, code, office_name=f"Kantor {code}")
    units.take_out(adoption_id=row.id, unit_codes=[DISTRICT], **whose())
    assert held(row, DESA)["office_name"] == ("Kantor", "")
    units.hand_down(adoption_id=row.id, unit_codes=[DISTRICT], **whose())
    assert held(row, DESA)["office_name"] == ("Kantor", "")
    with pytest.raises(Refused) as error:
        units.take_out(adoption_id=row.id, unit_codes=["14.08.09"], **whose())
    assert refusal_of(error) == "unit_without_service"


def test_who_prepares_sets_values_and_who_answers_for_the_service_hands_it_down() -> None:
    row = handed(DESA)
    clerk = make_member("juru.uji", Role.DATA_ENTRY, kit.ADOPTER)
    for act in (units.hand_down, units.take_out):
        with pytest.raises(Refused) as error:
            act(adoption_id=row.id, unit_codes=[DESA], **{**whose(), "by": clerk})
        assert refusal_of(error) == "may_not_decide"
    said = {"office_name": {"": "Kantor Desa"}}
    adoptions.set_values(adoption_id=row.id, unit_code=DESA, said=said, **{**whose(), "by": clerk})
    operator = make_member("operator.uji", Role.VILLAGE_OPERATOR, kit.ADOPTER)
    with pytest.raises(Refused) as error:
        adoptions.set_values(adoption_id=row.id, unit_code=DESA, said=said, **{**whose(), "by": operator})
    assert refusal_of(error) == "may_not_prepare"
    adoptions.take(adoption_id=row.id, step=AdoptionStep.END, reason="Selesai.", **whose())
    with pytest.raises(Refused) as error:
        units.hand_down(adoption_id=row.id, unit_codes=[KELURAHAN], **whose())
    assert refusal_of(error) == "ended"


def test_another_regions_tenant_sees_no_units_and_no_values() -> None:
    row = handed(DESA)
    set_for(row, DESA, office_name="Kantor Desa")
    with tenancy(row.organization_id):
        package = package_of(row)
    other = kit.releases.coordinator("33.22")
    with tenancy(kit.organization("33.22").id):
        assert values_for(row, DESA, package=package) == {}
        assert not HandedDown.objects.exists()
    with pytest.raises(Exception, match=str(row.id)):
        units.hand_down(
            organization=kit.organization("33.22"),
            adoption_id=row.id,
            unit_codes=[DESA],
            by=other,
            at=kit.AT,
        )


def test_units_are_found_by_name_or_code_and_by_what_they_lack() -> None:
    row = handed()
    region = kit.ADOPTER
    with tenancy(row.organization_id):
        parameters = package_of(row).manifest.parameters
        assert [one.unit_code for one in units_like(row, region, text="seber")] == [OTHER_DESA]
        assert [one.unit_code for one in units_like(row, region, text="14.08.02")] == ["14.08.02", OTHER_DESA]
        everyone = units_like(row, region, text="")
        lacks = [one.unit_code for one in lacking(everyone, row.id, parameters)]
        assert lacks == [KELURAHAN, DESA, OTHER_DESA]
        with CaptureQueriesContext(connection) as asked:
            found = described(row, region, everyone, parameters)
        assert len(asked) == 3
        assert {one.code: one.missing for one in found if one.missing} == dict.fromkeys(
            lacks, ("office_name", "head_of_village", "letterhead")
        )
    official = {"head_of_village": {"name": "Pejabat Contoh"}, "letterhead": {"": "Pemerintah Desa"}}
    said = {**official, "office_name": {"": "Kantor"}}
    adoptions.set_values(adoption_id=row.id, unit_code=DISTRICT, said=said, **whose())
    with tenancy(row.organization_id):
        assert [one.unit_code for one in lacking(everyone.all(), row.id, parameters)] == [OTHER_DESA]
