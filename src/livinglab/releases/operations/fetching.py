"""Taking packages over from another Living Lab instance: keys trusted by name, versions verified, checked and kept."""

import base64
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, find_organization
from livinglab.packages.queries.differences import Comparison, compare
from livinglab.packages.queries.instances import Index, InstanceKey, Pulled
from livinglab.packages.queries.reading import read_zip
from livinglab.packages.queries.sealing import signature
from livinglab.releases import policies
from livinglab.releases.domain.states import ReleaseState, ReleaseStep
from livinglab.releases.domain.told import version_parts
from livinglab.releases.models import Listing, Release, SigningKey
from livinglab.releases.operations.keys import TOPIC
from livinglab.releases.operations.publishing import NotPublishable, keep, listing_of, tell
from livinglab.releases.operations.reviews import lock_release, move, record
from livinglab.releases.queries.checking import checked
from livinglab.releases.queries.fetched import fetched_from, trusted_key
from livinglab.releases.queries.parties import actor_of
from livinglab.releases.queries.releases import find_release


def trust(*, address: str, key: InstanceKey, by: User, at: datetime) -> SigningKey:
    """This function will pin a key of another instance as one of a publisher, in the name of who compared it.

    A second call changes nothing. Errors: `Refused` by the policy, for a publisher that is unknown here, and for a
    revoked key.
    """
    ensure(policies.may_trust(actor_of(by)))
    publisher = _publisher(key.publisher)
    with tenancy(publisher.id):
        if key.revoked_at is not None:
            raise Refused(Refusal("key_revoked", _("This key was revoked at its instance.")))
        known = SigningKey.objects.filter(key_id=key.id).first()
        if known is not None:
            return known
        row = SigningKey.objects.create(
            organization=publisher,
            key_id=key.id,
            public_key=base64.b64encode(key.raw).decode(),
            made_at=at,
            made_by=by.id,
            fetched_from=address,
        )
        _record_key(row, "releases.key_trusted", by=by, at=at)
    return row


def keep_pulled(*, pulled: Pulled, by: User, at: datetime) -> Release:
    """This function will keep a verified release of another instance as a version that waits for its review here.

    What was fetched before is returned as it is. Errors: `NotPublishable` for errors of the checks; `Refused` by the
    policy, for a publisher that is unknown here, a key that nobody trusts, a package that its region publishes here
    or that came from another place, and a version that is here with other content.
    """
    ensure(policies.may_fetch(actor_of(by)))
    manifest = pulled.package.manifest
    publisher = _publisher(manifest.publisher.code)
    report = checked(pulled.files)
    if report.package is None or not report.is_sound:
        raise NotPublishable(report)
    with tenancy(publisher.id):
        known = find_release(publisher.code, manifest.id, manifest.version)
        if known is not None and known.digest == pulled.release.digest:
            return known
        key = trusted_key(pulled.key, pulled.address)
        ensure(_refusal(publisher, pulled, known=known, key=key))
        assert key is not None, "the refusal asked before"
        listing = listing_of(report.package, publisher, at=at)
        seal = signature(pulled.files["signature.json"])
        release = keep(
            listing,
            report,
            _compared(listing, pulled),
            content=pulled.content,
            key=key,
            signature=seal.value,
            signed_at=datetime.fromisoformat(seal.at),
            submitted_by=None,
            fetched_from=pulled.address,
        )
        facts = {"digest": release.digest, "source": pulled.address}
        record(release, "releases.fetched", by=by.id, at=at, facts=facts)
        tell(release)
    return release


def learn(*, address: str, index: Index, by: User, at: datetime) -> tuple[str, ...]:
    """This function will revoke here what another instance revoked, and withdraw what it withdrew; what was done.

    Only keys trusted from there and versions fetched from there are touched; what is listed because it was recorded
    here before its key was revoked stays. Errors: `Refused` by the policy.
    """
    ensure(policies.may_fetch(actor_of(by)))
    done = [*_revoked(address, index.keys, by=by, at=at)]
    for package in index.packages:
        for offered in package.releases:
            release = find_release(package.publisher, package.id, offered.version)
            if offered.is_withdrawn and release is not None and _is_to_withdraw(release, address):
                with tenancy(None):
                    locked = lock_release(release.id)
                    reason = str(_("Withdrawn at its instance: %s") % offered.reason)[:1000]
                    move(locked, ReleaseStep.WITHDRAW, reason=reason, by=by.id, at=at)
                done.append(f"{package.identity} {offered.version}")
    return tuple(done)


def _is_to_withdraw(release: Release, address: str) -> bool:
    offered = (ReleaseState.IN_REVIEW, ReleaseState.LISTED)
    return release.fetched_from == address and ReleaseState(release.state) in offered


def _revoked(address: str, keys: Iterable[InstanceKey], *, by: User, at: datetime) -> Iterable[str]:
    for key in keys:
        row = SigningKey.objects.filter(
            key_id=key.id, fetched_from=address, organization__code=key.publisher, revoked_at__isnull=True
        ).first()
        if key.revoked_at is None or row is None:
            continue
        with tenancy(row.organization_id):
            row.revoked_at = max(key.revoked_at, row.made_at)
            row.reason = str(_("Revoked at its instance, %s.") % address)[:300]
            row.save(update_fields=["revoked_at", "reason"])
            _record_key(row, "releases.key_revoked", by=by, at=at)
        yield key.id


def _record_key(row: SigningKey, action: str, *, by: User, at: datetime) -> None:
    audit.record(
        organization_id=row.organization_id,
        by=by.id,
        at=at,
        action=action,
        subject=row.key_id,
        facts={"source": row.fetched_from},
    )
    changed(TOPIC)


def _publisher(code: str) -> Organization:
    found = find_organization(code)
    if found is None:
        raise Refused(
            Refusal(
                "publisher_unknown", _("The publisher %s is not an organisation of this installation.") % code
            )
        )
    return found


def _refusal(
    publisher: Organization, pulled: Pulled, *, known: Release | None, key: SigningKey | None
) -> Refusal | None:
    """Return why a verified release is not kept: nothing local is ever overwritten."""
    manifest = pulled.package.manifest
    said = {"identity": manifest.identity, "version": manifest.version, "key": pulled.key.id}
    origin = fetched_from(publisher.code, manifest.id)
    if origin == "":
        reason = _("%(identity)s is published here by its own region. Nothing was overwritten.")
        return Refusal("published_here", reason % said)
    if origin not in (None, pulled.address):
        reason = _("%(identity)s came from %(origin)s, and takes newer versions only from there.")
        return Refusal("other_origin", reason % {**said, "origin": origin})
    if known is not None:
        reason = _("Version %(version)s of %(identity)s is here with other content. Nothing was overwritten.")
        return Refusal("other_content", reason % said)
    if key is None:
        reason = _(
            "Nobody here trusts the key %(key)s yet. An officer of a ministry compares it with what the publisher "
            "says another way."
        )
        return Refusal("key_not_trusted", reason % said)
    if key.revoked_at is not None:
        return Refusal("key_revoked", _("The key %(key)s is revoked here.") % said)
    return None


def _compared(listing: Listing, pulled: Pulled) -> Comparison | None:
    """Return what changed since the version before this one that is here, None where none is."""
    parts = version_parts(pulled.package.manifest.version)
    row = listing.releases.filter(version_parts__lt=parts).order_by("-version_parts").first()
    if row is None:
        return None
    before = {path: text.decode() for path, text in read_zip(bytes(row.content)).items()}
    return compare(before, {path: text.decode() for path, text in pulled.package.files.items()})
