"""Every write of this context: one function, one transaction, one audit entry."""

from livinglab.catalogue.operations.packages import project_package, prove_package
from livinglab.catalogue.operations.practices import (
    PracticeRefused,
    move_practice,
    project_practice,
    save_practice,
    write_practice,
)
from livinglab.catalogue.operations.register import (
    EntryRefused,
    load_reference,
    project_own_service,
    record_own_service,
    withdraw_own_service,
)
from livinglab.catalogue.operations.shelf import shelve, unshelve

__all__ = [
    "EntryRefused",
    "PracticeRefused",
    "load_reference",
    "move_practice",
    "project_own_service",
    "project_package",
    "project_practice",
    "prove_package",
    "record_own_service",
    "save_practice",
    "shelve",
    "unshelve",
    "withdraw_own_service",
    "write_practice",
]
