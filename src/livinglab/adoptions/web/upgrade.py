"""A newer release: what it changes, what it means for an adaptation, and the questions that only people answer."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.access import adoption_page
from livinglab.adoptions.models import Adoption
from livinglab.adoptions.operations import editions
from livinglab.adoptions.queries.editions import editions_of, texts_of_release, working_texts
from livinglab.adoptions.web.questions import choices_in, questions, told
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.domain.faults import Severity
from livinglab.packages.queries.check import sentence
from livinglab.packages.queries.difference_texts import Line
from livinglab.packages.queries.differences import Difference, compare
from livinglab.packages.queries.merging import Side
from livinglab.releases.queries.names import name_of
from livinglab.releases.queries.releases import Release, find_release
from livinglab.ui.jinja import url_if_any


@require_http_methods(["GET", "HEAD", "POST"])
@adoption_page
def upgrade(
    request: HttpRequest, organization: Organization, row: Adoption, user: User, version: str
) -> HttpResponse:
    """This function will show what a newer release means for a service, and bring the service up to it."""
    release = find_release(row.listing.publisher.code, row.listing.package_id, version)
    if release is None:
        raise Http404(version)
    choices = choices_in(request.POST)
    if request.method != "POST":
        return _page(request, organization, row, user, release, choices)
    try:
        edition = editions.upgrade(
            organization=organization,
            adoption_id=row.id,
            release=release,
            choices=choices,
            by=user,
            at=clock.now(),
        )
    except editions.Undecided:
        return _page(request, organization, row, user, release, choices, (_("Answer each question."),))
    except editions.NotSound as broken:
        faults = tuple(f"{one.path}:{one.line} {sentence(one)}" for one in broken.report.of(Severity.ERROR))
        return _page(request, organization, row, user, release, choices, faults)
    except Refused as refused:
        return _page(request, organization, row, user, release, choices, (str(refused.refusal.reason),))
    messages.success(
        request,
        _("Edition %(number)s is at work, on version %(version)s.")
        % {"number": edition.number, "version": release.version},
    )
    return redirect("adoptions:adoption", organization.code, row.id)


def _page(
    request: HttpRequest,
    organization: Organization,
    row: Adoption,
    user: User,
    release: Release,
    choices: dict[str, Side],
    faults: tuple[str, ...] = (),
) -> HttpResponse:
    merged = editions.merged_with(row, release, {})
    base, theirs = texts_of_release(row.base_id), texts_of_release(release.id)
    upstream = compare(base, theirs).differences
    mine = compare(base, working_texts(row)).differences
    asked = questions(merged.conflicts, ours=mine, theirs=upstream, choices=choices)
    heading = _("Version %(version)s can be taken without a question.") % {"version": release.version}
    if asked:
        heading = ngettext(
            "Version %(version)s asks %(num)s question.",
            "Version %(version)s asks %(num)s questions.",
            len(asked),
        ) % {"version": release.version, "num": len(asked)}
    meaning = _meaning(mine, upstream, [one.path for one in merged.conflicts])
    decides = policies.may_decide(roles_in(user, organization.id))
    context = {
        "organization": organization,
        "row": row,
        "name": name_of(row.listing),
        "release": release,
        "heading": heading,
        "upstream": told(upstream),
        "meaning": meaning,
        "asked": asked,
        "is_adapted": bool(mine),
        "refusal": str(decides.reason) if decides else "",
        "edition": next((one.number for one in editions_of(row.id) if one.id == row.edition_id), 0),
        "problems": tuple(("", fault) for fault in faults),
        "breadcrumbs": (
            (organization.short_name, url_if_any("comparisons:portrait", organization.code)),
            (_("Own services"), url_if_any("adoptions:own", organization.code)),
            (name_of(row.listing), url_if_any("adoptions:adoption", organization.code, row.id)),
            (release.version, None),
        ),
    }
    return render(request, "adoptions/upgrade.html", context, status=422 if faults else 200)


def _meaning(
    mine: Sequence[Difference], upstream: Sequence[Difference], asked: Sequence[str]
) -> list[tuple[str, tuple[Line, ...]]]:
    """Return what becomes of each change of the region: it is in the new version, it stays, or it is asked about."""
    theirs = {(one.change.path, repr(one.change.after)) for one in upstream}
    inside = [one for one in mine if (one.change.path, repr(one.change.after)) in theirs]
    open_ones = [one for one in mine if one not in inside and _is_asked(one.change.path, asked)]
    stays = [one for one in mine if one not in inside and one not in open_ones]
    return [
        (_("In the new version already, as you have it"), told(inside)),
        (_("Stays as you have it"), told(stays)),
        (_("Asked below, because the new version changes the same"), told(open_ones)),
    ]


def _is_asked(path: str, asked: Sequence[str]) -> bool:
    return any(path.startswith(one) or one.startswith(path) for one in asked)
