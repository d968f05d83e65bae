"""What the forms about evidence offer to choose from."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from livinglab.evidence.labels import CLASS_HINTS, CLASSES, EXEMPTIONS, TYPES


def form_options() -> dict[str, object]:
    """This function will return the options of types, classes and exemptions in the reader's language."""
    return {
        "types": [("", _("Choose a type")), *((str(one), str(name)) for one, name in TYPES.items())],
        "classes": [(str(one), str(name), str(CLASS_HINTS[one])) for one, name in CLASSES.items()],
        "exemptions": [
            ("", pgettext("article 17", "None: the piece is not exempt")),
            *((str(one), f"{one}. {name}") for one, name in EXEMPTIONS.items()),
        ],
    }
