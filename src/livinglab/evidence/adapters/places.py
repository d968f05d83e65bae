"""The storage and the scanner that the settings name."""

from pathlib import Path

from django.conf import settings

from livinglab.evidence.adapters.local_storage import LocalStorage
from livinglab.evidence.adapters.s3_signature import Credentials
from livinglab.evidence.adapters.s3_storage import S3Storage
from livinglab.evidence.adapters.scanner import ClamAv
from livinglab.evidence.adapters.storage import Storage


def storage() -> Storage:
    """This function will return where files lie: a bucket when one is set up, else a folder of this machine."""
    bucket = settings.EVIDENCE_BUCKET
    if bucket is None:
        return LocalStorage(Path(settings.EVIDENCE_DIR))
    keys = Credentials(bucket.access_key, bucket.secret_key, bucket.region)
    return S3Storage(bucket.endpoint, bucket.name, keys)


def scanner() -> ClamAv | None:
    """This function will return the scanner, None when none is set up."""
    return ClamAv(settings.CLAMAV_ADDRESS) if settings.CLAMAV_ADDRESS else None
