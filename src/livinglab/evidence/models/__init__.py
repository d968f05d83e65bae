from livinglab.evidence.models.fingerprint import Fingerprint
from livinglab.evidence.models.piece import Piece

__all__ = ["Fingerprint", "Piece"]
