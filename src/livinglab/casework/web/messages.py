"""What could not be told and why, for who answers for the services; in a demonstration also what would have left."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.access import not_kept
from livinglab.casework.domain.contacts import Way, masked
from livinglab.casework.domain.deliveries import DeliveryState, Obstacle
from livinglab.casework.models import Delivery
from livinglab.casework.operations import telling
from livinglab.casework.queries.deliveries import deliveries, failed
from livinglab.casework.queries.inbox import MOST_COUNTED, ON_A_PAGE
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import case_words

_SHOWN: Final = {
    "failed": DeliveryState.FAILED,
    "waiting": DeliveryState.WAITING,
    "outbox": DeliveryState.TOLD,
}


@require_safe
@never_cache
@member_page(policies.DECIDES)
def messages(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list what could not be told, what is still tried, and in a demonstration what left."""
    labels = {"failed": _("Not told"), "waiting": _("On their way")}
    if settings.KEEPS_OUTBOX:
        labels["outbox"] = _("Outbox")
    shown = request.GET.get("show", "failed")
    shown = shown if shown in labels else "failed"
    rows = deliveries(organization.id, _SHOWN[shown])
    page = Paginator(rows[:MOST_COUNTED], ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "casework/messages.html",
        {
            "organization": organization,
            "finding": words.untold(failed(organization.id)),
            "shown": shown,
            "views": [
                {"label": label, "url": f"?show={one}", "current": one == shown}
                for one, label in labels.items()
            ],
            "rows": [_line(one) for one in page],
            "page": page,
            "link": lambda number: f"?show={shown}&page={number}",
            "breadcrumbs": [(organization.name, None), (_("Messages to applicants"), None)],
        },
    )


@require_POST
@never_cache
@member_page(policies.DECIDES)
def tell_again(request: HttpRequest, organization: Organization, delivery_id: UUID) -> HttpResponse:
    """This function will put a message that could not be told on its way again."""
    assert isinstance(request.user, User)
    try:
        telling.try_again(
            organization=organization, delivery_id=delivery_id, by=request.user.id, at=clock.now()
        )
    except telling.UnknownDelivery:
        return not_kept(request, organization)
    except Refused as refused:
        flash.error(request, str(refused.refusal.reason))
    else:
        flash.success(request, _("The message is on its way again."))
    return redirect("casework:messages", organization.code)


def _line(one: Delivery) -> dict[str, object]:
    way = Way(one.way)
    text = one.message.texts.get(one.case.told_in) or one.message.texts.get("id") or {}
    return {
        "id": one.id,
        "number": one.case.number,
        "way": words.way(way),
        "to": masked(telling.contact_of(one.case).addresses.get(way, "")),
        "why": words.obstacle(Obstacle(one.obstacle)) if one.obstacle else "",
        "tries": one.tries,
        "at": case_words.moment(one.told_at or one.tries_at, language()),
        "subject": text.get("subject", ""),
        "body": mark_safe(text.get("body", "")),  # noqa: S308  CommonMark without HTML
    }
