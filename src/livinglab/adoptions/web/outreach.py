"""Telling the people of a service: the channels, what they say, posters to print, and how far they reach."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.access import adoption_page
from livinglab.adoptions.domain.outreach import ChannelKind
from livinglab.adoptions.domain.requirements import Requirement
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.models import Adoption, Channel
from livinglab.adoptions.operations import outreach
from livinglab.adoptions.queries import outreach as reads
from livinglab.adoptions.queries.adoptions import answered, package_of
from livinglab.adoptions.web import words
from livinglab.adoptions.web.outreach_texts import Notice, notice_of
from livinglab.adoptions.web.units import way
from livinglab.documents.queries import PdfUnavailable, modules_of, page_as_pdf, path_of
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization, roles_in
from livinglab.releases.queries.names import name_of
from livinglab.ui.days import DayUnread, read_day
from livinglab.ui.web.errors import error_page

Problems = tuple[tuple[str, str], ...]
#: sizes of paper that a poster is printed on
PAPERS: Final = ("a4", "a3")
#: how many days back the page of a channel shows
_DAYS: Final = 30
_FIELDS: Final[Mapping[str, str]] = {
    "name_missing": "name",
    "who_missing": "who",
    "start_missing": "starts",
    "ends_before_it_starts": "ends",
    "too_long": "place",
    "number_missing": "number",
    "day_to_come": "day",
}


@require_http_methods(["GET", "HEAD", "POST"])
@adoption_page
def tell(request: HttpRequest, organization: Organization, row: Adoption, user: User) -> HttpResponse:
    """This function will show how the people are told of a service and how far that reaches, and take its forms."""
    if request.method != "POST":
        return _page(request, organization, row, user)
    try:
        said = _done(request, organization, row, user)
    except Refused as refused:
        field = _FIELDS.get(refused.refusal.code, "")
        return _page(request, organization, row, user, ((field, str(refused.refusal.reason)),))
    except DayUnread as unread:
        field = "day" if request.POST.get("form") == "answer" else "starts"
        return _page(request, organization, row, user, ((field, str(unread)),))
    except outreach.UnknownChannel as unknown:
        raise Http404(str(unknown)) from unknown
    if not said:
        return _page(request, organization, row, user, (("", _("Choose what to do.")),))
    messages.success(request, said)
    return redirect("adoptions:tell", organization.code, row.id)


@require_safe
@adoption_page
def channel(
    request: HttpRequest, organization: Organization, row: Adoption, user: User, link_code: str
) -> HttpResponse:
    """This function will show what a channel says, ready to be copied, its code and its reach day by day."""
    del user
    found, notice = _told(request, organization, row, link_code)
    today = clock.today(organization.zone)
    modules = modules_of(notice.link)
    opened = reads.openings_of([found.code], today=today).get(found.code, reads.Openings())
    context = {
        "organization": organization,
        "row": row,
        "channel": found,
        "kind": words.CHANNELS[ChannelKind(found.kind)],
        "notice": notice,
        "size": len(modules),
        "drawn": path_of(modules),
        "opened": opened,
        "days": reads.days_of(found.code, since=today - timedelta(days=_DAYS - 1)),
        "papers": [
            (paper.upper(), reverse("adoptions:poster", args=[organization.code, row.id, found.code, paper]))
            for paper in PAPERS
        ],
        "breadcrumbs": way(
            organization,
            row,
            (_("Tell the people"), reverse("adoptions:tell", args=[organization.code, row.id])),
            (found.name, None),
        ),
    }
    return render(request, "adoptions/channel.html", context)


@require_safe
@adoption_page
def poster(
    request: HttpRequest, organization: Organization, row: Adoption, user: User, link_code: str, paper: str
) -> HttpResponse:
    """This function will answer the poster of a channel as a PDF; 503 with the reason where PDFs are off."""
    del user
    if paper not in PAPERS:
        raise Http404(paper)
    found, notice = _told(request, organization, row, link_code)
    modules = modules_of(notice.link)
    context = {
        "notice": notice,
        "size": len(modules),
        "drawn": path_of(modules),
        "paper": paper,
        "is_synthetic": row.is_synthetic,
    }
    html = render_to_string("adoptions/poster.html", context, request)
    try:
        pdf = page_as_pdf(html)
    except PdfUnavailable as unavailable:
        return error_page(request, 503, _("PDFs are switched off here"), str(unavailable.explanation))
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{row.listing.package_id}-{_('poster-file')}-{found.code}-{paper}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _done(request: HttpRequest, organization: Organization, row: Adoption, user: User) -> str:
    post, at = request.POST, clock.now()
    form = post.get("form", "")
    if form == "say":
        outreach.say(
            organization=organization,
            adoption_id=row.id,
            place=post.get("place", ""),
            contact=post.get("contact", ""),
            by=user,
            at=at,
        )
        return _("This is what posters and messages say now.")
    if form == "plan" and post.get("kind") in set(ChannelKind):
        planned = outreach.Plan(
            kind=ChannelKind(post["kind"]),
            name=post.get("name", ""),
            who=post.get("who", ""),
            starts=read_day(post.get("starts", "")),
            ends=read_day(post.get("ends", "")),
        )
        outreach.plan(organization=organization, adoption_id=row.id, channel=planned, by=user, at=at)
        return _("The channel is planned. Its poster and its texts are ready.")
    if form == "answer":
        number, on = post.get("number", ""), read_day(post.get("day", ""))
        outreach.answer_with_plan(
            organization=organization, adoption_id=row.id, number=number, on=on, by=user, at=at
        )
        return _("The requirement was kept.")
    if form.startswith("close-"):
        code = form.removeprefix("close-")
        outreach.close(organization=organization, adoption_id=row.id, code=code, by=user, at=at)
        return _("The channel is closed. Its link goes on leading to the service.")
    return ""


def _page(
    request: HttpRequest, organization: Organization, row: Adoption, user: User, problems: Problems = ()
) -> HttpResponse:
    channels = reads.channels_of(row.id)
    today = clock.today(organization.zone)
    opened = reads.openings_of([one.code for one in channels], today=today)
    refusal = policies.may_edit(roles_in(user, organization.id), state=AdoptionState(row.state))
    met = answered(row.id).get(Requirement.OUTREACH)
    said = reads.outreach_of(row.id)
    context = {
        "organization": organization,
        "row": row,
        "name": name_of(row.listing),
        "heading": heading(channels, opened),
        "said": said,
        "lines": [_line(one, opened, organization, row) for one in channels],
        "kinds": [(one.value, words.CHANNELS[one]) for one in ChannelKind],
        "met": met,
        "refusal": str(refusal.reason) if refusal else "",
        "given": request.POST,
        "problems": problems,
        "errors": dict(problems),
        "breadcrumbs": way(organization, row, (_("Tell the people"), None)),
    }
    return render(request, "adoptions/tell.html", context, status=422 if problems else 200)


def heading(channels: tuple[Channel, ...], opened: Mapping[str, reads.Openings]) -> str:
    """This function will return in words how far the people were reached."""
    if not channels:
        return _("Nobody is told of this service yet.")
    planned = ngettext("%(num)s channel is planned", "%(num)s channels are planned", len(channels)) % {
        "num": len(channels)
    }
    total = sum(one.total for one in opened.values())
    if not total:
        return _("%(planned)s; nobody opened a link yet.") % {"planned": planned}
    most = max(channels, key=lambda one: opened.get(one.code, reads.Openings()).total)
    return ngettext(
        "The links were opened %(num)s time, most often through %(name)s.",
        "The links were opened %(num)s times, most often through %(name)s.",
        total,
    ) % {"num": total, "name": most.name}


def _line(
    one: Channel, opened: Mapping[str, reads.Openings], organization: Organization, row: Adoption
) -> Mapping[str, object]:
    reach = opened.get(one.code, reads.Openings())
    last: date | None = reach.last
    return {
        "channel": one,
        "kind": words.CHANNELS[ChannelKind(one.kind)],
        "total": reach.total,
        "week": reach.week,
        "last": last,
        "url": reverse("adoptions:channel", args=[organization.code, row.id, one.code]),
    }


def _told(
    request: HttpRequest, organization: Organization, row: Adoption, link_code: str
) -> tuple[Channel, Notice]:
    found = reads.find_channel(row.id, link_code)
    if found is None:
        raise Http404(link_code)
    link = request.build_absolute_uri(reverse("adoptions:follow", args=[found.code]))
    return found, notice_of(package_of(row), organization, reads.outreach_of(row.id), found, link)
