"""Every key of `package.yaml` says what adoption does with it, and the schemas are themselves sound."""

from collections.abc import Iterator

import jsonschema_rs
import pytest

from livinglab.packages.adapters.schemas import schema
from livinglab.packages.domain.attributes import POLICIES
from livinglab.packages.domain.contents import KINDS
from livinglab.packages.domain.form import FieldType
from livinglab.packages.domain.manifest import STANDARD_COMPONENTS, Policy
from tests.packages.check.kit import edited, faults

NAMES = ("package", "form", "rule", "scenario", "signature")


def properties(part: object, place: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every property of a schema with its place, however deep; references are followed where they are defined."""
    if isinstance(part, dict):
        found = part.get("properties")
        for key, one in found.items() if isinstance(found, dict) and "required" in part else ():
            if isinstance(one, dict):  # False forbids a key
                yield f"{place}/{key}", one
        for key, one in part.items():
            yield from properties(one, f"{place}/{key}")
    elif isinstance(part, list):
        for one in part:
            yield from properties(one, place)


def without_policy(whole: dict[str, object]) -> list[str]:
    """The places of properties that do not say what adoption does with them."""
    known = {policy.value for policy in Policy}
    return [
        place
        for place, one in properties(whole)
        if not isinstance(one, dict) or one.get("x-policy") not in known
    ]


def test_every_key_of_the_manifest_has_a_policy() -> None:
    assert without_policy(schema("package")) == []
    assert len(list(properties(schema("package")))) > 80


def test_a_key_without_a_policy_would_be_found() -> None:
    whole = schema("package")
    keys = whole["properties"]
    assert isinstance(keys, dict)
    with_new = {**whole, "properties": {**keys, "colour": {"type": "string"}}}
    assert "/colour" in without_policy(with_new)


def test_only_hints_become_parameters_and_what_is_dropped_is_no_key() -> None:
    found = {
        place.split("/")[-1]
        for place, one in properties(schema("package"))
        if one.get("x-policy") == "parameter"
    }
    assert found == {"hint"}
    dropped, keys = schema("package")["x-dropped"], schema("package")["properties"]
    assert isinstance(dropped, dict)
    assert isinstance(keys, dict)
    assert {"people", "contacts", "secrets", "keys", "endpoints"} <= dropped.keys()
    assert dropped.keys() & keys.keys() == set()
    for key in dropped:
        found_faults = faults(
            edited("package.yaml", "maturity: drafted", f"maturity: drafted\n{key}: 1"), "P028"
        )
        assert [one.said["key"] for one in found_faults] == [key]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_a_sound_json_schema(name: str) -> None:
    assert jsonschema_rs.meta.is_valid(schema(name))
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schemas_know_what_the_program_knows() -> None:
    standard = schema("package")["properties"]["standard"]  # type: ignore[index]
    assert tuple(standard["required"]) == STANDARD_COMPONENTS
    field = schema("form")["$defs"]["field"]  # type: ignore[index]
    assert {FieldType(one) for one in field["properties"]["x-type"]["enum"]} == set(FieldType)
    assert {one["if"]["properties"]["x-type"]["const"] for one in field["allOf"]} == {
        one.value for one in FieldType
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            '"x-type": "phone", "type": "string", "maxLength": 20',
            '"x-type": "phone", "type": "string", "minimum": 20',
        ),
        ('"x-type": "money", "type": "integer"', '"x-type": "money", "type": "string"'),
        ('"x-type": "place", "type": "string", "x-level": "village"', '"x-type": "place", "type": "string"'),
        ('"minLength": 2, "maxLength": 100', '"minLength": 2, "maxLength": 10000'),
        ('"pattern": "^[0-9]{16}$"', '"pattern": ".*"'),
        ('"x-type": "money"', '"x-type": "secret"'),
        (
            '"type": "object",\n  "additionalProperties": false',
            '"type": "object",\n  "additionalProperties": true',
        ),
        ('"x-type": "nik", ', '"x-type": "nik", "$ref": "http://contoh.example/a.json", '),
    ],
)
def test_a_keyword_that_does_not_fit_its_type_is_refused(old: str, new: str) -> None:
    found = faults(edited("form.schema.json", old, new))
    assert found
    assert {one.path for one in found} == {"form.schema.json"}
    assert all(one.line > 0 for one in found)


@pytest.mark.parametrize("name", ["form", "rule", "scenario"])
def test_every_other_file_says_once_what_adoption_does_with_all_of_it(name: str) -> None:
    whole = schema(name)
    assert whole["x-policy"] == Policy.COPIED
    keys = {place.rsplit("/", 1)[1] for place, _ in properties(whole)}
    dropped = schema("package")["x-dropped"]
    assert isinstance(dropped, dict)
    assert dropped.keys() & keys == set()
    own = [one["x-policy"] for _, one in properties(whole) if "x-policy" in one]
    assert own == []  # a key with a policy of its own would need a reader that follows it


def test_a_signature_is_dropped_and_every_kind_of_file_has_a_policy() -> None:
    assert schema("signature")["x-policy"] == Policy.DROPPED
    assert POLICIES.keys() == KINDS.keys()
    assert {kind for kind, policy in POLICIES.items() if policy is Policy.DROPPED} == {
        "signature",
        "publiccode",
    }
