"""The words for what an examination finds."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.signatures.domain.verdicts import Integrity, Level, Verdict

#: the finding in a sentence
VERDICTS: Final[Mapping[Verdict, Promise]] = MappingProxyType(
    {
        Verdict.VALID: _("The document is genuine: it is unchanged, and its signature is valid."),
        Verdict.CHANGED: _("The document was changed after it was signed. Do not rely on it."),
        Verdict.REVOKED: _("The signer's certificate was revoked. Do not rely on the document."),
        Verdict.EXPIRED: _(
            "The signer's certificate was not valid at the time of signing, or nothing in the file proves that it was."
        ),
        Verdict.UNTRUSTED: _(
            "The document is unchanged, but whoever issued the signer's certificate is not known here."
        ),
        Verdict.UNPROVEN: _(
            "The document is unchanged, but the file does not hold what would prove its signature valid."
        ),
        Verdict.UNSIGNED: _("The document carries no electronic signature."),
    }
)
INTEGRITIES: Final[Mapping[Integrity, Promise]] = MappingProxyType(
    {
        Integrity.INTACT: _("unchanged since it was signed"),
        Integrity.CHANGED: _("changed after it was signed"),
    }
)
#: what each level adds to the one before
LEVELS: Final[Mapping[Level, Promise]] = MappingProxyType(
    {
        Level.B_B: _("signature only; its time is what the signer's machine said"),
        Level.B_T: _("signature with a proven time"),
        Level.B_LT: _("signature with a proven time and what is needed to check it later"),
        Level.B_LTA: _(
            "signature with a proven time, what is needed to check it later, and a seal over all of it"
        ),
    }
)
#: the finding in a few words
HEADINGS: Final[Mapping[Verdict, Promise]] = MappingProxyType(
    {
        Verdict.VALID: _("Unchanged, with a valid signature"),
        Verdict.CHANGED: _("Changed after it was signed"),
        Verdict.REVOKED: _("Signed with a revoked certificate"),
        Verdict.EXPIRED: _("Signed without a valid certificate"),
        Verdict.UNTRUSTED: _("Signed by somebody who is not known here"),
        Verdict.UNPROVEN: _("Unchanged, but the signature cannot be proven"),
        Verdict.UNSIGNED: _("Not signed"),
    }
)
