"""The signing service that the settings name."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from livinglab.signatures.adapters.authority import open_authority
from livinglab.signatures.adapters.bsre import BsreSigner
from livinglab.signatures.adapters.local_signer import LocalSigner
from livinglab.signatures.domain.services import Service


class NotSetUp(Exception):
    """This installation has no signing service."""


def local_signer(*, at: datetime) -> LocalSigner | None:
    """This function will return the authority of a demonstration or test, made at its first use; None elsewhere."""
    if not settings.LOCAL_AUTHORITY:
        return None
    secrets = [str(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return LocalSigner(open_authority(Path(settings.AUTHORITY_DIR), at=at), secrets)


def signer_for(service: Service, *, at: datetime) -> LocalSigner | BsreSigner:
    """This function will return who signs with the certificates of a service. Errors: `NotSetUp`."""
    if service is Service.LOCAL:
        local = local_signer(at=at)
        if local is None:
            raise NotSetUp
        return local
    place = settings.BSRE
    if place is None:
        raise NotSetUp
    return BsreSigner(place.url, place.user, place.password, place.seconds)
