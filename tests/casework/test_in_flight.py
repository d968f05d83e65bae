"""Whoever is half-way through a form is stopped by nothing that the region does to its service meanwhile."""

import json
from collections.abc import Callable
from typing import Final

import pytest
from django.test import Client

from livinglab.casework.domain.states import ServiceState, ServiceStep
from livinglab.casework.models import Case, Service, ServiceVersion
from livinglab.casework.operations import services
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import ANSWERS, AT, coordinator, home, running
from tests.casework.test_pages import SERVICE, TYPED, answered, begun, on_page, text, to_the_end
from tests.releases.kit import files_of

pytestmark = pytest.mark.django_db

HALF: Final = {**TYPED, "full_name": "Warga Setengah Jalan", "address": "Jalan Setengah 7"}
NEW_QUESTION: Final = {
    "x-type": "text",
    "type": "string",
    "minLength": 2,
    "maxLength": 100,
    "x-personal": "general",
    "x-title": {"id": "Nama ibu", "en": "Mother's name"},
}


def replaced(_service: Service) -> None:
    """The next version has other pages, and none under the address at which the citizen stands."""
    form = _form()
    for page in form["x-pages"]:
        page["id"] = f"new-{page['id']}"
    running(**{"form.schema.json": json.dumps(form)})


def asks_more(_service: Service) -> None:
    """The next version must be told the mother's name on a page that the citizen has left behind."""
    form = _form()
    form["x-pages"][0]["fields"].append("mother")
    form["properties"]["mother"] = NEW_QUESTION
    form["required"].append("mother")
    running(**{"form.schema.json": json.dumps(form)})


def rests(service: Service) -> None:
    _moved(service, ServiceStep.REST)


def closes(service: Service) -> None:
    _moved(service, ServiceStep.CLOSE)


def switched_off(service: Service) -> None:
    """What is done when the region's adoption of the package ends."""
    identity = (service.publisher, service.package)
    services.close(organization=home(), identity=identity, reason="Diganti.", by=coordinator().id, at=AT)


def _moved(service: Service, step: ServiceStep) -> None:
    services.move(
        organization=home(), service_id=service.id, step=step, reason="Perbaikan.", by=coordinator(), at=AT
    )


def _form() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(files_of("sktm", home())["form.schema.json"])
    return found


def stands() -> tuple[str, int]:
    """Return the state of the service and the number of the version with which new forms begin."""
    with tenancy(home().id):
        row = Service.objects.get()
        return row.state, ServiceVersion.objects.get(id=row.version_id).number


@pytest.mark.parametrize(
    ("change", "then"),
    [
        (replaced, (ServiceState.OPEN, 2)),
        (asks_more, (ServiceState.OPEN, 2)),
        (closes, (ServiceState.CLOSED, 1)),
        (rests, (ServiceState.RESTING, 1)),
        (switched_off, (ServiceState.CLOSED, 1)),
    ],
)
def test_a_form_that_is_half_filled_in_is_finished_and_sent_as_it_began(
    client: Client, change: Callable[[Service], None], then: tuple[str, int]
) -> None:
    # Given a citizen who filled two pages in and looks at the third
    service = running()
    address = begun(client)
    where = client.get(f"{address}form/")["Location"]
    for _page in range(2):
        where = answered(client, where, HALF)
    third = client.get(where)
    # When the region changes its service
    change(service)
    assert stands() == then
    # Then the page that stands open is taken, and each page shows what was typed on it
    given = on_page(third, HALF)
    assert client.post(where, given).status_code == 200  # it brings up the school
    for page, said in (("who", "full_name"), ("who", "nik"), ("where", "address")):
        shown = client.get(f"{address}form/{page}/")
        assert (shown.status_code, f'value="{HALF[said]}"' in text(shown)) == (200, True), said
    # and the form goes on to its end, and is sent
    check = to_the_end(client, where, HALF)
    assert HALF["full_name"] in text(client.get(check))
    assert client.post(check)["Location"] == f"{address}receipt/"
    # under the version with which it began, with all that was typed
    with tenancy(home().id):
        case = Case.objects.select_related("version").get()
    assert (case.version_id, case.version.number, case.number) == (service.version_id, 1, "SKTM-2026-000001")
    own = {name: HALF[name] for name in ("full_name", "address")}
    assert case.state["answers"] == {**ANSWERS, **own, "referral": False}
    for page in ("", "receipt/"):
        assert client.get(f"{address}{page}").status_code == 200


def test_who_begins_after_the_change_meets_the_new_form(client: Client) -> None:
    """What the story above is spared is really asked of others."""
    asks_more(running())
    who = text(client.get(f"{begun(client)}form/who/"))
    assert "Nama ibu" in who
    replaced(running())
    assert client.get(f"{begun(client)}form/new-who/").status_code == 200


@pytest.mark.parametrize("change", [rests, closes, switched_off])
def test_nothing_new_begins_meanwhile(client: Client, change: Callable[[Service], None]) -> None:
    change(running())
    assert client.post(SERVICE).status_code == 422
