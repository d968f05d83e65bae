"""Packages of other instances: looked at, their keys trusted by name, versions fetched for review here."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.packages.domain.faults import PackageRefused, Severity
from livinglab.packages.queries import instances
from livinglab.packages.queries.check import sentence
from livinglab.releases import policies
from livinglab.releases.domain.parties import Actor
from livinglab.releases.operations import fetching
from livinglab.releases.operations.publishing import NotPublishable
from livinglab.releases.queries import fetched
from livinglab.releases.queries.parties import actor_of
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is said after something went wrong, or before anything was asked."""

    problem: str = ""
    faults: tuple[tuple[str, str, str], ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def elsewhere(request: HttpRequest) -> HttpResponse:
    """This function will list what another instance offers, trust a key of it, or fetch a version from it."""
    assert isinstance(request.user, User)
    actor = actor_of(request.user)
    if (refusal := policies.may_fetch(actor)) is not None:
        raise PermissionDenied(refusal.reason)
    if request.method != "POST":
        return _page(request, actor, request.GET.get("from", ""), _Shown())
    address = request.POST.get("from", "")
    try:
        said = _done(request, address, request.user)
    except instances.NotFetched as error:
        return _page(request, actor, address, _Shown(instances.reason(error)))
    except Refused as refused:
        return _page(request, actor, address, _Shown(str(refused.refusal.reason)))
    except PackageRefused as refused:
        faults = tuple((f"{one.path}:{one.line}", one.code, sentence(one)) for one in refused.faults)
        return _page(request, actor, address, _Shown(_("The package is refused. Nothing was kept."), faults))
    except NotPublishable as refused:
        found = refused.report.of(Severity.ERROR)
        faults = tuple((f"{one.path}:{one.line}", one.code, sentence(one)) for one in found)
        return _page(request, actor, address, _Shown(_("The package has errors. Nothing was kept."), faults))
    messages.success(request, said)
    return redirect(f"{reverse('releases:elsewhere')}?{urlencode({'from': address})}")


def _done(request: HttpRequest, address: str, user: User) -> str:
    reach, at = instances.reach_here(), clock.now()
    origin = instances.address_of(address, reach)
    step, identity = request.POST.get("step", ""), request.POST.get("package", "")
    index = instances.index_of(origin, reach, identity=identity)
    changed = fetching.learn(address=origin, index=index, by=user, at=at)
    if step == "trust":
        return _trusted(request, origin, index, user)
    if step == "keep":
        pulled = instances.pull(origin, identity, request.POST.get("version", ""), reach)
        release = fetching.keep_pulled(pulled=pulled, by=user, at=at)
        said = _("Version %(version)s of %(identity)s was verified and waits for its review here.")
        return said % {"version": release.version, "identity": identity}
    if not changed:
        return _("Nothing new was revoked or withdrawn there.")
    return _("Taken over: %s.") % ", ".join(changed)


def _trusted(request: HttpRequest, origin: str, index: instances.Index, user: User) -> str:
    wanted = request.POST.get("key", "")
    key = next((one for one in index.keys if one.id == wanted), None)
    if key is None:
        raise Refused(Refusal("key_unknown", _("That instance does not publish this key.")))
    if request.POST.get(f"compared-{wanted}") != "yes":
        raise Refused(
            Refusal(
                "not_compared",
                _("Say that you compared the key with what the publisher told you another way."),
            )
        )
    fetching.trust(address=origin, key=key, by=user, at=clock.now())
    return _("The key %(key)s of %(publisher)s is trusted in your name from now on.") % {
        "key": key.id,
        "publisher": key.publisher,
    }


def _page(request: HttpRequest, actor: Actor, address: str, shown: _Shown) -> HttpResponse:
    index, problem, origin = None, shown.problem, ""
    if address:
        try:
            reach = instances.reach_here()
            origin = instances.address_of(address, reach)
            index = instances.index_of(origin, reach)
        except instances.NotFetched as error:
            problem = problem or instances.reason(error)
        except PackageRefused as refused:
            first = refused.faults[0]
            problem = problem or f"{first.path}:{first.line}: {sentence(first)}"
    heading = _("Packages of other instances")
    if index is not None:
        heading = ngettext(
            "%(name)s offers %(num)s package.", "%(name)s offers %(num)s packages.", len(index.packages)
        ) % {"name": index.name, "num": len(index.packages)}
    trust_refusal = policies.may_trust(actor)
    context = {
        "heading": heading,
        "address": address,
        "is_found": index is not None,
        "known": [(one, f"?{urlencode({'from': one})}") for one in fetched.instances()],
        "keys": _keys(index, origin) if index else [],
        "rows": _rows(index, origin) if index else [],
        "trust_refusal": str(trust_refusal.reason) if trust_refusal else "",
        "problems": (("from", problem),) if problem else (),
        "faults": shown.faults,
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (_("Packages of other instances"), None),
        ),
    }
    return render(request, "releases/elsewhere.html", context, status=422 if problem else 200)


def _keys(index: instances.Index, origin: str) -> list[dict[str, object]]:
    trusted = fetched.trusted_ids(origin)
    named = {one.publisher: one.publisher_name for one in index.packages}
    in_use = {release.key for package in index.packages for release in package.releases}
    return [
        {"key": one, "publisher": named.get(one.publisher, one.publisher), "is_trusted": one.id in trusted}
        for one in index.keys
        if one.id in in_use
    ]


def _rows(index: instances.Index, origin: str) -> list[dict[str, object]]:
    here, trusted = fetched.kept_digests(), fetched.trusted_ids(origin)
    rows = []
    for package in index.packages:
        release = package.release()
        if release is not None:
            name = (package.name.en if language() == "en" else "") or package.name.id
            rows.append(
                {
                    "package": package,
                    "release": release,
                    "name": name,
                    "is_here": release.digest in here,
                    "is_trusted": release.key in trusted,
                }
            )
    return rows
