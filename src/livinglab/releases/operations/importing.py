"""Importing a package that is published here already: compared first, then each differing part decided, or none."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.packages.queries.choosing import Choice, chosen
from livinglab.packages.queries.preparing import numbered, renamed
from livinglab.packages.queries.reading import digest_of, parse_package, read_zip
from livinglab.packages.queries.sealing import build
from livinglab.releases import policies
from livinglab.releases.models import Listing, ReceivedPackage, Release
from livinglab.releases.operations.publishing import submit
from livinglab.releases.queries.imports import existing_texts, head_of, received_texts
from livinglab.releases.queries.parties import actor_of

LONGEST_LOG = 1000
#: an upload that nobody decided about is forgotten at the next one
KEPT = timedelta(days=7)


class UnknownUpload(Exception):
    """There is no such upload of this organisation."""


def receive(*, organization: Organization, content: bytes, by: User, at: datetime) -> ReceivedPackage:
    """This function will keep an upload to be compared with what is published under its id; the same one is kept once.

    Errors: PackageRefused for what cannot be read; `Refused` by the policy, for another publisher's package, where
    nothing is published under its id, and for content that is a version already.
    """
    with tenancy(organization.id):
        ensure(policies.may_publish(actor_of(by), publisher_id=organization.id))
        files = read_zip(content)
        manifest = parse_package(files).manifest
        digest = digest_of(files)
        ensure(_refusal(organization, manifest.publisher.code, manifest.id, digest))
        ReceivedPackage.objects.filter(organization_id=organization.id, received_at__lt=at - KEPT).delete()
        known = ReceivedPackage.objects.filter(organization_id=organization.id, digest=digest).first()
        if known is not None:
            return known
        row = ReceivedPackage.objects.create(
            organization_id=organization.id,
            package_id=manifest.id,
            digest=digest,
            content=content,
            received_at=at,
            received_by=by.id,
        )
        _record(row, "releases.import_received", by=by, at=at)
    return row


def discard(*, organization: Organization, received_id: UUID, by: User, at: datetime) -> None:
    """This function will forget an upload. Errors: `UnknownUpload`; `Refused` by the policy."""
    with tenancy(organization.id):
        ensure(policies.may_publish(actor_of(by), publisher_id=organization.id))
        row = _lock(organization, received_id)
        _record(row, "releases.import_discarded", by=by, at=at)
        row.delete()


def publish_choices(
    *,
    organization: Organization,
    received_id: UUID,
    choices: Mapping[str, Choice],
    log: str,
    by: User,
    at: datetime,
) -> Release:
    """This function will publish what choices by path make of an upload and the newest version, as the next version.

    Its number is the least that the changes require. Errors: `UnknownUpload`; those of `submit`; `Refused` by the
    policy, without a log, for a choice that a part does not have, and when nothing of the upload was chosen.
    """
    log = log.strip()
    with tenancy(organization.id):
        row = _lock(organization, received_id)
        if not log or len(log) > LONGEST_LOG or log.startswith("#"):
            raise Refused(
                Refusal("log_missing", _("Say in up to 1,000 characters what changed, without headings."))
            )
        existing = existing_texts(organization.id, row.package_id)
        try:
            texts, compared = chosen(existing, received_texts(row), choices)
        except ValueError:
            raise Refused(
                Refusal(
                    "choice_unknown", _("One of these choices is not there any more. Look at the list again.")
                )
            ) from None
        if not compared.differences or compared.least is None:
            raise Refused(
                Refusal("nothing_chosen", _("Nothing of the import was chosen; nothing would change."))
            )
        release = _submitted(
            organization, numbered(texts, version=str(compared.least), log=log), by=by, at=at
        )
        row.delete()
    return release


def publish_beside(
    *, organization: Organization, received_id: UUID, package_id: str, by: User, at: datetime
) -> Release:
    """This function will publish an upload as a package of its own beside the one that has its id.

    Errors: `UnknownUpload`; those of `submit`; `Refused` by the policy and for an id that is taken.
    """
    with tenancy(organization.id):
        row = _lock(organization, received_id)
        if Listing.objects.filter(publisher_id=organization.id, package_id=package_id).exists():
            raise Refused(
                Refusal("id_taken", _("You have a package %s already. Choose another id.") % package_id)
            )
        texts = renamed(received_texts(row), package_id=package_id)
        release = _submitted(organization, texts, by=by, at=at)
        row.delete()
    return release


def _submitted(organization: Organization, texts: Mapping[str, str], *, by: User, at: datetime) -> Release:
    package = parse_package({path: text.encode() for path, text in texts.items()})
    return submit(organization=organization, content=build(package), by=by, at=at)


def _lock(organization: Organization, received_id: UUID) -> ReceivedPackage:
    rows = ReceivedPackage.objects.select_for_update().filter(organization_id=organization.id, id=received_id)
    row = rows.first()
    if row is None:
        raise UnknownUpload(received_id)
    return row


def _refusal(organization: Organization, publisher: str, package_id: str, digest: str) -> Refusal | None:
    if publisher != organization.code:
        reason = _("package.yaml names the publisher %(named)s. Yours is %(own)s.")
        return Refusal("other_publisher", reason % {"named": publisher, "own": organization.code})
    if head_of(organization.id, package_id) is None:
        reason = _("You publish no package %s yet, so there is nothing to compare. Send it.")
        return Refusal("nothing_to_compare", reason % package_id)
    known = Release.objects.filter(listing__publisher_id=organization.id, digest=digest).first()
    if known is not None:
        return Refusal(
            "here_already", _("This is version %s, byte for byte. Nothing was imported.") % known.version
        )
    return None


def _record(row: ReceivedPackage, action: str, *, by: User, at: datetime) -> None:
    audit.record(
        organization_id=row.organization_id,
        by=by.id,
        at=at,
        action=action,
        subject=row.package_id,
        facts={"digest": row.digest},
    )
