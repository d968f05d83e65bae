"""A version of another instance is kept as its publisher signed it; what is doubtful is refused and nothing is kept."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Role
from livinglab.packages.domain.federation import INDEX_PATH
from livinglab.packages.queries import instances
from livinglab.packages.queries.sealing import new_key
from livinglab.releases.domain.states import ReleaseState
from livinglab.releases.models import Listing, Release, SigningKey
from livinglab.releases.operations import fetching
from livinglab.releases.operations.publishing import NotPublishable
from tests.organizations.people import make_member, signed_in, trail
from tests.packages.instances import origin
from tests.packages.instances.servers import Answer, Served, served
from tests.releases import kit

pytestmark = pytest.mark.django_db
LATER = kit.AT + timedelta(days=1)
FIRST, SECOND = origin.files_of("32.11"), origin.files_of("32.11", version="1.0.1")


@pytest.fixture
def there() -> Iterator[Served]:
    with served(origin.answers(new_key(), FIRST, SECOND)) as found:
        yield found


def pulled(there: Served, version: str = "") -> instances.Pulled:
    return instances.pull(there.address, "32.11/sktm", version, there.reach)


def trusted(there: Served) -> SigningKey:
    index = instances.index_of(there.address, there.reach)
    return fetching.trust(address=there.address, key=index.keys[0], by=kit.reviewer(), at=kit.AT)


def kept(there: Served, version: str = "") -> Release:
    return fetching.keep_pulled(pulled=pulled(there, version), by=kit.coordinator("14.08"), at=LATER)


def refused(call: Callable[[], object]) -> str:
    before = Release.objects.count()
    with pytest.raises(Refused) as error:
        call()
    assert Release.objects.count() == before
    return error.value.refusal.code


def test_what_another_instance_publishes_is_kept_byte_for_byte_and_waits_for_review(there: Served) -> None:
    trusted(there)
    release = kept(there)
    archive = there.answers[origin.ARCHIVE.format(code="32.11", id="sktm", version="1.0.1")]
    assert bytes(release.content) == archive.body
    assert (release.state, release.fetched_from, release.submitted_by) == (
        ReleaseState.IN_REVIEW,
        there.address,
        None,
    )
    assert (release.signed_at, release.readiness, release.requires) == (origin.AT, 100, "major")
    assert trail()[0].action == "releases.fetched"
    assert trail()[0].by == kit.coordinator("14.08").id
    assert kept(there).id == release.id
    assert kept(there, "1.0.0").requires == "major"
    assert Listing.objects.count() == 1


def test_a_key_is_trusted_once_and_only_by_a_ministry(there: Served) -> None:
    assert refused(lambda: kept(there)) == "key_not_trusted"
    index = instances.index_of(there.address, there.reach)
    by = kit.coordinator("14.08")
    call: Callable[[], object] = lambda: fetching.trust(  # noqa: E731  asked twice, of two people
        address=there.address, key=index.keys[0], by=by, at=kit.AT
    )
    assert refused(call) == "may_not_trust"
    assert trusted(there).id == trusted(there).id
    assert (SigningKey.objects.get().made_by, trail()[0].action) == (
        kit.reviewer().id,
        "releases.key_trusted",
    )
    clerk = make_member("entri.uji", Role.DATA_ENTRY, "32.11")
    assert refused(lambda: fetching.keep_pulled(pulled=pulled(there), by=clerk, at=LATER)) == "may_not_fetch"


def test_nothing_local_is_overwritten(there: Served) -> None:
    local = kit.sent()
    trusted(there)
    assert refused(lambda: kept(there)) == "published_here"
    assert (Release.objects.get().digest, Release.objects.get().fetched_from) == (local.digest, "")


def test_a_package_takes_newer_versions_only_from_where_it_came(there: Served) -> None:
    trusted(there)
    kept(there, "1.0.0")
    with served(origin.answers(new_key(), FIRST, SECOND)) as other:
        trusted(other)
        assert refused(lambda: kept(other)) == "other_origin"
    changed = {**FIRST, "README.md": b"# Lain\n"}
    key = new_key()
    with served(origin.answers(key, changed)) as other:
        found = instances.pull(other.address, "32.11/sktm", "", other.reach)
    again = instances.Pulled(
        there.address, found.package, found.files, found.content, found.release, found.key
    )
    assert refused(lambda: fetching.keep_pulled(pulled=again, by=kit.reviewer(), at=LATER)) == "other_content"


def test_an_unsound_package_is_refused_with_its_faults(there: Served) -> None:
    rule = FIRST["rules/eligibility.json"].replace(b"form.income", b"form.wage")
    with served(origin.answers(new_key(), {**FIRST, "rules/eligibility.json": rule})) as bad:
        trusted(bad)
        with pytest.raises(NotPublishable) as error:
            kept(bad)
    assert {one.path for one in error.value.report.faults} == {"rules/eligibility.json"}
    assert not Release.objects.exists()


def test_a_publisher_that_is_no_organisation_here_is_refused() -> None:
    with served(origin.answers(new_key(), origin.files_of("88.88"))) as there:
        index = instances.index_of(there.address, there.reach)
        call: Callable[[], object] = lambda: fetching.trust(  # noqa: E731  the call is what is refused
            address=there.address, key=index.keys[0], by=kit.reviewer(), at=kit.AT
        )
        assert refused(call) == "publisher_unknown"


def test_what_was_revoked_or_withdrawn_there_is_here_too_and_only_from_there(there: Served) -> None:
    key = trusted(there)
    release, by = kept(there), kit.reviewer()
    index: dict[str, Any] = there.index()
    index["keys"][0]["revoked_at"] = "2026-11-05T00:00:00Z"
    index["packages"][0]["releases"][1]["withdrawn"] = {
        "at": "2026-11-05T00:00:00Z",
        "reason": "Salah tarif.",
    }
    there.tell(index)
    found = instances.index_of(there.address, there.reach)
    assert fetching.learn(address="https://lain.example", index=found, by=by, at=LATER) == ()
    done = fetching.learn(address=there.address, index=found, by=by, at=LATER)
    assert done == (key.key_id, "32.11/sktm 1.0.1")
    release.refresh_from_db()
    key.refresh_from_db()
    assert (release.state, "Salah tarif." in release.reason) == (ReleaseState.WITHDRAWN, True)
    assert key.revoked_at is not None
    assert fetching.learn(address=there.address, index=found, by=by, at=LATER) == ()


def test_what_this_instance_tells_is_what_another_one_reads() -> None:
    client = Client()
    with transaction.atomic():
        release = kit.published()
        kit.sent(name="reklame")  # waits for review: not told
        index = client.get(INDEX_PATH)
        archive = client.get("/packages/32.11/sktm/1.0.0/archive/")
        assert client.get(f"{INDEX_PATH}?package=32.11/tidak-ada").json()["packages"] == []
        assert client.get(INDEX_PATH, headers={"If-None-Match": index["ETag"]}).status_code == 304
        assert client.get(f"{INDEX_PATH}?page=0").status_code == 422
        key_id = release.key.key_id
        transaction.set_rollback(True)
    assert not Release.objects.exists()
    answers = {
        INDEX_PATH: Answer(index.content),
        "/packages/32.11/sktm/1.0.0/archive/": Answer(archive.content, archive["Content-Type"]),
    }
    with served(answers) as there:
        assert (index["Content-Type"], index["Access-Control-Allow-Origin"]) == ("application/json", "*")
        found = instances.index_of(there.address, there.reach)
        assert [(one.identity, [each.version for each in one.releases]) for one in found.packages] == [
            ("32.11/sktm", ["1.0.0"])
        ]
        trusted(there)
        assert kept(there).key.key_id == key_id
    told = Client().get(INDEX_PATH).json()
    assert (told["packages"], told["keys"]) == ([], [])  # what was fetched stands at its origin


def test_a_person_trusts_and_fetches_on_the_page(there: Served, settings: Any) -> None:
    settings.FEDERATION_ALLOWED_HOSTS = frozenset({there.place})
    officer = signed_in(kit.reviewer())
    page = officer.get("/en/packages/elsewhere/", {"from": there.address})
    key = there.index()["keys"][0]["id"]  # type: ignore[index]
    assert "uji.example offers 1 package." in page.content.decode()
    given = {"from": there.address, "package": "32.11/sktm", "version": "1.0.1", "key": key}
    early = officer.post("/en/packages/elsewhere/", {**given, "step": "keep"})
    assert (early.status_code, "Nobody here trusts the key" in early.content.decode()) == (422, True)
    blind = officer.post("/en/packages/elsewhere/", {**given, "step": "trust"})
    assert (blind.status_code, SigningKey.objects.exists()) == (422, False)
    officer.post("/en/packages/elsewhere/", {**given, "step": "trust", f"compared-{key}": "yes"})
    kept_now = officer.post("/en/packages/elsewhere/", {**given, "step": "keep"}, follow=True)
    assert (
        "Version 1.0.1 of 32.11/sktm was verified and waits for its review here." in kept_now.content.decode()
    )
    assert "This version is here already." in kept_now.content.decode()
    settings.FEDERATION_ALLOWED_HOSTS = frozenset()
    plain = officer.get("/en/packages/elsewhere/", {"from": there.address})
    assert (plain.status_code, "is not the address of an instance" in plain.content.decode()) == (422, True)
