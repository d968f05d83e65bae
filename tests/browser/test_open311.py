"""Open311 as others use it, against the server as ./run serves it: a client that is not ours, and an impatient app."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from georeport import GeoReport

from livinglab.kernel.identifiers import new_id
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

REGION, VILLAGE = "99.71", "99.71.01.2001"
REPORT = {
    "jurisdiction_id": REGION,
    "service_code": "road",
    "address_id": VILLAGE,
    "address_string": "Depan Pasar Contoh",
    "attribute[happened_on]": "2026-01-05",
    "attribute[truth]": "yes",
    "attribute[publish]": "yes",
}


def reported(site: Site, key: str, description: str) -> str:
    body = urlencode({**REPORT, "description": description}).encode()
    sent = Request(f"{site.url}/open311/v2/requests.json", body, {"Idempotency-Key": key})
    with urlopen(sent) as answer:
        (one,) = json.load(answer)
    return str(one["service_request_id"])


def client_of(site: Site, kind: str) -> Any:
    return GeoReport(f"{site.url}/open311/v2", jurisdiction=REGION, output_format=kind)


def test_a_report_that_is_sent_eight_times_at_once_is_one_complaint(site: Site) -> None:
    key, story = str(new_id()), "Lubang besar di Jalan Contoh, dikirim berkali-kali."
    with ThreadPoolExecutor(8) as apps:
        ids = set(apps.map(lambda _nth: reported(site, key, story), range(8)))
    assert len(ids) == 1
    listed = [one["service_request_id"] for one in client_of(site, "json").get_service_requests()]
    assert listed.count(ids.pop()) == 1


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_a_client_that_is_not_ours_reads_services_questions_and_complaints(site: Site, kind: str) -> None:
    request = reported(site, f"client-{kind}", f"Lampu jalan padam, dibaca sebagai {kind}.")
    client = client_of(site, kind)
    services = client.get_service_list()
    assert [one["service_code"] for one in services][:3] == ["service", "road", "health"]
    definition = client.get_service_definition("road")
    attributes = definition["attributes"] if kind == "json" else definition["attributes"]["attribute"]
    assert definition["service_code"] == "road"
    assert {"village", "happened_on", "truth", "publish"} <= {one["code"] for one in attributes}
    found = client.get_service_requests(service_code="road", status="open")
    assert request in {one["service_request_id"] for one in found}
    one = client.get_service_request(request)
    assert (one["service_request_id"], one["status"], one["address_id"]) == (request, "open", VILLAGE)
    assert one["description"] is None
