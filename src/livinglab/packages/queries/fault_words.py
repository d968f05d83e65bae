"""What is wrong with a file, said in the language in force and in words of ours.

Readers of YAML, JSON, XML and templates, and the validator, speak English only. What they find arrives here as a code
with its values (`said["problem"]`), never as their sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from livinglab.packages.domain.checks import BY_ID, Part
from livinglab.packages.domain.faults import Fault, Severity
from livinglab.packages.queries.expression_words import reason

__all__ = ["PARTS", "SEVERITIES", "sentence"]

_UNREADABLE: Final = _("it cannot be read from here on")
#: by the code that an adapter gives; a code that is not listed is said by `_UNREADABLE`
_PROBLEMS: Final[Mapping[str, Promise]] = {
    # the validator, by the kind of what it found
    "Type": _("it must be %(wanted)s, and is “%(found)s”"),
    "Enum": _("it is “%(found)s”; one of %(wanted)s may stand here"),
    "Constant": _("it is “%(found)s”; only “%(wanted)s” may stand here"),
    "Pattern": _("“%(found)s” does not have the form “%(wanted)s”"),
    "Format": _("“%(found)s” does not have the form “%(wanted)s”"),
    "not_a_day": _("there is no day or hour “%(found)s”"),
    "MinLength": _("the text “%(found)s” is shorter than %(wanted)s characters"),
    "MaxLength": _("the text is longer than %(wanted)s characters"),
    "MinItems": _("the list has fewer than %(wanted)s entries"),
    "MaxItems": _("the list has more than %(wanted)s entries"),
    "Minimum": _("%(found)s is below %(wanted)s"),
    "Maximum": _("%(found)s is above %(wanted)s"),
    "ExclusiveMinimum": _("%(found)s is not above %(wanted)s"),
    "ExclusiveMaximum": _("%(found)s is not below %(wanted)s"),
    "MultipleOf": _("%(found)s is no multiple of %(wanted)s"),
    "MinProperties": _("it has fewer than %(wanted)s keys"),
    "MaxProperties": _("it has more than %(wanted)s keys"),
    "UniqueItems": _("a value stands twice in “%(found)s”"),
    "OneOfNotValid": _(
        "it fits none of the forms that are allowed here; look whether a key is missing or too many"
    ),
    "OneOfMultipleValid": _("it fits several of the forms that are allowed here; only one may stand"),
    "AnyOf": _("it fits none of the forms that are allowed here; look whether a key is missing or too many"),
    "schema": _("the schema of the file does not allow it"),
    # YAML
    "yaml_empty": _("the file is empty"),
    "yaml_second": _("a second document begins here (---); a file holds one"),
    "yaml_key": _("a key must be a plain text"),
    "yaml_list_open": _("a list that was opened with [ is not closed with ], or a comma is missing"),
    "yaml_object_open": _("what was opened with { is not closed with }, or a comma is missing"),
    "yaml_indent": _(
        "the line does not stand as far in as those it belongs to, or a key without a colon stands before it"
    ),
    "yaml_dash": _("the list goes on without the sign - at the beginning of the line"),
    "yaml_colon": _("a colon stands where none may; put the text between quotation marks"),
    "yaml_sign": _(
        "a sign stands here with which no value may begin, such as a tab, @ or `; put the text between quotation marks"
    ),
    "yaml_end": _("the file ends too early; look for a quotation mark that is not closed"),
    "yaml_escape": _("a text between double quotation marks holds an unknown sign behind \\"),
    "yaml_directive": _("lines that begin with a per cent sign are not allowed"),
    "yaml_left_over": _(
        "something is left over; look for a bracket too many or a line that stands too far out"
    ),
    "yaml_control": _("a control character stands in the file"),
    # XML
    "xml_empty": _("there is no element"),
    "xml_tag": _("the closing tag does not belong to the one that was opened last"),
    "xml_unclosed": _("something that was opened is not closed"),
    "xml_sign": _("a sign stands here that may not; write &lt; for < and &amp; for &"),
    "xml_attribute": _("an attribute stands twice"),
    "xml_left_over": _("something stands behind the end of the outermost element"),
    "xml_entity": _("a name between & and ; is not known"),
    "xml_prefix": _("the prefix of a name is not declared"),
    "xml_lane": _("“%(found)s” stands in two lanes, “%(wanted)s” and “%(other)s”"),
    "xml_id": _("the id “%(found)s” of %(wanted)s is missing or stands twice"),
    # templates
    "template_end": _("the text ends before a statement or a value was closed"),
    "template_tag": _("the statement “%(found)s” is not known, or closes what is not open"),
    "template_sign": _("something is missing or does not belong there"),
    # zips, repositories, places
    "zip_end": _("its end is missing, so that it was cut off on the way or while it was saved"),
    "zip_table": _("its table of contents is damaged"),
    "zip_name": _("a name in it is not UTF-8"),
    "git_size": _("something in it is larger than allowed"),
    "git_object": _("the object %(found)s is missing or damaged"),
    "git_ref": _("“%(found)s” leads to no commit"),
    "git_damaged": _("its objects are damaged"),
    "place_missing": _("there is no such file or folder"),
    "place_closed": _("reading it is not permitted"),
    "place": _("the system could not read it"),
}
_TYPES: Final[Mapping[str, Promise]] = {
    "string": _("a text"),
    "integer": _("a whole number"),
    "number": _("a number"),
    "boolean": _("true or false"),
    "object": _("an object with keys"),
    "array": _("a list"),
    "null": _("empty"),
}
#: kinds of values in expressions
_KINDS: Final[Mapping[str, Promise]] = {
    "text": _("text"),
    "number": _("number"),
    "boolean": _("yes or no"),
    "moment": _("moment"),
    "list": _("list"),
    "other": _("file"),
    "any": _("any value"),
}
#: kinds of files
_FILES: Final[Mapping[str, Promise]] = {
    "task": _("form of a task"),
    "rule": _("decision table"),
    "document": _("document"),
    "message": _("message"),
    "scenario": _("scenario"),
}
#: what keeps a form from being published
_PUBLISHING: Final[Mapping[str, Promise]] = {
    "missing": _("it is missing, is not required, or is not always asked"),
    "unknown": _("no such field is published"),
    "type": _("its type is another one"),
    "value": _("it has another choice"),
    "long": _("it may be too long, or says no limit"),
    "year": _("it takes more than the years 1 to 9999, or says no limit"),
    "link": _("its pattern does not begin with ^https://"),
    "nothing": _("a file or a link must be required"),
}
#: what of a scenario's step did not fit, where it is no key of the file
_STEPS: Final[Mapping[str, Promise]] = {"step": _("the step"), "case": _("the case")}
PARTS: Final[Mapping[Part, Promise]] = {
    Part.FILES: _("files"),
    Part.SERVICE: _("service"),
    Part.STANDARD: _("service standard"),
    Part.DATA: _("personal data"),
    Part.FORM: _("form"),
    Part.PROCESS: _("process"),
    Part.RULES: _("rules"),
    Part.DOCUMENTS: _("documents"),
    Part.SCENARIOS: _("scenarios"),
    Part.LANGUAGES: _("languages"),
}
SEVERITIES: Final[Mapping[Severity, Promise]] = {
    Severity.ERROR: _("error"),
    Severity.WARNING: _("warning"),
    Severity.HINT: _("hint"),
}


def sentence(fault: Fault) -> str:
    """This function will say what is wrong and what to do, in the language in force."""
    return gettext(BY_ID[fault.code].message) % _worded(fault)


def _worded(fault: Fault) -> Mapping[str, str]:
    """Return the values of a finding with every code among them in words."""
    said = fault.said
    if "problem" in said:
        return {**said, "problem": _problem(said)}
    match fault.code:
        case "P401":
            return {**said, "reason": reason(said["reason"])}
        case "P002":
            return {**said, "kind": _named(_FILES, said["kind"])}
        case "P405":
            return {**said, "kinds": _named(_KINDS, said["kinds"])}
        case "P409":
            return {**said, "found": _named(_KINDS, said["found"]), "wanted": _named(_KINDS, said["wanted"])}
        case "P353":
            return {**said, "why": _named(_PUBLISHING, said["why"])}
        case "P710":
            return {**said, "what": _named(_STEPS, said["what"])}
        case _:
            return said


def _problem(said: Mapping[str, str]) -> str:
    words = str(_PROBLEMS.get(said["problem"], _UNREADABLE))
    if said["problem"] == "Type":
        return words % {
            **said,
            "wanted": gettext(" or ").join(_named(_TYPES, one) for one in said["wanted"].split()),
        }
    return words % said


def _named(words: Mapping[str, Promise], codes: str) -> str:
    """Return one code in words, or several that a comma parts; an unknown one stands as it is."""
    return ", ".join(str(words.get(one, one)) for one in codes.split(", "))
