"""The mail that tells somebody what happened to a package: plain text, with public words alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from livinglab.adoptions.domain.notices import MANY, NoticeKind
from livinglab.adoptions.models import Notice
from livinglab.adoptions.queries.notices import Spoken, spoken_of
from livinglab.releases.queries.names import name_of

#: one sentence for each kind, in a mail as on the page
SENTENCES: Final[Mapping[NoticeKind, Promise | str]] = {
    NoticeKind.NEWER: gettext_lazy("%(name)s: version %(version)s is offered by %(other)s."),
    NoticeKind.WITHDRAWN: gettext_lazy("%(name)s: version %(version)s, which you run, is offered no more."),
    NoticeKind.WARNED: gettext_lazy("%(name)s: %(other)s warns of version %(version)s: %(urgency)s."),
    NoticeKind.WARNING_LIFTED: gettext_lazy("%(name)s: the warning of version %(version)s was lifted."),
    NoticeKind.AGREEMENT_WAITS: gettext_lazy(
        "%(name)s: the agreement with %(other)s waits for your signature."
    ),
    NoticeKind.AGREED: gettext_lazy("%(name)s: both sides signed the agreement with %(other)s."),
    NoticeKind.OFFERED: gettext_lazy("%(name)s: %(other)s offers you a change."),
    NoticeKind.OFFER_WITHDRAWN: gettext_lazy("%(name)s: %(other)s took the offer of a change back."),
    NoticeKind.OFFER_TAKEN: gettext_lazy("%(name)s: %(other)s took your change into version %(version)s."),
    NoticeKind.OFFER_DECLINED: gettext_lazy("%(name)s: %(other)s declined your change and says why."),
    NoticeKind.FAULT_FOUND: gettext_lazy("%(name)s: %(other)s reports a fault of version %(version)s."),
    NoticeKind.FAULT_OF_MANY: gettext_lazy(
        "%(name)s: %(many)s regions report the same fault of version %(version)s."
    ),
    NoticeKind.FAULT_ANSWERED: gettext_lazy("%(name)s: the fault of version %(version)s was answered."),
}
#: where the reader goes on, by menu, for those who read the mail as text
_WAYS: Final[Mapping[NoticeKind, Promise | str]] = {
    NoticeKind.AGREEMENT_WAITS: gettext_lazy("Open Living Lab, then Agreements about packages."),
    NoticeKind.AGREED: gettext_lazy("Open Living Lab, then Agreements about packages."),
    NoticeKind.OFFERED: gettext_lazy("Open Living Lab, then Own packages, then Changes offered."),
    NoticeKind.OFFER_WITHDRAWN: gettext_lazy("Open Living Lab, then Own packages, then Changes offered."),
    NoticeKind.FAULT_FOUND: gettext_lazy("Open Living Lab, then Own packages, then Faults."),
    NoticeKind.FAULT_OF_MANY: gettext_lazy("Open Living Lab, then Own packages, then Faults."),
}
#: how soon to act, by the severity of a warning
URGENCIES: Final[Mapping[str, Promise | str]] = {
    "low": gettext_lazy("act when you next change the service"),
    "high": gettext_lazy("act this week"),
    "critical": gettext_lazy("act today"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's subject and its text."""

    subject: str
    text: str


def write_letter(notice: Notice, *, language: str) -> Letter:
    """This function will return the mail of one notice in a language."""
    with override(language):
        spoken = spoken_of(notice)
        subject = sentence(notice, spoken)
        kind = NoticeKind(notice.kind)
        way = _WAYS.get(kind, _("Open Living Lab, then Own services."))
        lines = [f"{notice.organization.name}: {subject}", ""]
        if spoken.words and kind not in (NoticeKind.FAULT_FOUND, NoticeKind.FAULT_OF_MANY):
            lines += [_words(kind, spoken), ""]
        lines.append(str(way))
        if notice.listing.is_synthetic:
            lines.append(_("Made-up data: for demonstration only."))
        return Letter(subject, "\n".join(lines) + "\n")


def sentence(notice: Notice, spoken: Spoken) -> str:
    """This function will say in the language in force what happened."""
    return str(SENTENCES[NoticeKind(notice.kind)]) % {
        "name": name_of(notice.listing),
        "version": spoken.version,
        "other": spoken.other,
        "many": MANY,
        "urgency": URGENCIES.get(spoken.urgency, ""),
    }


def _words(kind: NoticeKind, spoken: Spoken) -> str:
    if kind is NoticeKind.NEWER:
        return _("What changed:") + f"\n{spoken.words}"
    if kind is NoticeKind.FAULT_ANSWERED:
        return _("Mended in version %(version)s.") % {"version": spoken.words}
    return spoken.words
