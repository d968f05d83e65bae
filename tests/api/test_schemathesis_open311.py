"""Complaints by Open311 do what docs/open311.yaml says, whatever is sent: with a real complaint, and with any other."""

from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
import yaml
from django.conf import settings as ours

from livinglab.casework.api.open311 import urls
from livinglab.casework.domain.secrets import fingerprint
from livinglab.casework.models import Case
from livinglab.casework.operations import complaints
from livinglab.casework.queries.complaints import complaint_services
from livinglab.kernel.tenancy import tenancy
from tests.api.fuzzed import NOT_OF_PAGES, PLAIN, asked_of, examples, taken_back
from tests.casework.complaints import taking_complaints
from tests.casework.kit import AT, REGION, VILLAGE, home

REQUEST, TOKEN = UUID(int=7), "t" * 43
REAL: Final = {"service_code": "road", "request_id": str(REQUEST), "token": TOKEN}
DOCUMENT: Final = yaml.safe_load(Path(ours.ROOT, "docs", "open311.yaml").read_text())
pytestmark = pytest.mark.django_db


def _of_the_region() -> dict[str, Any]:
    """Return the document as a region's app reads it: one jurisdiction, and reports that can be true."""
    own = {**DOCUMENT, "components": {**DOCUMENT["components"]}}
    region = {"type": "string", "enum": [REGION]}
    own["components"]["parameters"] = {
        **own["components"]["parameters"],
        "jurisdiction_id": {**own["components"]["parameters"]["jurisdiction_id"], "schema": region},
    }
    report = own["components"]["schemas"]["Report"]
    parts = {
        "jurisdiction_id": region,
        "service_code": {"type": "string", "enum": ["road", "health"]},
        "address_id": {"type": "string", "enum": [VILLAGE]},
        "attribute[happened_on]": {"type": "string", "enum": ["2026-10-12"]},
        "attribute[truth]": {"type": "string", "enum": ["yes"]},
        "attribute[publish]": {"type": "string", "enum": ["yes", "no"]},
    }
    own["components"]["schemas"] = {
        **own["components"]["schemas"],
        "Report": {
            **report,
            "required": [*report["required"], "address_id", "attribute[happened_on]", "attribute[truth]"],
            "properties": {**report["properties"], **parts},
        },
    }
    return own


anybody, region = asked_of(DOCUMENT), asked_of(_of_the_region(), REAL)


@pytest.fixture
def complaint() -> Case:
    """A complaint that everybody may see, under a known identifier and secret."""
    taking_complaints()
    answers = {
        "anonymous": True,
        "topic": "road",
        "subject": "Lampu jalan padam",
        "story": "Lampu jalan di depan pasar padam.",
        "village": VILLAGE,
        "spot": "Depan pasar",
        "happened_on": "2026-10-12",
        "truth": True,
        "publish": True,
    }
    (service,) = complaint_services(home().id)
    case, _secret = complaints.report(service, answers=answers, at=AT)
    with tenancy(home().id):
        Case.objects.filter(id=case.id).update(secret=fingerprint(TOKEN))
    return case


@anybody.parametrize()
@examples(10)
def test_whoever_asks_is_answered_as_the_document_says(case: Any) -> None:
    with taken_back():
        case.call_and_validate(headers=PLAIN, excluded_checks=NOT_OF_PAGES)


@region.parametrize()
@examples(10)
def test_a_region_s_complaints_answer_as_the_document_says(complaint: Case, case: Any) -> None:
    parts = case.path_parameters or {}
    if parts.get("request_id") == str(REQUEST):
        parts["request_id"] = str(complaint.id)
    with taken_back():
        case.call_and_validate(headers=PLAIN, excluded_checks=NOT_OF_PAGES)


def test_the_document_names_every_address() -> None:
    served = {
        "/open311/" + str(one.pattern).replace("<slug:", "{").replace("<str:", "{").replace(">", "}")
        for one in urls.urlpatterns
    }
    assert served == set(DOCUMENT["paths"])
