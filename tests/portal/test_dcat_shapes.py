"""The catalogue of open data as RDF, against shapes of what DCAT-AP 3.0 asks: `dcat-ap.ttl` beside this file."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH

pytestmark = [
    pytest.mark.django_db,
    # rdflib's own reader of JSON-LD makes one
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

SHAPES = Graph().parse(Path(__file__).with_name("dcat-ap.ttl"))


@pytest.fixture
def catalogue(client: Client) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(client.get("/data/catalog.jsonld").content)
    return document


def _violations(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (property, broken constraint), by their short names."""
    _conforms, report, _text = validate(
        Graph().parse(data=json.dumps(document), format="json-ld"), shacl_graph=SHAPES
    )
    assert isinstance(report, Graph)
    return sorted(
        (_short(report.value(one, SH.resultPath)), _short(report.value(one, SH.sourceConstraintComponent)))
        for one in report.objects(None, SH.result)
    )


def _short(name: object) -> str:
    return str(name).replace("#", "/").rpartition("/")[2].removesuffix("ConstraintComponent")


def test_the_catalogue_has_the_shape_that_dcat_ap_asks(catalogue: dict[str, Any]) -> None:
    assert _violations(catalogue) == []


def test_every_class_of_the_shapes_is_in_the_catalogue(catalogue: dict[str, Any]) -> None:
    # A shape without a target is fulfilled by nothing at all.
    graph = Graph().parse(data=json.dumps(catalogue), format="json-ld")
    targets = set(SHAPES.objects(None, SH.targetClass))
    assert len(targets) == 4
    assert [one for one in targets if (None, None, one) not in graph] == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"dct:publisher": None}, ("publisher", "MinCount")),
        ({"dct:title": [{"@language": "id", "@value": "Data"}]}, ("title", "MinCount")),
        ({"dct:modified": "yesterday"}, ("modified", "Datatype")),
        ({"dct:licence": {"@id": "https://example.org/"}}, ("licence", "Closed")),
        ({"dct:language": {"@id": "https://example.org/id"}}, ("language", "Pattern")),
        ({"dcat:dataset": None}, ("dataset", "MinCount")),
        ({"dct:spatial": {"@id": "https://example.org/"}}, ("spatial", "Class")),
    ],
)
def test_a_fault_planted_in_the_catalogue_is_named(
    catalogue: dict[str, Any], change: dict[str, Any], found: tuple[str, str]
) -> None:
    # what hangs on the datasets is not read here: it has the test below
    only = {key: value for key, value in catalogue.items() if key != "dcat:service"}
    changed = {key: value for key, value in (only | change).items() if value is not None}
    assert found in _violations(changed)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"dcat:distribution": None}, ("distribution", "MinCount")),
        ({"dcat:contactPoint": {"vcard:fn": "Us"}}, ("contactPoint", "Class")),
        ({"dct:accrualPeriodicity": {"@id": "https://example.org/often"}}, ("accrualPeriodicity", "Pattern")),
        ({"dct:accessRights": {"@id": "https://example.org/open"}}, ("accessRights", "In")),
        ({"dct:temporal": {"@type": "dct:PeriodOfTime"}}, ("temporal", "Node")),
    ],
)
def test_a_fault_planted_in_a_dataset_is_named(
    catalogue: dict[str, Any], change: dict[str, Any], found: tuple[str, str]
) -> None:
    first = catalogue["dcat:dataset"][0] | change
    catalogue["dcat:dataset"][0] = {key: value for key, value in first.items() if value is not None}
    assert found in _violations(catalogue)


def test_a_distribution_without_its_address_is_named(catalogue: dict[str, Any]) -> None:
    del catalogue["dcat:dataset"][0]["dcat:distribution"][0]["dcat:accessURL"]
    assert _violations(catalogue) == [("accessURL", "MinCount")]
