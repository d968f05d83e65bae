"""The offline counter: a page that a village's device keeps, the forms it takes along, and where it sends them to."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.access import office_page
from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import Seat
from livinglab.casework.operations import offline
from livinglab.casework.operations.attachments import FileRefused, StorageFailed
from livinglab.casework.queries.offline import VillageCounter, village_counters
from livinglab.casework.queries.running import package_of
from livinglab.casework.uploads import refused_file, sent_file, takes_files
from livinglab.casework.web.frame import language
from livinglab.casework.web.offline_forms import form_of, sentences
from livinglab.casework.web.offline_words import words
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization, find_organization
from livinglab.packages.queries import answering
from livinglab.packages.queries.cases import Mistake
from livinglab.ui.languages import other_language

_SCRIPTS: Final = Path(__file__).parent.parent / "static" / "casework" / "offline"
#: runs apart from the page; the browser asks for it at the root, so that it may watch over pages in both languages
_WORKER: Final = "worker.js"
_PAGE: Final = "counter.js"
#: scripts import each other by these names, so the page names them so too
_STATIC: Final = f"{settings.STATIC_URL}casework/offline/"
#: what makes a photo smaller, here as online
_SHRINKS: Final = f"{settings.STATIC_URL}casework/shrink.js"
#: what reading raises that is no application, whatever else it is
_UNREAD: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@require_safe
@office_page
def counter(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will show the page that the device keeps. It says nothing of who opened it: others may be next."""
    here, forms, file, send = (
        reverse(f"casework:{name}", args=[organization.code])
        for name in ("offline", "offline_forms", "offline_file", "offline_send")
    )
    other = other_language()
    online = reverse("casework:counter", args=[organization.code])
    modules = [one.name for one in sorted(_SCRIPTS.glob("*.js")) if one.name != _WORKER]
    return render(
        request,
        "casework/offline.html",
        {
            "organization": organization,
            "here": here,
            "forms": forms,
            "send": send,
            "file": file,
            "other_here": translate_url(here, other),
            "other_forms": translate_url(forms, other),
            "online": online,
            "applications": reverse("casework:application", args=[organization.code, "-"]).removesuffix("-/"),
            "sign_in": f"{reverse('account_login')}?next={here}",
            "words": words(),
            "script": f"{_STATIC}{_PAGE}",
            "modules": [*(f"{_STATIC}{name}" for name in modules), _SHRINKS],
            "breadcrumbs": [
                (organization.name, None),
                (_("Counter"), online),
                (_("Without a network"), None),
            ],
        },
    )


@require_safe
@office_page
def forms(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will return what the device takes along: villages, services, forms, and who is signed in."""
    villages, places = village_counters(organization, seats)
    refusal = policies.may_help(is_seated=bool(villages))
    versions = {version.id: version for one in villages for _service, version in one.services}
    return JsonResponse(
        {
            "officer": {"id": str(user.id), "name": user.name},
            "csrf": get_token(request),
            "at": clock.now().isoformat(),
            "refusal": _("You have no seat in a village of this region.") if refusal else "",
            "villages": [_village(one) for one in villages],
            "forms": [form_of(one, places[one.service_id], language=language()) for one in versions.values()],
            "sentences": sentences(),
        }
    )


def _village(one: VillageCounter) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.name,
        "services": [
            {
                "version": str(version.id),
                "name": package_of(version).manifest.name.in_language(language()),
                "refusal": str(refusal.reason)
                if (refusal := policies.may_begin(state=ServiceState(service.state)))
                else "",
            }
            for service, version in one.services
        ],
    }


@require_POST
@office_page
def send(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will take one application that was taken offline, and say what became of it.

    200: its number and address. 422: mistakes in its answers, files that it names and that are not here (`missing`), or
    what was sent is none. 409: refused, with the reason.
    """
    try:
        taken = _taken(json.loads(request.body))
    except _UNREAD:
        return _unread()
    try:
        found = offline.receive(organization=organization, taken=taken, by=user, at=clock.now())
    except Refused as refused:
        return JsonResponse({"reason": str(refused.refusal.reason)}, status=409)
    address = request.build_absolute_uri(
        reverse("casework:application", args=[organization.code, taken.token])
    )
    if found.case is None:
        form = package_of(found.version).form
        mistakes = (*found.mistakes, *(Mistake(one, "required") for one in found.missing))
        said = answering.problems(mistakes, form, language=language())
        back = {"problems": [list(one) for one in said], "missing": found.missing, "address": address}
        return JsonResponse(back, status=422)
    return JsonResponse({"number": found.case.number, "address": address})


@require_POST
@office_page
@takes_files
def file(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will take one file of an application that was taken offline, before the application itself.

    200: the hash under which it is kept, by which the application names it; "" for an application that arrived already.
    422: why it is not taken, at its question. 409: refused, with the reason. 503: it could not be kept just now.
    """
    try:
        taken = _taken({**request.POST.dict(), "typed": {}, "files": {}})
    except _UNREAD:
        return _unread()
    at, question = clock.now(), request.POST.get("question", "")
    try:
        expected = offline.expect_file(
            organization=organization, taken=taken, question=question, by=user, at=at
        )
        if expected is None:
            return JsonResponse({"sha256": ""})
        upload = sent_file(request, expected.question, "file")
        if upload is None:
            return _unread()
        sha256 = offline.keep_file(
            organization=organization, expected=expected, upload=upload, by=user, at=at
        )
    except Refused as refused:
        return JsonResponse({"reason": str(refused.refusal.reason)}, status=409)
    except FileRefused as refused:
        assert expected is not None, "only a file that is expected is looked into"
        said = str(refused_file(expected.question, refused).said["sentence"])
        return JsonResponse({"problems": [[question, said]]}, status=422)
    except StorageFailed:
        return JsonResponse({}, status=503)
    return JsonResponse({"sha256": sha256})


def _unread() -> JsonResponse:
    return JsonResponse({"problems": [["", _("This cannot be read as an application.")]]}, status=422)


def _taken(given: dict[str, Any]) -> offline.Taken:
    """This function will read what a device sends. Errors: `_UNREAD`."""
    json.dumps(given, ensure_ascii=False).encode()  # half a character, which no table can hold
    typed = {str(name): tuple(str(one) for one in values) for name, values in given["typed"].items()}
    files = {str(name): None if one is None else str(one) for name, one in given.get("files", {}).items()}
    taken_at = datetime.fromisoformat(given["taken_at"])
    if taken_at.tzinfo is None:
        raise ValueError(taken_at)
    return offline.Taken(
        token=str(given["token"]),
        version_id=UUID(given["version"]),
        village=storable(str(given["village"])),
        taken_at=taken_at,
        typed=typed,
        files=files,
    )


@require_safe
def manifest(request: HttpRequest, code: str) -> HttpResponse:
    """This function will describe the page for the device that installs it."""
    organization = find_organization(code)
    if organization is None:
        raise Http404(code)
    here = reverse("casework:offline", args=[code])
    answer = JsonResponse(
        {
            "name": _("Counter of %(region)s") % {"region": organization.name},
            "short_name": _("Counter"),
            "lang": language(),
            "id": here,
            "start_url": here,
            "scope": here,
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#ffffff",
            "icons": [{"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        }
    )
    answer["Content-Type"] = "application/manifest+json"
    return answer


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """This function will return the script that answers for the page when there is no network."""
    answer = HttpResponse((_SCRIPTS / _WORKER).read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    answer["Service-Worker-Allowed"] = "/"
    return answer
