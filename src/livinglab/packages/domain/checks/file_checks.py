"""Checks of files, found while they are read; the adapters name them by id."""

from typing import Final

from livinglab.packages.domain.checks.kinds import ERROR, Check, Part, gettext_noop

_FORMAT: Final = "section 1"
_SAFE: Final = "section 1: nothing else is allowed"
_PLAIN: Final = "section 1: plain YAML, JSON and XML"
_SCHEMA: Final = "the JSON Schema of the file"
_SUBSET: Final = "section 4"
_SEAL: Final = "section 8"


def _file(number: str, source: str, message: str, part: Part = Part.FILES) -> Check:
    return Check(number, ERROR, part, source, message)


CHECKS: Final = (
    _file("P001", _FORMAT, gettext_noop("This file is missing. Add it.")),
    _file(
        "P002",
        _FORMAT,
        gettext_noop("There are %(number)s files of the kind %(kind)s; at most %(most)s are allowed."),
    ),
    _file("P003", _SAFE, gettext_noop("The name is absolute. Names begin inside the package.")),
    _file(
        "P004",
        _SAFE,
        gettext_noop("The name leaves the package or is not plain. Use names such as rules/fee.json."),
    ),
    _file(
        "P005",
        _SAFE,
        gettext_noop("No such file belongs to a package. Remove it, or name it as the standard says."),
    ),
    _file(
        "P006",
        _SAFE,
        gettext_noop(
            "The name is the same as %(other)s, or differs only in case or in how letters are composed."
        ),
    ),
    _file("P007", _SAFE, gettext_noop("There are more than %(most)s files.")),
    _file("P008", _SAFE, gettext_noop("The file is larger than %(most)s KiB.")),
    _file("P009", _SAFE, gettext_noop("The package is larger than %(most)s KiB.")),
    _file("P010", _SAFE, gettext_noop("The folder is empty or too deep. Remove it.")),
    _file("P011", _PLAIN, gettext_noop("This is not JSON, near “%(near)s”.")),
    _file("P012", _PLAIN, gettext_noop("This is not plain YAML: %(problem)s.")),
    _file("P013", _PLAIN, gettext_noop("The key “%(key)s” stands twice. Keep one.")),
    _file("P014", _PLAIN, gettext_noop("Anchors and aliases are not allowed. Write the value out.")),
    _file("P015", _PLAIN, gettext_noop("The tag %(tag)s is not allowed. Write the plain value.")),
    _file("P016", _PLAIN, gettext_noop("Nested deeper than %(most)s levels.")),
    _file(
        "P017",
        _PLAIN,
        gettext_noop("The number %(number)s cannot be kept exactly everywhere. Use at most 15 digits."),
    ),
    _file("P018", _PLAIN, gettext_noop("This is not XML: %(problem)s.")),
    _file(
        "P019",
        _PLAIN,
        gettext_noop("Document types, entities and instructions are not allowed in XML. Remove this."),
    ),
    _file("P020", _SCHEMA, gettext_noop("“%(key)s” is missing in %(where)s. Add it.")),
    _file("P021", _SCHEMA, gettext_noop("“%(key)s” is not allowed in %(where)s. Remove it.")),
    _file("P022", _SCHEMA, gettext_noop("%(where)s is of another type than the standard says: %(problem)s.")),
    _file("P023", _SCHEMA, gettext_noop("%(where)s is none of the values allowed: %(problem)s.")),
    _file("P024", _SCHEMA, gettext_noop("%(where)s is not written as the standard says: %(problem)s.")),
    _file(
        "P025",
        _SCHEMA,
        gettext_noop(
            "%(where)s is too short, too long, too small, too large or has too many parts: %(problem)s."
        ),
    ),
    _file("P026", _SCHEMA, gettext_noop("%(where)s names something twice: %(problem)s.")),
    _file("P027", _SCHEMA, gettext_noop("%(where)s does not follow the standard: %(problem)s.")),
    _file(
        "P028",
        "section 2: x-dropped",
        gettext_noop("“%(key)s” belongs to a running service and never to a package. Remove it."),
    ),
    _file("P029", _SAFE, gettext_noop("This is a link or no ordinary file. Put the file itself here.")),
    _file("P030", _FORMAT, gettext_noop("The file is not UTF-8 from this line on. Save it as UTF-8.")),
    _file("P031", _FORMAT, gettext_noop("The file begins with a byte-order mark. Save it without.")),
    _file(
        "P032",
        _FORMAT,
        gettext_noop("A line ends with a carriage return. Save the file with plain line ends."),
    ),
    _file("P033", _FORMAT, gettext_noop("Letters are not composed (Unicode form NFC) on this line.")),
    _file(
        "P034",
        _FORMAT,
        gettext_noop(
            "A control character or a mark that changes the direction of writing stands on this line."
        ),
    ),
    _file(
        "P040",
        "section 1: zip",
        gettext_noop(
            "This is no zip file, or it is damaged: %(problem)s. Make the zip anew and send it whole."
        ),
    ),
    _file("P041", "section 1: zip", gettext_noop("The entry is encrypted or packed in an unknown way.")),
    _file("P042", "section 1: zip", gettext_noop("Entries of the zip file overlap or leave gaps.")),
    _file(
        "P043",
        "section 1: zip",
        gettext_noop(
            "The entry is damaged: its name, size or checksum is not what the zip file says of it. "
            "Make the zip anew and send it whole."
        ),
    ),
    _file("P044", "section 1: zip", gettext_noop("The zip file is larger than %(most)s KiB.")),
    _file("P045", "section 1: git", gettext_noop("This is no git repository that can be read: %(problem)s.")),
    _file(
        "P046",
        "section 1",
        gettext_noop("There is nothing to read here, or it may not be read: %(problem)s."),
    ),
    _file("P090", _SEAL, gettext_noop("The package is not signed.")),
    _file(
        "P091",
        _SEAL,
        gettext_noop("The content was changed after signing: signed %(signed)s, found %(found)s."),
    ),
    _file("P092", _SEAL, gettext_noop("The key %(key)s is not known as a key of %(publisher)s.")),
    _file(
        "P093",
        _SEAL,
        gettext_noop("The key %(key)s was revoked at %(at)s, and the publication was not recorded before."),
    ),
    _file("P094", _SEAL, gettext_noop("The signature does not fit the package.")),
    _file("P095", _SEAL, gettext_noop("Signed by %(signed)s, but published by %(publisher)s.")),
    _file(
        "P301",
        _SUBSET,
        gettext_noop("The element “%(element)s” is not of the subset. Remove it or model it otherwise."),
        Part.PROCESS,
    ),
    _file(
        "P302",
        _SUBSET,
        gettext_noop("The attribute “%(attribute)s” is not allowed on %(element)s."),
        Part.PROCESS,
    ),
    _file("P303", _SUBSET, gettext_noop("%(element)s needs the attribute “%(attribute)s”."), Part.PROCESS),
    _file(
        "P304",
        _SUBSET,
        gettext_noop("“%(value)s” is no value of %(attribute)s. Known: %(known)s."),
        Part.PROCESS,
    ),
    _file("P305", _SUBSET, gettext_noop("The id “%(id)s” is used twice."), Part.PROCESS),
    _file("P306", _SUBSET, gettext_noop("“%(id)s” is no plain id."), Part.PROCESS),
    _file(
        "P307",
        _SUBSET,
        gettext_noop("There must be exactly one executable process; found %(number)s."),
        Part.PROCESS,
    ),
    _file(
        "P308", _SUBSET, gettext_noop("Each process has exactly one laneSet; found %(number)s."), Part.PROCESS
    ),
    _file("P309", _SUBSET, gettext_noop("A process has at most %(most)s elements."), Part.PROCESS),
    _file(
        "P310",
        _SUBSET,
        gettext_noop("“%(value)s” is no duration such as P3D or PT4H, and no =param.ID."),
        Part.PROCESS,
    ),
    _file(
        "P311",
        _SUBSET,
        gettext_noop("The lane “%(lane)s” names “%(id)s”, which is not there or stands in another lane too."),
        Part.PROCESS,
    ),
    _file("P312", _SUBSET, gettext_noop("“%(id)s” stands in no lane."), Part.PROCESS),
    _file(
        "P313",
        _SUBSET,
        gettext_noop("The event “%(id)s” needs a timer with one timeDuration, and nothing else."),
        Part.PROCESS,
    ),
)
