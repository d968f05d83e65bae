"""A complaint that a program sends twice is one complaint: its secret is made of what names the act.

So nothing is kept for it: who repeats finds the case by its secret, and the database refuses a second one of the same
secret, also to two at the same moment. Without SECRET_KEY nobody makes such a secret; who has the key of the act and
every answer, and so could have one said again, is who sent them.
"""

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.utils.crypto import salted_hmac

from livinglab.casework.domain.complaints import CONTACTS
from livinglab.casework.domain.secrets import fingerprint
from livinglab.casework.models import Case, OfferedService
from livinglab.casework.operations.attachments import Upload

#: without a key of the act: so soon the same words of the same person are the same complaint
SOON: Final = timedelta(minutes=10)
_SALT: Final = "casework.report"


def secrets_of(
    service: OfferedService, *, answers: Mapping[str, object], file: Upload | None, key: str, at: datetime
) -> tuple[str, ...]:
    """This function will return the secrets by which a complaint is known; the first is for a new one.

    With the `key` of an act there is one, for ever. Without a key there is one for each ten minutes, where a telephone
    or an address of mail says whose complaint it is; otherwise none, since the same words may be two people's.
    """
    said = [
        str(service.organization_id),
        str(service.service_id),
        dict(answers),
        sha256(file.stream.read()).hexdigest() if file else "",
    ]
    if file:
        file.stream.seek(0)
    if key:
        return (_secret([*said, "key", key]),)
    if not any(answers.get(one) for one in CONTACTS):
        return ()
    nth = int(at.timestamp() // SOON.total_seconds())
    return tuple(_secret([*said, "soon", one]) for one in (nth, nth - 1))


def repeated(
    organization_id: UUID, secrets: tuple[str, ...], *, key: str, at: datetime
) -> tuple[Case, str] | None:
    """This function will return the case that a complaint became before, with its secret; None for a new one."""
    by_fingerprint = {fingerprint(one): one for one in secrets}
    if not by_fingerprint:
        return None
    rows = Case.objects.filter(organization_id=organization_id, secret__in=by_fingerprint)
    if not key:
        rows = rows.filter(started_at__gte=at - SOON)
    case = rows.order_by("-started_at").first()
    return (case, by_fingerprint[case.secret]) if case else None


def _secret(said: list[object]) -> str:
    text = json.dumps(said, sort_keys=True, default=str)
    digest = salted_hmac(_SALT, text, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
