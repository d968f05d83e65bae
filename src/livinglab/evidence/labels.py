"""What types, classes, states and refusals of evidence are called on pages. Tests prove the tables total."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from livinglab.evidence.domain.classes import Classification, Exemption
from livinglab.evidence.domain.details import Flaw
from livinglab.evidence.domain.formats import Fault
from livinglab.evidence.domain.states import ReviewState, ScanState
from livinglab.evidence.domain.types import EvidenceType

TYPES: Final[Mapping[EvidenceType, Promise]] = MappingProxyType(
    {
        EvidenceType.POLICY: _("Policy: regulation, decree or circular in force"),
        EvidenceType.DERIVED_POLICY: _("Decree, circular or procedure that follows a review"),
        EvidenceType.DRAFT: _("Draft of a policy"),
        EvidenceType.PLAN: _("Plan: architecture, roadmap, action plan"),
        EvidenceType.GUIDELINE: _("Guideline or procedure in use"),
        EvidenceType.MINUTES: _("Minutes of a meeting"),
        EvidenceType.INVITATION: _("Invitation and attendance list"),
        EvidenceType.REVIEW: _("Review or evaluation"),
        EvidenceType.AUDIT: _("Audit report"),
        EvidenceType.REPORT: _("Report on work done"),
        EvidenceType.BUDGET: _("Budget document"),
        EvidenceType.SCREENSHOT: _("Screenshot"),
        EvidenceType.MANUAL: _("User manual"),
        EvidenceType.VIDEO: _("Video"),
        EvidenceType.LIVE_SERVICE: _("Service that can be tried"),
        EvidenceType.ARCHITECTURE: _("Architecture of an application"),
        EvidenceType.INTEGRATION: _("Proof of integration"),
        EvidenceType.SURVEY: _("Survey of users"),
        EvidenceType.AGREEMENT: _("Agreement with a partner"),
        EvidenceType.CERTIFICATE: _("Certificate"),
        EvidenceType.OTHER: pgettext_lazy("type of evidence", "Other"),
    }
)
CLASSES: Final[Mapping[Classification, Promise]] = MappingProxyType(
    {
        Classification.OPEN: pgettext_lazy("class of evidence", "Open"),
        Classification.LIMITED: pgettext_lazy("class of evidence", "Limited"),
        Classification.EXEMPT: pgettext_lazy("class of evidence", "Exempt"),
    }
)
CLASS_HINTS: Final[Mapping[Classification, Promise]] = MappingProxyType(
    {
        Classification.OPEN: _("May be shown to anybody."),
        Classification.LIMITED: _("For the people of this organisation and the assessors. Say why."),
        Classification.EXEMPT: _(
            "Only a PDF or a picture. Opens to the assigned assessors alone, with their name across each page, and "
            "each opening is logged. You and everybody else here read its name, size and hash: keep the original."
        ),
    }
)
#: what each letter of UU 14/2008 pasal 17 protects, in our own words
EXEMPTIONS: Final[Mapping[Exemption, Promise]] = MappingProxyType(
    {
        Exemption.LAW_ENFORCEMENT: _("law enforcement: opening it would hinder an investigation or a trial"),
        Exemption.BUSINESS: _("intellectual property, and protection from unfair competition"),
        Exemption.DEFENCE: _("defence and security of the state"),
        Exemption.NATURAL_WEALTH: _("Indonesia's natural wealth, which it would lay bare"),
        Exemption.ECONOMY: _("resilience of the national economy"),
        Exemption.FOREIGN_RELATIONS: _("foreign relations"),
        Exemption.PERSONAL_DEED: _("a person's private deeds and last will"),
        Exemption.PERSONAL_SECRET: _("a person's secrets, such as health, finances and family"),
        Exemption.CONFIDENTIAL_LETTER: _(
            "confidential letters and memoranda within or between public bodies"
        ),
        Exemption.OTHER_LAW: _("what another law forbids to disclose"),
    }
)
REVIEWS: Final[Mapping[ReviewState, Promise]] = MappingProxyType(
    {
        ReviewState.UNREVIEWED: pgettext_lazy("review of evidence", "Not reviewed"),
        ReviewState.ACCEPTED: pgettext_lazy("review of evidence", "Accepted"),
        ReviewState.REFUSED: pgettext_lazy("review of evidence", "Refused"),
    }
)
SCANS: Final[Mapping[ScanState, Promise]] = MappingProxyType(
    {
        ScanState.CLEAN: _("Scanned, nothing found"),
        ScanState.NOT_SCANNED: _("Not scanned: no virus scanner is set up"),
    }
)
FLAWS: Final[Mapping[Flaw, Promise]] = MappingProxyType(
    {
        Flaw.TITLE_MISSING: _("Enter a title"),
        Flaw.TITLE_LONG: _("Shorten the title to 200 characters"),
        Flaw.TYPE_UNKNOWN: _("Choose what kind of evidence this is"),
        Flaw.NUMBER_LONG: _("Shorten the number to 100 characters"),
        Flaw.ISSUED_IN_FUTURE: _("This day lies in the future; enter the day on the document"),
        Flaw.ISSUED_TOO_EARLY: _("Check the year; the day lies before 17 August 1945"),
        Flaw.EXPIRES_BEFORE_ISSUE: _("The last day lies before the day of the document"),
        Flaw.CLASS_UNKNOWN: _("Choose who may see it"),
        Flaw.EXEMPTION_MISSING: _("Choose the letter of article 17 on which the exemption rests"),
        Flaw.EXEMPTION_UNNEEDED: _("A letter of article 17 belongs only to an exempt piece; choose “None”"),
        Flaw.REASON_MISSING: _("Say why in one sentence"),
        Flaw.REASON_LONG: _("Shorten the reason to 500 characters"),
        Flaw.URL_MISSING: _("Enter the address"),
        Flaw.URL_LONG: _("Shorten the address to 500 characters"),
        Flaw.URL_WRONG: _("Enter a web address that begins with https:// or http://"),
        Flaw.URL_WITH_PASSWORD: _("Take name and password out of the address"),
    }
)
_RESAVE: Final = _("Save it anew as PDF (Print, then Save as PDF) and upload that.")
FAULTS: Final[Mapping[Fault, tuple[Promise, Promise]]] = MappingProxyType(
    {
        Fault.MISSING: (_("There is neither a file nor an address."), _("Choose a file, or enter an address.")),
        Fault.EMPTY: (_("The file is empty."), _("Open it on your computer to see whether it is the right one.")),
        Fault.TOO_LARGE: (
            _("The file is too large."),
            _("Save it smaller, or put it somewhere and enter its address."),
        ),
        Fault.UNKNOWN: (_("Files of this kind are not taken."), _("Save the document as PDF and upload that.")),
        Fault.ARCHIVE: (
            _("Archives such as ZIP are not taken."),
            _("Unpack it and upload the documents one by one."),
        ),
        Fault.OLD_OFFICE: (
            _("This is an old Office format (.doc, .xls, .ppt, .rtf)."),
            _("Save it as .docx, .xlsx, .pptx or PDF and upload that."),
        ),
        Fault.WEB_PAGE: (_("This is a web page or drawing that a browser would run."), _RESAVE),
        Fault.PROGRAM: (_("This is a program."), _("Upload the document itself.")),
        Fault.NAME_LIES: (
            _("The ending of the name does not fit what the file holds."),
            _("Open the file in its own program and save it in the format you want."),
        ),
        Fault.SENDER_LIES: (
            _("The browser announced another kind of file than this is."),
            _("Give the file its right ending and upload it again."),
        ),
        Fault.DAMAGED: (
            _("The file is damaged or cut off."),
            _("Open it on your computer, save it again, and upload it again."),
        ),
        Fault.TOO_SLOW: (_("Looking into the file took too long."), _RESAVE),
        Fault.BOMB: (_("The file unpacks to far more than its size."), _RESAVE),
        Fault.LOCKED: (_("The file is locked with a password."), _("Save it without a password and upload that.")),
        Fault.MACROS: (_("The document holds macros."), _("Save it without macros (.docx, .xlsx, .pptx) or as PDF.")),
        Fault.EMBEDDED: (
            _("The document holds another file inside that could run."),
            _("Take it out, or save the document as PDF."),
        ),
        Fault.REMOTE: (_("The document fetches a part from elsewhere when it opens."), _RESAVE),
        Fault.PDF_ACTS: (_("The PDF holds a script, a form that sends, or starts a program."), _RESAVE),
        Fault.PDF_CARRIES: (
            _("The PDF carries other files inside."),
            _("Upload those one by one, and this one without them."),
        ),
        Fault.TWO_IN_ONE: (_("The file is two files in one."), _RESAVE),
        Fault.PICTURE_TOO_LARGE: (_("The picture has too many pixels."), _("Save it smaller.")),
        Fault.NOT_UTF8: (
            _("The text is not in UTF-8."),
            _("In the spreadsheet choose Save as, CSV UTF-8; in the editor choose the encoding UTF-8."),
        ),
        Fault.INFECTED: (
            _("The virus scanner found something in this file."),
            _("It was not kept. Have your computer looked at before you send it again."),
        ),
        Fault.SCANNER_SILENT: (
            _("The virus scanner does not answer, so no file is taken now."),
            _("Try again in some minutes; if it lasts, tell the administrator."),
        ),
    }
)  # fmt: skip


def fault_in_words(fault: Fault) -> str:
    """This function will return why a file is not taken, and what to do."""
    return " ".join(str(one) for one in FAULTS[fault])
