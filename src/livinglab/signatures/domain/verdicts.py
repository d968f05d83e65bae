"""What is found out about the signatures of a PDF: pure values, in the words of ETSI EN 319 142-1 (PAdES)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Integrity(StrEnum):
    """Whether the document is what was signed."""

    INTACT = "intact"
    CHANGED = "changed"


class Level(StrEnum):
    """The baseline level of a PAdES signature (ETSI EN 319 142-1, section 6)."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"


class Verdict(StrEnum):
    """What a reader may conclude. The first that applies, in this order, is given."""

    UNSIGNED = "unsigned"
    CHANGED = "changed"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNTRUSTED = "untrusted"
    UNPROVEN = "unproven"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a document.

    `time` is proven by a timestamp when `is_time_proven`, else it is what the signer's machine claimed.
    `serial` is the certificate's serial number in hexadecimal digits, `issuer` the name of who issued it.
    `reason` is why the verdict is not valid, as the standard names it; empty for a valid one.
    """

    signer: str
    position: str
    organization: str
    issuer: str
    serial: str
    time: datetime | None
    is_time_proven: bool
    integrity: Integrity
    level: Level
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """What a PDF says about itself: its signatures, oldest first; `sha256` of the whole file in hexadecimal digits."""

    sha256: str
    signatures: tuple[Signature, ...]

    @property
    def verdict(self) -> Verdict:
        """This function will return the worst verdict of all signatures."""
        order = list(Verdict)
        return min((one.verdict for one in self.signatures), key=order.index, default=Verdict.UNSIGNED)

    @property
    def shown(self) -> Signature | None:
        """This function will return the signature that the verdict comes from, None without signatures."""
        return next((one for one in self.signatures if one.verdict is self.verdict), None)
