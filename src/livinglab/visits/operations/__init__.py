"""Every write of this context: one function, one transaction, one audit entry."""

from livinglab.visits.operations.cohorts import load_reference

__all__ = ["load_reference"]
