"""What a piece of evidence is: the words belong to the context that keeps the pieces."""

from livinglab.evidence.domain.types import EvidenceType

__all__ = ["EvidenceType"]
