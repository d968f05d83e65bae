"""A version is checked, signed, reviewed and offered; it never changes; a key can be renewed and revoked."""

import base64
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import IntegrityError, transaction

from livinglab.audit.models import Entry
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Role
from livinglab.packages.adapters.zips import write_zip
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.domain.signatures import key_id
from livinglab.packages.queries.reading import digest_of, parse_package, read_zip
from livinglab.packages.queries.sealing import build, sign
from livinglab.releases.domain.states import AdvisoryKind, Point, ReleaseState, ReleaseStep, Severity
from livinglab.releases.models import Listing, Release, SigningKey, SigningSecret
from livinglab.releases.operations import advisories, keys, reviews
from livinglab.releases.operations.publishing import NotPublishable, submit
from livinglab.releases.queries.releases import advisories_in_force, find_listing
from tests.organizations.people import make_member, organization
from tests.releases import kit

pytestmark = pytest.mark.django_db


def refusal(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def test_a_version_is_kept_with_its_digest_and_a_signature_that_another_reader_verifies() -> None:
    release = kit.sent()
    files = read_zip(bytes(release.content))
    seal = json.loads(files["signature.json"])
    assert release.digest == digest_of(files) == seal["digest"]
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(release.key.public_key))
    told = "\n".join(["livinglab-package/1", "32.11", "sktm", "1.0.0", release.digest, seal["at"], ""])
    public.verify(base64.b64decode(seal["signature"]), told.encode())
    with pytest.raises(InvalidSignature):
        public.verify(base64.b64decode(seal["signature"]), told.replace("1.0.0", "1.0.1").encode())
    assert (release.state, release.readiness, release.requires) == (ReleaseState.IN_REVIEW, 100, "major")


def test_the_same_content_sent_twice_is_one_release() -> None:
    first, second = kit.sent(), kit.sent()
    assert first.id == second.id
    assert Release.objects.count() == 1


def test_it_is_offered_only_after_each_point_is_met() -> None:
    release, by = kit.sent(), kit.reviewer()
    for point in list(Point)[:-1]:
        reviews.answer(release_id=release.id, point=point, is_met=True, by=by, at=kit.AT)
    with pytest.raises(Refused) as error:
        reviews.take(release_id=release.id, step=ReleaseStep.LIST, by=by, at=kit.AT)
    assert refusal(error) == "points_are_open"
    assert find_listing("32.11", "sktm").newest is None
    kit.listed(release)
    listing = find_listing("32.11", "sktm")
    assert listing.newest == release
    assert listing.name_id == "Surat Keterangan Tidak Mampu"


def test_nobody_reviews_for_the_own_region_and_a_region_reviews_nothing() -> None:
    release = kit.sent()
    with pytest.raises(Refused) as error:
        reviews.answer(
            release_id=release.id, point=Point.LAW, is_met=True, by=kit.coordinator("14.08"), at=kit.AT
        )
    assert refusal(error) == "not_a_reviewer"
    both = make_member("petugas.rangkap", Role.MINISTRY, kit.MINISTRY)
    grant_membership(user=both, organization=organization("32.11"), role=Role.DATA_ENTRY, by=None, at=kit.AT)
    with pytest.raises(Refused) as error:
        reviews.answer(release_id=release.id, point=Point.LAW, is_met=True, by=both, at=kit.AT)
    assert refusal(error) == "not_a_reviewer"


def test_a_point_that_is_not_met_says_what_is_missing_and_a_return_says_why() -> None:
    release, by = kit.sent(), kit.reviewer()
    with pytest.raises(Refused) as error:
        reviews.answer(release_id=release.id, point=Point.LAW, is_met=False, by=by, at=kit.AT)
    assert refusal(error) == "note_missing"
    with pytest.raises(Refused) as error:
        reviews.take(release_id=release.id, step=ReleaseStep.RETURN, by=by, at=kit.AT)
    assert refusal(error) == "reason_missing"
    reviews.take(
        release_id=release.id, step=ReleaseStep.RETURN, reason="Dasar hukum kurang.", by=by, at=kit.AT
    )
    release.refresh_from_db()
    assert (release.state, release.reason) == (ReleaseState.RETURNED, "Dasar hukum kurang.")


