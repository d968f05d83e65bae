"""An adaptation published as a package of the adopter's own, which names where it comes from."""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.operations.records import lock_adoption, record
from livinglab.adoptions.queries.editions import texts_in_use, texts_of_release
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.preparing import Identity, Origin, derived
from livinglab.packages.queries.reading import parse_package
from livinglab.packages.queries.sealing import build
from livinglab.releases.operations.publishing import submit
from livinglab.releases.queries.releases import Release, find_listing

LONGEST_NAME: Final = 160
LONGEST_WHY: Final = 1000
_ID: Final = re.compile(r"[a-z][a-z0-9-]{1,39}")


def derive(
    *,
    organization: Organization,
    adoption_id: UUID,
    package_id: str,
    name: str,
    why: str,
    by: User,
    at: datetime,
) -> Release:
    """This function will publish what a region runs as the first version of a package of its own, waiting for review.

    It names the release it was made of, whose digest its readers can check. Values and people stay with the region.
    Errors: `UnknownAdoption`; `Refused` by the policies, for an id that is unfit or taken, without a name or a reason,
    and for a service that runs as it is at its origin; `NotPublishable` for errors of the checks.
    """
    name, why = " ".join(name.split()), " ".join(why.split())
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(policies.may_offer(roles_in(by, organization.id), state=AdoptionState(row.state)))
        ensure(_refusal_of_words(package_id, name, why))
        if find_listing(organization.code, package_id) is not None:
            raise Refused(
                Refusal("id_taken", _("You publish a package of this id already. Choose another id."))
            )
        texts = texts_in_use(row)
        if not compare(texts_of_release(row.base_id), texts).differences:
            raise Refused(
                Refusal(
                    "nothing_changed",
                    _("You run it as it is at its origin. A copy would be of no use to others."),
                )
            )
        identity = Identity(organization.code, organization.name, package_id, name)
        origin = Origin(row.listing.publisher.code, row.listing.package_id, row.base.version, row.base.digest)
        log = f"- {why} (dari {origin.publisher}/{origin.id} {origin.version}, {row.listing.publisher.name})"
        files = derived(texts, identity=identity, origin=origin, log=log)
        package = parse_package({path: text.encode() for path, text in files.items()})
        release = submit(organization=organization, content=build(package), by=by, at=at)
        record(row, "adoptions.derived", by=by.id, at=at, facts={"name": package_id})
    return release


def _refusal_of_words(package_id: str, name: str, why: str) -> Refusal | None:
    if not _ID.fullmatch(package_id):
        return Refusal(
            "id_unfit",
            _("An id is 2 to 40 small letters, digits and hyphens, a letter first, such as sktm-desa."),
        )
    if not 0 < len(name) <= LONGEST_NAME:
        return Refusal("name_missing", _("Give the package a name of up to 160 characters."))
    if not 0 < len(why) <= LONGEST_WHY:
        return Refusal("why_missing", _("Say in up to 1,000 characters what makes it another service."))
    return None
