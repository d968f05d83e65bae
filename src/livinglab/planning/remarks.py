"""What pages and the API say alike: of wishes that exclude each other, and of a region without a start."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.organizations.queries import Organization
from livinglab.planning.domain.conflicts import Unanswered
from livinglab.planning.queries.requests import number_text
from livinglab.ui import formats
from livinglab.ui.languages import language

_RULES = {
    "locked": gettext_lazy("locked"),
    "promised": gettext_lazy("promised"),
    "excluded": gettext_lazy("excluded"),
}
_RUPIAH = ("budget", "cost", "least")


def in_words(why: Unanswered) -> str:
    """Return why there is no plan, with the nearest that can be had where it is known, as a sentence."""
    values = {name: _value(name, value) for name, value in why.values.items()}
    said = _(why.template) % values
    return f"{said[:1].upper()}{said[1:]}."


def _value(name: str, value: object) -> object:
    if name in _RUPIAH and isinstance(value, int | Fraction):
        return formats.count(int(value), language=language())
    if isinstance(value, Fraction):
        text = number_text(value)
        return text.replace(".", ",") if language() == "id" else text
    return _RULES.get(str(value), value)


def rupiah(value: int) -> str:
    """Return whole rupiah as the reader writes them: "Rp1.250.000", in English "Rp1,250,000"."""
    return f"Rp{formats.count(value, language=language())}"


def no_start(place: Organization) -> dict[str, str]:
    """Return what a region without any level is told: why there is no plan, and what to do."""
    return {
        "title": _("No plan for %(region)s yet") % {"region": place.name},
        "text": _(
            "A plan begins with the levels of indicators. No result with all its domains was published for this "
            "region under the instrument of 2021 to 2025, and it lets nobody see an evaluation here."
        ),
        "code": place.code,
    }
