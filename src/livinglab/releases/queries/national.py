"""What everybody is told before imitating a service that the nation already has an application for."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from livinglab.packages.queries.national import NationalField, national_fields
from livinglab.ui.languages import language


def national_warnings(functions: Iterable[str]) -> tuple[str, ...]:
    """This function will return a warning for each field of national common applications in which functions lie.

    Perpres 95/2018 article 63 names the fields, articles 36 to 38 the grounds for an application of one's own.
    """
    return tuple(f"{_named(field)}. {_grounds()}" for field in national_fields(functions))


def _named(field: NationalField) -> str:
    if field.application:
        return _("National common application: %(name)s") % {"name": field.application}
    return _("Field of a national common application") + f" ({field.name.in_language(language())})"


def _grounds() -> str:
    return _(
        "Before you copy it: this is a field of national common applications (Perpres 95/2018 article 63). Your "
        "region uses the national application; an own one needs the grounds of articles 36 to 38: it ran earlier, a "
        "cost-benefit study, adaptation, and the minister's consideration."
    )
