"""What the parts of a package and the boxes of its editors are called."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from livinglab.packages.domain.editing.boxes import Unread
from livinglab.packages.domain.faults import Severity
from livinglab.packages.domain.form import FieldType
from livinglab.packages.domain.manifest import ParameterType
from livinglab.packages.domain.scenarios import Kind
from livinglab.packages.domain.tables import Hit, OutputType

Said = Promise | str

SEVERITIES: Final[Mapping[Severity, Said]] = {
    Severity.ERROR: _("Error"),
    Severity.WARNING: _("Warning"),
    Severity.HINT: _("Hint"),
}
UNREAD: Final[Mapping[Unread, Said]] = {
    Unread.NOT_A_NUMBER: _("Give a number, such as 1500000 or 2,5."),
    Unread.NOT_AN_OPTION: _("Choose one of the options."),
    Unread.NO_INDONESIAN: _("Write it in Indonesian too; English alone is not enough."),
}
#: the parts of a package by kind, in the order of the start page
KINDS: Final[Mapping[str, Said]] = {
    "form": _("Form of the citizen"),
    "task": _("What officers fill in"),
    "process": _("Process"),
    "rule": _("Decision tables"),
    "document": _("Documents"),
    "message": _("Messages to the applicant"),
    "manifest": _("Service standard, law, parameters and texts"),
    "scenario": _("Scenarios"),
    "changelog": _("Change log"),
    "readme": _("Introduction"),
}
FIELD_TYPES: Final[Mapping[FieldType, Said]] = {
    FieldType.TEXT: _("One line of text"),
    FieldType.LONG_TEXT: _("Several lines of text"),
    FieldType.INTEGER: _("Whole number"),
    FieldType.MONEY: _("Amount in rupiah"),
    FieldType.NUMBER: _("Number with decimals"),
    FieldType.DATE: _("Date"),
    FieldType.YES_NO: _("Yes or no"),
    FieldType.CHOICE: _("One of several choices"),
    FieldType.CHOICES: _("Any of several choices"),
    FieldType.NIK: _("National identity number (NIK)"),
    FieldType.PHONE: _("Phone number"),
    FieldType.EMAIL: _("E-mail address"),
    FieldType.FILE: _("File or photo"),
    FieldType.PLACE: _("District or village"),
    FieldType.LIST: _("Rows of several fields"),
}
#: the boxes of a field, of a table and of the manifest, by the key that they stand for
LABELS: Final[Mapping[str, Said]] = {
    "x-title": _("Question"),
    "x-hint": _("Help below the question"),
    "x-why": _("Why it is asked"),
    "x-personal": _("Kind of personal data"),
    "x-show-if": _("Asked only if"),
    "x-autocomplete": _("What browsers may fill in"),
    "minLength": _("Least number of characters"),
    "maxLength": _("Greatest number of characters"),
    "pattern": _("Form of the answer (pattern)"),
    "minimum": _("Least value"),
    "maximum": _("Greatest value"),
    "multipleOf": _("Only multiples of"),
    "x-not-before": _("Not before"),
    "x-not-after": _("Not after"),
    "const": _("Must be answered with yes: a declaration"),
    "minItems": _("Least number of entries"),
    "maxItems": _("Greatest number of entries"),
    "x-accept": _("What may be attached"),
    "x-max-kib": _("Greatest size in KiB"),
    "x-level": _("Level of the place"),
    "title": _("Title"),
    "because": _("Why, for people who ask"),
    "name": _("Name"),
    "summary": _("One sentence about the service"),
    "help": _("Help below the name"),
    "hint": _("Value at the origin, shown as a hint"),
    "required": _("Must be filled in"),
    "days": _("Time limit in days"),
    "calendar": _("How days are counted"),
    "months": _("Months for which data is kept"),
    "purpose": _("What personal data is used for"),
    "ground": _("Ground in law for using it"),
    "cite": _("Name of the law"),
    "article": _("Article"),
    "about": _("What it says about the service"),
    "scope": _("Where it holds"),
    "text": _("Text of the choice"),
    "survey": _("Ask for satisfaction at the end"),
    "for": _("How long is waited"),
    "outcome": _("How the case ended"),
    "waiting": _("Steps that wait"),
    "breached": _("Steps that are late"),
    "messages": _("Messages sent so far"),
    "documents": _("Documents issued so far"),
    "refused": _("Fields for which it is turned down"),
}
HINTS: Final[Mapping[str, Said]] = {
    "x-show-if": _("A condition such as form.purpose == 'school'. Empty: always asked."),
    "pattern": _("Letters, classes and counts, such as ^[0-9]{13}$."),
    "for": _("Such as P3D for three days, PT4H for four hours."),
    **dict.fromkeys(
        ("waiting", "breached", "messages", "documents", "refused"), _("Names with commas between them.")
    ),
    "x-not-before": _("A day such as 2026-12-31, or: today."),
    "x-not-after": _("A day such as 2026-12-31, or: today."),
}
OPTIONS: Final[Mapping[str, Mapping[str, Said]]] = {
    "x-personal": {
        "none": _("Not personal"),
        "general": _("Personal, general"),
        "specific": _("Personal, specific (UU 27/2022 article 4)"),
    },
    "x-autocomplete": {
        "name": _("Name"),
        "honorific-prefix": _("Title before the name"),
        "nickname": _("Nickname"),
        "bday": _("Date of birth"),
        "sex": _("Sex"),
        "street-address": _("Address"),
        "postal-code": _("Postal code"),
        "organization": _("Organisation"),
        "organization-title": _("Position in the organisation"),
        "tel": _("Phone number"),
        "email": _("E-mail address"),
    },
    "x-level": {"district": pgettext_lazy("level", "District"), "village": pgettext_lazy("level", "Village")},
    "x-accept": {"image": _("Photo"), "pdf": "PDF", "csv": "CSV", "xlsx": "Excel (XLSX)"},
    "calendar": {"working": _("Working days"), "calendar": _("Calendar days")},
    "ground": {
        "consent": _("Consent"),
        "contract": _("Contract"),
        "legal_obligation": _("Duty in law"),
        "vital_interest": _("Vital interest"),
        "public_task": _("Public task"),
        "legitimate_interest": _("Legitimate interest"),
    },
    "outcome": {
        "granted": _("Granted"),
        "refused": pgettext_lazy("case", "Refused"),
        "lapsed": pgettext_lazy("case", "Lapsed"),
        "withdrawn": pgettext_lazy("case", "Withdrawn"),
        "handed_over": _("Handed over"),
    },
    "scope": {"national": _("Everywhere"), "local": _("Only in this region")},
}
SCENARIO_KINDS: Final[Mapping[Kind, Said]] = {
    Kind.GRANTED: _("It is granted"),
    Kind.REFUSED: _("It is refused"),
    Kind.LAPSED: _("It lapses, because nobody answers"),
    Kind.HANDED_OVER: _("It is handed over"),
    Kind.WITHDRAWN: _("The applicant withdraws it"),
    Kind.OFFLINE: _("It is made at the counter"),
    Kind.WRONG_DATA: _("What was answered is wrong"),
}
#: what somebody does in a step of a scenario
DOES: Final[Mapping[str, Said]] = {
    "apply": _("applies"),
    "complete": _("does a task"),
    "check": _("a register answers"),
    "answer": _("corrects the application"),
    "pay": _("pays"),
    "withdraw": _("withdraws"),
    "wait": _("time goes by"),
}
#: the fourteen components of UU 25/2009 article 21
STANDARD: Final[Mapping[str, Said]] = {
    "legal_basis": _("Legal basis"),
    "requirements": _("Requirements"),
    "procedure": _("System, mechanism and procedure"),
    "duration": _("Time until it is done"),
    "fee": _("Fee"),
    "product": _("What the applicant gets"),
    "facilities": _("Facilities"),
    "competence": _("Competence of those who serve"),
    "supervision": _("Internal supervision"),
    "complaints": _("Complaints and suggestions"),
    "staffing": _("Number of people"),
    "service_guarantee": _("Guarantee of the service"),
    "safety_guarantee": _("Guarantee of safety"),
    "evaluation": _("Evaluation of those who serve"),
}
SERVICE_PARTS: Final[Mapping[str, Said]] = {
    "standard": _("Name and service standard"),
    "law": _("Laws"),
    "parameters": _("Parameters"),
    "others": _("Roles, documents and personal data"),
}
#: groups of boxes that are not a component of the standard
GROUPS: Final[Mapping[str, Said]] = {
    "service": _("Service"),
    "law": _("Law"),
    "parameters": _("Parameter"),
    "roles": _("Role"),
    "documents": _("Document"),
    "data": _("Personal data and survey"),
}
HITS: Final[Mapping[Hit, Said]] = {
    Hit.FIRST: _(
        "The first row that is true counts. The last row has no conditions, so that there is always an answer."
    ),
    Hit.COLLECT: _("All rows that are true count together."),
}
OUTPUT_TYPES: Final[Mapping[OutputType, Said]] = {
    OutputType.BOOLEAN: _("true or false"),
    OutputType.TEXT: _("text in '…'"),
    OutputType.INTEGER: _("whole number"),
    OutputType.MONEY: _("rupiah"),
    OutputType.NUMBER: _("number"),
}
PARAMETER_TYPES: Final[Mapping[ParameterType, Said]] = {
    ParameterType.TEXT: _("One line of text"),
    ParameterType.LONG_TEXT: _("Several lines of text"),
    ParameterType.INTEGER: _("Whole number"),
    ParameterType.MONEY: _("Amount in rupiah"),
    ParameterType.DAYS: _("Number of days"),
    ParameterType.DATE: _("Date"),
    ParameterType.YES_NO: _("Yes or no"),
    ParameterType.CHOICE: _("One of several choices"),
    ParameterType.OFFICIAL: _("Official"),
    ParameterType.LETTERHEAD: _("Letterhead"),
}
#: the box of a field that a fault about the whole field is about
BOX_OF_FAULT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("P401", "P402", "P403", "P404", "P405", "P406", "P407", "P408", "P410"), "x-show-if"),
    "P207": "pattern",
    "P208": "pattern",
    "P210": "x-show-if",
    "P211": "x-title",
    "P212": "x-autocomplete",
    "P213": "x-hint",
    "P214": "x-personal",
    "P215": "x-why",
    "P216": "x-personal",
    "P217": "x-title",
}