def test_another_publishers_package_is_refused_and_nothing_is_kept() -> None:
    home = organization("32.11")
    content = kit.zipped(kit.files_of("sktm", organization("14.08")))
    with pytest.raises(Refused) as error:
        submit(organization=home, content=content, by=kit.coordinator(), at=kit.AT)
    assert refusal(error) == "other_publisher"
    assert not Listing.objects.exists()


def test_a_tampered_package_and_one_of_a_revoked_key_are_refused_and_nothing_is_kept() -> None:
    home, by = organization("32.11"), kit.coordinator()
    files = read_zip(bytes(kit.sent().content))
    seal = {"signature.json": files["signature.json"]}
    changed = {**kit.raised(kit.files_of("sktm", home), "1.0.1"), **seal}
    with pytest.raises(PackageRefused) as error:
        submit(organization=home, content=write_zip(changed), by=by, at=kit.AT)
    assert [one.code for one in error.value.faults] == ["P091"]
    key = SigningKey.objects.get()
    raw, other = Ed25519PrivateKey.generate(), parse_package(kit.raised(kit.files_of("sktm", home), "1.0.2"))
    content = build(other, sign(other, raw, kit.AT))
    public = base64.b64encode(raw.public_key().public_bytes_raw()).decode()
    SigningKey.objects.filter(id=key.id).update(
        public_key=public, key_id=key_id(raw.public_key().public_bytes_raw())
    )
    keys.revoke(organization=home, key_id=SigningKey.objects.get().key_id, reason="Bocor.", by=by, at=kit.AT)
    with pytest.raises(PackageRefused) as error:
        submit(organization=home, content=content, by=by, at=kit.AT)
    assert [one.code for one in error.value.faults] == ["P093"]
    assert Release.objects.count() == 1


def test_what_its_author_signed_with_a_key_of_its_own_is_signed_anew() -> None:
    home, raw = organization("32.11"), Ed25519PrivateKey.generate()
    package = parse_package(kit.files_of("sktm", home))
    sealed = build(package, sign(package, raw, kit.AT))
    release = submit(organization=home, content=sealed, by=kit.coordinator(), at=kit.AT)
    seal = json.loads(read_zip(bytes(release.content))["signature.json"])
    assert seal["key"] == release.key.key_id != key_id(raw.public_key().public_bytes_raw())


def test_a_package_in_a_field_of_national_applications_is_less_ready() -> None:
    home = organization("32.11")
    files = kit.files_of("sktm", home)
    manifest = files["package.yaml"].decode()
    before = next(line for line in manifest.splitlines() if line.startswith("functions: "))
    files["package.yaml"] = manifest.replace(before, "functions: [archives]").encode()
    assert kit.sent(files=files).readiness == 90


def test_an_officer_without_the_right_sends_nothing() -> None:
    clerk = make_member("entri.uji", Role.DATA_ENTRY, "32.11")
    home = organization("32.11")
    with pytest.raises(Refused) as error:
        submit(organization=home, content=kit.zipped(kit.files_of("sktm", home)), by=clerk, at=kit.AT)
    assert refusal(error) == "not_for_the_publisher"


def test_a_package_with_errors_is_refused_with_its_faults() -> None:
    home = organization("32.11")
    files = kit.files_of("sktm", home)
    broken = {
        **files,
        "rules/eligibility.json": files["rules/eligibility.json"].replace(b"form.income", b"form.wage"),
    }
    with pytest.raises(NotPublishable) as error:
        submit(organization=home, content=kit.zipped(broken), by=kit.coordinator(), at=kit.AT)
    assert {one.path for one in error.value.report.faults} == {"rules/eligibility.json"}
    assert not Release.objects.exists()


