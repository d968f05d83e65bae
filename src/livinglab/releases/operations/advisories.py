"""Warnings about published versions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.releases import policies
from livinglab.releases.domain.states import AdvisoryKind, Severity
from livinglab.releases.events import AdvisoryIssued
from livinglab.releases.models import Advisory, Listing
from livinglab.releases.operations.keys import TOPIC
from livinglab.releases.queries.parties import actor_of

LONGEST_TEXT: Final = 2000


class UnknownAdvisory(Exception):
    """There is no such advisory."""


def warn(
    *,
    listing: Listing,
    versions: Iterable[str],
    kind: AdvisoryKind,
    severity: Severity,
    text: str,
    fixed_in: str = "",
    issued_for: Organization,
    by: User,
    at: datetime,
) -> Advisory:
    """This function will warn of versions of a package; their adopters are told by the event.

    Errors: `Refused` by the policy, without text, without a version, and for versions that were never published.
    """
    named, text = tuple(dict.fromkeys(versions)), text.strip()
    with tenancy(None):
        actor = actor_of(by)
        ensure(policies.may_warn(actor, publisher_id=listing.publisher_id, issuer_id=issued_for.id))
        known = set(listing.releases.values_list("version", flat=True))
        unknown = [one for one in (*named, *([fixed_in] if fixed_in else ())) if one not in known]
        if unknown or not named:
            raise Refused(
                Refusal(
                    "versions_unknown", _("Name versions that were published: %s.") % ", ".join(sorted(known))
                )
            )
        if not text or len(text) > LONGEST_TEXT:
            raise Refused(
                Refusal("text_missing", _("Say in up to 2,000 characters what is wrong and what to do."))
            )
        row = Advisory.objects.create(
            listing=listing,
            versions=list(named),
            kind=kind,
            severity=severity,
            text=text,
            fixed_in=fixed_in,
            issued_for=issued_for,
            issued_by=by.id,
            issued_at=at,
        )
        _tell(row, "releases.advisory_issued", by=by.id, at=at, is_lifted=False)
    return row


def lift(*, advisory_id: UUID, by: User, at: datetime) -> Advisory:
    """This function will lift a warning by whoever issued it. Errors: `UnknownAdvisory`; `Refused` by the policy."""
    with tenancy(None):
        row = (
            Advisory.objects.select_for_update(of=("self",))
            .select_related("listing")
            .filter(id=advisory_id)
            .first()
        )
        if row is None:
            raise UnknownAdvisory(advisory_id)
        actor = actor_of(by)
        ensure(policies.may_warn(actor, publisher_id=row.listing.publisher_id, issuer_id=row.issued_for_id))
        if row.lifted_at is not None:
            raise Refused(Refusal("lifted_already", _("This warning was lifted already.")))
        row.lifted_at, row.lifted_by = at, by.id
        row.save(update_fields=["lifted_at", "lifted_by"])
        _tell(row, "releases.advisory_lifted", by=by.id, at=at, is_lifted=True)
    return row


def _tell(row: Advisory, action: str, *, by: UUID, at: datetime, is_lifted: bool) -> None:
    audit.record(
        organization_id=row.issued_for_id,
        by=by,
        at=at,
        action=action,
        subject=row.listing.package_id,
        facts={"versions": row.versions, "kind": row.kind, "severity": row.severity},
    )
    changed(TOPIC)
    publish(AdvisoryIssued(listing_id=row.listing_id, advisory_id=row.id, is_lifted=is_lifted))
