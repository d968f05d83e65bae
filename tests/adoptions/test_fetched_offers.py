"""An improvement offered at one instance reaches the publisher at another; what does not fit is not kept."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from livinglab.adoptions.domain.states import OfferState
from livinglab.adoptions.models import Offer
from livinglab.packages.domain.federation import OFFERS_PATH
from livinglab.packages.queries import instances
from livinglab.packages.queries.reading import digest_of, parse_package
from livinglab.packages.queries.sealing import build, new_key
from livinglab.releases.models import Release
from livinglab.releases.operations import fetching
from tests.organizations.people import organization, signed_in
from tests.packages.instances import origin
from tests.packages.instances.servers import Answer, Served, served
from tests.releases import kit

pytestmark = pytest.mark.django_db
ARCHIVE = "/packages/offers/01930000-0000-7000-8000-000000000009.zip"
PAGE = "/en/regions/32.11/packages/offers/fetch/"


def improved() -> dict[str, bytes]:
    files = kit.files_of("sktm", organization("32.11"))
    return {**files, "messages/received.id.md": files["messages/received.id.md"] + b"\nSimpan nomor ini.\n"}


@pytest.fixture
def base() -> Release:
    return kit.published()


@pytest.fixture
def there(base: Release) -> Iterator[Served]:
    """Another instance, where 14.08 offers an improvement of the package of 32.11."""
    files = improved()
    told = {
        "publisher": "32.11",
        "package": "sktm",
        "base": {"version": base.version, "digest": base.digest},
        "adopter": "14.08",
        "title": "Nomor disimpan",
        "why": "Warga sering lupa.",
        "digest": digest_of(files),
        "offered_at": "2026-11-03T03:00:00Z",
        "archive": ARCHIVE,
    }
    index = {"format": "livinglab-federation/1", "instance": "uji.example", "offers": [told]}
    answers = {
        OFFERS_PATH: Answer(json.dumps(index).encode()),
        ARCHIVE: Answer(build(parse_package(files)), "application/zip"),
    }
    with served(answers) as found:
        yield found


def changed(there: Served, **said: object) -> None:
    index = json.loads(there.answers[OFFERS_PATH].body)
    index["offers"][0].update(said)
    there.answers[OFFERS_PATH] = Answer(json.dumps(index).encode())


def test_an_offer_is_fetched_once_and_says_where_from(there: Served, settings: Any) -> None:
    settings.FEDERATION_ALLOWED_HOSTS = frozenset({there.place})
    publisher = signed_in(kit.coordinator())
    assert publisher.post(PAGE, {"from": there.address}).status_code == 302
    row = Offer.objects.get()
    assert (row.adopter.code, row.title, row.state) == ("14.08", "Nomor disimpan", OfferState.OFFERED)
    assert (row.fetched_from, row.offered_by, row.digest) == (there.address, None, digest_of(improved()))
    again = publisher.post(PAGE, {"from": there.address}, follow=True)
    assert "That instance offers nothing new to you." in again.content.decode()
    assert Offer.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (
            {"base": {"version": "1.0.0", "digest": f"sha256:{'0' * 64}"}},
            302,
        ),  # of another release: not wanted
        ({"publisher": "14.08"}, 302),
        ({"adopter": "88.88"}, 302),
        ({"digest": f"sha256:{'0' * 64}"}, 422),  # the archive is another one
        ({"archive": "https://evil.example/x"}, 422),
    ],
)
def test_what_does_not_fit_is_not_kept(
    there: Served, settings: Any, said: dict[str, object], status: int
) -> None:
    settings.FEDERATION_ALLOWED_HOSTS = frozenset({there.place})
    changed(there, **said)
    answer = signed_in(kit.coordinator()).post(PAGE, {"from": there.address})
    assert (answer.status_code, Offer.objects.exists()) == (status, False)


def test_only_who_decides_lets_another_place_be_asked(there: Served, settings: Any) -> None:
    answer = signed_in(kit.coordinator()).post(PAGE, {"from": there.address})
    assert (answer.status_code, there.asked) == (422, [])


def test_only_open_offers_about_packages_of_other_instances_are_told(base: Release) -> None:
    client = Client()
    key = new_key()
    with served(origin.answers(key, origin.files_of("73.71"))) as elsewhere:
        index = instances.index_of(elsewhere.address, elsewhere.reach)
        fetching.trust(address=elsewhere.address, key=index.keys[0], by=kit.reviewer(), at=kit.AT)
        pulled = instances.pull(elsewhere.address, "73.71/sktm", "", elsewhere.reach)
        fetched = fetching.keep_pulled(pulled=pulled, by=kit.reviewer(), at=kit.AT)
    made = [
        Offer.objects.create(
            adopter=organization("14.08"),
            listing=release.listing,
            base=release,
            content=b"PK",
            digest=f"sha256:{number}{'0' * 63}",
            title="Judul",
            why="Sebab",
            offered_at=kit.AT,
        )
        for number, release in enumerate((base, fetched))
    ]
    told = client.get(OFFERS_PATH).json()["offers"]
    assert [one["archive"] for one in told] == [f"/packages/offers/{made[1].id}.zip"]
    assert client.get(told[0]["archive"]).content == b"PK"
    assert client.get(f"/packages/offers/{made[0].id}.zip").status_code == 404
    assert not {"offered_by", "email", "person"} & told[0].keys()
