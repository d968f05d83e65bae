"""Every write of evidence: one transaction, one audit entry. Facts hold no personal data and no file names."""

from livinglab.evidence.adapters.examiner import NotDrawn
from livinglab.evidence.adapters.storage import NotStored, StorageFailed
from livinglab.evidence.domain.details import Details
from livinglab.evidence.domain.formats import Fault
from livinglab.evidence.operations.adding import add_file, add_link, revise_file, revise_link
from livinglab.evidence.operations.beside import (
    forget_beside,
    keep_beside,
    lying_beside,
    open_beside,
    suitable,
)
from livinglab.evidence.operations.changing import classify, describe, review, withdraw
from livinglab.evidence.operations.looking import Looked, Upload
from livinglab.evidence.operations.opening import OpenedFile, open_file
from livinglab.evidence.operations.refused import DetailsRefused, FileRefused
from livinglab.evidence.operations.tidying import forget_orphans
from livinglab.evidence.policies import Reader, may_open

__all__ = [
    "Details",
    "DetailsRefused",
    "Fault",
    "FileRefused",
    "Looked",
    "NotDrawn",
    "NotStored",
    "OpenedFile",
    "Reader",
    "StorageFailed",
    "Upload",
    "add_file",
    "add_link",
    "classify",
    "describe",
    "forget_beside",
    "forget_orphans",
    "keep_beside",
    "lying_beside",
    "may_open",
    "open_beside",
    "open_file",
    "review",
    "revise_file",
    "revise_link",
    "suitable",
    "withdraw",
]
