"""What the pages of the external side share: their door, the reading of levels, the names of outcomes."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from livinglab.evaluations.access import EvaluationView, evaluation_page
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.operations.objections import Outcome
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.rated import Rated, rated

P = ParamSpec("P")
_NUMBER_LENGTH: Final = 8
OUTCOMES: Final[Mapping[str, Promise]] = {
    "": pgettext_lazy("objection", "open"),
    Outcome.UPHELD: pgettext_lazy("objection", "upheld"),
    Outcome.PARTLY: pgettext_lazy("objection", "partly upheld"),
    Outcome.DISMISSED: pgettext_lazy("objection", "dismissed"),
    Outcome.WITHDRAWN: pgettext_lazy("objection", "withdrawn"),
}
VALIDITY: Final[Mapping[bool | None, Promise]] = {
    None: gettext_lazy("not reviewed"),
    True: pgettext_lazy("score", "valid"),
    False: pgettext_lazy("score", "not valid"),
}
#: short names of the stages, for the heads of columns
SHORT_STAGES: Final[Mapping[Stage, Promise]] = {
    Stage.SELF: pgettext_lazy("stage", "Own"),
    Stage.DOCUMENT: pgettext_lazy("stage", "Documents"),
    Stage.INTERVIEW: pgettext_lazy("stage", "Interview"),
    Stage.VISIT: pgettext_lazy("stage", "Visit"),
    Stage.CONSOLIDATED: pgettext_lazy("stage", "Consolidated"),
}

ViewOfPlace = Callable[Concatenate[HttpRequest, Place, P], HttpResponseBase]


def assessor_page(view: EvaluationView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for the assigned assessors and the ministry only; else as `evaluation_page`."""

    @evaluation_page
    @wraps(view)
    def guarded(request: HttpRequest, place: Place, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not place.actor.is_external:
            raise PermissionDenied(
                _("Only the assessors assigned to this region and the ministry open this.")
            )
        return view(request, place, *args, **kwargs)

    return guarded


def ministry_of_place(view: EvaluationView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for the ministry only; otherwise as `evaluation_page`."""

    @evaluation_page
    @wraps(view)
    def guarded(request: HttpRequest, place: Place, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not place.actor.is_ministry:
            raise PermissionDenied(_("Only the ministry opens this."))
        return view(request, place, *args, **kwargs)

    return guarded


def rated_or_404(place: Place, indicator: str) -> Rated:
    """This function will return an indicator before both raters.

    Errors: Http404 for one that the instrument does not have, and before the self-assessment was sent: nobody outside
    reads a draft.
    """
    found = rated(place, indicator)
    if found is None or found.present is Stage.SELF:
        raise Http404(indicator)
    return found


def read_level(text: str) -> Decimal | None:
    """This function will return the level somebody typed, with comma or point; None for nothing that is a number."""
    plain = text.strip().replace(",", ".")
    if not plain or len(plain) > _NUMBER_LENGTH:
        return None
    try:
        level = Decimal(plain)
    except InvalidOperation:
        return None
    return level if level.is_finite() else None


def lines(text: str) -> str:
    """This function will return a text with LF line ends; browsers send CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
