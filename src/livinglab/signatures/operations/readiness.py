"""Whether somebody can sign now: told before their passphrase is asked for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from livinglab.kernel.refusals import Refusal
from livinglab.signatures import policies
from livinglab.signatures.domain.services import Service
from livinglab.signatures.queries.issued import certificate_of


@dataclass(frozen=True, slots=True)
class Readiness:
    """Why an official cannot sign, None when they can; `asks_nik`: the service also asks for their national number."""

    refusal: Refusal | None
    asks_nik: bool


def readiness(organization_id: UUID, user_id: UUID, *, at: datetime) -> Readiness:
    """This function will tell whether an official can sign for an organisation, inside its transaction. One query."""
    certificate = certificate_of(organization_id, user_id)
    refusal = policies.may_sign(certificate, at=at)
    return Readiness(refusal, certificate is not None and certificate.service == Service.BSRE)