def test_a_version_below_what_changed_requires_is_refused() -> None:
    first = kit.published()
    home = organization("32.11")
    files = kit.files_of("sktm", home)
    rule = "rules/eligibility.json"
    low = kit.raised(files, "1.0.1", **{rule: ("form.members <= param", "form.members < param")})
    with pytest.raises(Refused) as error:
        submit(organization=home, content=kit.zipped(low), by=kit.coordinator(), at=kit.AT)
    assert refusal(error) == "version_too_low"
    high = kit.raised(files, "1.1.0", **{rule: ("form.members <= param", "form.members < param")})
    second = submit(organization=home, content=kit.zipped(high), by=kit.coordinator(), at=kit.AT)
    assert (second.requires, second.changes) == ("minor", "- Perubahan.")
    assert find_listing("32.11", "sktm").newest == first
    kit.listed(second)
    assert find_listing("32.11", "sktm").newest == second


def test_the_database_lets_nobody_change_or_delete_a_release() -> None:
    release = kit.published()
    for change in ({"content": b"other"}, {"version": "9.9.9"}, {"digest": "sha256:0"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(id=release.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(id=release.id).delete()


def test_a_withdrawn_version_gives_way_to_the_one_before() -> None:
    first = kit.published()
    files = kit.files_of("sktm", organization("32.11"))
    second = kit.published(files=kit.raised(files, "1.0.1"))
    reviews.take(
        release_id=second.id,
        step=ReleaseStep.WITHDRAW,
        reason="Salah tarif.",
        by=kit.coordinator(),
        at=kit.AT,
    )
    assert find_listing("32.11", "sktm").newest == first


def test_a_key_is_made_once_renewed_and_revoked_and_its_private_half_forgotten() -> None:
    home, by = organization("32.11"), kit.coordinator()
    release = kit.sent()
    old = release.key
    new = keys.renew(organization=home, by=by, at=kit.AT)
    with tenancy(home.id):
        assert [one.key_id for one in SigningSecret.objects.all()] == [new.key_id]
    keys.revoke(organization=home, key_id=new.key_id, reason="Laptop hilang.", by=by, at=kit.AT)
    with tenancy(home.id):
        assert not SigningSecret.objects.exists()
    assert SigningKey.objects.get(key_id=old.key_id).retired_at == kit.AT
    with pytest.raises(Refused) as error:
        keys.revoke(organization=home, key_id=new.key_id, reason="Lagi.", by=by, at=kit.AT)
    assert refusal(error) == "revoked_already"
    with pytest.raises(Refused) as error:
        keys.revoke(organization=home, key_id=old.key_id, reason=" ", by=by, at=kit.AT)
    assert refusal(error) == "reason_missing"


def test_one_organisation_cannot_read_the_secret_of_another() -> None:
    kit.sent()
    with tenancy(organization("14.08").id):
        assert not SigningSecret.objects.exists()


def test_a_warning_names_published_versions_and_is_lifted_by_who_issued_it() -> None:
    release = kit.published()
    given = {
        "listing": release.listing,
        "kind": AdvisoryKind.FAULTY,
        "severity": Severity.HIGH,
        "text": "Batas penghasilan salah.",
        "issued_for": organization("32.11"),
        "by": kit.coordinator(),
        "at": kit.AT,
    }
    with pytest.raises(Refused) as error:
        advisories.warn(**given, versions=["7.7.7"])
    assert refusal(error) == "versions_unknown"
    row = advisories.warn(**given, versions=["1.0.0"])
    assert advisories_in_force(release.listing_id, "1.0.0") == (row,)
    with pytest.raises(Refused) as error:
        advisories.lift(advisory_id=row.id, by=kit.coordinator("14.08"), at=kit.AT)
    assert refusal(error) == "may_not_warn"
    advisories.lift(advisory_id=row.id, by=kit.coordinator(), at=kit.AT)
    assert advisories_in_force(release.listing_id, "1.0.0") == ()


def test_each_write_stands_in_the_trail_of_the_publisher() -> None:
    kit.published()
    with tenancy(organization("32.11").id):
        entries = Entry.objects.filter(action__startswith="releases.").order_by("number")
        actions = list(entries.values_list("action", flat=True))
    assert actions == [
        "releases.key_made",
        "releases.submitted",
        *["releases.point_answered"] * 4,
        "releases.moved",
    ]
